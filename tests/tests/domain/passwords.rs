//! Passwords: the policy's reasons, and the bounded pool.

use std::time::{Duration, Instant};

use domain::DomainError;
use domain::passwords::{MAX_WAITING, Passwords, password_check};

/// bcrypt's least cost: these tests are not about its strength.
const COST: u32 = 4;

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

#[test]
fn weak_passwords_are_refused_with_advice() {
    for (password, word) in [
        ("short1!", "7 characters"),
        ("trustno1", "common password"),
        ("anna.berg1", "user name"),
        ("qwertyuiop", "easy to guess"),
        ("aaaaaaaaaaaa", "Repeats"),
        ("plotline2026", "server's name"),
        (&"ä".repeat(37), "74 bytes"),
        ("correct horse\0battery", "NUL"),
    ] {
        let error = password_check(password, "anna@example.org", "anna.berg").expect_err(password);
        assert_eq!(error.pointer, "/password");
        assert!(error.detail.contains(word), "{password}: {}", error.detail);
        assert!(!error.detail.contains(password), "the message does not repeat the password");
    }
}

#[test]
fn good_passwords_are_taken() {
    let longest = "correct horse battery staple ".repeat(3);
    for password in ["wandering otter 41 lamps", "X7#qLm2!vRw9", "Grüße aus Überlingen 7", &longest[..72]] {
        assert_eq!(password_check(password, "anna@example.org", "anna"), Ok(()), "{password}");
    }
}

#[test]
fn a_password_fits_its_hash_alone() {
    runtime().block_on(async {
        let passwords = Passwords::new(COST);
        let hash = passwords.hash("wandering otter".into()).await.unwrap();
        assert!(hash.starts_with("$2b$04$"), "{hash}");
        assert_ne!(hash, passwords.hash("wandering otter".into()).await.unwrap(), "every hash has its own salt");
        assert!(passwords.verify("wandering otter".into(), Some(hash.clone())).await.unwrap());
        assert!(!passwords.verify("wandering otters".into(), Some(hash)).await.unwrap());
        assert!(!passwords.verify("wandering otter".into(), None).await.unwrap());
        assert!(!passwords.verify(String::new(), None).await.unwrap());
    });
}

#[test]
fn what_bcrypt_would_cut_is_refused() {
    runtime().block_on(async {
        let passwords = Passwords::new(COST);
        let long = "x".repeat(73);
        assert!(matches!(passwords.hash(long.clone()).await, Err(DomainError::Invalid(_))));
        let hash = passwords.hash("x".repeat(72)).await.unwrap();
        assert!(!passwords.verify(long, Some(hash)).await.unwrap(), "the first 72 bytes are not enough");
    });
}

#[test]
fn an_unknown_account_takes_as_long_as_a_wrong_password() {
    runtime().block_on(async {
        let passwords = Passwords::new(9);
        let hash = passwords.hash("wandering otter".into()).await.unwrap();
        let mut known = Duration::MAX;
        let mut unknown = Duration::MAX;
        // The least of several, and wide bounds: whatever else runs on the machine only adds. An answer without any
        // hashing would be a thousand times faster.
        for _ in 0..7 {
            let start = Instant::now();
            passwords.verify("guess".into(), Some(hash.clone())).await.unwrap();
            known = known.min(start.elapsed());
            let start = Instant::now();
            passwords.verify("guess".into(), None).await.unwrap();
            unknown = unknown.min(start.elapsed());
        }
        let ratio = unknown.as_secs_f64() / known.as_secs_f64();
        assert!((0.2..5.0).contains(&ratio), "known {known:?}, unknown {unknown:?}");
    });
}

#[test]
fn a_crowd_is_turned_away_instead_of_piling_up() {
    runtime().block_on(async {
        let passwords = Passwords::new(10);
        let cores = std::thread::available_parallelism().unwrap().get();
        let callers = (0..cores + MAX_WAITING + 10).map(|_| passwords.verify("guess".into(), None));
        let answers = futures_util::future::join_all(callers).await;
        let busy = answers.iter().filter(|answer| matches!(answer, Err(DomainError::Busy))).count();
        assert_eq!(busy, 10);
        assert!(passwords.verify("guess".into(), None).await.is_ok(), "afterwards there is room again");
    });
}

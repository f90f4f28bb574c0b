//! Connecting and transactions: which URLs are taken, what is rolled back, and that writers queue up.

use contract::errors::ErrorCode;
use domain::users::{user_count, user_create};
use domain::{Database, DomainError};

use crate::databases::{on_each_database, race, read, sqlite, write};
use crate::things::new_user;

#[test]
fn refuses_an_unrecognised_url_rather_than_creating_an_empty_database() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().display();
    let urls = [
        format!("{inside}/plain.db"),
        format!("sqlite:{inside}/one-slash.db"),
        format!("file://{inside}/file.db"),
        format!("mysql://root:secret@127.0.0.1/{inside}"),
        format!("sqlite3://{inside}/three.db"),
        format!("sqlite://{inside}/options.db?mode=memory"),
        format!("sqlite://{inside}/"),
        "sqlite://".to_owned(),
        "sqlite://:memory:".to_owned(),
        "postgre://127.0.0.1/x".to_owned(),
        String::new(),
    ];
    for url in urls {
        let Err(error) = Database::connect(&url, 1) else { panic!("{url} was taken") };
        assert_eq!(error.code(), ErrorCode::ValidationFailed, "{url}");
        assert!(error.public_message().contains("sqlite:///"), "{}", error.public_message());
        assert!(!format!("{error:?} {error}").contains("secret"), "the password stays private");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "no file was made");
}

#[test]
fn a_folder_that_is_missing_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/missing/plotline.db", folder.path().display());
    let Err(error) = Database::connect(&url, 1) else { panic!("connected") };
    assert_eq!(error.code(), ErrorCode::Unavailable);
}

#[cfg(unix)]
#[test]
fn the_database_file_is_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let database = sqlite(&folder.path().join("plotline.db"));
    domain::migrations::migrate_up(&database).unwrap();
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o077, 0, "{:?}", entry.path());
    }
}

#[test]
fn a_server_that_is_not_there_is_unavailable() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let Err(error) = Database::connect(&format!("postgres://x:secret@127.0.0.1:{port}/x"), 1) else {
        panic!("connected")
    };
    assert_eq!(error.code(), ErrorCode::Unavailable);
    assert!(!error.public_message().contains("secret"));
}

#[test]
fn a_write_that_fails_or_panics_leaves_nothing() {
    on_each_database(|database| {
        let failed = database.write_blocking(|conn| -> domain::Result<()> {
            user_create(conn, &new_user("anna"))?;
            Err(DomainError::NotFound)
        });
        assert!(matches!(failed, Err(DomainError::NotFound)));
        let panicked = database.write_blocking(|conn| -> domain::Result<()> {
            user_create(conn, &new_user("anna"))?;
            panic!("on purpose")
        });
        assert!(matches!(panicked, Err(DomainError::Internal(_))));
        assert_eq!(read(database, user_count), 0);
        write(database, |conn| user_create(conn, &new_user("anna")));
        assert_eq!(read(database, user_count), 1, "the connection is still good");
    });
}

#[test]
fn reads_cannot_write_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let database = sqlite(&folder.path().join("plotline.db"));
    domain::migrations::migrate_up(&database).unwrap();
    let refused = database.read_blocking(|conn| user_create(conn, &new_user("anna")));
    assert!(refused.is_err());
    assert_eq!(read(&database, user_count), 0);
}

#[test]
fn sqlite_writes_ahead_and_waits_for_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let settings = sqlite(&folder.path().join("plotline.db")).settings_in_force().unwrap();
    // 2 is FULL.
    let expected = [("foreign_keys", "1"), ("journal_mode", "wal"), ("synchronous", "2")];
    assert_eq!(settings, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[test]
fn a_hundred_writers_and_readers_never_meet_a_lock() {
    on_each_database(|database| {
        race(100, |number| {
            write(database, |conn| user_create(conn, &new_user(&format!("user{number}"))));
            read(database, user_count)
        });
        assert_eq!(read(database, user_count), 100);
    });
}

#[test]
fn a_second_process_waits_for_the_lock_instead_of_failing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plotline.db");
    let first = sqlite(&path);
    domain::migrations::migrate_up(&first).unwrap();
    let second = sqlite(&path);
    race(16, |number| {
        let database = if number % 2 == 0 { &first } else { &second };
        for round in 0..5 {
            write(database, |conn| user_create(conn, &new_user(&format!("user{number}-{round}"))));
        }
    });
    assert_eq!(read(&second, user_count), 80);
}

#[test]
fn async_callers_share_the_same_rows() {
    on_each_database(|database| {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            database.ping().await.unwrap();
            let made = (0..40).map(|number| {
                database.write(move |conn| user_create(conn, &new_user(&format!("user{number}"))).map(drop))
            });
            for result in futures_util::future::join_all(made).await {
                result.unwrap();
            }
            assert_eq!(database.read(user_count).await.unwrap(), 40);
        });
    });
}

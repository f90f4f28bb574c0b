//! Idempotency keys: the first request works, the others learn what it led to.

use contract::errors::ErrorCode;
use domain::idempotency::{Replay, idempotency_begin, idempotency_finish, idempotency_forget, idempotency_prune};
use domain::jobs::{JobQuery, job_list, job_submit};
use domain::{Database, new_id};
use uuid::Uuid;

use crate::databases::{on_each_database, race, read, write};
use crate::things::{analysis, user};

fn begin(database: &Database, user_id: Uuid, route: &str, key: &str, body: &str) -> Replay {
    write(database, |conn| idempotency_begin(conn, user_id, route, key, body))
}

#[test]
fn a_key_belongs_to_user_and_route_and_body() {
    on_each_database(|database| {
        let (anna, berta) = (user(database, "anna"), user(database, "berta"));
        assert_eq!(begin(database, anna, "POST /a", "k", "body"), Replay::New);
        assert_eq!(begin(database, anna, "POST /a", "k", "body"), Replay::InProgress);
        assert_eq!(begin(database, anna, "POST /a", "k", "other"), Replay::Mismatch);
        assert_eq!(begin(database, anna, "POST /b", "k", "body"), Replay::New);
        assert_eq!(begin(database, berta, "POST /a", "k", "body"), Replay::New);
        let job_id = new_id();
        write(database, |conn| idempotency_finish(conn, anna, "POST /a", "k", job_id, Some("{\"x\":1}")));
        let same = Replay::Same { job_id, response: Some("{\"x\":1}".into()) };
        assert_eq!(begin(database, anna, "POST /a", "k", "body"), same);
        assert_eq!(begin(database, anna, "POST /a", "k", "other"), Replay::Mismatch);
        assert_eq!(begin(database, berta, "POST /a", "k", "body"), Replay::InProgress);
        let unknown = database.write_blocking(|conn| idempotency_finish(conn, anna, "POST /c", "k", job_id, None));
        assert_eq!(unknown.expect_err("never begun").code(), ErrorCode::NotFound);
    });
}

#[test]
fn a_failed_request_frees_its_key() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        assert_eq!(begin(database, anna, "r", "k", "body"), Replay::New);
        write(database, |conn| idempotency_forget(conn, anna, "r", "k"));
        assert_eq!(begin(database, anna, "r", "k", "another body"), Replay::New);
        write(database, |conn| idempotency_finish(conn, anna, "r", "k", new_id(), None));
        write(database, |conn| idempotency_forget(conn, anna, "r", "k"));
        assert!(matches!(begin(database, anna, "r", "k", "another body"), Replay::Same { .. }), "too late to forget");
    });
}

#[test]
fn keys_have_a_limit() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let long = "x".repeat(256);
        for key in ["", long.as_str(), "a\nb", "a\0b"] {
            let refused = database.write_blocking(|conn| idempotency_begin(conn, anna, "r", key, "body"));
            assert_eq!(refused.expect_err("refused").code(), ErrorCode::ValidationFailed, "{key:?}");
        }
        assert_eq!(begin(database, anna, "r", &"x".repeat(255), "body"), Replay::New);
    });
}

#[test]
fn one_key_from_fifty_clients_makes_one_job() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let answers = race(50, |_| {
            write(database, |conn| match idempotency_begin(conn, anna, "r", "k", "body")? {
                Replay::New => {
                    let job_id = job_submit(conn, &analysis(anna, None))?.into_job().id;
                    idempotency_finish(conn, anna, "r", "k", job_id, None)?;
                    Ok(job_id)
                }
                Replay::Same { job_id, .. } => Ok(job_id),
                other => panic!("{other:?}: the first request committed key and job together"),
            })
        });
        assert!(answers.iter().all(|id| *id == answers[0]));
        assert_eq!(read(database, |conn| job_list(conn, anna, &JobQuery::default())).items.len(), 1);
    });
}

#[test]
fn old_keys_are_pruned() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        begin(database, anna, "r", "k", "body");
        assert_eq!(write(database, |conn| idempotency_prune(conn, 24)), 0);
        assert_eq!(write(database, |conn| idempotency_prune(conn, 0)), 1);
        assert_eq!(begin(database, anna, "r", "k", "body"), Replay::New);
    });
}

//! What only a server can do: go away, come back, run full, and be asked with psql.

use contract::errors::ErrorCode;
use domain::migrations::migrate_up;
use domain::users::{user_count, user_create};
use domain::{Database, audit};
use tests::postgres::PostgresServer;

use crate::databases::{race, read, write};
use crate::things::new_user;

#[test]
fn connections_are_made_anew_after_a_restart() {
    let server = PostgresServer::start();
    let database = Database::connect(&server.create_database(), 4).unwrap();
    migrate_up(&database).unwrap();
    race(4, |number| write(&database, |conn| user_create(conn, &new_user(&format!("user{number}")))));

    server.stop();
    for _ in 0..3 {
        let refused = database.read_blocking(user_count).expect_err("the server is down");
        assert_eq!(refused.code(), ErrorCode::Unavailable, "{refused:?}");
        let refused = database.write_blocking(|conn| user_create(conn, &new_user("late"))).expect_err("down");
        assert_eq!(refused.code(), ErrorCode::Unavailable, "{refused:?}");
    }
    server.start_again();
    let counts = race(4, |_| read(&database, user_count));
    assert_eq!(counts, [4; 4], "the first request after the restart is served");
    write(&database, |conn| user_create(conn, &new_user("late")));
}

#[test]
fn a_connection_that_is_cut_in_mid_transaction_is_unavailable_and_replaced() {
    let server = PostgresServer::shared();
    let url = server.create_database();
    let name = url.rsplit('/').next().unwrap();
    let database = Database::connect(&url, 2).unwrap();
    migrate_up(&database).unwrap();
    let cut = format!(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{name}' AND pid <> pg_backend_pid()"
    );
    let refused = database.write_blocking(|conn| {
        user_create(conn, &new_user("anna"))?;
        server.sql("postgres", &cut).expect("psql");
        user_create(conn, &new_user("berta"))
    });
    assert_eq!(refused.expect_err("cut").code(), ErrorCode::Unavailable);
    assert_eq!(read(&database, user_count), 0, "nothing of it was kept, and the next request is served");
}

#[test]
fn audit_events_can_be_neither_changed_nor_removed() {
    let server = PostgresServer::shared();
    let url = server.create_database();
    let name = url.rsplit('/').next().unwrap();
    let database = Database::connect(&url, 2).unwrap();
    migrate_up(&database).unwrap();
    let event = audit::Event {
        actor: None,
        action: "auth.login",
        target: None,
        address: "127.0.0.1".into(),
        request_id: "r".into(),
        outcome: "denied",
        detail: serde_json::Value::Null,
    };
    write(&database, |conn| audit::audit_record(conn, &event));
    for statement in ["UPDATE audit_events SET outcome = 'ok'", "DELETE FROM audit_events"] {
        let refused = server.sql(name, statement).expect_err("refused");
        assert!(refused.contains("append-only"), "{refused}");
    }
    assert_eq!(server.sql(name, "SELECT count(*) FROM audit_events WHERE outcome = 'denied'").unwrap().trim(), "1");
}

#[test]
fn every_connection_waits_for_the_disk() {
    let server = PostgresServer::shared();
    let url = server.create_database();
    let name = url.rsplit('/').next().unwrap().to_owned();
    server.sql("postgres", &format!("ALTER DATABASE {name} SET synchronous_commit = off")).unwrap();
    let database = Database::connect(&url, 1).unwrap();
    migrate_up(&database).unwrap();
    let settings = database.settings_in_force().unwrap();
    let expected = [("TimeZone", "UTC"), ("synchronous_commit", "on")];
    assert_eq!(settings, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

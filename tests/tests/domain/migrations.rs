//! Migrations: up, down and up again, and the same tables on every database.

use domain::migrations::{SchemaState, migrate_down, migrate_up, schema_columns, schema_state};

use crate::databases::{on_each_database, on_each_empty_database};

#[test]
fn migrations_go_up_down_and_up_again() {
    on_each_empty_database(|database| {
        assert_eq!(schema_state(database).unwrap(), SchemaState::Empty);
        let names = migrate_up(database).unwrap();
        assert!(names.len() >= 6, "{names:?}");
        assert_eq!(schema_state(database).unwrap(), SchemaState::Current);
        assert_eq!(migrate_up(database).unwrap(), Vec::<String>::new(), "a second time nothing is to be done");
        let before = schema_columns(database).unwrap();

        let last = migrate_down(database, 1).unwrap();
        assert_eq!(last.as_slice(), &names[names.len() - 1..]);
        assert_eq!(schema_state(database).unwrap(), SchemaState::Older { missing: 1 });

        let mut rest = migrate_down(database, 100).unwrap();
        rest.reverse();
        assert_eq!(rest.as_slice(), &names[..names.len() - 1]);
        assert_eq!(schema_columns(database).unwrap(), [], "nothing is left behind");
        assert_eq!(schema_state(database).unwrap(), SchemaState::Empty);

        assert_eq!(migrate_up(database).unwrap(), names);
        assert_eq!(schema_columns(database).unwrap(), before);
    });
}

#[test]
fn asking_for_the_schema_state_leaves_an_empty_database_empty() {
    on_each_empty_database(|database| {
        assert_eq!(schema_state(database).unwrap(), SchemaState::Empty);
        assert_eq!(schema_columns(database).unwrap(), []);
        assert_eq!(migrate_down(database, 1).unwrap(), Vec::<String>::new());
    });
}

#[test]
fn every_table_of_the_design_exists() {
    on_each_database(|database| {
        let mut tables: Vec<_> = schema_columns(database).unwrap().into_iter().map(|c| c.table_name).collect();
        tables.dedup();
        let expected = [
            "audit_events",
            "dataset_sources",
            "dataset_versions",
            "datasets",
            "execution_failures",
            "execution_results",
            "executions",
            "idempotency_keys",
            "jobs",
            "session_tokens",
            "sessions",
            "users",
            "visualization_images",
            "visualization_shares",
            "visualization_versions",
            "visualizations",
            "workers",
        ];
        assert_eq!(tables, expected);
    });
}

/// Same tables, same columns in the same order, same types, same columns that may be null.
#[cfg(feature = "services")]
#[test]
fn both_databases_have_the_same_schema() {
    let folder = tempfile::tempdir().unwrap();
    let sqlite = crate::databases::sqlite(&folder.path().join("plotline.db"));
    let url = tests::postgres::PostgresServer::shared().create_database();
    let postgres = domain::Database::connect(&url, 2).unwrap();
    migrate_up(&sqlite).unwrap();
    migrate_up(&postgres).unwrap();
    let columns = schema_columns(&sqlite).unwrap();
    assert!(columns.len() > 80, "{}", columns.len());
    for (left, right) in columns.iter().zip(&schema_columns(&postgres).unwrap()) {
        assert_eq!(left, right);
    }
    assert_eq!(columns, schema_columns(&postgres).unwrap());
}

/// Two servers that start together must not trip over each other.
#[cfg(feature = "services")]
#[test]
fn two_servers_can_migrate_one_database_at_once() {
    let url = tests::postgres::PostgresServer::shared().create_database();
    let done = crate::databases::race(4, |_| {
        let database = domain::Database::connect(&url, 2).unwrap();
        migrate_up(&database).unwrap().len()
    });
    let all = done.iter().max().copied().unwrap();
    assert_eq!(done.iter().sum::<usize>(), all, "one did the work, the others found it done: {done:?}");
}

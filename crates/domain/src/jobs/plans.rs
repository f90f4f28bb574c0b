//! Tests of how SQLite plans the statements of the queue: along their indexes, however long the queue is.

use diesel::prelude::*;
use diesel::sql_types::Text;

use super::claiming::{RANKING, TAKE};
use crate::dialect::{AnyConnection, statement};
use crate::{Database, migrations};

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    detail: String,
}

/// The steps of the plan that touch executions.
fn plan(conn: &mut AnyConnection, template: &str, values: usize) -> Vec<String> {
    let mut explain = statement(conn, &format!("EXPLAIN QUERY PLAN {template}"));
    for _ in 0..values {
        explain = explain.text("1");
    }
    let steps: Vec<Step> = explain.load(conn).expect("a plan");
    steps.into_iter().map(|step| step.detail).collect()
}

#[test]
fn claims_walk_the_index_and_sort_only_users() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite://{}/plotline.db", folder.path().display());
    let database = Database::connect(&url, 1).expect("a database");
    migrations::migrate_up(&database).expect("migrations");
    database
        .write_blocking(|conn| {
            let ranking = plan(conn, RANKING, 5);
            let touching: Vec<_> = ranking.iter().filter(|step| step.contains(" q ") || step.contains(" r ")).collect();
            assert!(touching.len() >= 4, "{ranking:#?}");
            for step in touching {
                let walks = step.contains("INDEX executions_queued (") || step.contains("INDEX executions_running (");
                assert!(step.starts_with("SEARCH") && walks, "{step} in {ranking:#?}");
            }
            // One sort, at the end, of one row a user; none inside that would grow with the queue.
            let sorts = ranking.iter().filter(|step| step.contains("TEMP B-TREE")).count();
            assert_eq!(sorts, 1, "{ranking:#?}");

            let take = plan(conn, &TAKE.replace("{most}", "4"), 6);
            assert!(take.iter().any(|step| step.starts_with("SEARCH q USING") && step.contains("executions_queued (")));
            assert!(take.iter().all(|step| !step.starts_with("SCAN") && !step.contains("TEMP B-TREE")), "{take:#?}");
            Ok(())
        })
        .expect("the plans");
}

//! Saved charts on both databases: versions under contention, pictures that are kept, and what goes with what.

use contract::charts::ChartSpec;
use contract::charts::requests::VisualizationChange;
use domain::DomainError;
use domain::datasets::storage_keys_named;
use domain::visualizations::{
    ListQuery, Scope, visualization_create, visualization_delete, visualization_fetch, visualization_image,
    visualization_image_add, visualization_list, visualization_share, visualization_update, visualization_versions,
};
use serde_json::json;
use uuid::Uuid;

use crate::databases::{on_each_database, read, write};
use crate::things::{dataset, user};

fn chart(dataset_id: Uuid, kind: &str) -> ChartSpec {
    serde_json::from_value(json!({ "kind": kind, "dataset_id": dataset_id, "x": { "column": "a" } })).unwrap()
}

fn change(chart: ChartSpec, version: Option<u32>) -> VisualizationChange {
    VisualizationChange { name: None, chart: Some(chart), version }
}

#[test]
fn of_two_changes_from_one_version_the_second_is_refused() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let data = dataset(database, anna, "table");
        let id = write(database, |conn| visualization_create(conn, anna, "a", &chart(data, "bar"))).id;
        let first = change(chart(data, "pie"), Some(1));
        assert_eq!(write(database, |conn| visualization_update(conn, anna, id, &first)).version, 2);
        let late = change(chart(data, "line"), Some(1));
        let refused = database.write_blocking(|conn| visualization_update(conn, anna, id, &late));
        assert!(matches!(refused, Err(DomainError::Conflict { field: "version", .. })), "{refused:?}");
        let at_once = std::thread::scope(|scope| {
            let asked = [chart(data, "histogram"), chart(data, "box")].map(|chart| change(chart, Some(2)));
            let threads = asked.map(|change| {
                scope.spawn(move || database.write_blocking(|conn| visualization_update(conn, anna, id, &change)))
            });
            threads.map(|thread| thread.join().unwrap())
        });
        assert_eq!(at_once.iter().filter(|result| result.is_ok()).count(), 1, "{at_once:?}");
        let versions = read(database, |conn| visualization_versions(conn, anna, id));
        assert_eq!(versions.iter().map(|version| version.version).collect::<Vec<_>>(), [3, 2, 1]);
    });
}

#[test]
fn a_hundred_versions_are_kept_and_the_newest_of_them() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let data = dataset(database, anna, "table");
        let id = write(database, |conn| visualization_create(conn, anna, "a", &chart(data, "bar"))).id;
        write(database, |conn| {
            for number in 0..103 {
                let mut next = chart(data, "bar");
                next.title = Some(number.to_string());
                visualization_update(conn, anna, id, &change(next, None))?;
            }
            Ok(())
        });
        let versions = read(database, |conn| visualization_versions(conn, anna, id));
        assert_eq!((versions.len(), versions[0].version, versions[99].version), (100, 104, 5));
    });
}

#[test]
fn pictures_are_named_for_the_sweep_until_their_chart_goes() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let data = dataset(database, anna, "table");
        let id = write(database, |conn| visualization_create(conn, anna, "a", &chart(data, "bar"))).id;
        let keys: Vec<String> = (0..25).map(|number| format!("images/{number}")).collect();
        for key in &keys {
            write(database, |conn| visualization_image_add(conn, id, &format!("tag {key}"), key));
        }
        // The last twenty are kept; drawing one again replaces it.
        write(database, |conn| visualization_image_add(conn, id, "tag images/24", "images/again"));
        let image = |tag: &str| read(database, |conn| visualization_image(conn, id, tag));
        assert_eq!((image("tag images/24").as_deref(), image("tag images/0")), (Some("images/again"), None));
        let named = read(database, |conn| storage_keys_named(conn, &keys));
        assert_eq!(named.len(), 19, "{named:?}");
        write(database, |conn| visualization_delete(conn, anna, id));
        assert!(read(database, |conn| storage_keys_named(conn, &keys)).is_empty());
        // Nothing is kept for a chart that is gone.
        write(database, |conn| visualization_image_add(conn, id, "late", "images/late"));
        assert_eq!(image("late"), None);
    });
}

#[test]
fn names_that_say_nothing_are_refused() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let data = dataset(database, anna, "table");
        for name in ["", "  ", "a\u{7}b", &"x".repeat(201)] {
            let refused = database.write_blocking(|conn| visualization_create(conn, anna, name, &chart(data, "bar")));
            assert!(
                matches!(&refused, Err(DomainError::Invalid(errors)) if errors[0].pointer == "/name"),
                "{refused:?}"
            );
        }
    });
}

#[test]
fn a_foreign_dataset_makes_no_chart_and_a_share_shows_only_the_chart() {
    on_each_database(|database| {
        let (anna, berta) = (user(database, "anna"), user(database, "berta"));
        let data = dataset(database, anna, "table");
        let refused = database.write_blocking(|conn| visualization_create(conn, berta, "a", &chart(data, "bar")));
        assert!(matches!(refused, Err(DomainError::NotFound)), "{refused:?}");
        let id = write(database, |conn| visualization_create(conn, anna, "a", &chart(data, "bar"))).id;
        write(database, |conn| visualization_share(conn, anna, id, "berta"));
        assert!(!read(database, |conn| visualization_fetch(conn, berta, id, None)).is_mine);
        let query = ListQuery { scope: Scope::Shared, dataset_id: None, cursor: None, limit: 10 };
        let list = read(database, |conn| visualization_list(conn, berta, &query));
        assert_eq!(list.items.iter().map(|item| item.id).collect::<Vec<_>>(), [id]);
    });
}

//! Lists: walking all pages in every order, filters, searches, limits and cursors that do not fit.

use contract::datasets::Dataset;
use contract::errors::ErrorCode;
use contract::jobs::JobStatus;
use domain::datasets::{ListQuery, dataset_delete, dataset_list};
use domain::jobs::{JobQuery, job_cancel, job_list};
use domain::lists::{Sort, SortField};
use domain::{Database, datasets, jobs};
use uuid::Uuid;

use crate::databases::{on_each_database, read, write};
use crate::things::{analysis, analysis_of, claim, dataset, ingest_of, run_next, submit, user};

fn walk_datasets(database: &Database, owner: Uuid, query: &ListQuery) -> Vec<Dataset> {
    let mut query = query.clone();
    let mut seen = Vec::new();
    loop {
        let page = read(database, |conn| dataset_list(conn, owner, &query));
        assert!(page.items.len() <= query.limit as usize);
        seen.extend(page.items);
        query.cursor = page.next_cursor;
        if query.cursor.is_none() {
            return seen;
        }
        assert!(seen.len() < 1000, "the walk does not end");
    }
}

fn sort(text: &str) -> Sort {
    Sort::parse(text, &datasets::SORT_FIELDS).expect("a sort order")
}

#[test]
fn every_dataset_is_seen_once_in_every_order() {
    on_each_database(|database| {
        let (anna, berta) = (user(database, "anna"), user(database, "berta"));
        let names = ["Zebra", "apple", "Äpfel", "apple", "Banane", "banane", "item 10", "item 9", "apple", "🦦"];
        let made: Vec<Uuid> = names.iter().map(|name| dataset(database, anna, name)).collect();
        dataset(database, berta, "not Anna's");
        let gone = dataset(database, anna, "gone");
        write(database, |conn| dataset_delete(conn, anna, gone));
        for limit in [1, 3, 4, 10, 200] {
            let walk = |order: &str| {
                let query = ListQuery { sort: sort(order), limit, ..ListQuery::default() };
                walk_datasets(database, anna, &query)
            };
            let ids = |seen: &[Dataset]| seen.iter().map(|dataset| dataset.id).collect::<Vec<_>>();
            assert_eq!(ids(&walk("created_at")), made);
            let newest: Vec<_> = made.iter().rev().copied().collect();
            assert_eq!(ids(&walk("-created_at")), newest);

            let by_name = walk("name");
            let mut expected: Vec<_> = names.iter().map(|name| name.to_lowercase()).collect();
            expected.sort();
            assert_eq!(by_name.iter().map(|dataset| dataset.name.to_lowercase()).collect::<Vec<_>>(), expected);
            let mut backwards = ids(&walk("-name"));
            backwards.reverse();
            assert_eq!(backwards, ids(&by_name));
        }
    });
}

#[test]
fn searches_take_every_character_literally() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        for name in ["100% cotton", "100 cotton", "a_b", "axb", "back\\slash", "ÜBER uns"] {
            dataset(database, anna, name);
        }
        let found = |q: &str| -> Vec<String> {
            let query = ListQuery { q: Some(q.to_owned()), sort: sort("name"), ..ListQuery::default() };
            walk_datasets(database, anna, &query).into_iter().map(|dataset| dataset.name).collect()
        };
        assert_eq!(found("100%"), ["100% cotton"]);
        assert_eq!(found("A_B"), ["a_b"]);
        assert_eq!(found("k\\s"), ["back\\slash"]);
        assert_eq!(found("über"), ["ÜBER uns"], "whatever the case, beyond a–z too");
        assert_eq!(found("TABLE.csv").len(), 6, "file names count");
        assert_eq!(found("  ").len(), 6, "nothing to look for is no filter");
        assert_eq!(found("' OR 1=1 --"), Vec::<String>::new());
        assert_eq!(found("a\0"), found("a"));
    });
}

#[test]
fn limits_are_kept_within_bounds() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        for number in 0..205 {
            dataset(database, anna, &format!("table {number}"));
        }
        for (limit, expected) in [(0, 1), (1, 1), (50, 50), (200, 200), (u32::MAX, 200)] {
            let query = ListQuery { limit, ..ListQuery::default() };
            let page = read(database, |conn| dataset_list(conn, anna, &query));
            assert_eq!((page.items.len(), page.next_cursor.is_some()), (expected, true), "limit {limit}");
        }
    });
}

#[test]
fn cursors_that_do_not_fit_are_refused() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        for name in ["a", "b", "c"] {
            dataset(database, anna, name);
        }
        let by_name = ListQuery { sort: sort("name"), limit: 1, ..ListQuery::default() };
        let cursor = read(database, |conn| dataset_list(conn, anna, &by_name)).next_cursor.expect("a second page");
        for (order, cursor) in [("created_at", cursor.as_str()), ("-name", &cursor), ("name", "nonsense"), ("name", "")]
        {
            let query = ListQuery { sort: sort(order), cursor: Some(cursor.to_owned()), ..ListQuery::default() };
            let refused = database.read_blocking(|conn| dataset_list(conn, anna, &query));
            assert_eq!(refused.expect_err(order).code(), ErrorCode::ValidationFailed, "{order} {cursor}");
        }
    });
}

#[test]
fn a_page_does_not_shift_when_something_is_added() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let made: Vec<_> = (0..4).map(|number| dataset(database, anna, &number.to_string())).collect();
        let first = ListQuery { limit: 2, ..ListQuery::default() };
        let page = read(database, |conn| dataset_list(conn, anna, &first));
        dataset(database, anna, "new");
        let second = ListQuery { cursor: page.next_cursor, ..first };
        let rest: Vec<_> = walk_datasets(database, anna, &second).iter().map(|dataset| dataset.id).collect();
        assert_eq!(rest, [made[1], made[0]]);
    });
}

fn walk_jobs(database: &Database, user_id: Uuid, query: &JobQuery) -> Vec<Uuid> {
    let mut query = query.clone();
    let mut seen = Vec::new();
    loop {
        let page = read(database, |conn| job_list(conn, user_id, &query));
        seen.extend(page.items.iter().map(|job| job.id));
        query.cursor = page.next_cursor;
        if query.cursor.is_none() {
            return seen;
        }
        assert!(seen.len() < 1000, "the walk does not end");
    }
}

#[test]
fn jobs_are_walked_and_filtered() {
    on_each_database(|database| {
        let (anna, berta) = (user(database, "anna"), user(database, "berta"));
        let data = dataset(database, anna, "table");
        let done = submit(database, &analysis_of(anna, data, Some("done"))).into_job().id;
        run_next(database, "w");
        let left = submit(database, &analysis(anna, Some("shared"))).into_job().id;
        submit(database, &analysis(berta, Some("shared")));
        write(database, |conn| job_cancel(conn, anna, left));
        let running = submit(database, &ingest_of(anna, data)).into_job().id;
        write(database, |conn| domain::jobs::execution_claim(conn, "w", &[contract::jobs::Lane::Batch], 60, 0));
        let queued: Vec<_> = (0..3).map(|_| submit(database, &analysis(anna, None)).into_job().id).collect();

        let all = [vec![done, left, running], queued.clone()].concat();
        for limit in [1, 2, 6, 50] {
            let base = JobQuery { limit, ..JobQuery::default() };
            let oldest = JobQuery { sort: Sort::parse("created_at", &jobs::SORT_FIELDS).unwrap(), ..base.clone() };
            assert_eq!(walk_jobs(database, anna, &oldest), all);
            let mut newest = walk_jobs(database, anna, &base);
            newest.reverse();
            assert_eq!(newest, all);
            let of =
                |status: JobStatus| walk_jobs(database, anna, &JobQuery { status: Some(status), ..oldest.clone() });
            assert_eq!(of(JobStatus::Succeeded), [done]);
            assert_eq!(of(JobStatus::Cancelled), [left]);
            assert_eq!(of(JobStatus::Running), [running]);
            assert_eq!(of(JobStatus::Queued), queued);
            assert_eq!(of(JobStatus::Failed), Vec::<Uuid>::new());
            let of_kind = JobQuery { kind: Some("ingest".into()), ..oldest.clone() };
            assert_eq!(walk_jobs(database, anna, &of_kind), [running]);
            let of_data = JobQuery { dataset_id: Some(data), ..oldest.clone() };
            assert_eq!(walk_jobs(database, anna, &of_data), [done, running]);
            let both = JobQuery { status: Some(JobStatus::Succeeded), ..of_data };
            assert_eq!(walk_jobs(database, anna, &both), [done]);
        }
        assert_eq!(walk_jobs(database, berta, &JobQuery::default()).len(), 1);
        assert!(claim(database, "w", 60).is_some());
    });
}

#[test]
fn jobs_have_no_names_to_sort_by() {
    let refused = Sort::parse("name", &jobs::SORT_FIELDS).expect_err("refused");
    assert_eq!(refused.code(), ErrorCode::ValidationFailed);
    on_each_database(|database| {
        let anna = user(database, "anna");
        let by_name = Sort { field: SortField::Name, descending: false };
        let query = JobQuery { sort: by_name, ..JobQuery::default() };
        assert!(database.read_blocking(|conn| job_list(conn, anna, &query)).is_err());
    });
}

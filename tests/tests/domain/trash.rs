//! The bin: what is deleted can come back for a while, and goes with everything it had, unless somebody still reads it.

use contract::errors::ErrorCode;
use contract::jobs::JobStatus;
use domain::datasets::{
    ListQuery, Purged, dataset_delete, dataset_delete_for_good, dataset_fetch, dataset_list, dataset_purge,
    dataset_restore, dataset_version_ref, datasets_due_for_purge,
};
use domain::jobs::job_fetch;
use domain::{Database, DomainError};
use uuid::Uuid;

use crate::databases::{on_each_database, read, write};
use crate::things::{
    analysis_of, claim, dataset, fetch, finish, ingest_of, ingested, run_next, status, submit, succeeded, user,
};

/// A dataset that has been read; answers its id and its version's.
fn ready(database: &Database, owner: Uuid) -> (Uuid, Uuid) {
    let id = dataset(database, owner, "table");
    submit(database, &ingest_of(owner, id));
    let held = claim(database, "w", 60).expect("queued");
    assert!(finish(database, &held, "w", &ingested(&held)));
    (id, read(database, |conn| dataset_version_ref(conn, owner, id)).version_id)
}

fn names(database: &Database, owner: Uuid, trash: bool) -> Vec<Uuid> {
    let query = ListQuery { trash, ..ListQuery::default() };
    read(database, |conn| dataset_list(conn, owner, &query)).items.into_iter().map(|dataset| dataset.id).collect()
}

#[test]
fn what_is_in_the_bin_comes_back_as_it_was() {
    on_each_database(|database| {
        let (anna, berta) = (user(database, "anna"), user(database, "berta"));
        let (id, version) = ready(database, anna);
        assert_eq!((names(database, anna, false), names(database, anna, true)), (vec![id], vec![]));
        write(database, |conn| dataset_delete(conn, anna, id));
        assert_eq!((names(database, anna, false), names(database, anna, true)), (vec![], vec![id]));
        assert!(names(database, berta, true).is_empty());

        let foreign = database.write_blocking(|conn| dataset_restore(conn, berta, id));
        assert!(matches!(foreign, Err(DomainError::NotFound)), "{foreign:?}");
        let back = write(database, |conn| dataset_restore(conn, anna, id));
        assert_eq!((back.deleted_at, back.version.map(|version| version.id)), (None, Some(version)));
        let twice = database.write_blocking(|conn| dataset_restore(conn, anna, id));
        assert!(matches!(twice, Err(DomainError::NotFound)), "{twice:?}");
    });
}

#[test]
fn an_ingest_that_deletion_stopped_can_be_tried_again_after_restoring() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let id = dataset(database, anna, "table");
        let job = submit(database, &ingest_of(anna, id)).into_job();
        write(database, |conn| dataset_delete(conn, anna, id));
        let back = write(database, |conn| dataset_restore(conn, anna, id));
        assert_eq!(back.error.expect("the cancelled ingest").code, ErrorCode::Cancelled);
        assert!(write(database, |conn| domain::jobs::job_retry(conn, anna, job.id, "r", 0)).needs_bell());
    });
}

#[test]
fn only_what_is_due_is_purged_and_all_of_it() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let (id, _) = ready(database, anna);
        let (kept, _) = ready(database, anna);
        let analysed = submit(database, &analysis_of(anna, id, Some("only hers"))).into_job();
        run_next(database, "w");
        let due = |days| read(database, |conn| datasets_due_for_purge(conn, days, 10));
        assert!(due(0).is_empty());
        write(database, |conn| dataset_delete(conn, anna, id));
        assert_eq!((due(30), due(0)), (vec![], vec![id]));
        assert_eq!(write(database, |conn| dataset_purge(conn, id, 30)), Purged::NotDue);
        assert_eq!(write(database, |conn| dataset_purge(conn, kept, 0)), Purged::NotDue);

        let Purged::Gone(files) = write(database, |conn| dataset_purge(conn, id, 0)) else { panic!("it was due") };
        assert_eq!(files.len(), 2, "{files:?}");
        assert!(files.contains(&format!("uploads/{id}")) && files.iter().any(|key| key.starts_with("versions/")));
        assert!(names(database, anna, true).is_empty());
        assert!(matches!(
            database.read_blocking(|conn| job_fetch(conn, anna, analysed.id)),
            Err(DomainError::NotFound)
        ));
        // Its result is gone too: the same question is computed anew.
        assert!(submit(database, &analysis_of(anna, kept, Some("only hers"))).needs_bell());
        assert_eq!(write(database, |conn| dataset_purge(conn, id, 0)), Purged::NotDue);
    });
}

#[test]
fn deleted_for_good_is_seen_by_nobody_and_goes_at_once() {
    on_each_database(|database| {
        let (anna, berta) = (user(database, "anna"), user(database, "berta"));
        let (id, _) = ready(database, anna);
        let foreign = database.write_blocking(|conn| dataset_delete_for_good(conn, berta, id));
        assert!(matches!(foreign, Err(DomainError::NotFound)), "{foreign:?}");
        write(database, |conn| dataset_delete_for_good(conn, anna, id));
        assert_eq!((names(database, anna, false), names(database, anna, true)), (vec![], vec![]));
        for refused in [
            database.write_blocking(|conn| dataset_restore(conn, anna, id).map(drop)),
            database.write_blocking(|conn| dataset_delete_for_good(conn, anna, id).map(drop)),
            database.read_blocking(|conn| dataset_fetch(conn, anna, id).map(drop)),
        ] {
            assert!(matches!(refused, Err(DomainError::NotFound)), "{refused:?}");
        }
        assert!(matches!(write(database, |conn| dataset_purge(conn, id, 30)), Purged::Gone(_)));
        // From the bin, too.
        let (binned, _) = ready(database, anna);
        write(database, |conn| dataset_delete(conn, anna, binned));
        write(database, |conn| dataset_delete_for_good(conn, anna, binned));
        assert!(matches!(write(database, |conn| dataset_purge(conn, binned, 30)), Purged::Gone(_)));
    });
}

/// Berta has the same table and asked the same question; the one computation reads Anna's file.
#[test]
fn a_computation_that_others_share_is_not_robbed_of_its_file() {
    on_each_database(|database| {
        let (anna, berta) = (user(database, "anna"), user(database, "berta"));
        let (id, version) = ready(database, anna);
        let (hers, _) = ready(database, berta);
        let mut asked = analysis_of(anna, id, Some("same"));
        asked.version_id = Some(version);
        let gone = submit(database, &asked).into_job();
        let stays = submit(database, &analysis_of(berta, hers, Some("same"))).into_job();
        write(database, |conn| dataset_delete_for_good(conn, anna, id));
        assert_eq!(status(database, anna, gone.id), JobStatus::Cancelled);
        assert_eq!(write(database, |conn| dataset_purge(conn, id, 0)), Purged::InUse);
        let held = claim(database, "w", 60).expect("queued for Berta");
        assert!(held.version.is_some(), "the file is still known");
        assert_eq!(write(database, |conn| dataset_purge(conn, id, 0)), Purged::InUse);
        assert!(finish(database, &held, "w", &succeeded("{}")));
        assert!(matches!(write(database, |conn| dataset_purge(conn, id, 0)), Purged::Gone(_)));
        assert_eq!(fetch(database, berta, stays.id).status, JobStatus::Succeeded, "her result stays");
        assert!(matches!(database.read_blocking(|conn| job_fetch(conn, anna, gone.id)), Err(DomainError::NotFound)));
    });
}

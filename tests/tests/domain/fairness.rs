//! Who comes next: priority, then users with the fewest running, then age.

use domain::jobs::Submission;
use uuid::Uuid;

use crate::databases::on_each_database;
use crate::things::{analysis, claim, finish, submit, succeeded, user};

#[test]
fn higher_priority_comes_first_and_then_age() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let submit_with =
            |priority: i32| submit(database, &Submission { priority, ..analysis(anna, None) }).into_job().id;
        let (low, first, second, high) = (submit_with(-5), submit_with(0), submit_with(0), submit_with(9));
        let order: Vec<Uuid> = (0..4).map(|_| claim(database, "w", 60).expect("queued").job_ids[0]).collect();
        assert_eq!(order, [high, first, second, low]);
    });
}

#[test]
fn a_user_with_a_long_queue_does_not_hold_up_the_others() {
    on_each_database(|database| {
        let users: Vec<_> = (0..3).map(|number| user(database, &format!("user{number}"))).collect();
        for _ in 0..20 {
            submit(database, &analysis(users[0], None));
        }
        let late: Vec<Uuid> =
            users[1..].iter().map(|id| submit(database, &analysis(*id, None)).into_job().id).collect();
        let held: Vec<_> = (0..5).map(|_| claim(database, "w", 60).expect("queued")).collect();
        let taken: Vec<Uuid> = held.iter().map(|held| held.job_ids[0]).collect();
        assert_eq!(taken[1..3], late, "with one running each, the others come before a second of the first");
        assert!(finish(database, &held[1], "w", &succeeded("{}")));
        let next = submit(database, &analysis(users[1], None)).into_job().id;
        assert_eq!(claim(database, "w", 60).expect("queued").job_ids[0], next, "none running counts, not none ever");
    });
}

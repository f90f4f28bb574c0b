//! Clocks five minutes apart: leases live on the database's clock, so nobody is taken for dead.

use std::time::Duration;

use tests::answer::text_at;
use tests::clock::skewed;
use tests::cluster::{Cluster, Plan};
use tests::probes::{Probes, sleep};
use tests::run::Run;

/// Longer than a lease lasts without being renewed.
const BEYOND_A_LEASE: u64 = 11_000;

#[test]
fn clocks_that_are_wrong_by_minutes_rescue_nobody() {
    let run = Run::begin("clock skew");
    let mut cluster = Cluster::start(Plan { workers: 1, ..Plan::default() });
    cluster.add_api(&skewed("+300s"));
    for skew in ["+300s", "-300s"] {
        cluster.add_worker(&skewed(skew));
    }
    let account = cluster.account();
    let probes = Probes::new(cluster.ledger());
    let (right, ahead) = (cluster.actor(0, &account), cluster.actor(1, &account));
    let created = |actor: &tests::Actor<'_>| {
        let job = probes.submit(actor, "interactive", &sleep(0));
        text_at(&actor.get(&format!("/api/v1/jobs/{job}")).expect(200).json(), "/created_at")
    };
    let (now, later) = (created(&right), created(&ahead));
    assert!(later[..16] > now[..16], "the second API's clock is not ahead: {now}, {later}");
    for _ in 0..run.pick(1, 2, 4) {
        (0..6).for_each(|_| drop(probes.submit(&ahead, "batch", &sleep(BEYOND_A_LEASE))));
        (0..6).for_each(|_| drop(probes.submit(&right, "batch", &sleep(BEYOND_A_LEASE))));
        probes.submit_many(&right, "interactive", &sleep(20), 50);
        probes.submit_many(&ahead, "interactive", &sleep(20), 50);
        probes.wait_for_quiet(&right, Duration::from_secs(40));
    }
    let audit = probes.audit(&right);
    run.say(&audit);
    audit.check_untouched();
    assert_eq!(audit.unwitnessed, 0, "{audit}");
    for worker in &cluster.workers {
        let rescues = worker.times_said("was taken back");
        assert_eq!(rescues, 0, "a false rescue:\n{}", worker.tail());
    }
}

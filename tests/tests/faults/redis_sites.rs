//! Redis over TLS, behind Sentinels and as a cluster: bells, signals and asks go through, and jobs go on in a fail-over.

use std::time::{Duration, Instant};

use tests::actor::Account;
use tests::cluster::{Cluster, Plan};
use tests::probes::{Probes, sleep};
use tests::redis_sites::{ClusterSite, SentinelSite, TlsSite};
use tests::run::Run;
use tests::wait_until;

fn plan(redis_url: String, more: Vec<(&'static str, String)>) -> Plan {
    let mut settings = vec![("REDIS_URL", redis_url), ("PLOTLINE_HTTP_ASK_SECONDS", "3".to_owned())];
    settings.extend(more);
    Plan { apis: 2, workers: 1, slots: 2, settings }
}

/// A dataset of a thousand rows.
fn numbers(cluster: &Cluster, account: &Account) -> String {
    let csv: String = std::iter::once("n\n".to_owned()).chain((0..1_000).map(|n| format!("{n}\n"))).collect();
    cluster.actor(0, account).dataset(csv)
}

/// Asks have no other way than Redis, and what the queue says of itself is about Redis.
fn everything_goes_through(cluster: &Cluster, account: &Account, id: &str) {
    for (api, offset) in [(0, 300), (1, 400), (0, 500)] {
        let path = format!("/api/v1/datasets/{id}/rows?offset={offset}&limit=1");
        let rows = cluster.actor(api, account).get(&path).expect(200).json()["rows"].clone();
        assert_eq!(rows, serde_json::json!([[offset]]));
    }
    let ready = cluster.actor(0, account).get("/health/ready").expect(200).json();
    assert_eq!(ready["parts"]["queue"]["status"], "ok", "{ready}");
    let probes = Probes::new(cluster.ledger());
    let start = Instant::now();
    probes.submit_many(&cluster.actor(1, account), "interactive", &sleep(0), 50);
    probes.wait_for_quiet(&cluster.actor(0, account), Duration::from_secs(30));
    eprintln!("50 jobs in {:?}", start.elapsed());
    probes.audit(&cluster.actor(0, account)).check_untouched();
    let worker = &cluster.workers[0];
    assert!(!worker.has_said("bells do not come through"), "{}", worker.tail());
}

#[test]
fn redis_over_tls_wants_the_right_authority_and_shows_the_clients_certificate() {
    let run = Run::begin("Redis over TLS");
    let redis = TlsSite::start();
    let path = |name: &str| redis.file(name).display().to_string();
    let files = vec![
        ("REDIS_CA_FILE", path("ca.pem")),
        ("REDIS_CERT_FILE", path("redis.pem")),
        ("REDIS_KEY_FILE", path("redis.key")),
    ];
    let mut cluster = Cluster::start(plan(redis.url(), files));
    let account = cluster.account();
    let id = numbers(&cluster, &account);
    everything_goes_through(&cluster, &account, &id);
    // Whoever trusts only the system's authorities, or shows no certificate, does not get in; nothing else is lost.
    cluster.add_api(&[("REDIS_CA_FILE", String::new())]);
    cluster.add_api(&[("REDIS_CERT_FILE", String::new()), ("REDIS_KEY_FILE", String::new())]);
    for api in [2, 3] {
        let stranger = cluster.actor(api, &account);
        let answer = stranger.get(&format!("/api/v1/datasets/{id}/rows?offset=700"));
        answer.need("retry-after");
        answer.problem(503, "unavailable");
        assert_eq!(stranger.get(&format!("/api/v1/datasets/{id}/rows?limit=1")).status, 200);
        let log = cluster.apis[api].log();
        assert!(!log.contains("pass@word") && !log.contains("pass%40word"), "a password is in the log");
    }
    run.say("rows, bells and signals over TLS");
}

#[test]
fn jobs_go_on_while_sentinels_choose_another_master() {
    let run = Run::begin("Redis behind Sentinels");
    let redis = SentinelSite::start();
    let cluster = Cluster::start(plan(redis.url(), Vec::new()));
    let account = cluster.account();
    let id = numbers(&cluster, &account);
    everything_goes_through(&cluster, &account, &id);
    redis.master.kill();
    let (start, probes) = (Instant::now(), Probes::new(cluster.ledger().with_extension("failover")));
    while !redis.has_failed_over() {
        assert!(start.elapsed() < Duration::from_secs(60), "the Sentinels choose no other master");
        let began = Instant::now();
        probes.submit(&cluster.actor(0, &account), "interactive", &sleep(0));
        assert!(began.elapsed() < Duration::from_secs(15), "a request hung for {:?}", began.elapsed());
        std::thread::sleep(Duration::from_millis(200));
    }
    run.say(format_args!("{} jobs during {:?} without a master", probes.accepted(), start.elapsed()));
    let path = format!("/api/v1/datasets/{id}/rows?offset=600&limit=1");
    let since = Instant::now();
    while cluster.actor(1, &account).get(&path).status != 200 {
        assert!(since.elapsed() < Duration::from_secs(30), "the new master is not found");
    }
    run.say(format_args!("asks go to the new master after {:?}", since.elapsed()));
    probes.wait_for_quiet(&cluster.actor(0, &account), Duration::from_secs(30));
    probes.audit(&cluster.actor(0, &account)).check_untouched();
    let slowest = crate::redis_outage::slowest_start(&cluster.actor(0, &account));
    run.say(format_args!("the slowest job started after {slowest:?}"));
    assert!(slowest <= run.bound(Duration::from_secs(2)), "a job started after {slowest:?} only");
}

#[test]
fn a_cluster_of_redis_carries_everything_and_may_lose_a_node() {
    let run = Run::begin("Redis cluster");
    let redis = ClusterSite::start();
    let cluster = Cluster::start(plan(redis.url(), Vec::new()));
    let account = cluster.account();
    let id = numbers(&cluster, &account);
    everything_goes_through(&cluster, &account, &id);
    let keys: Vec<String> = redis.nodes.iter().map(|node| node.ask("DBSIZE")).collect();
    assert!(keys.iter().any(|size| !size.starts_with(":0")), "apalis' bells lie in the cluster: {keys:?}");
    // Every node in turn may go; jobs end all the same, whatever it held.
    let probes = Probes::new(cluster.ledger().with_extension("nodes"));
    redis.nodes[1].kill();
    for _ in 0..10 {
        probes.submit(&cluster.actor(0, &account), "interactive", &sleep(0));
    }
    probes.wait_for_quiet(&cluster.actor(0, &account), Duration::from_secs(30));
    probes.audit(&cluster.actor(0, &account)).check_untouched();
    wait_until("the API tells how it is", || {
        matches!(cluster.actor(0, &account).get("/health/ready").status, 200 | 503)
    });
    run.say("jobs go on with a node less");
}

//! The way of one job on an idle site: from the request to its result in the hands of whoever waits for it.

use std::time::{Duration, Instant};

use serde_json::json;
use tests::Server;

use crate::figures::Asked::AtMost;
use crate::figures::{Figure, percentile};
use crate::site::Site;
use crate::wire::Wire;

const TIMES: usize = 300;
const SLOTS: usize = 4;

pub fn measure() -> Vec<Figure> {
    println!(
        "{TIMES} no-op jobs one after the other, embedded and over Redis and PostgreSQL (fsync on), POST with Prefer: wait"
    );
    let embedded = {
        let server = Server::start();
        let token = server.analyst().account().access_token.clone();
        times(server.address(), &token)
    };
    let site = Site::start(SLOTS);
    let scaled = times(site.address(), &site.account.access_token);
    vec![
        Figure::new("submit to result, embedded, median", "ms", AtMost(3.0), percentile(embedded.clone(), 0.5)),
        Figure::new("submit to result, embedded, p99", "ms", crate::figures::Asked::Told, percentile(embedded, 0.99)),
        Figure::new("submit to result, Redis + PostgreSQL, median", "ms", AtMost(5.0), percentile(scaled.clone(), 0.5)),
        Figure::new("submit to result, Redis + PostgreSQL, p99", "ms", AtMost(15.0), percentile(scaled, 0.99)),
    ]
}

/// Milliseconds of each job.
fn times(address: &str, token: &str) -> Vec<f64> {
    let mut wire = Wire::open(address, token);
    let mut one = |i: usize| {
        // Not in step with anything that polls.
        std::thread::sleep(Duration::from_millis(7 + (i as u64 * 5) % 23));
        let start = Instant::now();
        let body = json!({ "action": "nothing" });
        let (status, job) = wire.post("/api/v1/testing/probe", "Prefer: wait=30\r\n", &body);
        let milliseconds = start.elapsed().as_secs_f64() * 1e3;
        assert_eq!((status, &job["status"], &job["attempt"]), (200, &json!("succeeded"), &json!(1)), "{job}");
        milliseconds
    };
    for i in 0..20 {
        one(i);
    }
    (0..TIMES).map(one).collect()
}

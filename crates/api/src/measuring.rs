//! Figures for operators, in the form that Prometheus reads. Labels come from short lists: routes, kinds, lanes.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::OnceLock;
use std::time::Duration;

use ::metrics::{Counter, Histogram, counter, gauge, histogram};
use actix_web::http::{Method, StatusCode};
use contract::jobs::Lane;
use domain::Database;
use domain::jobs::queue_depth;
use domain::passwords::Passwords;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

/// A database that takes longer to tell its queue is left out of the answer.
const PATIENCE: Duration = Duration::from_secs(3);
/// Observations are folded into their histograms this often, so that memory stays flat between two readings.
const UPKEEP: Duration = Duration::from_secs(5);
/// Upper bounds of the histograms, in seconds: requests take milliseconds, jobs up to hours.
const REQUEST_SECONDS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];
const JOB_SECONDS: [f64; 12] = [0.005, 0.025, 0.1, 0.25, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0, 1200.0, 3600.0];

static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// The figures of requests by route, method and status.
type Requests = HashMap<(String, &'static str, u16), (Histogram, Counter)>;

thread_local! {
    /// To find a figure by its labels costs more than to count it, so each thread keeps those that it has found.
    static REQUESTS: RefCell<Requests> = RefCell::default();
}

/// Begins to count in this process; before that nothing is counted. Calling it again changes nothing.
pub fn start() {
    HANDLE.get_or_init(|| match recorder() {
        Ok(handle) => Some(handle),
        Err(error) => {
            tracing::error!(error, "metrics cannot be counted");
            None
        }
    });
}

fn recorder() -> Result<PrometheusHandle, String> {
    let recorder = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full("plotline_http_request_seconds".to_owned()), &REQUEST_SECONDS)
        .and_then(|builder| {
            builder.set_buckets_for_metric(Matcher::Full("plotline_ask_seconds".to_owned()), &REQUEST_SECONDS)
        })
        .and_then(|builder| builder.set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &JOB_SECONDS))
        .map_err(|error| error.to_string())?
        .build_recorder();
    let handle = recorder.handle();
    ::metrics::set_global_recorder(recorder).map_err(|error| error.to_string())?;
    describe();
    Ok(handle)
}

fn describe() {
    use ::metrics::{describe_counter, describe_gauge, describe_histogram};
    describe_gauge!("plotline_build_info", "1, with the version of the program.");
    describe_gauge!("plotline_queue_depth", "Queued executions of a lane, as the database tells.");
    describe_gauge!("plotline_queue_oldest_age", "Seconds that the oldest queued execution of a lane has waited.");
    describe_gauge!("plotline_database_up", "Whether the database answered this reading.");
    describe_gauge!("plotline_pool_size", "Places of a pool: database connections, password hashes at once.");
    describe_gauge!("plotline_pool_busy", "Places of a pool that are taken; for passwords also those who wait.");
    describe_counter!("plotline_http_requests_total", "Answered requests.");
    describe_histogram!("plotline_http_request_seconds", "Time from a request's head to its answer's head.");
    describe_counter!("plotline_duplicates_prevented_total", "Work not done twice: joined, cached, replayed, fenced.");
    describe_counter!("plotline_cache_hits_total", "Requests answered with a result that was there already.");
    describe_counter!("plotline_asks_total", "Requests for rows and the like, by how they ended.");
    describe_histogram!("plotline_ask_seconds", "Time that a child took for an ask.");
    describe_histogram!("plotline_job_wait_seconds", "Time from asking to the first start of an execution.");
    describe_histogram!("plotline_job_run_seconds", "Time that an attempt of an execution took.");
    describe_counter!("plotline_jobs_rescued_total", "Executions whose worker was lost: queued again, or given up.");
}

/// Folds observations until it is dropped.
pub async fn upkeep_loop() {
    loop {
        tokio::time::sleep(UPKEEP).await;
        if let Some(Some(handle)) = HANDLE.get() {
            handle.run_upkeep();
        }
    }
}

/// Counts one answered request. `route` is a template such as `/api/v1/jobs/{id}`, never a path.
pub fn request(route: Option<String>, method: &Method, status: StatusCode, took: Duration) {
    let route = route.unwrap_or_else(|| "other".to_owned());
    let key = (route, method_word(method), status.as_u16());
    REQUESTS.with_borrow_mut(|known| match known.get(&key) {
        Some(figures) => count(figures, took),
        None => {
            let figures = request_figures(key.0.clone(), key.1, key.2);
            count(&figures, took);
            known.insert(key, figures);
        }
    });
}

fn count((seconds, answered): &(Histogram, Counter), took: Duration) {
    seconds.record(took);
    answered.increment(1);
}

fn request_figures(route: String, method: &'static str, status: u16) -> (Histogram, Counter) {
    let seconds = histogram!("plotline_http_request_seconds", "route" => route.clone(), "method" => method);
    let status = status.to_string();
    let answered = counter!("plotline_http_requests_total", "route" => route, "method" => method, "status" => status);
    (seconds, answered)
}

/// Methods come from a short list, whatever clients send.
fn method_word(method: &Method) -> &'static str {
    const KNOWN: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    KNOWN.into_iter().find(|known| *known == method.as_str()).unwrap_or("other")
}

/// Counts work that an earlier request has done, or does already.
pub fn duplicate_prevented(how: &'static str) {
    counter!("plotline_duplicates_prevented_total", "how" => how).increment(1);
    if how == "cached" {
        counter!("plotline_cache_hits_total").increment(1);
    }
}

/// Counts an ask: `cached`, `answered`, `failed`, `no_answer`, `busy` or `unreachable`.
pub fn asked(ask: &'static str, outcome: &'static str) {
    counter!("plotline_asks_total", "ask" => ask, "outcome" => outcome).increment(1);
    if outcome == "cached" {
        counter!("plotline_cache_hits_total").increment(1);
    }
}

/// Everything that is counted, and the state of queue and pools at this moment.
pub async fn render(database: &Database, passwords: Option<&Passwords>) -> String {
    gauge!("plotline_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
    let depths = tokio::time::timeout(PATIENCE, database.read(queue_depth)).await;
    let depths = depths.ok().and_then(Result::ok);
    gauge!("plotline_database_up").set(if depths.is_some() { 1.0 } else { 0.0 });
    for (i, lane) in Lane::ALL.into_iter().enumerate() {
        // Not a number: unknown, rather than what was true some time ago.
        let known = depths.as_ref().and_then(|depths| depths.get(i));
        let (depth, age) = known.map_or((f64::NAN, f64::NAN), |(_, n, age)| (*n as f64, age.unwrap_or(0.0)));
        gauge!("plotline_queue_depth", "lane" => lane.as_str()).set(depth);
        gauge!("plotline_queue_oldest_age", "lane" => lane.as_str()).set(age);
    }
    for pool in database.pools() {
        gauge!("plotline_pool_size", "pool" => pool.name).set(pool.size as f64);
        gauge!("plotline_pool_busy", "pool" => pool.name).set(pool.busy as f64);
    }
    if let Some(passwords) = passwords {
        let (size, inside) = passwords.load();
        gauge!("plotline_pool_size", "pool" => "passwords").set(size as f64);
        gauge!("plotline_pool_busy", "pool" => "passwords").set(inside as f64);
    }
    match HANDLE.get() {
        Some(Some(handle)) => handle.render(),
        _ => String::new(),
    }
}

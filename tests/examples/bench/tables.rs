//! Tables beside pandas, FastAPI and ydata-profiling in the same run: reading them, taking them in, describing them.

use std::path::Path;
use std::sync::Mutex;
use std::time::Instant;

use contract::ingest::ParseOptions;
use contract::limits::IngestLimits;
use engine::ingest::Files;
use serde_json::{Value, json};
use tests::answer::text_at;
use tests::{Actor, Server};

use crate::figures::Asked::{AtLeast, AtMost, Told};
use crate::figures::{Figure, median};
use crate::peers::{self, Receiver};

const ROUNDS: usize = 3;

/// A million rows of twelve columns: uploaded, read and profiled, beside pandas' `read_csv`, `to_parquet` and a description
/// of each column with the figures that a profile has: counts, distinct and most frequent values, moments, quartiles.
pub fn ingest() -> Vec<Figure> {
    let server = Server::start();
    let anna = server.analyst();
    let folder = tempfile::tempdir().expect("a folder");
    let (csv, parquet) = (folder.path().join("orders.csv"), folder.path().join("orders.parquet"));
    let table = tests::files::orders(1_000_000).into_bytes();
    std::fs::write(&csv, &table).expect("the file is written");
    let (mut ours, mut theirs, mut eight) = (Vec::new(), Vec::new(), Vec::new());
    // The first round warms the machine's cache of files.
    for round in 0..=ROUNDS {
        let (seconds, profile) = read(&anna, table.clone());
        let peer = peers::table("tables.py", &[&csv, &parquet]);
        agree(&profile, &peer);
        let seconds_of = |name: &str| peer[name].as_f64().expect("seconds");
        let (other, least) = (seconds_of("seconds"), seconds_of("seconds_of_describe"));
        println!("{seconds:.2} s, pandas {other:.2} s, with DataFrame.describe alone {least:.2} s");
        if round > 0 {
            ours.push(seconds);
            theirs.push(other);
            eight.push(least);
        }
    }
    let (ours, theirs) = (median(ours), median(theirs));
    vec![
        Figure::new("upload, ingest and profile of 1,000,000 x 12", "s", AtMost(1.5), ours),
        Figure::new("pandas: CSV, Parquet, the same figures", "s", Told, theirs),
        Figure::new("pandas: CSV, Parquet, eight figures of the numeric columns", "s", Told, median(eight)),
        Figure::new("the first as a part of the second", "x", AtMost(1.0), ours / theirs),
    ]
}

/// A faster wrong answer is no answer.
fn agree(profile: &Value, peer: &Value) {
    let column = |name: &str| {
        let columns = profile["columns"].as_array().expect("columns");
        columns.iter().find(|column| column["name"] == name).expect("the column").clone()
    };
    assert_eq!(column("customer_id")["distinct"], peer["distinct"]);
    let (mine, other) = (column("revenue")["numeric"]["mean"].as_f64(), peer["mean"].as_f64());
    assert!((mine.expect("a mean") / other.expect("a mean") - 1.0).abs() < 1e-12, "{mine:?} {other:?}");
}

/// Seconds from the first byte sent to the profile in hand, and the profile.
fn read(anna: &Actor<'_>, body: Vec<u8>) -> (f64, Value) {
    let start = Instant::now();
    let request = anna.request("POST", "/api/v1/datasets/upload?name=bench").header("prefer", "wait=30");
    let answer = request.raw("text/csv", body).send().expect(200).json();
    let path = format!("/api/v1/datasets/{}/profile", text_at(&answer, "/dataset/id"));
    let answer = anna.get(&path).expect(200);
    let seconds = start.elapsed().as_secs_f64();
    (seconds, answer.json())
}

/// A form of 100 MB, hashed and on the disk, beside FastAPI that does the same.
pub fn uploads() -> Vec<Figure> {
    let server = Server::start();
    let anna = server.analyst();
    let receiver = Receiver::start();
    let table = tests::files::orders(1_000_000).into_bytes();
    let megabytes = table.len() as f64 / 1e6;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for round in 0..=2 * ROUNDS {
        let request = anna.request("POST", "/api/v1/datasets/upload?ingest=false").form(&[], "t.csv", table.clone());
        let start = Instant::now();
        let id = text_at(&request.send().expect(201).json(), "/dataset/id");
        let mine = megabytes / start.elapsed().as_secs_f64();
        anna.request("DELETE", &format!("/api/v1/datasets/{id}?permanent=true")).send().expect(204);
        let other = megabytes / receiver.take(&table);
        if round > 0 {
            ours.push(mine);
            theirs.push(other);
        }
    }
    let (ours, theirs) = (median(ours), median(theirs));
    vec![
        Figure::new("form of 100 MB to disk, hashed and synced", "MB/s", Told, ours),
        Figure::new("the same by FastAPI", "MB/s", Told, theirs),
        Figure::new("the first as a part of the second", "x", AtLeast(0.7), ours / theirs),
    ]
}

/// 100,000 rows described beside ydata-profiling's minimal report of the table in memory: the profile from the stored
/// table, as the reading worker makes it, and the whole way from the upload.
pub fn profile() -> Vec<Figure> {
    let server = Server::start();
    let anna = server.analyst();
    let folder = tempfile::tempdir().expect("a folder");
    let csv = folder.path().join("orders.csv");
    let table = tests::files::orders(100_000).into_bytes();
    std::fs::write(&csv, &table).expect("the file is written");
    let (mut alone, mut ours, mut theirs, mut told) = (Vec::new(), Vec::new(), Vec::new(), Value::Null);
    for round in 0..=ROUNDS {
        let profiled = profiled(&csv, folder.path());
        let (seconds, profile) = read(&anna, table.clone());
        let peer = peers::profile(&csv);
        let other = peer["seconds"].as_f64().expect("seconds");
        println!("{profiled:.3} s, with upload and reading {seconds:.3} s, ydata-profiling {other:.2} s");
        if round > 0 {
            alone.push(profiled);
            ours.push(seconds);
            theirs.push(other);
        }
        told = json!({ "ours": sections(&profile), "ydata-profiling": peer["sections"] });
    }
    println!("{told:#}");
    let (alone, ours, theirs) = (median(alone), median(ours), median(theirs));
    vec![
        Figure::new("profile of 100,000 rows, from the stored table", "s", Told, alone),
        Figure::new("ydata-profiling, minimal, of the table in memory", "s", Told, theirs),
        Figure::new("times as fast", "x", AtLeast(50.0), theirs / alone),
        Figure::new("from the upload to the profile, over HTTP", "s", Told, ours),
        Figure::new("times as fast as ydata-profiling without reading", "x", Told, theirs / ours),
    ]
}

/// Seconds from the stored table, when the profile begins, to its end.
fn profiled(csv: &Path, folder: &Path) -> f64 {
    let (target, quarantine) = (folder.join("orders.parquet"), folder.join("quarantine"));
    let files = Files { source: csv, target: &target, quarantine: &quarantine };
    let begun = Begun(Mutex::new(None));
    let outcome = engine::ingest::run(files, &ParseOptions::default(), &IngestLimits::default(), &begun);
    let end = Instant::now();
    assert_eq!(outcome.expect("the file is read").rows, 100_000);
    let begin = begun.0.lock().expect("a time").expect("the profile began");
    (end - begin).as_secs_f64()
}

/// When the profile began.
struct Begun(Mutex<Option<Instant>>);

impl engine::Reporter for Begun {
    fn report(&self, _fraction: f64, stage: &str, _rows: u64) {
        if stage == "profiling" {
            self.0.lock().expect("a time").get_or_insert_with(Instant::now);
        }
    }
}

/// The names of what a profile tells: of each column, of a number, of a text, of a time.
fn sections(profile: &Value) -> Value {
    let columns = profile["columns"].as_array().expect("columns");
    let names = |value: &Value| value.as_object().map(|fields| fields.keys().cloned().collect::<Vec<_>>());
    let of = |part: &str| columns.iter().find_map(|column| names(&column[part]));
    let column = columns.iter().filter_map(names).flatten().collect::<std::collections::BTreeSet<_>>();
    json!({ "column": column, "numeric": of("numeric"), "text": of("text"), "temporal": of("temporal") })
}

//! Tables beside pandas, FastAPI and ydata-profiling in the same run: reading them, taking them in, describing them.

use std::time::Instant;

use serde_json::{Value, json};
use tests::answer::text_at;
use tests::{Actor, Server};

use crate::figures::Asked::{AtLeast, AtMost, Told};
use crate::figures::{Figure, median};
use crate::peers::{self, Receiver};

const ROUNDS: usize = 3;

/// A million rows of twelve columns: uploaded, read and profiled, beside pandas' `read_csv`, `to_parquet` and `describe`.
pub fn ingest() -> Vec<Figure> {
    let server = Server::start();
    let anna = server.analyst();
    let folder = tempfile::tempdir().expect("a folder");
    let (csv, parquet) = (folder.path().join("orders.csv"), folder.path().join("orders.parquet"));
    let table = tests::files::orders(1_000_000).into_bytes();
    std::fs::write(&csv, &table).expect("the file is written");
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    // The first round warms the machine's cache of files.
    for round in 0..=ROUNDS {
        let seconds = read(&anna, table.clone());
        let peer = peers::table("tables.py", &[&csv, &parquet]);
        let other = peer["seconds"].as_f64().expect("seconds");
        println!("{seconds:.2} s, pandas {other:.2} s");
        if round > 0 {
            ours.push(seconds);
            theirs.push(other);
        }
    }
    let (ours, theirs) = (median(ours), median(theirs));
    vec![
        Figure::new("upload, ingest and profile of 1,000,000 x 12", "s", Told, ours),
        Figure::new("the same by pandas: CSV, Parquet, describe", "s", Told, theirs),
        Figure::new("the first as a part of the second", "x", AtMost(1.0), ours / theirs),
    ]
}

/// Seconds from the first byte sent to the profile in hand.
fn read(anna: &Actor<'_>, body: Vec<u8>) -> f64 {
    let start = Instant::now();
    let request = anna.request("POST", "/api/v1/datasets/upload?name=bench").header("prefer", "wait=30");
    let answer = request.raw("text/csv", body).send().expect(200).json();
    let path = format!("/api/v1/datasets/{}/profile", text_at(&answer, "/dataset/id"));
    anna.get(&path).expect(200);
    start.elapsed().as_secs_f64()
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

/// 100,000 rows described, from upload to profile, beside ydata-profiling's minimal report of the table in memory.
pub fn profile() -> Vec<Figure> {
    let server = Server::start();
    let anna = server.analyst();
    let folder = tempfile::tempdir().expect("a folder");
    let csv = folder.path().join("orders.csv");
    let table = tests::files::orders(100_000).into_bytes();
    std::fs::write(&csv, &table).expect("the file is written");
    let (mut ours, mut theirs, mut sections) = (Vec::new(), Vec::new(), Value::Null);
    for round in 0..=ROUNDS {
        let seconds = read(&anna, table.clone());
        let peer = peers::profile(&csv);
        let other = peer["seconds"].as_f64().expect("seconds");
        println!("{seconds:.3} s, ydata-profiling {other:.2} s");
        if round > 0 {
            ours.push(seconds);
            theirs.push(other);
        }
        sections = peer["sections"].clone();
    }
    let id = anna.dataset(table);
    let profile = anna.get(&format!("/api/v1/datasets/{id}/profile")).expect(200).json();
    let number = profile["columns"].as_array().and_then(|columns| {
        columns.iter().find(|column| column["numeric"].is_object()).and_then(|column| column["numeric"].as_object())
    });
    let names: Vec<&String> = number.into_iter().flat_map(|numeric| numeric.keys()).collect();
    println!("ours, of a number: {}, besides count, nulls, distinct, entropy, top, histogram, notes", json!(names));
    println!("ydata-profiling: {sections}");
    let (ours, theirs) = (median(ours), median(theirs));
    vec![
        Figure::new("100,000 rows from upload to profile", "s", Told, ours),
        Figure::new("ydata-profiling, minimal, of the table in memory", "s", Told, theirs),
        Figure::new("times as fast", "x", AtLeast(50.0), theirs / ours),
    ]
}

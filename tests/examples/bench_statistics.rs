//! Measures the statistics beside pandas, SciPy, polars and DuckDB on the same Parquet file (scripts/bench.sh statistics).
//!
//! Each round runs every library and ours in turn; ours is the whole request, from sending it to the outcome read.

#![expect(clippy::print_stdout, clippy::expect_used, reason = "a report for people; a failure ends it")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::{Actor, Server};

const ROWS: u64 = 1_000_000;
const ROUNDS: usize = 3;
const PEERS: &str = "scripts/bench/peers/statistics.py";

/// What is asked of us: so many times as fast as this library.
struct Asked {
    task: &'static str,
    library: &'static str,
    times: f64,
}

const ASKED: [Asked; 9] = [
    Asked { task: "descriptive", library: "polars", times: 1.5 },
    Asked { task: "descriptive", library: "pandas", times: 1.5 },
    Asked { task: "descriptive", library: "duckdb", times: 1.5 },
    Asked { task: "correlation", library: "polars", times: 1.3 },
    Asked { task: "correlation", library: "pandas", times: 4.0 },
    Asked { task: "distribution", library: "pandas", times: 3.0 },
    Asked { task: "grouped", library: "polars", times: 1.0 },
    Asked { task: "grouped", library: "duckdb", times: 1.0 / 1.5 },
    Asked { task: "kendall", library: "pandas", times: 0.0 },
];

struct Table {
    id: String,
    parquet: PathBuf,
}

fn main() -> ExitCode {
    let server = Server::with(&[("PLOTLINE_JOBS_CACHE_SECONDS", "0")]);
    let anna = server.analyst();
    println!("making two tables of {ROWS} rows");
    let orders = upload(&server, &anna, tests::files::orders(ROWS));
    let numbers = upload(&server, &anna, twenty_columns(ROWS));
    // The last number: megabytes of the columns read, eight bytes a cell.
    let tasks = [
        ("descriptive", &orders, json!({ "percentiles": [1, 10, 90, 95, 99], "exact": true }), 96.0),
        ("correlation", &numbers, json!({ "methods": ["pearson", "spearman"] }), 160.0),
        ("distribution", &orders, json!({ "column": "revenue", "histogram": { "count": 50 } }), 8.0),
        ("grouped", &orders, grouped(), 40.0),
        ("kendall", &orders, json!({ "columns": ["unit_price", "revenue"], "methods": ["kendall"] }), 16.0),
        ("kde", &orders, json!({ "column": "revenue", "parts": ["kde"] }), 8.0),
    ];
    let only: Vec<String> = std::env::args().skip(1).collect();
    let mut missed = false;
    for (task, table, body, read_mb) in tasks {
        if only.is_empty() || only.iter().any(|name| name == task) {
            missed |= measure(&server, &anna, task, table, &body, read_mb);
        }
    }
    if missed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn grouped() -> Value {
    let of = |function: &str, column: &str| json!({ "function": function, "column": column });
    let mut measures = ["count", "sum", "mean", "median", "std", "min", "max"].map(|name| of(name, "revenue")).to_vec();
    measures.push(of("n_unique", "customer_id"));
    let by = json!([{ "column": "category" }, { "column": "country" }, { "column": "ordered_at", "every": "month" }]);
    json!({ "by": by, "measures": measures })
}

/// Whether a figure was missed.
fn measure(server: &Server, anna: &Actor<'_>, task: &str, table: &Table, body: &Value, read_mb: f64) -> bool {
    let libraries: Vec<&Asked> = ASKED.iter().filter(|asked| asked.task == task).collect();
    let mut seconds: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    let (mut peak, mut theirs) = (0.0_f64, BTreeMap::new());
    let mut digest = Value::Null;
    for _ in 0..ROUNDS {
        let (time, memory, outcome) = ours(server, anna, task, table, body);
        seconds.entry("plotline").or_default().push(time);
        peak = peak.max(memory);
        digest = digest_of(task, &outcome);
        for asked in &libraries {
            let answer = peer(asked.library, task, &table.parquet);
            seconds.entry(asked.library).or_default().push(answer["seconds"].as_f64().expect("seconds"));
            theirs.insert(asked.library, answer);
        }
    }
    let mine = median(seconds.get("plotline").cloned().unwrap_or_default());
    let mut missed = peak > 2.0 * read_mb;
    println!(
        "\n{task}: {mine:.3} s, {peak:.0} MB beside the idle program (columns read: {read_mb} MB){}",
        if missed { "  MISSED" } else { "" }
    );
    for asked in &libraries {
        let time = median(seconds.get(asked.library).cloned().unwrap_or_default());
        let answer = &theirs[asked.library];
        let same = agree(&digest, &answer["digest"], task, asked.library);
        let ratio = time / mine;
        let verdict = if ratio < asked.times || !same { "  MISSED" } else { "" };
        missed |= !verdict.is_empty();
        println!(
            "  {:<8} {time:>7.3} s {:>6.0} MB  {ratio:>5.2} x (asked {}){}{verdict}",
            asked.library,
            answer["peak_mb"].as_f64().unwrap_or(0.0),
            asked.times,
            if same { ", same figures" } else { ", OTHER FIGURES" },
        );
    }
    let bound = match task {
        "kendall" => 2.0,
        "kde" => 0.1,
        _ => f64::INFINITY,
    };
    if mine > bound {
        println!("  over the bound of {bound} s  MISSED");
        missed = true;
    }
    missed
}

fn ours(server: &Server, anna: &Actor<'_>, task: &str, table: &Table, body: &Value) -> (f64, f64, Value) {
    let kind = match task {
        "kendall" => "correlation",
        "kde" => "distribution",
        kind => kind,
    };
    let mut body = body.clone();
    body["dataset_id"] = json!(table.id);
    let (running, peak) = (AtomicBool::new(true), AtomicU64::new(0));
    let idle = taken_bytes(server.process_id());
    let (seconds, outcome) = std::thread::scope(|scope| {
        scope.spawn(|| {
            while running.load(Ordering::Relaxed) {
                peak.fetch_max(taken_bytes(server.process_id()), Ordering::Relaxed);
                std::thread::sleep(Duration::from_millis(10));
            }
        });
        let request = anna.request("POST", &format!("/api/v1/analysis/{kind}")).header("prefer", "wait=30").json(&body);
        let start = Instant::now();
        let answer = request.send().expect(200).json();
        let seconds = start.elapsed().as_secs_f64();
        running.store(false, Ordering::Relaxed);
        assert_eq!(answer["cached"], false, "{answer}");
        (seconds, answer["result"].clone())
    });
    (seconds, peak.into_inner().saturating_sub(idle) as f64 / 1e6, outcome)
}

fn peer(library: &str, task: &str, parquet: &Path) -> Value {
    let python = std::env::var("BENCH_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let output = Command::new(python).arg(PEERS).args([library, task]).arg(parquet).output().expect("python runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("one line of JSON")
}

/// The figures of our outcome in the shape of the peers' digests.
fn digest_of(task: &str, outcome: &Value) -> Value {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    match task {
        "descriptive" => {
            let mut digest = serde_json::Map::new();
            for column in list(&outcome["columns"]) {
                let mut figures =
                    vec![&column["count"], &column["nulls"], &column["distinct"], &column["top"][0]["count"]];
                let numeric = &column["numeric"];
                if numeric.is_object() {
                    let names = ["mean", "std", "min", "max", "skewness", "kurtosis", "sum", "q1", "median", "q3"];
                    figures.extend(names.iter().map(|name| &numeric[*name]));
                    figures.extend((0..5).map(|i| &numeric["percentiles"][i]["value"]));
                }
                digest.insert(column["name"].as_str().unwrap_or_default().to_owned(), json!(figures));
            }
            Value::Object(digest)
        }
        "correlation" => {
            json!({ "pearson": outcome["methods"][0]["matrix"][0], "spearman": outcome["methods"][1]["matrix"][0] })
        }
        "kendall" => json!({ "tau": outcome["methods"][0]["pairs"][0]["value"] }),
        "grouped" => {
            let items = list(&outcome["items"]);
            let of = |at: usize| items.iter().filter_map(|item| item["values"][at].as_f64()).sum::<f64>();
            json!({ "groups": outcome["groups"], "sums": (0..8).map(of).collect::<Vec<f64>>() })
        }
        "distribution" => {
            let mut fits = serde_json::Map::new();
            for fit in list(&outcome["fits"]).iter().filter(|fit| fit["ks"].is_number()) {
                let name = fit["distribution"].as_str().unwrap_or_default().to_owned();
                fits.insert(name, json!([fit["log_likelihood"], fit["ks"]]));
            }
            let tests = [0, 1, 2].map(|i| outcome["tests"][i]["statistic"].clone());
            let outliers = ["iqr", "z_score", "mad"].map(|rule| outcome["outliers"][rule]["count"].clone());
            json!({ "first": outcome["histogram"]["counts"][0], "tests": tests, "fits": fits, "outliers": outliers })
        }
        _ => Value::Null,
    }
}

/// Equal to four digits: SciPy's searches stop there, DuckDB's skewness and kurtosis have another bias correction.
fn agree(ours: &Value, theirs: &Value, path: &str, library: &str) -> bool {
    match (ours, theirs) {
        (Value::Object(ours), Value::Object(theirs)) => {
            theirs.iter().all(|(key, value)| agree(&ours[key], value, &format!("{path}/{key}"), library))
        }
        (Value::Array(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len()
                && ours
                    .iter()
                    .zip(theirs)
                    .enumerate()
                    .all(|(i, (one, other))| agree(one, other, &format!("{path}/{i}"), library))
        }
        (ours, theirs) => {
            let number = |value: &Value| value.as_f64().or_else(|| value.as_str()?.parse().ok());
            let (Some(one), Some(other)) = (number(ours), number(theirs)) else { return false };
            let same = (one - other).abs() <= 1e-4 * one.abs().max(1e-2);
            if !same {
                println!("  {library} {path}: {one} and {other}");
            }
            same
        }
    }
}

fn upload(server: &Server, anna: &Actor<'_>, csv: String) -> Table {
    let before = tests::server::files_below(&server.data_dir());
    let id = anna.dataset(csv);
    let new = tests::server::files_below(&server.data_dir()).into_iter().filter(|file| !before.contains(file));
    let parquet = new.into_iter().find(|file| file.extension().is_some_and(|kind| kind == "parquet"));
    Table { id, parquet: parquet.expect("the stored version") }
}

/// Twenty columns that depend on each other more and less.
fn twenty_columns(rows: u64) -> String {
    use std::fmt::Write as _;
    let mut csv = (1..=20).map(|i| format!("x{i:02}")).collect::<Vec<_>>().join(",");
    csv.reserve(rows as usize * 180);
    csv.push('\n');
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    for _ in 0..rows {
        let common = random() - 0.5;
        for column in 0..20 {
            let own = random() - 0.5;
            let value = common * f64::from(column) / 10.0 + own.powi(1 + column % 3) * 4.0;
            let _ = write!(csv, "{value:.6}{}", if column == 19 { '\n' } else { ',' });
        }
    }
    csv
}

/// Memory that a process and all below it have taken. Pages of files are not of it: the program's own text, which is
/// loaded as it is first used, and the table in the system's cache.
fn taken_bytes(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let kilobytes =
        status.lines().find_map(|line| line.strip_prefix("RssAnon:")?.trim().trim_end_matches(" kB").parse().ok());
    let below: u64 = tests::cli::children_of(process, &[]).into_iter().map(taken_bytes).sum();
    kilobytes.unwrap_or(0_u64) * 1024 + below
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().expect("something was measured")
}

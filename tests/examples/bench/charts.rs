//! Pictures of charts beside matplotlib and Plotly with kaleido in the same run: drawn from what is computed already, as
//! those draw from what is in memory, and whole, from the stored table to the bytes of the PNG.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use contract::charts::ChartSpec;
use contract::charts::requests::{ImageFormat, ImageOptions};
use contract::columns::Column;
use serde_json::{Value, json};
use tests::{Actor, Server};

use crate::figures::Asked::{AtLeast, AtMost, Told};
use crate::figures::{Figure, median};
use crate::peers;

const ROUNDS: usize = 3;
/// Pictures of each round.
const DRAWN: usize = 5;
const CHARTS: [&str; 4] = ["scatter", "histogram", "line", "bar"];
/// Most bytes of the scatter of 100,000 points as SVG.
const MOST_MEGABYTES: f64 = 2.0;

struct Table {
    id: String,
    parquet: PathBuf,
    columns: Vec<Column>,
}

pub fn measure() -> Vec<Figure> {
    let server = Server::start();
    let anna = server.analyst();
    let folder = tempfile::tempdir().expect("a folder");
    let orders = upload(&anna, 1_000_000, &folder.path().join("orders.parquet"));
    let few = upload(&anna, 100_000, &folder.path().join("few.parquet"));
    let mut figures = Vec::new();
    for chart in CHARTS {
        let table = if chart == "scatter" { &few } else { &orders };
        figures.extend(compared(&anna, chart, table, &[&orders.parquet, &few.parquet]));
    }
    let svg = image(&spec("scatter", &few.id), &few, ImageFormat::Svg).len() as f64 / 1e6;
    figures.push(Figure::new("scatter of 100,000 points as SVG", "MB", AtMost(MOST_MEGABYTES), svg));
    figures
}

fn compared(anna: &Actor<'_>, chart: &str, table: &Table, files: &[&Path]) -> Vec<Figure> {
    let spec = spec(chart, &table.id);
    let figure = engine::charts::run(&spec, &table.columns, &table.parquet).expect("the chart is computed");
    let (mut drawn, mut whole, mut theirs, mut theirs_whole) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let start = Instant::now();
        for _ in 0..DRAWN {
            render::charts::image(&figure, &options(ImageFormat::Png)).expect("the chart is drawn");
        }
        let mine = start.elapsed().as_secs_f64() * 1000.0 / DRAWN as f64;
        let asked: Vec<f64> = (0..DRAWN).map(|i| requested(anna, &spec, &format!("{round} {i}"))).collect();
        let peer = peers::chart("matplotlib", chart, files);
        if round > 0 {
            drawn.push(mine);
            whole.push(median(asked));
            theirs.push(milliseconds(&peer, "drawn"));
            theirs_whole.push(milliseconds(&peer, "seconds"));
        }
    }
    let browser = milliseconds(&peers::chart("plotly", chart, files), "seconds");
    let (drawn, whole, theirs, theirs_whole) = (median(drawn), median(whole), median(theirs), median(theirs_whole));
    println!(
        "{chart}: drawn {drawn:.1} ms, whole request {whole:.1} ms, matplotlib {theirs:.1} ms, kaleido {browser:.0} ms"
    );
    vec![
        Figure::new(format!("PNG of {chart}, from its figures"), "ms", Told, drawn),
        Figure::new("  times as fast as matplotlib", "x", AtLeast(3.0), theirs / drawn),
        Figure::new("  times as fast as Plotly with kaleido", "x", AtLeast(100.0), browser / drawn),
        Figure::new("  from the stored table, over HTTP", "ms", Told, whole),
        Figure::new("  that as a part of matplotlib's drawing", "x", AtMost(1.0), whole / theirs_whole),
    ]
}

fn milliseconds(peer: &Value, name: &str) -> f64 {
    peer[name].as_f64().expect("seconds") * 1000.0
}

/// Milliseconds of one request; its title keeps it from being answered from what is remembered.
fn requested(anna: &Actor<'_>, spec: &ChartSpec, title: &str) -> f64 {
    let mut chart = serde_json::to_value(spec).expect("a spec");
    chart["title"] = json!(title);
    let body = json!({ "chart": chart, "width": 1000, "height": 600, "format": "png" });
    let start = Instant::now();
    anna.post("/api/v1/visualizations/export", &body).expect(200);
    start.elapsed().as_secs_f64() * 1000.0
}

fn image(spec: &ChartSpec, table: &Table, format: ImageFormat) -> Vec<u8> {
    let figure = engine::charts::run(spec, &table.columns, &table.parquet).expect("the chart is computed");
    render::charts::image(&figure, &options(format)).expect("the chart is drawn")
}

fn options(format: ImageFormat) -> ImageOptions {
    ImageOptions { width: 1000, height: 600, ..ImageOptions::new(format) }
}

fn spec(chart: &str, dataset_id: &str) -> ChartSpec {
    let sum = json!([{ "column": "revenue", "aggregate": "sum" }]);
    let mut body: Value = match chart {
        "scatter" => json!({ "x": { "column": "unit_price" }, "y": [{ "column": "revenue" }],
            "options": { "opacity": 0.4, "sample": "none" } }),
        "histogram" => json!({ "x": { "column": "revenue", "bin": { "count": 50 } } }),
        "line" => json!({ "x": { "column": "ordered_at", "granularity": "day" }, "y": sum }),
        _ => json!({ "x": { "column": "category" }, "y": sum }),
    };
    body["kind"] = json!(chart);
    body["dataset_id"] = json!(dataset_id);
    serde_json::from_value(body).expect("a spec")
}

fn upload(anna: &Actor<'_>, rows: u64, parquet: &Path) -> Table {
    let id = anna.dataset(sales(rows));
    let file = anna.get(&format!("/api/v1/datasets/{id}/export?format=parquet")).expect(200);
    std::fs::write(parquet, &file.body).expect("the file is written");
    let columns = anna.get(&format!("/api/v1/datasets/{id}/columns")).expect(200).json();
    let columns = serde_json::from_value(columns["items"].clone()).expect("columns");
    Table { id, parquet: parquet.to_owned(), columns }
}

/// Sales on each day of three years in twenty categories.
fn sales(rows: u64) -> String {
    let mut csv = String::from("ordered_at,category,unit_price,revenue\n");
    let first = chrono::NaiveDate::from_ymd_opt(2022, 1, 1).expect("a day");
    let mut random = tests::dice::Dice::new(42);
    for _ in 0..rows {
        let day = first + chrono::Days::new(random.below(3 * 365 + 1));
        // The sum of some has more in the middle, as prices have.
        let cents = 199 + (0..4).map(|_| random.below(3_000)).sum::<u64>();
        let revenue = cents * (1 + random.below(9));
        let _ = writeln!(
            csv,
            "{day}T{:02}:{:02}:00,Category {:02},{}.{:02},{}.{:02}",
            random.below(24),
            random.below(60),
            1 + random.below(20),
            cents / 100,
            cents % 100,
            revenue / 100,
            revenue % 100
        );
    }
    csv
}

//! Measures figures of charts on tables made here: `cargo run -p engine --example chart_time -- [ROWS] [RUNS]`.

use std::error::Error;
use std::fmt::Write as _;
use std::io::{Write, stdout};
use std::path::Path;
use std::time::Instant;

use contract::charts::ChartSpec;
use contract::columns::Column;
use contract::ingest::ParseOptions;
use contract::limits::IngestLimits;
use engine::Silent;
use engine::ingest::Files;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let rows: u64 = arguments.next().map_or(Ok(1_000_000), |rows| rows.parse())?;
    let runs: u32 = arguments.next().map_or(Ok(5), |runs| runs.parse())?;
    let base = std::env::temp_dir().join(format!("chart_time_{}", std::process::id()));
    let (large, small) = (base.with_extension("large"), base.with_extension("small"));
    let large_columns = made(rows, &large)?;
    let small_columns = made(100_000, &small)?;
    for (name, is_small, body) in charts() {
        let (parquet, columns) = if is_small { (&small, &small_columns) } else { (&large, &large_columns) };
        time(name, body, columns, parquet, runs)?;
    }
    std::fs::remove_file(&large)?;
    std::fs::remove_file(&small)?;
    Ok(())
}

/// Charts by name, and whether they are of 100,000 rows.
fn charts() -> Vec<(&'static str, bool, Value)> {
    let y = json!([{ "column": "price" }]);
    vec![
        ("histogram", false, json!({ "kind": "histogram", "x": { "column": "price" } })),
        ("bar, 20 categories", false, json!({ "kind": "bar", "x": { "column": "shop" }, "y": y })),
        ("line by day", false, json!({ "kind": "line", "x": { "column": "day", "granularity": "day" }, "y": y })),
        (
            "line by month and shop",
            false,
            json!({ "kind": "line", "x": { "column": "day", "granularity": "month" }, "y": y, "color": { "column": "shop" } }),
        ),
        (
            "line by number",
            false,
            json!({ "kind": "line", "x": { "column": "price" }, "y": [{ "aggregate": "count" }] }),
        ),
        (
            "area by week and shop",
            false,
            json!({ "kind": "area", "x": { "column": "day", "granularity": "week" }, "y": y, "color": { "column": "shop" } }),
        ),
        (
            "scatter as density",
            false,
            json!({ "kind": "scatter", "x": { "column": "price" }, "y": [{ "column": "weight" }] }),
        ),
        ("box by shop", false, json!({ "kind": "box", "x": { "column": "shop" }, "y": y })),
        ("violin by shop", false, json!({ "kind": "violin", "x": { "column": "shop" }, "y": y })),
        (
            "heat map",
            false,
            json!({ "kind": "heatmap", "x": { "column": "day", "granularity": "month" }, "y": [{ "column": "shop" }], "color": { "column": "price", "aggregate": "mean" } }),
        ),
        (
            "hexagons",
            false,
            json!({ "kind": "density", "x": { "column": "price" }, "y": [{ "column": "weight" }], "options": { "shape": "hexagon" } }),
        ),
        ("pie of 20", false, json!({ "kind": "pie", "x": { "column": "shop" }, "y": y })),
        (
            "table of rows, sorted",
            false,
            json!({ "kind": "table", "rows": [{ "column": "day" }, { "column": "shop" }, { "column": "price", "sort": "-value" }] }),
        ),
        (
            "table of groups",
            false,
            json!({ "kind": "table", "rows": [{ "column": "shop" }, { "column": "price", "aggregate": "median" }] }),
        ),
        (
            "pivot, month by shop",
            false,
            json!({ "kind": "pivot", "rows": [{ "column": "shop" }], "columns": [{ "column": "day", "granularity": "month" }], "y": y }),
        ),
        (
            "number against the year before",
            false,
            json!({ "kind": "number", "x": { "column": "day", "granularity": "month" }, "y": y, "options": { "comparison": "year_before" } }),
        ),
        ("funnel", false, json!({ "kind": "funnel", "x": { "column": "shop" }, "y": y })),
        ("waterfall", false, json!({ "kind": "waterfall", "x": { "column": "day", "granularity": "month" }, "y": y })),
        (
            "treemap of 740",
            false,
            json!({ "kind": "treemap", "rows": [{ "column": "shop" }, { "column": "day", "granularity": "month" }], "size": y[0], "color": { "column": "weight", "aggregate": "mean" } }),
        ),
        (
            "point map as bins",
            false,
            json!({ "kind": "point_map", "x": { "column": "price" }, "y": [{ "column": "weight" }] }),
        ),
        (
            "3-D scatter as bins",
            false,
            json!({ "kind": "scatter_3d", "x": { "column": "price" }, "y": [{ "column": "weight" }], "z": { "column": "price" } }),
        ),
        (
            "surface of classes",
            false,
            json!({ "kind": "surface", "x": { "column": "price" }, "y": [{ "column": "weight" }], "z": { "column": "price" } }),
        ),
        (
            "scatter of 100,000",
            true,
            json!({ "kind": "scatter", "x": { "column": "price" }, "y": [{ "column": "weight" }], "options": { "sample": "none" } }),
        ),
        (
            "density of 100,000",
            true,
            json!({ "kind": "density", "x": { "column": "price" }, "y": [{ "column": "weight" }] }),
        ),
    ]
}

fn made(rows: u64, target: &Path) -> Result<Vec<Column>, Box<dyn Error>> {
    let mut text = String::from("day,shop,price,weight\n");
    let mut state = 42_u64;
    let mut roll = |sides: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % sides
    };
    for _ in 0..rows {
        let (year, month, day) = (2021 + roll(3), 1 + roll(12), 1 + roll(28));
        let price = (roll(1_000_000) as f64 + roll(1_000_000) as f64) / 1e4;
        writeln!(
            text,
            "{year}-{month:02}-{day:02},shop {},{price},{}",
            roll(20),
            price * 0.5 + roll(1000) as f64 / 10.0
        )?;
    }
    let source = target.with_extension("csv");
    std::fs::write(&source, text)?;
    let quarantine = target.with_extension("quarantine");
    let files = Files { source: &source, target, quarantine: &quarantine };
    let outcome = engine::ingest::run(files, &ParseOptions::default(), &IngestLimits::default(), &Silent)
        .map_err(|failure| failure.message)?;
    std::fs::remove_file(&source)?;
    let _ = std::fs::remove_file(&quarantine);
    Ok(outcome.columns)
}

fn time(name: &str, mut body: Value, columns: &[Column], parquet: &Path, runs: u32) -> Result<(), Box<dyn Error>> {
    body["dataset_id"] = json!("00000000-0000-0000-0000-000000000000");
    let spec: ChartSpec = serde_json::from_value(body)?;
    let mut best = f64::INFINITY;
    let mut said = String::new();
    for _ in 0..runs {
        let begin = Instant::now();
        let figure = engine::charts::run(&spec, columns, parquet).map_err(|failure| failure.message)?;
        best = best.min(begin.elapsed().as_secs_f64() * 1e3);
        said = figure.sentence;
    }
    writeln!(stdout(), "{name:26} {best:8.1} ms  {said}")?;
    Ok(())
}

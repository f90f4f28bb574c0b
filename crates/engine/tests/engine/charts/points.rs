//! Scatters and densities.

use contract::charts::figure::{AxisKind, Paint};
use contract::charts::layers::{Cells, Diameters, Layer, Paints, Points, Polygons};
use serde_json::json;

use super::support::*;
use crate::support::ingest;

fn points(figure: &contract::charts::figure::Figure) -> Vec<&Points> {
    let points = figure.panels.iter().flat_map(|panel| &panel.layers);
    points.filter_map(|layer| if let Layer::Points(points) = layer { Some(points) } else { None }).collect()
}

fn cells(figure: &contract::charts::figure::Figure) -> &Cells {
    let found =
        layers(figure).iter().find_map(|layer| if let Layer::Cells(cells) = layer { Some(cells) } else { None });
    found.expect("cells")
}

fn polygons(figure: &contract::charts::figure::Figure) -> &Polygons {
    let found = layers(figure).iter().find_map(|layer| if let Layer::Polygons(all) = layer { Some(all) } else { None });
    found.expect("polygons")
}

const CSV: &str = "x,y,who,size,day,at\n1,2,a,1,2024-01-01,08:00:00\n2,4,b,4,2024-01-02,09:30:00\n3,7,a,16,2024-02-01,12:00:00\n,5,a,1,2024-01-01,08:00:00\n4,NaN,b,1,2024-01-01,08:00:00\n";

fn body() -> serde_json::Value {
    json!({ "kind": "scatter", "x": { "column": "x" }, "y": [{ "column": "y" }] })
}

#[test]
fn a_point_for_each_row_that_has_both() {
    let figure = draw(CSV, body());
    let all = points(&figure);
    assert_eq!((&all[0].x, &all[0].y), (&vec![1.0, 2.0, 3.0], &vec![2.0, 4.0, 7.0]));
    assert!(figure.notes[0].starts_with("2 rows are left out"), "{:?}", figure.notes);
    assert_eq!(figure.title.as_deref(), Some("y by x"));
    assert_eq!(figure.sentence, "Scatter plot of y by x with 3 points; x from 1 to 3; y from 2 to 7.");
    assert_eq!(figure.table.rows[2], [json!(3), json!(7)]);
}

#[test]
fn colours_sizes_labels_and_trends() {
    let mut with = body();
    with["color"] = json!({ "column": "who" });
    with["size"] = json!({ "column": "size" });
    with["label"] = json!({ "column": "day" });
    with["options"] = json!({ "trend": { "method": "linear" } });
    let figure = draw(CSV, with.clone());
    let all = points(&figure);
    assert_eq!((all.len(), all[0].texts.clone()), (2, vec!["2024-01-01".to_owned(), "2024-02-01".to_owned()]));
    let Diameters::Each(sizes) = &all[0].diameter else { panic!("{:?}", all[0].diameter) };
    assert!((sizes[1] / sizes[0] - 4.0).abs() < 1e-9, "{sizes:?}");
    assert_eq!(lines(&figure).len(), 1, "b has one point alone");
    with["color"] = json!({ "column": "size" });
    let figure = draw(CSV, with.clone());
    let Paints::Each(paints) = &points(&figure)[0].paint else { panic!("no scale") };
    assert_eq!((paints[0], paints[2]), (Paint::Scale(0.0), Paint::Scale(1.0)));
    assert_eq!(figure.color_bar.unwrap().range, [1.0, 16.0]);
    with["color"] = json!({ "column": "day" });
    let bar = draw(CSV, with).color_bar.unwrap();
    assert!(bar.ticks.iter().all(|tick| tick.text.contains("Jan") || tick.text.contains("Feb")), "{:?}", bar.ticks);
}

#[test]
fn times_and_clocks_have_axes() {
    let mut times = body();
    times["x"]["column"] = json!("day");
    times["y"][0]["column"] = json!("at");
    let figure = draw(CSV, times);
    let (x, y) = axes(&figure);
    assert_eq!((x.kind, y.kind), (AxisKind::Time, AxisKind::Time));
    assert!(ticks(y).contains(&"09:00"), "{:?}", ticks(y));
    assert_eq!(figure.table.rows[1], [json!("2024-01-02"), json!("09:30:00")]);
}

#[test]
fn nothing_and_one_point() {
    let version = ingest(CSV);
    for kind in ["scatter", "density"] {
        for (least, rows) in [(100, 0), (3, 1)] {
            let mut few = body();
            few["kind"] = json!(kind);
            few["filter"] = json!([{ "column": "x", "op": "ge", "value": least }]);
            assert_eq!(on(&version, few).table.rows.len(), rows, "{kind}");
        }
    }
}

fn many() -> String {
    "x,y\n".to_owned() + &(0..12_000).map(|i| format!("{},{}\n", i % 100, i / 100 % 50)).collect::<String>()
}

#[test]
fn many_points_are_shown_by_density() {
    let version = ingest(many());
    let figure = on(&version, body());
    let cells = cells(&figure);
    let sum: f64 = cells.values.iter().filter(|value| !value.is_nan()).sum();
    assert_eq!(sum, 12_000.0);
    let sampling = figure.sampling.clone().unwrap();
    assert_eq!((sampling.method, sampling.of), ("bins", 12_000));
    assert!(figure.notes[0].contains("12,000 points"), "{:?}", figure.notes);
    let mut whole = body();
    whole["options"] = json!({ "sample": "none", "opacity": 0.4 });
    let figure = on(&version, whole);
    assert_eq!((points(&figure)[0].x.len(), points(&figure)[0].opacity), (12_000, 0.4));
}

#[test]
fn densities_in_rectangles_and_hexagons() {
    let version = ingest(many());
    let mut density = body();
    density["kind"] = json!("density");
    density["x"]["bin"] = json!({ "width": 50.0 });
    density["y"][0]["bin"] = json!({ "count": 1 });
    let figure = on(&version, density.clone());
    assert_eq!(cells(&figure).values, [6_000.0, 6_000.0]);
    density["color"] = json!({ "column": "y", "aggregate": "mean" });
    assert_eq!(cells(&on(&version, density)).values, [22.0, 22.0]);
    let hexagons = json!({ "kind": "density", "x": { "column": "x" }, "y": [{ "column": "y" }], "options": { "shape": "hexagon" } });
    let figure = on(&version, hexagons);
    let drawn = polygons(&figure);
    assert!(drawn.rings.len() > 100 && drawn.rings.iter().all(|ring| ring.len() == 6));
    let rows: u64 = figure.table.rows.iter().map(|row| row[4].as_u64().unwrap()).sum();
    assert_eq!(rows, 12_000);
}

#[test]
fn logarithmic_scatters_and_densities() {
    let csv = "x,y\n0,1\n1,10\n100,1000\n10,100\n";
    for kind in ["scatter", "density"] {
        for shape in ["rectangle", "hexagon"] {
            let mut body = json!({ "kind": kind, "x": { "column": "x", "scale": "log" }, "y": [{ "column": "y", "scale": "log" }] });
            if kind == "density" {
                body["options"] = json!({ "shape": shape });
            }
            let figure = draw(csv, body);
            assert_eq!((axes(&figure).0.kind, axes(&figure).1.kind), (AxisKind::Log, AxisKind::Log));
            assert!(figure.notes[0].starts_with("1 row is left out"), "{:?}", figure.notes);
        }
    }
}

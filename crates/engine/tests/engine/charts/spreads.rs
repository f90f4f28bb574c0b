//! Boxes, violins and heat maps.

use contract::charts::figure::{AxisKind, Figure, Paint};
use contract::charts::layers::{Boxes, Cells, Layer, Polygons};
use serde_json::json;

use super::support::*;
use crate::support::ingest;

fn boxes(figure: &Figure) -> Vec<&Boxes> {
    layers(figure).iter().filter_map(|layer| if let Layer::Boxes(boxes) = layer { Some(boxes) } else { None }).collect()
}

fn violins(figure: &Figure) -> Vec<&Polygons> {
    let found = layers(figure).iter();
    found.filter_map(|layer| if let Layer::Polygons(all) = layer { Some(all) } else { None }).collect()
}

fn cells(figure: &Figure) -> &Cells {
    let found =
        layers(figure).iter().find_map(|layer| if let Layer::Cells(cells) = layer { Some(cells) } else { None });
    found.expect("cells")
}

const CSV: &str =
    "g,s,v,w\na,x,1,10\na,x,2,20\na,y,3,30\na,y,4,40\na,x,5,50\na,x,100,60\nb,y,7,70\n,x,-3,80\nc,x,,90\n";

#[test]
fn boxes_by_category() {
    let figure = draw(CSV, json!({ "kind": "box", "x": { "column": "g" }, "y": [{ "column": "v" }] }));
    let found = boxes(&figure)[0];
    let (x, y) = axes(&figure);
    assert_eq!((ticks(x), x.kind), (vec!["a", "b", "c", "(missing)"], AxisKind::Category));
    // R: quantile(c(1, 2, 3, 4, 5, 100), type = 7)
    let a = &found.boxes[0];
    assert_eq!((a.q1, a.median, a.q3, a.lower_fence, a.upper_fence), (2.25, 3.5, 4.75, 1.0, 5.0));
    assert_eq!((a.outliers.clone(), found.at.clone(), a.count), (vec![100.0], vec![0.0, 1.0, 3.0], 6));
    assert!(y.range[1] > 100.0 && y.range[0] < -3.0);
    assert_eq!(figure.title.as_deref(), Some("Distribution of v by g"));
    assert_eq!(figure.sentence, "Box plot of v by g, told by medians; highest 7 at b, lowest −3 at (missing).");
}

#[test]
fn boxes_of_several_columns_and_series() {
    let figure = draw(CSV, json!({ "kind": "box", "y": [{ "column": "v" }, { "column": "w" }] }));
    assert_eq!((ticks(axes(&figure).0), boxes(&figure)[0].boxes.len()), (vec!["v", "w"], 2));
    let body = json!({ "kind": "box", "x": { "column": "g" }, "y": [{ "column": "v" }], "color": { "column": "s" }, "options": { "orientation": "horizontal" } });
    let figure = draw(CSV, body);
    assert_eq!(legend(&figure), [("x", Paint::Category(0)), ("y", Paint::Category(1))]);
    assert_eq!(axes(&figure).1.kind, AxisKind::Category);
    assert!(boxes(&figure)[0].at[0] < 0.0 && boxes(&figure)[1].at[0] > 0.0);
}

#[test]
fn violins_end_at_their_values() {
    let csv = "v\n".to_owned() + &(0..200).map(|i| format!("{}\n", i % 20)).collect::<String>() + "\n";
    let figure = draw(&csv, json!({ "kind": "violin", "y": [{ "column": "v" }] }));
    let ring = &violins(&figure)[0].rings[0];
    let heights: Vec<f64> = ring.iter().map(|point| point[1]).collect();
    let ends = heights.iter().fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(*value), high.max(*value)));
    assert_eq!(ends, (0.0, 19.0));
    assert!(ring.iter().all(|point| point[0].abs() <= 0.4));
    assert_eq!((boxes(&figure)[0].boxes[0].median, boxes(&figure)[0].is_filled), (9.5, true));
    let constant = draw("v\n3\n3\n", json!({ "kind": "violin", "y": [{ "column": "v" }] }));
    assert!(violins(&constant).is_empty() && constant.notes[0].contains("equal"));
    let side = json!({ "kind": "violin", "y": [{ "column": "v" }], "options": { "orientation": "horizontal", "bandwidth": { "width": 0.5 } } });
    let figure = draw(&csv, side);
    assert!(violins(&figure)[0].rings[0].iter().all(|point| point[1].abs() <= 0.4));
}

#[test]
fn heat_maps_of_categories_periods_and_classes() {
    let figure = draw(CSV, json!({ "kind": "heatmap", "x": { "column": "g" }, "y": [{ "column": "s" }] }));
    let found = cells(&figure);
    assert_eq!((found.x_edges.len(), found.y_edges.clone()), (5, vec![-0.5, 0.5, 1.5]));
    assert_eq!((found.values[0], found.values[3], found.values[4]), (4.0, 1.0, 2.0));
    assert!(found.values[1].is_nan() && found.texts[0] == "4" && found.texts[1].is_empty());
    assert_eq!(axes(&figure).1.range, [1.5, -0.5]);
    assert_eq!(figure.color_bar.clone().unwrap().range, [0.0, 4.0]);
    let days = "day,v\n2024-01-01,1\n2024-01-31,2\n2024-03-05,50\n";
    let body = json!({ "kind": "heatmap", "x": { "column": "day", "granularity": "month" }, "y": [{ "column": "v", "bin": { "edges": [0, 10, 100] } }], "color": { "column": "v", "aggregate": "mean" } });
    let figure = draw(days, body);
    let found = cells(&figure);
    assert_eq!((found.x_edges.len(), found.y_edges.clone()), (4, vec![0.0, 10.0, 100.0]));
    assert_eq!((found.values[0], found.values[1].is_nan(), found.values[5]), (1.5, true, 50.0));
    assert_eq!(axes(&figure).0.kind, AxisKind::Time);
    let many = "a,b\n".to_owned() + &(0..500).map(|i| format!("{i},{}\n", i % 10)).collect::<String>();
    let figure = draw(many, json!({ "kind": "heatmap", "x": { "column": "a" }, "y": [{ "column": "b" }] }));
    assert_eq!((axes(&figure).0.kind, axes(&figure).1.kind), (AxisKind::Linear, AxisKind::Category));
}

#[test]
fn nothing_nulls_and_one_row() {
    let version = ingest(CSV);
    for kind in ["box", "violin", "heatmap"] {
        for filter in
            [json!([{ "column": "w", "op": "gt", "value": 1000 }]), json!([{ "column": "w", "op": "eq", "value": 90 }])]
        {
            on(&version, json!({ "kind": kind, "x": { "column": "g" }, "y": [{ "column": "v" }], "filter": filter }));
        }
    }
}

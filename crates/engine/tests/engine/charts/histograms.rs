//! Histograms by every rule for classes, and by series.

use contract::charts::figure::{AxisKind, Paint};
use serde_json::json;

use super::support::*;
use crate::support::ingest;

fn csv() -> String {
    "v,s\n".to_owned() + &(0..100).map(|i| format!("{},{}\n", f64::from(i) / 10.0, i % 3)).collect::<String>()
}

fn edges(figure: &contract::charts::figure::Figure) -> Vec<f64> {
    let one = bars(figure)[0];
    let mut edges: Vec<f64> = one.at.iter().zip(&one.width).map(|(at, width)| at - width / 2.0).collect();
    edges.push(one.at.last().unwrap() + one.width.last().unwrap() / 2.0);
    edges
}

#[test]
fn classes_by_count_width_edges_and_rule() {
    let version = ingest(csv());
    let body = |bin: serde_json::Value| json!({ "kind": "histogram", "x": { "column": "v", "bin": bin } });
    let count = on(&version, body(json!({ "count": 4 })));
    assert_eq!((edges(&count)[0], edges(&count).len(), bars(&count)[0].end.clone()), (0.0, 5, vec![25.0; 4]));
    let width = on(&version, body(json!({ "width": 2.5 })));
    assert_eq!(edges(&width), [0.0, 2.5, 5.0, 7.5, 10.0]);
    let given = on(&version, body(json!({ "edges": [0, 1, 5] })));
    assert_eq!((bars(&given)[0].end.clone(), given.notes.len()), (vec![10.0, 41.0], 1));
    for (rule, classes) in [("sturges", 8), ("freedman_diaconis", 5), ("scott", 5)] {
        assert_eq!(bars(&on(&version, body(json!(rule))))[0].at.len(), classes, "{rule}");
    }
    let usual = on(&version, json!({ "kind": "histogram", "x": { "column": "v" } }));
    assert_eq!(edges(&usual), [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]);
    assert_eq!(usual.title.as_deref(), Some("Distribution of v"));
    assert_eq!(usual.sentence, "Histogram of v: 100 values in 5 classes from 0 to 10; the fullest, 0–2, has 20.");
}

#[test]
fn series_share_the_classes() {
    let body =
        json!({ "kind": "histogram", "x": { "column": "v", "bin": { "count": 2 } }, "color": { "column": "s" } });
    let figure = draw(csv(), body);
    let stack = bars(&figure);
    assert_eq!(stack.len(), 3);
    assert_eq!((stack[0].base[0], stack[1].base[0], stack[2].end[0]), (0.0, 17.0, 50.0));
    assert_eq!(legend(&figure)[0], ("0", Paint::Category(0)));
}

#[test]
fn logarithmic_classes_are_equally_wide_in_powers() {
    let csv = "v\n-5\n0\n1\n10\n100\n1000\n";
    let figure =
        draw(csv, json!({ "kind": "histogram", "x": { "column": "v", "scale": "log", "bin": { "count": 3 } } }));
    let found = edges(&figure);
    assert!((found[1] / 10.0 - 1.0).abs() < 1e-9 && (found[2] / 100.0 - 1.0).abs() < 1e-9, "{found:?}");
    assert_eq!((axes(&figure).0.kind, figure.notes.len()), (AxisKind::Log, 1));
    assert_eq!(bars(&figure)[0].end.iter().sum::<f64>(), 4.0);
}

#[test]
fn nothing_one_value_and_what_is_no_number() {
    let version = ingest("v\n3\n\nNaN\n");
    let figure = on(&version, json!({ "kind": "histogram", "x": { "column": "v" } }));
    assert_eq!(bars(&figure)[0].end, [1.0]);
    let none =
        json!({ "kind": "histogram", "x": { "column": "v" }, "filter": [{ "column": "v", "op": "gt", "value": 9 }] });
    assert_eq!(on(&version, none).sentence, "Histogram of v, with no values.");
    let text = ingest("t\na\nb\n");
    let failure = refused(&text, json!({ "kind": "histogram", "x": { "column": "t" } }));
    assert!(failure.message.contains("numbers"), "{failure:?}");
}

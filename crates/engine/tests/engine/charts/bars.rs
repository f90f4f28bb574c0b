//! Bars by category, period and class, beside and on top of each other.

use contract::charts::figure::{AxisKind, Paint};
use contract::charts::layers::Paints;
use serde_json::json;

use super::support::*;
use crate::support::ingest;

const SALES: &str = "country,size,price\nDE,S,1\nDE,M,2\nDE,S,3\nFR,S,10\nFR,M,-4\nIT,M,7\n,S,5\n";

#[test]
fn categories_in_order_with_missing_last() {
    let body = json!({ "kind": "bar", "x": { "column": "country" }, "y": [{ "column": "price" }] });
    let figure = draw(SALES, body.clone());
    let one = bars(&figure)[0];
    assert_eq!((&one.at, &one.end), (&vec![0.0, 1.0, 2.0, 3.0], &vec![6.0, 6.0, 7.0, 5.0]));
    let (x, y) = axes(&figure);
    assert_eq!((x.kind, ticks(x)), (AxisKind::Category, vec!["DE", "FR", "IT", "(missing)"]));
    assert_eq!(y.range[0], 0.0);
    assert_eq!(one.hovers[0], "DE: 6");
    let mut sorted = body.clone();
    sorted["x"]["sort"] = json!("-value");
    assert_eq!(ticks(axes(&draw(SALES, sorted)).0), ["IT", "DE", "FR", "(missing)"]);
    let mut data = body.clone();
    data["x"]["sort"] = json!("-label");
    assert_eq!(ticks(axes(&draw(SALES, data)).0), ["IT", "FR", "DE", "(missing)"]);
    let mut few = body.clone();
    few["x"]["limit"] = json!(1);
    let figure = draw(SALES, few.clone());
    assert_eq!((ticks(axes(&figure).0), &bars(&figure)[0].end), (vec!["IT", "Other"], &vec![7.0, 17.0]));
    few["y"][0]["aggregate"] = json!("mean");
    let figure = draw(SALES, few);
    assert_eq!((ticks(axes(&figure).0), figure.notes.len()), (vec!["IT"], 1));
    let count = draw(SALES, json!({ "kind": "bar", "x": { "column": "country" } }));
    assert_eq!((bars(&count)[0].end[0], count.title.as_deref()), (3.0, Some("Number of rows by country")));
}

#[test]
fn series_beside_on_top_and_as_shares() {
    let mut body = json!({ "kind": "bar", "x": { "column": "country" }, "y": [{ "column": "price" }], "color": { "column": "size" }, "options": { "values": true } });
    let figure = draw(SALES, body.clone());
    let both = bars(&figure);
    assert_eq!((both[0].name.as_str(), both[1].name.as_str()), ("M", "S"));
    assert!((both[0].at[0] + 0.2).abs() < 1e-12 && (both[1].at[0] - 0.2).abs() < 1e-12);
    assert_eq!(legend(&figure), [("M", Paint::Category(1)), ("S", Paint::Category(0))]);
    body["options"]["stack"] = json!("stacked");
    let figure = draw(SALES, body.clone());
    let both = bars(&figure);
    // FR: −4 below 0, 10 above.
    assert_eq!((both[0].end[1], both[1].base[1], both[1].end[1]), (-4.0, 0.0, 10.0));
    assert_eq!((both[1].base[0], both[1].end[0], both[1].texts[0].as_str()), (2.0, 6.0, "4"));
    body["options"]["stack"] = json!("percent");
    let figure = draw(SALES, body);
    assert!((bars(&figure)[1].end[0] - 100.0).abs() < 1e-9);
    assert_eq!(bars(&figure)[1].texts[0], "66.7 %");
}

#[test]
fn bars_on_their_side_run_from_the_top() {
    let body = json!({ "kind": "bar", "x": { "column": "country" }, "y": [{ "column": "price" }], "options": { "orientation": "horizontal" },
        "annotations": [{ "kind": "line", "axis": "y", "at": 5 }, { "kind": "line", "axis": "x", "at": "FR" }] });
    let figure = draw(SALES, body);
    let (x, y) = axes(&figure);
    assert_eq!((x.kind, y.kind, y.range), (AxisKind::Linear, AxisKind::Category, [3.5, -0.5]));
    let marks = format!("{:?}", figure.panels[0].marks);
    assert!(marks.contains("across_x: true, at: 5.0") && marks.contains("across_x: false, at: 1.0"), "{marks}");
}

#[test]
fn classes_and_periods() {
    let csv = "v,day\n1,2024-01-31\n2,2024-02-01\n9,2024-02-29\n10,2024-03-01\n";
    let figure = draw(csv, json!({ "kind": "bar", "x": { "column": "v", "bin": { "width": 5.0 } } }));
    let one = bars(&figure)[0];
    assert_eq!((&one.at, &one.width, &one.end), (&vec![2.5, 7.5, 12.5], &vec![5.0; 3], &vec![2.0, 1.0, 1.0]));
    assert_eq!(one.hovers[0], "0–5: 2");
    let figure = draw(csv, json!({ "kind": "bar", "x": { "column": "day", "granularity": "month" } }));
    assert_eq!((axes(&figure).0.kind, bars(&figure)[0].end.clone()), (AxisKind::Time, vec![1.0, 2.0, 1.0]));
    let sorted = json!({ "kind": "bar", "x": { "column": "day", "granularity": "month", "sort": "-value" } });
    let figure = draw(csv, sorted);
    assert_eq!(ticks(axes(&figure).0), ["Feb 2024", "Jan 2024", "Mar 2024"]);
}

#[test]
fn a_value_keeps_its_colour_under_filters() {
    let version = ingest(SALES);
    let body = |filter: serde_json::Value| json!({ "kind": "bar", "x": { "column": "size" }, "y": [{ "column": "price" }], "color": { "column": "country" }, "filter": filter });
    let all = on(&version, body(json!([])));
    assert_eq!(
        legend(&all),
        [
            ("DE", Paint::Category(0)),
            ("FR", Paint::Category(1)),
            ("IT", Paint::Category(2)),
            ("(missing)", Paint::Muted)
        ]
    );
    let some = on(&version, body(json!([{ "column": "country", "op": "in", "values": ["IT", "FR"] }])));
    assert_eq!(legend(&some), [("FR", Paint::Category(1)), ("IT", Paint::Category(2))]);
    let line = json!({ "kind": "line", "x": { "column": "size" }, "y": [{ "column": "price" }], "color": { "column": "country" }, "filter": [{ "column": "country", "op": "eq", "value": "IT" }] });
    assert_eq!(lines(&on(&version, line))[0].paint, Paint::Category(2));
    assert!(matches!(bars(&some)[0].paint, Paints::One(Paint::Category(1))));
}

#[test]
fn figures_must_be_numbers_and_long_labels_are_cut() {
    let version = ingest(SALES);
    let body = json!({ "kind": "bar", "x": { "column": "size" }, "y": [{ "column": "country", "aggregate": "max" }] });
    let failure = refused(&version, body);
    assert!(failure.message.contains("text") && failure.advice.unwrap().contains("/y/0/aggregate"));
    let long = "name,v\n\"Ein sehr langer Name mit Ümläuten 🎉 und mehr\",1\nкороткое,2\n";
    let figure = draw(long, json!({ "kind": "bar", "x": { "column": "name" }, "y": [{ "column": "v" }] }));
    let (x, _) = axes(&figure);
    assert_eq!(ticks(x)[0], "Ein sehr langer Name mi…");
    assert!(x.categories[0].contains("🎉"));
    let many: String = "name\n".to_owned() + &(0..500).map(|i| format!("n{i:03}\n")).collect::<String>();
    let figure = draw(many, json!({ "kind": "bar", "x": { "column": "name" } }));
    assert_eq!((axes(&figure).0.categories.len(), bars(&figure)[0].end[200]), (201, 300.0));
}

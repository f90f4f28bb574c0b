//! Treemaps of one and of several levels.

use contract::charts::figure::Paint;
use serde_json::{Value, json};

use super::marks::tiles;
use super::support::*;
use crate::support::ingest;

const SALES: &str = "country,size,price\nDE,S,1\nDE,M,2\nDE,S,3\nFR,S,10\nFR,M,2\nIT,,8\n,S,4\n";

fn two_levels() -> Value {
    json!({ "kind": "treemap", "rows": [{ "column": "country" }, { "column": "size" }], "size": { "column": "price" } })
}

fn area([left, top, right, bottom]: [f64; 4]) -> f64 {
    (right - left) * (bottom - top)
}

#[test]
fn levels_by_size_with_shares() {
    let figure = draw(SALES, two_levels());
    let found = tiles(&figure);
    assert_eq!(found.labels, ["FR", "IT", "DE", "(missing)", "S", "M", "S", "M", "S"]);
    assert_eq!(found.parents, [None, None, None, None, Some(0), Some(0), Some(2), Some(2), Some(3)]);
    assert_eq!(found.values, [12.0, 8.0, 6.0, 4.0, 10.0, 2.0, 4.0, 2.0, 4.0]);
    assert_eq!(found.texts[0], "12 (40 %)");
    assert_eq!(
        (found.paints[0], found.paints[4], found.paints[3]),
        (Paint::Category(1), Paint::Category(1), Paint::Muted)
    );
    let first: Vec<f64> = found.places[..4].iter().map(|place| area(*place)).collect();
    assert!(first.iter().zip([12.0, 8.0, 6.0, 4.0]).all(|(area, size)| (area - size / 30.0).abs() < 1e-9), "{first:?}");
    assert_eq!(figure.table.rows[1], [json!("FR"), json!("S"), json!(10.0), json!(10.0 / 30.0 * 100.0)]);
    // Italy has no second level.
    assert_eq!(figure.table.rows[0], [json!("IT"), json!(null), json!(8.0), json!(8.0 / 30.0 * 100.0)]);
    assert_eq!(figure.table.rows.len(), 6);
    assert_eq!(
        figure.sentence,
        "Treemap of the sum of price by country and size, 6 rectangles; the largest of the first level is FR with 40 %."
    );
}

#[test]
fn colours_by_a_figure_of_the_rows_of_each_node() {
    let mut body = two_levels();
    body["color"] = json!({ "column": "price", "aggregate": "mean" });
    body["size"] = json!({ "aggregate": "count" });
    let figure = draw(SALES, body);
    let found = tiles(&figure);
    assert_eq!((found.labels[0].as_str(), found.values[0]), ("DE", 3.0));
    assert_eq!(found.texts[0], "3 (43 %) · Mean of price: 2");
    let bar = figure.color_bar.as_ref().unwrap();
    assert_eq!((bar.range, bar.title.as_deref()), ([2.0, 10.0], Some("Mean of price")));
    assert_eq!(found.paints[0], Paint::Scale(0.0));
    let names: Vec<&str> = figure.table.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["country", "size", "Number of rows", "Share", "Mean of price"]);
}

#[test]
fn tiny_parts_are_folded_and_all_of_them_counted() {
    let many: String = (0..500).map(|at| format!("c{at:03},{}\n", if at < 5 { 1000 } else { 1 })).collect();
    let figure = draw(
        format!("k,n\n{many}"),
        json!({ "kind": "treemap", "rows": [{ "column": "k" }], "size": { "column": "n" } }),
    );
    let found = tiles(&figure);
    assert_eq!(
        (found.labels.len(), found.labels[5].as_str(), found.values[5], found.paints[5]),
        (6, "Other (495)", 495.0, Paint::Muted)
    );
    assert_eq!(found.values.iter().sum::<f64>(), 5495.0);
    assert_eq!(figure.table.rows[5][0], json!("Other"));
    let mut colored = json!({ "kind": "treemap", "rows": [{ "column": "k" }], "size": { "column": "n" }, "color": { "column": "n", "aggregate": "max" } });
    let figure = draw(format!("k,n\n{many}"), colored.clone());
    assert_eq!(tiles(&figure).paints[5], Paint::Scale(0.0));
    colored["options"] = json!({ "values": false });
    assert!(tiles(&draw(format!("k,n\n{many}"), colored)).texts.iter().all(String::is_empty));
}

#[test]
fn edges_of_treemaps() {
    let version = ingest("k,y,v\na,2020,1\nb,2021,-2\nc,,\n");
    let body = json!({ "kind": "treemap", "rows": [{ "column": "k" }], "size": { "column": "v" } });
    let failure = refused(&version, body.clone());
    assert_eq!(
        failure.message,
        "The size of \"b\" is −2: a treemap has no negative parts. Filter them out, or draw bars."
    );
    let mut some = body.clone();
    some["filter"] = json!([{ "column": "k", "op": "ne", "value": "b" }]);
    let figure = on(&version, some);
    assert_eq!(
        (tiles(&figure).labels.join(" "), figure.notes.join(" ")),
        ("a".to_owned(), "1 part without a size above 0 is left out.".to_owned())
    );
    assert_eq!(tiles(&figure).places, [[0.0, 0.0, 1.0, 1.0]]);
    let mut none = body;
    none["filter"] = json!([{ "column": "k", "op": "eq", "value": "z" }]);
    let figure = on(&version, none);
    assert_eq!(
        (tiles(&figure).labels.len(), figure.sentence.as_str()),
        (0, "Treemap of the sum of v by k, with no values.")
    );
    let years = on(&version, json!({ "kind": "treemap", "rows": [{ "column": "y" }, { "column": "k" }] }));
    assert_eq!(tiles(&years).labels[..3], ["2020", "2021", "(missing)"]);
    assert_eq!(years.table.rows[0], [json!(2020), json!("a"), json!(1), json!(1.0 / 3.0 * 100.0)]);
    draw(
        "k,v\na,1.7e308\nb,1.7e308\n",
        json!({ "kind": "treemap", "rows": [{ "column": "k" }], "size": { "column": "v" } }),
    );
    let deep = json!([{ "column": "k" }, { "column": "v" }, { "column": "y" }, { "column": "k", "sort": "label" }, { "column": "k", "sort": "-label" }]);
    on(&version, json!({ "kind": "treemap", "rows": deep }));
    draw(
        format!("k,v\n{},1\n☃ 日本語,2\n", "x".repeat(600)),
        json!({ "kind": "treemap", "rows": [{ "column": "k" }], "size": { "column": "v" } }),
    );
}

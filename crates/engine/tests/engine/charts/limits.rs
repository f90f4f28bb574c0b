//! How many marks a chart has at most: categories are folded, classes joined, and what is left is refused by name.

use contract::charts::layers::{Cells, Layer};
use serde_json::{Value, json};

use super::support::*;
use crate::support::{Version, ingest};

const MANY: usize = 5_000;

/// 12,000 days since 1990, in 15 shops and 30 towns, with as many different names.
fn sales() -> Version {
    let mut csv = "day,name,shop,town,v\n".to_owned();
    for at in 0..12_000_u64 {
        let roll = at.wrapping_mul(2_654_435_761) % 1_000_003;
        let (year, month, day) = (1990 + at / 336, at / 28 % 12 + 1, at % 28 + 1);
        let (shop, town) = (roll % 15, roll / 15 % 30);
        csv.push_str(&format!("{year}-{month:02}-{day:02},name {at:05},shop {shop},town {town},{}\n", roll % 997));
    }
    ingest(csv)
}

fn marks(version: &Version, body: Value) -> usize {
    bars(&on(version, body)).iter().map(|bars| bars.at.len()).sum()
}

#[test]
fn bars_are_few_enough_to_be_told_apart() {
    let version = sales();
    let mut body = json!({ "kind": "bar", "x": { "column": "name" }, "color": { "column": "shop" }, "facet": { "column": "town" } });
    let figure = on(&version, body.clone());
    let drawn = bars(&figure).iter().map(|bars| bars.at.len()).sum::<usize>();
    // 5,000 / (15 shops · 30 towns) categories, one of which is "Other".
    let categories = &axes(&figure).0.categories;
    assert_eq!((categories.len(), categories.last().unwrap().as_str()), (11, "Other"));
    assert!(drawn <= MANY, "{drawn}");
    let rows: f64 =
        bars(&figure).iter().flat_map(|bars| bars.end.iter().zip(&bars.base)).map(|(end, base)| end - base).sum();
    assert_eq!(rows, 12_000.0);
    assert!(
        figure.notes.iter().any(|note| note.contains("11990 other values of \"name\" stand together")),
        "{:?}",
        figure.notes
    );
    body["options"] = json!({ "sample": "none" });
    assert_eq!(axes(&on(&version, body)).0.categories.len(), 201);
}

#[test]
fn what_cannot_be_folded_is_refused_with_what_to_do() {
    let version = sales();
    let daily = json!({ "kind": "bar", "x": { "column": "day", "granularity": "day" } });
    let failure = refused(&version, daily.clone());
    assert_eq!(
        failure.message,
        "This chart would have 12,000 bars; more than 5,000 cannot be told apart. Choose a longer granularity, fewer classes, a smaller limit or a filter, draw a line instead, or ask for every bar with the option `\"sample\": \"none\"`."
    );
    let mut all = daily.clone();
    all["options"] = json!({ "sample": "none" });
    assert_eq!(marks(&version, all), 12_000);
    let mut monthly = daily;
    monthly["x"]["granularity"] = json!("month");
    assert_eq!(marks(&version, monthly), 429);
    let limited = json!({ "kind": "bar", "x": { "column": "name", "limit": 1000 }, "color": { "column": "shop" }, "facet": { "column": "town" } });
    assert_eq!(marks(&version, limited), 1_000 + 450);
    let classes =
        json!({ "kind": "histogram", "x": { "column": "v", "bin": { "width": 1.0 } }, "color": { "column": "shop" } });
    assert!(refused(&version, classes.clone()).message.contains("more than 5,000 cannot be told apart"));
    let mut all = classes;
    all["options"] = json!({ "sample": "none" });
    assert!(marks(&version, all) > MANY);
}

#[test]
fn usual_classes_are_joined_where_there_are_many_series() {
    let version = sales();
    let body = json!({ "kind": "histogram", "x": { "column": "v" }, "color": { "column": "shop" }, "facet": { "column": "town" } });
    let figure = on(&version, body.clone());
    let drawn = bars(&figure).iter().map(|bars| bars.at.len()).sum::<usize>();
    assert!((1_000..=MANY).contains(&drawn), "{drawn}");
    let widths: Vec<f64> = bars(&figure).iter().flat_map(|bars| bars.width.clone()).collect();
    assert!(widths.iter().all(|width| *width == widths[0]), "{widths:?}");
    let count: f64 =
        bars(&figure).iter().flat_map(|bars| bars.end.iter().zip(&bars.base)).map(|(end, base)| end - base).sum();
    assert_eq!(count, 12_000.0);
    let mut all = body;
    all["options"] = json!({ "sample": "none" });
    assert!(marks(&version, all) >= drawn);
}

#[test]
fn cells_of_categories_are_few_enough_and_those_of_classes_bounded() {
    let pairs: String = (0..40_000_u64).map(|at| format!("a{:03},b{:03},{}\n", at % 200, at / 200, at % 7)).collect();
    let version = ingest(format!("a,b,v\n{pairs}"));
    let cells = |figure: &contract::charts::figure::Figure| -> Cells {
        let Layer::Cells(cells) = &layers(figure)[0] else { panic!("no cells") };
        cells.clone()
    };
    let figure = on(&version, json!({ "kind": "heatmap", "x": { "column": "a" }, "y": [{ "column": "b" }] }));
    let drawn = cells(&figure);
    assert_eq!((drawn.x_edges.len() - 1, drawn.y_edges.len() - 1), (101, 49));
    assert_eq!(drawn.values.iter().sum::<f64>(), 40_000.0);
    let huge = json!({ "kind": "density", "x": { "column": "v", "bin": { "count": 10_000 } }, "y": [{ "column": "v", "bin": { "count": 9_999 } }] });
    assert!(refused(&version, huge).message.contains("would have 99990000 marks; at most 200000"));
}

#[test]
fn many_boxes_share_the_values_beyond_their_fences() {
    // Of 1,000 values of a group, 400 lie far out.
    let rows: String = (0..50_000_u64)
        .map(|at| format!("g{},{}\n", at / 1_000, if at % 5 < 2 { 1_000 + at % 997 } else { at % 10 }))
        .collect();
    let far: String = (0..50_000_u64).map(|at| format!("g{},{}\n", at / 1_000, at % 10)).collect();
    let version = ingest(format!("g,v\n{rows}{far}"));
    let figure = on(&version, json!({ "kind": "box", "x": { "column": "g" }, "y": [{ "column": "v" }] }));
    let Layer::Boxes(boxes) = &layers(&figure)[0] else { panic!("no boxes") };
    let drawn: Vec<usize> = boxes.boxes.iter().map(|one| one.outliers.len()).collect();
    assert_eq!(drawn, [100; 50]);
    assert!(
        figure.notes.iter().any(|note| note.ends_with("each box shows at most 100 of its own.")),
        "{:?}",
        figure.notes
    );
}

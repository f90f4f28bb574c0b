//! Wrong specs and their exact messages.

use serde_json::{Value, json};
use uuid::Uuid;

use super::ChartSpec;
use crate::columns::{Column, ColumnType};

fn columns() -> Vec<Column> {
    [
        ("order_id", ColumnType::Integer),
        ("ordered_on", ColumnType::Date),
        ("country", ColumnType::Text),
        ("quantity", ColumnType::Integer),
        ("unit_price", ColumnType::Float),
        ("note", ColumnType::Text),
    ]
    .map(|(name, column_type)| Column::new(name, column_type))
    .to_vec()
}

fn spec(kind: &str, mut body: Value) -> ChartSpec {
    body["kind"] = kind.into();
    body["dataset_id"] = json!(Uuid::nil());
    serde_json::from_value(body).unwrap()
}

/// The errors as `pointer: detail`.
pub(super) fn errors(kind: &str, body: Value) -> Vec<String> {
    let errors = spec(kind, body).check(&columns());
    errors.into_iter().map(|error| format!("{}: {}", error.pointer, error.detail)).collect()
}

fn assert_errors(cases: Vec<(&str, Value, &[&str])>) {
    for (kind, body, expected) in cases {
        assert_eq!(errors(kind, body.clone()), expected, "{kind} {body}");
    }
}

#[test]
fn wrong_columns_are_named_with_the_nearest_that_fits() {
    assert_errors(vec![
        (
            "bar",
            json!({ "x": { "column": "contry" } }),
            &["/x/column: There is no column \"contry\" for `x`. Did you mean \"country\"?"],
        ),
        ("bar", json!({ "x": { "column": "weather" } }), &["/x/column: There is no column \"weather\" for `x`."]),
        (
            "line",
            json!({ "x": { "column": "ordered_on" }, "y": [{ "column": "quantity" }, { "column": "Unit_Pric" }] }),
            &["/y/1/column: There is no column \"Unit_Pric\" for `y`. Did you mean \"unit_price\"?"],
        ),
        (
            "histogram",
            json!({ "x": { "column": "country" } }),
            &[
                "/x/column: Column \"country\" holds text values, but `x` of a histogram takes numbers. Column \"order_id\" would do.",
            ],
        ),
        (
            "scatter",
            json!({ "x": { "column": "note" }, "y": [{ "column": "quantity" }] }),
            &[
                "/x/column: Column \"note\" holds text values, but `x` of a scatter chart takes numbers, dates or times. Column \"order_id\" would do.",
            ],
        ),
        (
            "number",
            json!({ "x": { "column": "quantity" } }),
            &[
                "/x/column: Column \"quantity\" holds integer values, but `x` of a number takes dates or datetimes. Column \"ordered_on\" would do.",
            ],
        ),
        ("pie", json!({ "x": {} }), &["/x/column: Name a column."]),
        (
            "pie",
            json!({ "x": { "column": "country" }, "y": [{ "aggregate": "sum" }] }),
            &["/y/0/column: Name a column; only the aggregate `count` does without one."],
        ),
    ]);
}

#[test]
fn wrong_channels_are_named() {
    assert_errors(vec![
        ("pie", json!({}), &["/x: A pie chart needs a column as `x`: the parts."]),
        ("line", json!({ "x": { "column": "ordered_on" } }), &["/y: A line chart needs a column as `y`: the height."]),
        ("table", json!({}), &["/rows: A table needs a column as `rows`: the columns of the table, in their order."]),
        ("pivot", json!({}), &["/rows: A pivot table needs a column as `rows`: what stands down the side."]),
        (
            "pie",
            json!({ "x": { "column": "country" }, "z": { "column": "quantity" } }),
            &["/z: A pie chart has no `z`; it takes `x`, `y` and `facet`."],
        ),
        (
            "table",
            json!({ "rows": [{ "column": "country" }], "color": { "column": "country" } }),
            &["/color: A table has no `color`; it takes `rows`."],
        ),
        (
            "pie",
            json!({ "x": { "column": "country" }, "y": [{ "column": "quantity" }, { "column": "unit_price" }] }),
            &["/y: A pie chart takes one column as `y`, not 2."],
        ),
        (
            "treemap",
            json!({ "rows": [
                { "column": "country" }, { "column": "note" }, { "column": "quantity" },
                { "column": "ordered_on" }, { "column": "unit_price" }, { "column": "order_id" },
            ] }),
            &["/rows: A treemap takes at most 5 columns as `rows`, not 6."],
        ),
        (
            "pivot",
            json!({ "rows": [{ "column": "country" }, { "column": "country" }] }),
            &["/rows/1: `rows` has this twice: leave one of them out."],
        ),
    ]);
}

#[test]
fn wrong_figures_are_named() {
    let y = |y: Value| json!({ "x": { "column": "country" }, "y": [y] });
    assert_errors(vec![
        (
            "bar",
            json!({ "x": { "column": "quantity", "aggregate": "mean" } }),
            &["/x/aggregate: `x` of a bar chart shows values and takes no aggregate."],
        ),
        (
            "bar",
            y(json!({ "column": "note", "aggregate": "mean" })),
            &["/y/0/aggregate: Column \"note\" holds text values; `mean` needs numbers."],
        ),
        (
            "bar",
            y(json!({ "column": "note", "aggregate": "max" })),
            &[
                "/y/0/aggregate: Column \"note\" holds text values, whose `max` is no number; `y` of a bar chart needs one.",
            ],
        ),
        (
            "bar",
            y(json!({ "column": "quantity", "aggregate": "quantile" })),
            &["/y/0/quantile: Give a number from 0 to 1."],
        ),
        (
            "bar",
            y(json!({ "column": "quantity", "aggregate": "quantile", "quantile": 1.5 })),
            &["/y/0/quantile: Give a number from 0 to 1."],
        ),
        (
            "bar",
            y(json!({ "column": "quantity", "aggregate": "mean", "quantile": 0.5 })),
            &["/y/0/quantile: Only the aggregate `quantile` takes this."],
        ),
        (
            "bar",
            y(json!({ "column": "ordered_on", "aggregate": "count", "granularity": "month" })),
            &["/y/0/granularity: A figure has no periods: give them to what it is grouped by."],
        ),
        (
            "bar",
            y(json!({ "column": "quantity", "bin": { "count": 5 } })),
            &["/y/0/bin: A figure has no classes: give them to what it is grouped by."],
        ),
    ]);
}

#[test]
fn wrong_groupings_are_named() {
    let x = |x: Value| json!({ "x": x });
    assert_errors(vec![
        (
            "bar",
            x(json!({ "column": "country", "granularity": "month" })),
            &["/x/granularity: Column \"country\" holds text values, which have no periods."],
        ),
        (
            "bar",
            x(json!({ "column": "ordered_on", "time_zone": "Europe/Vienna" })),
            &["/x/time_zone: Column \"ordered_on\" holds date values, which have no zone."],
        ),
        (
            "bar",
            x(json!({ "column": "country", "bin": "sturges" })),
            &["/x/bin: Column \"country\" holds text values; classes need numbers."],
        ),
        (
            "histogram",
            x(json!({ "column": "quantity", "bin": { "count": 0 } })),
            &["/x/bin: 0 is not from 1 to 10000 classes."],
        ),
        (
            "histogram",
            x(json!({ "column": "quantity", "bin": { "width": -1 } })),
            &["/x/bin: -1 is no width of a class: give a number above 0."],
        ),
        (
            "histogram",
            x(json!({ "column": "quantity", "bin": { "edges": [1] } })),
            &["/x/bin: Give 2 to 10001 edges, not 1."],
        ),
        (
            "histogram",
            x(json!({ "column": "quantity", "bin": { "edges": [1, 3, 2] } })),
            &["/x/bin: Edges must grow from one to the next."],
        ),
        ("bar", x(json!({ "column": "country", "limit": 0 })), &["/x/limit: 0 is not from 1 to 1000."]),
        (
            "histogram",
            x(json!({ "column": "quantity", "sort": "-value" })),
            &["/x/sort: A histogram has no figure for each value to sort by: sort by `label` or `data`."],
        ),
        (
            "bar",
            x(json!({ "column": "country", "scale": "log" })),
            &["/x/scale: Column \"country\" holds text values; a logarithmic axis needs numbers."],
        ),
        (
            "histogram",
            x(json!({ "column": "quantity", "scale": "log", "zero": true })),
            &["/x/zero: A logarithmic axis has no 0."],
        ),
        (
            "bar",
            json!({ "x": { "column": "country" }, "facet": { "column": "quantity", "scale": "log" } }),
            &["/facet/scale: `facet` has no axis."],
        ),
        (
            "bar",
            x(json!({ "column": "country", "title": "x".repeat(201) })),
            &["/x/title: A title has at most 200 characters."],
        ),
    ]);
}

#[test]
fn wrong_options_are_named() {
    let line = |aggregate: &str, options: Value| {
        json!({
            "x": { "column": "ordered_on" }, "y": [{ "column": "quantity", "aggregate": aggregate }], "options": options,
        })
    };
    let pie = |options: Value| json!({ "x": { "column": "country" }, "options": options });
    let scatter = |kind: &str, options: Value| {
        let mut body = json!({ "x": { "column": "quantity" }, "y": [{ "column": "unit_price" }], "options": options });
        if kind == "scatter_3d" {
            body["z"] = json!({ "column": "order_id" });
        }
        body
    };
    assert_errors(vec![
        (
            "pie",
            pie(json!({ "stack": "stacked" })),
            &["/options/stack: A pie chart has no option `stack`; it takes `hole` and `values`."],
        ),
        (
            "table",
            json!({ "rows": [{ "column": "note" }], "options": { "values": true } }),
            &["/options/values: A table has no option `values`; it takes no options."],
        ),
        (
            "line",
            line("sum", json!({ "trend": { "method": "linear", "window": 5 } })),
            &["/options/trend/window: Only a moving average has a window."],
        ),
        (
            "line",
            line("sum", json!({ "trend": { "method": "moving_average", "window": 1 } })),
            &["/options/trend/window: 1 is not from 2 to 1000."],
        ),
        (
            "line",
            line("sum", json!({ "band": { "kind": "columns", "lower": "unit_prize" } })),
            &[
                "/options/band/lower: There is no column of numbers \"unit_prize\". Did you mean \"unit_price\"?",
                "/options/band/upper: Name the column of this end of the band.",
            ],
        ),
        (
            "line",
            line("mean", json!({ "band": { "kind": "range", "upper": "quantity" } })),
            &["/options/band/upper: Only a band of the kind `columns` names columns."],
        ),
        (
            "line",
            line("sum", json!({ "band": { "kind": "confidence" } })),
            &["/options/band/kind: This band is around means: give `y` the aggregate `mean`."],
        ),
        ("pie", pie(json!({ "hole": 1.2 })), &["/options/hole: 1.2 is not from 0 to 0.9."]),
        ("scatter", scatter("scatter", json!({ "opacity": 0 })), &["/options/opacity: 0 is not from 0.01 to 1."]),
        (
            "scatter_3d",
            scatter("scatter_3d", json!({ "camera": [0, 0, 0] })),
            &["/options/camera: The eye must be 0.1 to 10 boxes away from the middle of the scene."],
        ),
        (
            "number",
            json!({ "options": { "comparison": "previous" } }),
            &["/options/comparison: A comparison needs dates or datetimes as `x`."],
        ),
        (
            "violin",
            json!({ "y": [{ "column": "quantity" }], "options": { "bandwidth": { "width": 0 } } }),
            &["/options/bandwidth: 0 is no width: give a number above 0."],
        ),
    ]);
}

#[test]
fn wrong_texts_and_annotations_are_named() {
    assert_errors(vec![
        (
            "pie",
            json!({ "x": { "column": "country" }, "annotations": [{ "kind": "line", "axis": "x", "at": 1 }] }),
            &["/annotations: A pie chart has no axes that annotations could stand on."],
        ),
        (
            "bar",
            json!({ "x": { "column": "country" }, "annotations": [
                { "kind": "text", "x": "Peru", "y": 1, "text": "" },
                { "kind": "region", "axis": "y", "from": null, "to": [2] },
            ] }),
            &[
                "/annotations/0/text: A text has 1 to 200 characters.",
                "/annotations/1/from: null is no place on an axis: give a number, an ISO 8601 time or a label.",
                "/annotations/1/to: [2] is no place on an axis: give a number, an ISO 8601 time or a label.",
            ],
        ),
        (
            "bar",
            json!({ "x": { "column": "country" }, "title": "x".repeat(201), "subtitle": "ü".repeat(301) }),
            &["/title: This has more than 200 characters.", "/subtitle: This has more than 300 characters."],
        ),
        (
            "bar",
            json!({ "x": { "column": "country" }, "filter": [{ "column": "quantity", "op": "gt", "value": "many" }] }),
            &["/filter/0/value: Column \"quantity\": \"many\" is not a number."],
        ),
        (
            "bar",
            json!({ "x": { "column": "country" }, "annotations": vec![json!({ "kind": "line", "axis": "y", "at": 1 }); 51] }),
            &["/annotations: A chart has at most 50 annotations."],
        ),
    ]);
}

#[test]
fn what_is_unusual_and_right_is_taken() {
    assert_errors(vec![
        ("pivot", json!({ "rows": [{ "column": "country" }], "y": [{ "column": "note", "aggregate": "mode" }] }), &[]),
        ("bar", json!({ "x": { "column": "country" }, "y": [{ "column": "note", "aggregate": "n_unique" }] }), &[]),
        (
            "treemap",
            json!({ "rows": [{ "column": "note" }], "color": { "column": "note", "aggregate": "count" } }),
            &[],
        ),
        (
            "table",
            json!({ "rows": [{ "column": "quantity", "aggregate": "min" }, { "column": "quantity", "aggregate": "max" }] }),
            &[],
        ),
        ("number", json!({}), &[]),
        ("box", json!({ "x": { "column": "country", "sort": "-value" }, "y": [{ "column": "quantity" }] }), &[]),
    ]);
}

//! Tables, pivot tables and single numbers.

use contract::columns::ColumnType;
use serde_json::{Value, json};

use super::marks::{joined, number, sheet};
use super::support::*;
use crate::support::ingest;

const SALES: &str = "order_id,day,country,size,price\n1001,2024-01-05,DE,S,1\n1002,2024-01-06,DE,M,2\n1003,2024-02-07,DE,S,3000.5\n1004,2024-02-08,FR,S,10\n1005,2024-02-09,FR,M,-2\n1006,2024-02-10,IT,M,\n1007,,,S,4\n";

fn table(rows: Value) -> Value {
    json!({ "kind": "table", "rows": rows })
}

#[test]
fn rows_as_they_stand() {
    let body = table(
        json!([{ "column": "order_id" }, { "column": "day" }, { "column": "country" }, { "column": "price", "title": "Price" }]),
    );
    let figure = draw(SALES, body.clone());
    let found = sheet(&figure);
    assert_eq!(joined(&found.heads), ["order_id|day|country|Price"]);
    assert_eq!(
        joined(&found.rows)[2..],
        [
            "1003|2024-02-07|DE|3,000.5",
            "1004|2024-02-08|FR|10.0",
            "1005|2024-02-09|FR|−2.0",
            "1006|2024-02-10|IT|–",
            "1007|–|–|4.0"
        ]
    );
    assert_eq!(found.is_number, [true, false, false, true]);
    assert_eq!(figure.table.rows[2], [json!(1003), json!("2024-02-07"), json!("DE"), json!(3000.5)]);
    assert_eq!((figure.table.columns[1].column_type, figure.title), (ColumnType::Date, None));
    assert_eq!(figure.sentence, "Table of 4 columns (order_id, day, country and Price) and 7 rows.");
    let mut sorted = body.clone();
    sorted["rows"][2]["sort"] = json!("-label");
    sorted["rows"][3]["sort"] = json!("value");
    let figure = draw(SALES, sorted.clone());
    let ids: Vec<&str> = sheet(&figure).rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(ids, ["1006", "1005", "1004", "1001", "1002", "1003", "1007"]);
    sorted["rows"][0]["limit"] = json!(2);
    sorted["filter"] = json!([{ "column": "country", "op": "ne", "value": "IT" }]);
    let figure = draw(SALES, sorted);
    assert_eq!(joined(&sheet(&figure).rows), ["1005|2024-02-09|FR|−2.0", "1004|2024-02-08|FR|10.0"]);
    assert_eq!(figure.table.rows.len(), 2);
    let periods =
        table(json!([{ "column": "day", "granularity": "month" }, { "column": "price", "bin": { "width": 1000 } }]));
    let figure = draw(SALES, periods);
    assert_eq!(joined(&sheet(&figure).rows)[2], "Feb 2024|3,000–4,000");
}

#[test]
fn groups_where_a_column_has_an_aggregate() {
    let body = table(json!([
        { "column": "price", "aggregate": "sum", "sort": "-value" },
        { "column": "country" },
        { "column": "size", "aggregate": "mode" },
        { "column": "day", "aggregate": "max" },
        { "aggregate": "count" },
    ]));
    let figure = draw(SALES, body);
    let found = sheet(&figure);
    assert_eq!(
        joined(&found.heads),
        ["Sum of price|country|Most frequent value of size|Largest value of day|Number of rows"]
    );
    assert_eq!(
        joined(&found.rows),
        ["3,003.5|DE|S|2024-02-07|3", "8.0|FR|M|2024-02-09|2", "4.0|(missing)|S|–|1", "–|IT|M|2024-02-10|1"]
    );
    assert_eq!(found.is_number, [true, false, false, false, true]);
    assert_eq!(figure.table.columns[3].column_type, ColumnType::Date);
    assert_eq!(figure.table.rows[3], [json!(null), json!("IT"), json!("M"), json!("2024-02-10"), json!(1)]);
    assert_eq!(figure.sentence.rsplit(' ').next(), Some("groups."));
    assert_eq!(
        figure.title.as_deref(),
        Some("Sum of price, Most frequent value of size, Largest value of day and Number of rows by country")
    );
    let all = draw(SALES, table(json!([{ "column": "price", "aggregate": "mean" }])));
    assert_eq!(joined(&sheet(&all).rows), ["502.58"]);
}

#[test]
fn long_tables_show_their_first_rows() {
    let many: String = (0..2500).map(|at| format!("{at},{}\n", at % 7)).collect();
    let figure = draw(format!("n,k\n{many}"), table(json!([{ "column": "n" }, { "column": "k" }])));
    assert_eq!((sheet(&figure).rows.len(), figure.table.rows.len(), figure.table.is_cut), (1000, 2500, false));
    assert_eq!(figure.notes, ["Only the first 1,000 of 2,500 rows are shown."]);
    assert_eq!(sheet(&figure).rows[999], ["999", "5"]);
    assert_eq!(figure.sentence, "Table of 2 columns (n and k) and 1,000 of 2,500 rows.");
}

fn pivot() -> Value {
    json!({ "kind": "pivot", "rows": [{ "column": "country" }], "columns": [{ "column": "size" }], "y": [{ "column": "price" }] })
}

#[test]
fn figures_across_and_down_with_totals() {
    let figure = draw(SALES, pivot());
    let found = sheet(&figure);
    assert_eq!(joined(&found.heads), ["country|M|S|Total"]);
    assert_eq!(
        joined(&found.rows),
        ["DE|2.0|3,001.5|3,003.5", "FR|−2.0|10.0|8.0", "IT|–||–", "(missing)||4.0|4.0", "Total|0.0|3,015.5|3,015.5"]
    );
    assert_eq!((found.totals.as_slice(), found.is_number.as_slice()), (&[4][..], &[false, true, true, true][..]));
    assert_eq!(figure.table.rows[4], [json!("Total"), json!(0.0), json!(3015.5), json!(3015.5)]);
    assert_eq!(figure.table.columns[3].name, "Total");
    assert_eq!(figure.title.as_deref(), Some("Sum of price by country and size"));
    assert_eq!(figure.sentence, "Pivot table of the sum of price by country and size, 4 rows and 2 columns.");
}

#[test]
fn totals_are_figures_of_rows_and_not_of_figures() {
    let mut body = pivot();
    body["y"][0]["aggregate"] = json!("mean");
    let figure = draw(SALES, body.clone());
    assert_eq!(joined(&sheet(&figure).rows)[0], "DE|2.00|1,500.75|1,001.17");
    // 3015.5 / 6, not the mean of means.
    assert_eq!(sheet(&figure).rows[4][3], "502.58");
    body["options"] = json!({ "totals": false, "color_scale": "sequential" });
    let figure = draw(SALES, body.clone());
    let found = sheet(&figure);
    assert_eq!((found.heads[0].len(), found.rows.len(), found.totals.len()), (3, 4, 0));
    assert!(found.shades[0].is_nan() && found.shades[4].abs() < 1e-12, "{:?}", found.shades);
    assert_eq!(found.shades.iter().filter(|shade| !shade.is_nan()).count(), 5);
    assert_eq!(figure.color_bar.as_ref().unwrap().range, [-2.0, 1500.75]);
    assert_eq!(figure.table.rows[3][0], json!(null));
    body["rows"][0]["limit"] = json!(1);
    body["options"] = json!({});
    let figure = draw(SALES, body);
    assert_eq!(
        joined(&sheet(&figure).rows),
        ["DE|2.00|1,500.75|1,001.17", "Other|−2.00|7.00|4.00", "Total|0.00|753.88|502.58"]
    );
}

#[test]
fn several_levels_and_figures() {
    let body = json!({
        "kind": "pivot",
        "rows": [{ "column": "country" }, { "column": "size" }],
        "columns": [{ "column": "day", "granularity": "month" }],
        "y": [{ "column": "price" }, { "aggregate": "count" }],
    });
    let figure = draw(SALES, body);
    let found = sheet(&figure);
    assert_eq!(
        joined(&found.heads),
        [
            "||Jan 2024|Jan 2024|Feb 2024|Feb 2024|(missing)|(missing)|Total|Total",
            "country|size|Sum of price|Number of rows|Sum of price|Number of rows|Sum of price|Number of rows|Sum of price|Number of rows"
        ]
    );
    assert_eq!(joined(&found.rows)[..2], ["DE|M|2.0|1|||||2.0|1", "|S|1.0|1|3,000.5|1|||3,001.5|2"]);
    assert_eq!(joined(&found.rows)[6], "Total||3.0|2|3,008.5|4|4.0|1|3,015.5|7");
    assert_eq!(figure.table.columns[2].name, "Jan 2024 · Sum of price");
    let count = draw(SALES, json!({ "kind": "pivot", "rows": [{ "column": "size" }] }));
    assert_eq!(joined(&sheet(&count).heads), ["size|Number of rows"]);
    assert_eq!(joined(&sheet(&count).rows), ["M|3", "S|4", "Total|7"]);
}

#[test]
fn pivots_are_limited() {
    let many: String = (0..3000).map(|at| format!("r{:04},c{:03},1\n", at % 600, at % 100)).collect();
    let figure = draw(
        format!("a,b,n\n{many}"),
        json!({ "kind": "pivot", "rows": [{ "column": "a" }], "columns": [{ "column": "b" }], "y": [{ "column": "n" }] }),
    );
    let found = sheet(&figure);
    assert_eq!((found.rows.len(), found.heads[0].len()), (501, 62));
    assert_eq!(found.rows[500][61], "3,000");
    assert_eq!(
        figure.notes,
        [
            "Only the first 500 of 600 rows are shown; totals are of all.",
            "Only the first 60 of 100 columns are shown; totals are of all."
        ]
    );
    assert!(figure.table.is_cut);
}

const DAILY: &str = "day,n\n2023-04-30,50\n2024-03-31,100\n2024-04-01,100\n2024-04-30,124\n2024-05-12,7\n";

fn monthly(comparison: &str) -> Value {
    json!({
        "kind": "number", "x": { "column": "day", "granularity": "month" }, "y": [{ "column": "n" }],
        "options": { "comparison": comparison },
    })
}

#[test]
fn the_last_complete_period_and_what_it_is_compared_with() {
    let figure = draw(DAILY, monthly("previous"));
    let found = number(&figure);
    assert_eq!((found.value, found.text.as_str(), found.label.as_str()), (224.0, "224", "Sum of n, Apr 2024"));
    assert_eq!(found.comparison.as_deref(), Some("+124 % (+124) against Mar 2024"));
    assert_eq!((found.reference, found.is_up), (Some(100.0), Some(true)));
    assert_eq!((found.spark.len(), found.spark[0], found.spark[1]), (13, 50.0, 0.0));
    assert_eq!((found.spark_labels[0].as_str(), found.spark_labels[12].as_str()), ("Apr 2023", "Apr 2024"));
    assert_eq!(
        figure.notes,
        ["May 2024 is not complete and left out: its rows end earlier than those of other periods."]
    );
    assert_eq!(figure.sentence, "Sum of n in Apr 2024: 224; +124 % (+124) against Mar 2024.");
    assert_eq!(figure.table.rows[12], [json!("2024-04-01"), json!(224.0)]);
    let year = draw(DAILY, monthly("year_before"));
    assert_eq!(number(&year).comparison.as_deref(), Some("+348 % (+174) against Apr 2023"));
    let falling = draw("day,n\n2024-02-01,8\n2024-03-01,-2\n", monthly("previous"));
    let found = number(&falling);
    assert_eq!((found.comparison.as_deref(), found.is_up), (Some("−125 % (−10) against Feb 2024"), Some(false)));
}

#[test]
fn comparisons_without_a_reference() {
    let one = draw("day,n\n2024-02-01,8\n", monthly("previous"));
    assert_eq!(number(&one).comparison.as_deref(), Some("no figure of Jan 2024 to compare with"));
    assert_eq!((number(&one).value, number(&one).is_up, number(&one).reference), (8.0, None, None));
    let zero = draw("day,n\n2024-01-01,0\n2024-02-01,8\n", monthly("previous"));
    assert_eq!(number(&zero).comparison.as_deref(), Some("+8 against Jan 2024"));
    let same = draw("day,n\n2024-01-01,8\n2024-02-01,8\n", monthly("previous"));
    assert_eq!((number(&same).comparison.as_deref(), number(&same).is_up), (Some("as in Jan 2024"), None));
    let leap = json!({ "kind": "number", "x": { "column": "day", "granularity": "day" }, "y": [{ "column": "n", "aggregate": "mean" }], "options": { "comparison": "year_before" } });
    let leap = draw("day,n\n2023-02-28,4\n2024-02-29,5\n", leap);
    assert_eq!(number(&leap).comparison.as_deref(), Some("+25 % (+1) against 28 Feb 2023"));
    assert!(number(&leap).spark[1].is_nan());
}

#[test]
fn long_courses_are_cut_and_still_compared_with_the_year_before() {
    let body = json!({ "kind": "number", "x": { "column": "at", "granularity": "hour" }, "y": [{ "column": "n" }], "options": { "comparison": "year_before" } });
    let figure = draw("at,n\n2024-02-03T15:00:00,4\n2025-02-03T15:00:00,8\n", body);
    assert_eq!((number(&figure).spark.len(), figure.notes.len()), (1000, 1));
    assert_eq!(number(&figure).comparison.as_deref(), Some("+100 % (+4) against 3 Feb 2024 15:00"));
}

#[test]
fn the_figure_of_all_rows() {
    let figure = draw(DAILY, json!({ "kind": "number", "y": [{ "column": "n", "aggregate": "mean" }] }));
    assert_eq!((number(&figure).value, number(&figure).spark.len()), (76.2, 0));
    assert_eq!((figure.sentence.as_str(), figure.title.as_deref()), ("Mean of n: 76.2.", Some("Mean of n")));
    let nothing = json!([{ "column": "n", "op": "gt", "value": 1e9 }]);
    let count = draw(DAILY, json!({ "kind": "number", "filter": nothing }));
    assert_eq!((number(&count).value, count.sentence.as_str()), (0.0, "Number of rows: 0."));
    let mean =
        draw(DAILY, json!({ "kind": "number", "y": [{ "column": "n", "aggregate": "mean" }], "filter": nothing }));
    assert_eq!((number(&mean).text.as_str(), mean.sentence.as_str()), ("–", "Mean of n: no value."));
    let mut periods = monthly("previous");
    periods["filter"] = nothing;
    assert_eq!(draw(DAILY, periods).sentence, "Sum of n: no value.");
}

#[test]
fn edges_of_sheets() {
    let version = ingest("k,y,v,t\na,2020,,12:30:00\n");
    for body in [
        table(json!([{ "column": "k" }, { "column": "y" }, { "column": "v" }, { "column": "t" }])),
        table(json!([{ "column": "y" }, { "column": "v", "aggregate": "count" }])),
        json!({ "kind": "pivot", "rows": [{ "column": "k" }], "columns": [{ "column": "y" }], "y": [{ "column": "v", "aggregate": "count" }], "options": { "color_scale": "diverging" } }),
        json!({ "kind": "pivot", "rows": [{ "column": "k" }], "columns": [{ "column": "t" }] }),
    ] {
        let figure = on(&version, body.clone());
        assert_eq!(sheet(&figure).rows[0].len(), sheet(&figure).heads[0].len());
        assert!(
            joined(&sheet(&figure).heads).concat().contains("2020")
                || joined(&sheet(&figure).rows).concat().contains("2020")
                || body["columns"][0]["column"] == "t"
        );
        let mut none = body;
        none["filter"] = json!([{ "column": "k", "op": "eq", "value": "b" }]);
        let figure = on(&version, none);
        assert!(sheet(&figure).rows.is_empty() && figure.table.rows.is_empty(), "{:?}", sheet(&figure));
    }
    let row = sheet(&on(&version, table(json!([{ "column": "t" }, { "column": "v" }])))).rows[0].join("|");
    assert_eq!(row, "12:30:00|–");
}

#[test]
fn a_table_of_fifty_columns_of_many_values_is_grouped() {
    let head: Vec<String> = (0..30).map(|at| format!("c{at}")).collect();
    let line = |row: usize| (0..30).map(|at| format!("{}", row * 31 + at)).collect::<Vec<_>>().join(",");
    let text = format!("{}\n{}\n", head.join(","), (0..400).map(line).collect::<Vec<_>>().join("\n"));
    let mut rows: Vec<Value> = head.iter().map(|name| json!({ "column": name })).collect();
    rows.push(json!({ "aggregate": "count" }));
    let figure = draw(text, table(Value::Array(rows)));
    assert_eq!((sheet(&figure).rows.len(), sheet(&figure).rows[399][30].as_str()), (400, "1"));
    assert_eq!(sheet(&figure).rows[399][29], "12,398");
}

//! Pies, funnels and waterfalls.

use contract::charts::figure::{Paint, Sign};
use contract::charts::layers::Paints;
use contract::columns::ColumnType;
use serde_json::json;

use super::marks::slices;
use super::support::*;
use crate::support::ingest;

const SALES: &str = "country,size,price\nDE,S,1\nDE,M,2\nDE,S,3\nFR,S,10\nFR,M,2\nIT,M,8\n,S,4\n";

fn pie() -> serde_json::Value {
    json!({ "kind": "pie", "x": { "column": "country" }, "y": [{ "column": "price" }] })
}

#[test]
fn slices_by_size_with_missing_last() {
    let figure = draw(SALES, pie());
    let found = slices(&figure);
    assert_eq!(found.labels, ["FR", "IT", "DE", "(missing)"]);
    assert_eq!(found.values, [12.0, 8.0, 6.0, 4.0]);
    assert_eq!(found.texts, ["FR 40 %", "IT 27 %", "DE 20 %", "(missing) 13 %"]);
    // DE is the most frequent value, then FR, then IT.
    assert_eq!(found.paints, [Paint::Category(1), Paint::Category(2), Paint::Category(0), Paint::Muted]);
    assert_eq!(figure.title.as_deref(), Some("Sum of price by country"));
    assert_eq!(figure.sentence, "Pie chart of the sum of price by country, 4 parts; the largest is FR with 40 %.");
    assert_eq!(figure.table.rows[0], [json!("FR"), json!(12.0), json!(40.0)]);
    assert_eq!(figure.table.rows[3][0], json!(null));
    let names: Vec<&str> = figure.table.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["country", "Sum of price", "Share"]);
    assert_eq!(figure.table.columns[2].unit.as_deref(), Some("percent"));
}

#[test]
fn limits_orders_donuts_and_texts() {
    let mut body = pie();
    body["x"]["limit"] = json!(2);
    body["options"] = json!({ "hole": 0.5, "values": true });
    let figure = draw(SALES, body.clone());
    let found = slices(&figure);
    assert_eq!((found.labels.join(" "), found.hole), ("FR IT Other".to_owned(), 0.5));
    assert_eq!(found.texts[2], "Other 33 % (10)");
    assert_eq!(figure.sentence, "Donut chart of the sum of price by country, 3 parts; the largest is FR with 40 %.");
    assert_eq!(figure.notes, ["2 other values of \"country\" stand together as \"Other\"."]);
    body["x"] = json!({ "column": "country", "sort": "label" });
    body["options"] = json!({ "values": false });
    assert_eq!(slices(&draw(SALES, body)).texts, ["DE", "FR", "IT", "(missing)"]);
    let many: String = (0..30).map(|at| format!("c{at:02},{}\n", at + 1)).collect();
    let figure =
        draw(format!("name,n\n{many}"), json!({ "kind": "pie", "x": { "column": "name" }, "y": [{ "column": "n" }] }));
    let found = slices(&figure);
    assert_eq!((found.labels.len(), found.labels[12].as_str(), found.values[12]), (13, "Other", 171.0));
    assert_eq!(figure.sentence, "Pie chart of the sum of n by name, 13 parts; the largest is c29 with 6.5 %.");
}

#[test]
fn pies_of_each_facet() {
    let mut body = pie();
    body["facet"] = json!({ "column": "size" });
    let figure = draw(SALES, body);
    assert_eq!(figure.panels.len(), 2);
    assert_eq!(figure.panels[1].title.as_deref(), Some("size: S"));
    assert_eq!(legend(&figure).len(), 4);
    assert!(figure.legend.as_ref().unwrap().items.iter().all(|item| item.sign == Sign::Area));
    assert_eq!(slices(&figure).values, [2.0, 8.0, 2.0]);
    assert_eq!(figure.table.rows[0], [json!("M"), json!("FR"), json!(2.0), json!(2.0 / 12.0 * 100.0)]);
    assert_eq!(figure.sentence, "Pie chart of the sum of price by country, in 2 small charts.");
}

#[test]
fn negative_parts_are_refused_by_name_and_empty_ones_left_out() {
    let version = ingest("k,v\na,5\nb,-3\nc,0\nd,\n");
    let body = json!({ "kind": "pie", "x": { "column": "k" }, "y": [{ "column": "v" }] });
    let failure = refused(&version, body);
    assert_eq!(
        failure.message,
        "The figure of \"b\" is −3: a pie chart has no negative parts. Filter them out, or draw bars."
    );
    let failure = refused(&version, json!({ "kind": "funnel", "x": { "column": "k" }, "y": [{ "column": "v" }] }));
    assert!(failure.message.contains("a funnel has no negative parts"), "{failure:?}");
    let filter = json!([{ "column": "v", "op": "ge", "value": 0 }]);
    let figure =
        on(&version, json!({ "kind": "pie", "x": { "column": "k" }, "y": [{ "column": "v" }], "filter": filter }));
    assert_eq!(
        (slices(&figure).labels.as_slice(), figure.notes.as_slice()),
        (&["a".to_owned()][..], &["1 part of size 0 is not drawn.".to_owned()][..])
    );
    let count = on(&version, json!({ "kind": "pie", "x": { "column": "k" } }));
    assert_eq!((slices(&count).values.len(), count.table.columns[1].column_type), (4, ColumnType::Integer));
    let mean =
        on(&version, json!({ "kind": "pie", "x": { "column": "k" }, "y": [{ "column": "v", "aggregate": "count" }] }));
    assert_eq!(mean.notes, ["1 part of size 0 is not drawn."]);
}

const STEPS: &str = "step,n\nOrder,20\nVisit,1000\nBasket,250\nPay,25\n";

#[test]
fn steps_of_a_funnel() {
    let figure = draw(STEPS, json!({ "kind": "funnel", "x": { "column": "step" }, "y": [{ "column": "n" }] }));
    let found = bars(&figure)[0];
    assert_eq!((&found.base, &found.end), (&vec![-500.0, -125.0, -12.5, -10.0], &vec![500.0, 125.0, 12.5, 10.0]));
    assert_eq!(
        found.texts,
        [
            "1,000",
            "250 · 25 % of the first",
            "25 · 2.5 % of the first · 10 % of the one before",
            "20 · 2 % of the first · 80 % of the one before"
        ]
    );
    let (x, y) = axes(&figure);
    assert_eq!((ticks(y), y.range), (vec!["Visit", "Basket", "Pay", "Order"], [3.5, -0.5]));
    assert_eq!((x.range, x.ticks.len()), ([-500.0, 500.0], 0));
    assert_eq!(figure.table.rows[2], [json!("Pay"), json!(25.0), json!(2.5), json!(10.0)]);
    assert_eq!(figure.table.rows[0][3], json!(null));
    assert_eq!(
        figure.sentence,
        "Funnel of the sum of n by step, 4 steps from Visit (1,000) to Order (20), 2 % of the first."
    );
    let body = json!({ "kind": "funnel", "x": { "column": "step", "sort": "data" }, "y": [{ "column": "n" }], "options": { "values": false } });
    let figure = draw(STEPS, body);
    assert_eq!((ticks(axes(&figure).1)[0], bars(&figure)[0].texts.len()), ("Order", 0));
}

#[test]
fn changes_of_a_waterfall() {
    let changes = "what,by\nStart,100\nSales,50\nCosts,-70\nTax,-0\nLate,\nSales,10\n";
    let figure = draw(changes, json!({ "kind": "waterfall", "x": { "column": "what" }, "y": [{ "column": "by" }] }));
    let found = bars(&figure)[0];
    assert_eq!(ticks(axes(&figure).0), ["Start", "Sales", "Costs", "Tax", "Total"]);
    assert_eq!((&found.base, &found.end), (&vec![0.0, 100.0, 160.0, 90.0, 0.0], &vec![100.0, 160.0, 90.0, 90.0, 90.0]));
    assert_eq!(found.texts, ["+100", "+60", "−70", "0", "90"]);
    let Paints::Each(paints) = &found.paint else { panic!("{found:?}") };
    assert_eq!(paints, &[Paint::Good, Paint::Good, Paint::Bad, Paint::Muted, Paint::Accent]);
    assert_eq!(found.hovers[2], "Costs: −70, then 90");
    let connector = lines(&figure)[0];
    assert_eq!((&connector.y[..2], connector.y[2].is_nan(), connector.x[1]), (&[100.0, 100.0][..], true, 0.65));
    assert_eq!(legend(&figure).iter().map(|item| item.0).collect::<Vec<_>>(), ["Increase", "Decrease", "Total"]);
    assert_eq!(figure.table.rows[2], [json!("Costs"), json!(-70.0), json!(90.0)]);
    assert_eq!(
        figure.sentence,
        "Waterfall of the sum of by by what, 4 changes to a total of 90; the largest is +100 at Start, the smallest −70 at Costs."
    );
    assert_eq!(figure.notes, ["1 value of \"what\" has no figure and is left out."]);
}

#[test]
fn months_of_a_waterfall_stand_in_their_order() {
    let body =
        json!({ "kind": "waterfall", "x": { "column": "day", "granularity": "month" }, "y": [{ "column": "by" }] });
    let figure = draw("day,by\n2024-03-05,-4\n2024-01-05,10\n2024-01-09,1\n", body);
    assert_eq!(ticks(axes(&figure).0), ["Jan 2024", "Mar 2024", "Total"]);
    assert_eq!((&bars(&figure)[0].end, axes(&figure).1.range[0]), (&vec![11.0, 7.0, 7.0], 0.0));
}

#[test]
fn edges_of_parts() {
    let version = ingest("k,y,v\na,2020,1.5\n");
    let nothing = json!([{ "column": "v", "op": "gt", "value": 100 }]);
    let empty = ingest("k,v\na,\nb,\n");
    let long = format!("k,v\n{},1\n\"☃ 日本語\",2\n", "x".repeat(500));
    for (kind, none) in [
        ("pie", "Pie chart of the sum of v by k, with no values."),
        ("funnel", "Funnel of the sum of v by k, with no values."),
        ("waterfall", "Waterfall of the sum of v by k, with no values."),
    ] {
        let body = json!({ "kind": kind, "x": { "column": "k" }, "y": [{ "column": "v" }] });
        let mut filtered = body.clone();
        filtered["filter"] = nothing.clone();
        assert_eq!(on(&version, filtered).sentence, none);
        assert!(on(&version, body.clone()).sentence.contains("1.5") || kind == "pie");
        let all_null =
            on(&empty, json!({ "kind": kind, "x": { "column": "k" }, "y": [{ "column": "v", "aggregate": "count" }] }));
        assert_eq!(all_null.table.rows.len(), 2);
        draw(&long, body);
        let years = on(&version, json!({ "kind": kind, "x": { "column": "y" }, "y": [{ "column": "v" }] }));
        assert_eq!(years.table.rows[0][0], json!(2020));
        assert!(kind == "waterfall" || years.sentence.contains(" 2020"), "{}", years.sentence);
        let huge = ingest("k,v\na,1.7e308\nb,1.7e308\nc,1.7e308\n");
        on(&huge, json!({ "kind": kind, "x": { "column": "k" }, "y": [{ "column": "v" }] }));
    }
}

//! Lines and areas with gaps, bands, trends and zones.

use contract::charts::figure::{AxisKind, Paint, TickStep};
use serde_json::json;

use super::support::*;
use crate::support::ingest;

const SALES: &str =
    "day,shop,price\n2024-01-05,A,10\n2024-01-20,B,20\n2024-02-03,A,5\n2024-04-07,A,7\n2024-04-09,B,1\n,A,99\n";

fn monthly() -> serde_json::Value {
    json!({ "kind": "line", "x": { "column": "day", "granularity": "month" }, "y": [{ "column": "price" }] })
}

#[test]
fn sums_by_month_with_a_gap() {
    let figure = draw(SALES, monthly());
    let line = lines(&figure)[0];
    let start = 1_704_067_200e6;
    assert_eq!(line.x, [start, start + 31.0 * 86_400e6, start + 60.0 * 86_400e6, start + 91.0 * 86_400e6]);
    assert_eq!((line.y[0], line.y[1], line.y[2].is_nan(), line.y[3]), (30.0, 5.0, true, 8.0));
    assert_eq!(figure.title.as_deref(), Some("Sum of price by month"));
    assert_eq!(
        figure.sentence,
        "Line chart of the sum of price by month, from 30 at Jan 2024 to 8 at Apr 2024; highest 30 at Jan 2024, lowest 5 at Feb 2024."
    );
    assert_eq!(figure.notes, ["1 row is left out, since \"day\" is missing there."]);
    let (x, y) = axes(&figure);
    assert_eq!(
        (x.kind, x.dtick, ticks(x)),
        (AxisKind::Time, Some(TickStep::Months(1)), vec!["Jan 2024", "Feb 2024", "Mar 2024", "Apr 2024"])
    );
    assert_eq!((y.title.as_deref(), line.paint), (Some("Sum of price"), Paint::Category(0)));
    assert_eq!(figure.table.rows.len(), 3);
    assert_eq!(figure.table.rows[0], [json!("2024-01-01"), json!(30.0)]);
}

#[test]
fn gaps_are_bridged_or_filled() {
    let mut body = monthly();
    body["options"] = json!({ "gaps": "connect" });
    assert_eq!(lines(&draw(SALES, body.clone()))[0].y, [30.0, 5.0, 8.0]);
    body["options"] = json!({ "gaps": "zero" });
    assert_eq!(lines(&draw(SALES, body))[0].y, [30.0, 5.0, 0.0, 8.0]);
    let offices =
        "day,n\n2024-03-04,1\n2024-03-05,2\n2024-03-06,3\n2024-03-07,4\n2024-03-08,5\n2024-03-11,6\n2024-03-12,7\n";
    let figure = draw(offices, json!({ "kind": "line", "x": { "column": "day" }, "y": [{ "column": "n" }] }));
    assert_eq!(lines(&figure)[0].y.len(), 7);
    assert!(figure.notes[0].contains("weekend"));
}

#[test]
fn one_line_for_each_value_and_figure() {
    let mut body = monthly();
    body["color"] = json!({ "column": "shop" });
    let figure = draw(SALES, body.clone());
    assert_eq!(legend(&figure), [("A", Paint::Category(0)), ("B", Paint::Category(1))]);
    body["y"] = json!([{ "column": "price" }, { "aggregate": "count" }]);
    let names: Vec<String> = lines(&draw(SALES, body)).iter().map(|line| line.name.clone()).collect();
    assert_eq!(names, ["A · Sum of price", "A · Number of rows", "B · Sum of price", "B · Number of rows"]);
}

#[test]
fn facets_share_their_axes() {
    let mut body = monthly();
    body["facet"] = json!({ "column": "shop" });
    let figure = draw(SALES, body);
    let titles: Vec<&str> = figure.panels.iter().filter_map(|panel| panel.title.as_deref()).collect();
    assert_eq!(titles, ["shop: A", "shop: B"]);
    assert_eq!((figure.panels[1].row, figure.panels[1].column), (0, 1));
}

#[test]
fn bands_around_means() {
    let csv = "x,v,low,high\n1,1,0,2\n1,2,1,4\n1,3,1,5\n2,5,4,6\n";
    let band = |kind: &str| json!({ "kind": "line", "x": { "column": "x" }, "y": [{ "column": "v", "aggregate": "mean" }], "options": { "band": { "kind": kind } } });
    let ends = |body: serde_json::Value| {
        let figure = draw(csv, body);
        let area = areas(&figure)[0].clone();
        (area.lower[0], area.upper[0], area.upper[1])
    };
    let (low, high, lonely) = ends(band("deviation"));
    assert!((low, high) == (1.0, 3.0) && lonely.is_nan());
    // R: t.test(c(1, 2, 3))$conf.int
    let (low, high, _) = ends(band("confidence"));
    assert!((low + 0.484_137_7).abs() < 1e-6 && (high - 4.484_137_7).abs() < 1e-6, "{low} {high}");
    assert_eq!(ends(band("range")), (1.0, 3.0, 5.0));
    let mut columns = band("columns");
    columns["options"]["band"] = json!({ "kind": "columns", "lower": "low", "upper": "high" });
    assert_eq!(ends(columns).2, 6.0);
}

#[test]
fn trends_are_dashed_and_named() {
    let csv = "x,v\n1,1\n2,2\n3,3\n4,5\n";
    for (method, name) in [("linear", "Linear trend"), ("theil_sen", "Theil–Sen trend")] {
        let body = json!({ "kind": "line", "x": { "column": "x" }, "y": [{ "column": "v" }], "options": { "trend": { "method": method } } });
        let figure = draw(csv, body);
        let dashed: Vec<_> = lines(&figure).into_iter().filter(|line| line.is_dashed).collect();
        assert_eq!(dashed.len(), 1);
        assert!(legend(&figure).iter().any(|(text, _)| *text == name), "{:?}", figure.legend);
    }
}

#[test]
fn zones_and_the_days_on_which_clocks_change() {
    let csv = "at,v\n2024-03-31T00:30:00Z,1\n2024-03-31T01:30:00Z,2\n2024-10-27T00:30:00Z,4\n2024-10-27T01:30:00Z,8\n";
    let version = ingest(csv);
    let body = |zone: &str| json!({ "kind": "line", "x": { "column": "at", "granularity": "hour", "time_zone": zone }, "y": [{ "column": "v" }] });
    let figure = on(&version, body("Europe/Berlin"));
    let rows: Vec<_> =
        figure.table.rows.iter().map(|row| (row[0].as_str().unwrap(), row[1].as_f64().unwrap())).collect();
    assert_eq!(rows, [("2024-03-31T01:00:00", 1.0), ("2024-03-31T03:00:00", 2.0), ("2024-10-27T02:00:00", 12.0)]);
    assert!(refused(&version, body("Europe/Atlantis")).message.contains("Atlantis"));
    let naive = ingest("at,v\n2024-03-31T00:30:00,1\n2024-03-31T01:30:00,1\n");
    assert!(refused(&naive, body("Europe/Berlin")).message.contains("zone"));
}

#[test]
fn nothing_one_row_nulls_and_one_category() {
    let version = ingest(SALES);
    for kind in ["line", "area", "bar"] {
        let mut body = monthly();
        body["kind"] = json!(kind);
        body["filter"] = json!([{ "column": "price", "op": "gt", "value": 1000 }]);
        let empty = on(&version, body.clone());
        assert!(empty.sentence.ends_with("with no values.") && empty.table.rows.is_empty(), "{}", empty.sentence);
        body["filter"] = json!([{ "column": "price", "op": "eq", "value": 5 }]);
        assert_eq!(on(&version, body).table.rows.len(), 1);
        for column in ["nothing", "name"] {
            let nulls = "name,nothing,v\na,,1\na,,2\n";
            let body = json!({ "kind": kind, "x": { "column": column }, "y": [{ "column": "v" }] });
            draw(nulls, body);
        }
        draw(
            "name,nothing\na,\na,\n",
            json!({ "kind": kind, "x": { "column": "name" }, "y": [{ "column": "nothing" }] }),
        );
    }
}

#[test]
fn logarithmic_axes_leave_out_what_is_not_positive() {
    let csv = "x,v\n-1,5\n1,0\n10,7\n100,900\n";
    let body =
        json!({ "kind": "line", "x": { "column": "x", "scale": "log" }, "y": [{ "column": "v", "scale": "log" }] });
    let figure = draw(csv, body);
    assert_eq!(lines(&figure)[0].x, [1.0, 10.0, 100.0]);
    assert!(lines(&figure)[0].y[0].is_nan());
    assert_eq!(figure.notes.len(), 2, "{:?}", figure.notes);
    assert_eq!((axes(&figure).0.kind, axes(&figure).1.kind), (AxisKind::Log, AxisKind::Log));
}

#[test]
fn years_are_told_without_separators() {
    let csv = "year,v\n2019,1\n2020,-2\n2021,3\n2022,4\n";
    let figure = draw(csv, json!({ "kind": "line", "x": { "column": "year" }, "y": [{ "column": "v" }] }));
    assert_eq!(ticks(axes(&figure).0), ["2019", "2020", "2021", "2022"]);
    assert!(figure.sentence.contains("at 2019"), "{}", figure.sentence);
}

#[test]
fn areas_stand_on_each_other() {
    let csv = "x,s,v\n1,a,1\n2,a,3\n1,b,10\n3,b,30\n";
    let body = json!({ "kind": "area", "x": { "column": "x" }, "y": [{ "column": "v" }], "color": { "column": "s" } });
    let figure = draw(csv, body.clone());
    let stack = areas(&figure);
    assert_eq!((&stack[0].upper, &stack[1].upper), (&vec![1.0, 3.0, 0.0], &vec![11.0, 3.0, 30.0]));
    assert_eq!(stack[1].lower, [1.0, 3.0, 0.0]);
    let mut percent = body;
    percent["options"] = json!({ "stack": "percent" });
    let figure = draw(csv, percent);
    assert_eq!(areas(&figure)[1].upper, [100.0, 100.0, 100.0]);
    assert_eq!(ticks(axes(&figure).1), ["0 %", "20 %", "40 %", "60 %", "80 %", "100 %"]);
}

#[test]
fn long_lines_are_thinned_unless_told_otherwise() {
    let csv: String = "x,v\n"
        .chars()
        .chain((0..20_000).flat_map(|i| format!("{i},{}\n", i % 97).chars().collect::<Vec<_>>()))
        .collect();
    let version = ingest(csv);
    let mut body = json!({ "kind": "line", "x": { "column": "x" }, "y": [{ "column": "v" }] });
    let figure = on(&version, body.clone());
    let sampling = figure.sampling.clone().unwrap();
    assert_eq!((sampling.method, sampling.of, lines(&figure)[0].x.len() as u64), ("lttb", 20_000, sampling.shown));
    assert!((4_990..=5_010).contains(&sampling.shown));
    body["options"] = json!({ "sample": "none" });
    assert_eq!(lines(&on(&version, body))[0].x.len(), 20_000);
}

#[test]
fn annotations_stand_where_their_values_do() {
    let version = ingest(SALES);
    let mut body = monthly();
    body["annotations"] = json!([
        { "kind": "line", "axis": "x", "at": "2024-02-01", "text": "sale" },
        { "kind": "region", "axis": "y", "from": 20, "to": 10 },
        { "kind": "text", "x": "2024-03-01", "y": 5, "text": "none" },
    ]);
    assert_eq!(on(&version, body.clone()).panels[0].marks.len(), 3);
    body["annotations"] = json!([{ "kind": "line", "axis": "x", "at": "soon" }]);
    let failure = refused(&version, body);
    assert!(failure.advice.unwrap().contains("/annotations/0/at"));
}

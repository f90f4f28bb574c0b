//! Grouped figures through the API, and the team statistics that are answered at once.

use serde_json::{Value, json};
use tests::{Actor, shared};

const TEAMS: &str = "team,city,points,day,paid,big\nTeam A,Rome,10,2024-01-30,true,1.5\nTeam B,Oslo,7,2024-02-01,false,2.5\n\
                     Team A,Oslo,20,2024-02-14,true,\nTeam B,Rome,7,2024-04-01,true,3.5\nTeam A,Rome,20,2024-02-15,false,4.5\n\
                     ,Rome,1,2023-12-31,true,5.5\n";

fn grouped(actor: &Actor<'_>, body: Value) -> Value {
    actor.analyse("grouped", &body)
}

#[test]
fn every_figure_of_groups_worked_out_by_hand() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset(TEAMS);
    let functions = ["sum", "mean", "median", "mode", "count", "n_unique", "min", "max", "std", "var", "first", "last"];
    let mut measures: Vec<Value> =
        functions.iter().map(|function| json!({ "function": function, "column": "points" })).collect();
    measures.push(json!({ "function": "quantile", "column": "points", "quantile": 0.25 }));
    let result =
        grouped(&anna, json!({ "dataset_id": id, "by": [{ "column": "team" }], "measures": measures, "totals": true }));
    assert_eq!((&result["rows"], &result["groups"], &result["truncated"]), (&json!(6), &json!(3), &json!(false)));
    let keys: Vec<&Value> = result["items"].as_array().unwrap().iter().map(|item| &item["key"][0]).collect();
    assert_eq!(keys, [&json!("Team A"), &json!("Team B"), &Value::Null]);
    let third = 100.0_f64 / 3.0;
    let a = json!([50, 50.0 / 3.0, 20.0, 20, 3, 2, 10, 20, third.sqrt(), third, 10, 20, 15.0]);
    for (found, expected) in result["items"][0]["values"].as_array().unwrap().iter().zip(a.as_array().unwrap()) {
        assert!((found.as_f64().unwrap() - expected.as_f64().unwrap()).abs() < 1e-12, "{found} {expected}");
    }
    assert_eq!(result["items"][2]["values"], json!([1, 1.0, 1.0, 1, 1, 1, 1, 1, null, null, 1, 1, 1.0]));
    assert_eq!(
        result["totals"]["values"].as_array().map(|values| values[..3].to_vec()),
        Some(vec![json!(65), json!(65.0 / 6.0), json!(8.5)])
    );
}

#[test]
fn periods_filters_shares_and_the_others() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset(TEAMS);
    let by_quarter = grouped(
        &anna,
        json!({
            "dataset_id": id, "by": [{ "column": "day", "every": "quarter" }],
            "measures": [{ "function": "count", "share": true }, { "function": "max", "column": "city" }],
            "filter": [{ "column": "team", "op": "not_null" }],
        }),
    );
    let items = json!([
        { "key": ["2024-01-01"], "rows": 4, "values": [4, "Rome"], "shares": [0.8, null] },
        { "key": ["2024-04-01"], "rows": 1, "values": [1, "Rome"], "shares": [0.2, null] },
    ]);
    assert_eq!(by_quarter["items"], items);
    let top = grouped(
        &anna,
        json!({
            "dataset_id": id, "by": [{ "column": "team" }, { "column": "city" }], "top": 1, "other": true, "totals": true,
            "measures": [{ "function": "sum", "column": "points", "name": "sum" }, { "function": "median", "column": "points" }],
        }),
    );
    assert_eq!((&top["groups"], &top["measures"]), (&json!(5), &json!(["sum", "median_points"])));
    assert_eq!(top["items"], json!([{ "key": ["Team A", "Rome"], "rows": 2, "values": [30, 15.0] }]));
    assert_eq!(top["other"], json!({ "key": [], "rows": 4, "values": [35, 7.0] }));
    assert_eq!(top["totals"]["values"], json!([65, 8.5]));
}

#[test]
fn columns_of_every_type_have_figures() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset(
        "k,d,t,b,f,i\n1,0.1234567890123456789,2024-01-01T10:00:00Z,true,1e300,9007199254740993\n1,0.5,,false,,9007199254740993\n",
    );
    let measure = |function: &str, column: &str| json!({ "function": function, "column": column });
    let result = grouped(
        &anna,
        json!({ "dataset_id": id, "by": [{ "column": "k" }], "measures": [
            measure("mean", "d"), measure("max", "t"), measure("mean", "b"), measure("sum", "f"), measure("sum", "i"), measure("mode", "i"),
        ] }),
    );
    assert_eq!(
        result["items"][0]["values"],
        json!([
            (0.123_456_789_012_345_68 + 0.5) / 2.0,
            "2024-01-01T10:00:00",
            0.5,
            1e300,
            "18014398509481986",
            "9007199254740993"
        ])
    );
}

#[test]
fn floats_come_back_bit_by_bit() {
    let server = shared();
    let anna = server.analyst();
    let values =
        [0.1 + 0.2, 1.0 / 3.0, 5e-324, f64::MAX, -2.225_073_858_507_201_4e-308, 123_456_789.123_456_78, 1e22 + 2e6];
    let rows: String = values.iter().enumerate().map(|(i, value)| format!("g{i},{value:e}\n")).collect();
    let id = anna.dataset(format!("g,x\n{rows}"));
    let result = grouped(
        &anna,
        json!({ "dataset_id": id, "by": [{ "column": "g" }], "measures": [{ "function": "max", "column": "x" }] }),
    );
    for (item, value) in result["items"].as_array().unwrap().iter().zip(values) {
        assert_eq!(item["values"][0].as_f64().map(f64::to_bits), Some(value.to_bits()), "{item}");
    }
}

#[test]
fn what_is_wrong_with_a_grouping_is_named() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset(TEAMS);
    let cases = [
        (json!({ "by": [], "measures": [{ "function": "count" }] }), "/by"),
        (json!({ "by": [{ "column": "tem" }], "measures": [{ "function": "count" }] }), "/by/0/column"),
        (
            json!({ "by": [{ "column": "team", "every": "day" }], "measures": [{ "function": "count" }] }),
            "/by/0/column",
        ),
        (
            json!({ "by": [{ "column": "team" }], "measures": [{ "function": "sum", "column": "city" }] }),
            "/measures/0/column",
        ),
        (json!({ "by": [{ "column": "team" }], "measures": [{ "function": "sum" }] }), "/measures/0/column"),
        (
            json!({ "by": [{ "column": "team" }], "measures": [{ "function": "quantile", "column": "points", "quantile": 2 }] }),
            "/measures/0/quantile",
        ),
        (
            json!({ "by": [{ "column": "team" }], "measures": [{ "function": "count" }, { "function": "count" }] }),
            "/measures/1/name",
        ),
        (json!({ "by": [{ "column": "team" }], "measures": [{ "function": "count" }], "other": true }), "/other"),
        (json!({ "by": [{ "column": "team" }], "measures": [{ "function": "count" }], "top": 0 }), "/top"),
        (
            json!({ "by": [{ "column": "team" }], "measures": [{ "function": "count" }], "sort": { "by": "x" } }),
            "/sort/by",
        ),
    ];
    for (mut body, pointer) in cases {
        body["dataset_id"] = json!(id);
        let problem = anna.post("/api/v1/analysis/grouped", &body).problem(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{body}: {problem}");
    }
}

#[test]
fn team_statistics_are_answered_at_once() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset(TEAMS);
    let path = format!("/api/v1/datasets/{id}/statistics");
    let answer = anna.get(&format!("{path}?by=team&team=Team%20A&columns=points")).expect(200);
    let expected = json!({
        "by": ["team"], "rows": 3, "truncated": false,
        "items": [{ "key": ["Team A"], "rows": 3, "statistics": [
            { "column": "points", "count": 3, "mean": 50.0 / 3.0, "median": 20.0, "mode": 20 },
        ] }],
    });
    assert_eq!(answer.json(), expected);
    assert!(answer.header("etag").is_some());
    let all = anna.get(&format!("{path}?by=team")).expect(200).json();
    assert_eq!(all["items"].as_array().map(Vec::len), Some(3));
    assert_eq!(all["items"][1]["statistics"][0]["mode"], 7);
    let missing = anna.get(&format!("{path}?by=city&team=")).expect(200).json();
    assert_eq!((&missing["rows"], &missing["items"][0]["key"]), (&json!(1), &json!(["Rome"])));
    assert_eq!(anna.get(&format!("{path}?by=city&team=Nobody")).expect(200).json()["items"], json!([]));
    for (query, field) in [
        ("", "by"),
        ("?by=tem", "by"),
        ("?by=team&columns=city", "columns"),
        ("?by=team&tam=x", "tam"),
        ("?by=team&points=x", "points"),
    ] {
        let problem = anna.get(&format!("{path}{query}")).problem(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], field, "{query}: {problem}");
    }
}

#[test]
fn old_clients_find_team_statistics_under_their_path() {
    let server = shared();
    let anna = server.analyst();
    anna.get("/api/v1/csvdata/statistics/?team=Team%20A").problem(404, "not_found");
    anna.dataset(TEAMS);
    anna.dataset("word,n\na,1\n");
    for path in ["/api/v1/csvdata/statistics/", "/api/v1/csvdata/statistics", "/api/csvdata/statistics/"] {
        let found = anna.get(&format!("{path}?team=Team%20B")).expect(200).json();
        assert_eq!((&found["rows"], &found["items"][0]["key"]), (&json!(2), &json!(["Team B"])));
    }
    server.anonymous().get("/api/v1/csvdata/statistics/?team=Team%20B").expect(401);
}

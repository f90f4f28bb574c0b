//! Sorted and filtered rows: order, missing cells, types, pages, and what is wrong with a request.

use serde_json::{Value, json};
use tests::{Actor, shared};

const PEOPLE: &str = "name,team,score,born,big\n\
    Ada,red,1.5,1990-05-01,9007199254740993\n\
    Bob,blue,,1985-01-01,2\n\
    Cyn,red,-2,,1\n\
    Dan,,7.25,2001-12-31,9007199254740992\n\
    Eve,blue,1.5,1985-01-01,\n";

fn query(pairs: &[(&str, &str)]) -> String {
    let coded = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    pairs.iter().map(|(name, value)| format!("{name}={}&", coded(value))).collect()
}

fn names(actor: &Actor<'_>, id: &str, pairs: &[(&str, &str)]) -> String {
    let path = format!("/api/v1/datasets/{id}/rows?columns=name&{}", query(pairs));
    let answer = actor.get(&path).expect(200).json();
    let rows = answer["rows"].as_array().cloned().unwrap_or_default();
    rows.iter().map(|row| row[0].as_str().unwrap_or("?").to_owned()).collect::<Vec<_>>().join(" ")
}

#[test]
fn rows_are_sorted_by_several_columns() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset(PEOPLE);
    for (sort, nulls, expected) in [
        ("name", "last", "Ada Bob Cyn Dan Eve"),
        ("-name", "last", "Eve Dan Cyn Bob Ada"),
        ("score", "last", "Cyn Ada Eve Dan Bob"),
        ("-score", "last", "Dan Ada Eve Cyn Bob"),
        ("score", "first", "Bob Cyn Ada Eve Dan"),
        ("team,-score", "last", "Eve Bob Ada Cyn Dan"),
        ("born,-name", "last", "Eve Bob Ada Dan Cyn"),
        ("big", "last", "Cyn Bob Dan Ada Eve"),
    ] {
        assert_eq!(names(&anna, &id, &[("sort", sort), ("nulls", nulls)]), expected, "{sort}, nulls {nulls}");
    }
}

#[test]
fn filters_keep_rows_by_the_type_of_their_column() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset(PEOPLE);
    for (condition, expected) in [
        (json!({ "column": "team", "op": "eq", "value": "red" }), "Ada Cyn"),
        (json!({ "column": "team", "op": "is_null" }), "Dan"),
        (json!({ "column": "score", "op": "ge", "value": 1.5 }), "Ada Dan Eve"),
        (json!({ "column": "score", "op": "between", "values": [-2, 1.5] }), "Ada Cyn Eve"),
        (json!({ "column": "born", "op": "lt", "value": "1990-05-01" }), "Bob Eve"),
        (json!({ "column": "big", "op": "eq", "value": "9007199254740993" }), "Ada"),
        (json!({ "column": "name", "op": "in", "values": ["Dan", "Ada"] }), "Ada Dan"),
        (json!({ "column": "name", "op": "contains", "value": "n" }), "Cyn Dan"),
        (json!({ "column": "name", "op": "starts_with", "value": "E" }), "Eve"),
    ] {
        let filter = json!([condition]).to_string();
        assert_eq!(names(&anna, &id, &[("filter", &filter)]), expected, "{filter}");
    }
    let both = json!([{ "column": "team", "op": "eq", "value": "blue" }, { "column": "score", "op": "not_null" }]);
    let path = format!("/api/v1/datasets/{id}/rows?{}", query(&[("filter", &both.to_string()), ("sort", "-name")]));
    let answer = anna.get(&path).expect(200).json();
    assert_eq!(answer["rows"], json!([["Eve", "blue", 1.5, "1985-01-01", null]]));
    assert_eq!((&answer["filtered_rows"], &answer["total_rows"]), (&json!(1), &json!(5)));
    let none = json!([{ "column": "name", "op": "eq", "value": "Zoe" }]).to_string();
    let answer = anna.get(&format!("/api/v1/datasets/{id}/rows?{}", query(&[("filter", &none)]))).expect(200).json();
    assert_eq!((&answer["filtered_rows"], &answer["rows"]), (&json!(0), &json!([])));
}

#[test]
fn pages_of_a_sorted_table_fit_together() {
    let server = shared();
    let anna = server.analyst();
    let csv: String = (0..3_000_u64).map(|n| format!("{n},{},w{}\n", n * 7_919 % 3_000, n % 10)).collect();
    let id = anna.dataset(format!("n,mixed,word\n{csv}"));
    let mut all: Vec<Value> = Vec::new();
    for offset in (0..3_000).step_by(700) {
        let path = format!("/api/v1/datasets/{id}/rows?sort=word,-mixed&limit=700&offset={offset}");
        let page = anna.get(&path).expect(200).json();
        assert_eq!(page["filtered_rows"], 3_000);
        all.extend(page["rows"].as_array().cloned().unwrap_or_default());
    }
    let key = |row: &Value| (row[2].as_str().map(str::to_owned), std::cmp::Reverse(row[1].as_u64()));
    assert_eq!(all.len(), 3_000);
    assert!(all.is_sorted_by_key(key), "one page continues the other");
    let beyond = anna.get(&format!("/api/v1/datasets/{id}/rows?sort=n&offset=3000")).expect(200).json();
    assert_eq!(beyond["rows"], json!([]));
}

#[test]
fn what_is_wrong_is_named_with_column_and_value() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset(PEOPLE);
    let refused = |name: &str, value: &str| {
        let path = format!("/api/v1/datasets/{id}/rows?{}", query(&[(name, value)]));
        let problem = anna.get(&path).problem(422, "validation_failed");
        let error = problem["errors"][0].clone();
        (
            error["pointer"].as_str().unwrap_or_default().to_owned(),
            error["detail"].as_str().unwrap_or_default().to_owned(),
        )
    };
    let (pointer, detail) = refused("sort", "-scor");
    assert_eq!((pointer.as_str(), detail.contains("Did you mean \"score\"?")), ("sort", true), "{detail}");
    let (pointer, detail) = refused("filter", r#"[{"column":"score","op":"gt","value":"much"}]"#);
    assert_eq!(pointer, "filter/0/value");
    assert!(detail.contains("\"score\"") && detail.contains("much"), "{detail}");
    assert_eq!(refused("filter", r#"[{"column":"scor","op":"is_null"}]"#).0, "filter/0/column");
    assert_eq!(refused("filter", "score > 1").0, "filter");
    assert!(refused("nulls", "middle").0.contains("nulls"));
}

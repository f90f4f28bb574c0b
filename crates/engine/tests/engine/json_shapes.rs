//! JSON in all its shapes: nested records, arrays of arrays, and the documents that pandas and others write.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::support::{Version, ingest, refused};

fn names(version: &Version) -> Vec<&str> {
    version.outcome.columns.iter().map(|column| column.name.as_str()).collect()
}

fn table(text: &str) -> Value {
    let version = ingest(text);
    json!({ "names": names(&version), "rows": version.outcome.preview })
}

#[test]
fn nested_objects_become_dotted_columns() {
    let text = r#"[{"id":1,"at":{"city":"Ulm","geo":{"lat":48.4}},"tags":["a", "b"]},{"id":2,"at":{"geo":{"lat":50}},"tags":[]}]"#;
    assert_eq!(
        table(text),
        json!({ "names": ["id", "at.city", "at.geo.lat", "tags"],
                "rows": [[1, "Ulm", 48.4, "[\"a\",\"b\"]"], [2, null, 50.0, "[]"]] })
    );
    // A place that is an object here and a value there is both; an empty object has no keys to be columns.
    assert_eq!(
        table(
            r#"{"a":{"b":1}}
{"a":7}
{"a":{}}"#
        ),
        json!({ "names": ["a.b", "a"], "rows": [[1, null], [null, "7"], [null, "{}"]] })
    );
}

#[test]
fn names_that_meet_after_flattening_are_told_apart_and_said() {
    let version = ingest(r#"[{"a":{"b":1},"a.b":2}]"#);
    assert_eq!(names(&version), ["a.b", "a.b_2"]);
    let said = version.outcome.dialect.warnings.join(" ");
    assert!(said.contains("\"a.b\"") && said.contains("\"a.b_2\""), "{said}");
}

#[test]
fn the_last_of_equal_keys_counts_and_is_said() {
    let version = ingest("{\"id\":3,\"id\":42,\"name\":\"x\"}\n{\"id\":4,\"name\":\"y\"}\n");
    assert_eq!(version.outcome.preview, [[json!(42), json!("x")], [json!(4), json!("y")]]);
    let said = version.outcome.dialect.warnings.join(" ");
    assert!(said.contains("twice") && said.contains("\"id\""), "{said}");
    // A later object replaces an earlier one as a whole.
    let version = ingest("[{\"a\":{\"x\":1,\"y\":2},\"a\":{\"y\":3}}]");
    assert_eq!((names(&version), &version.outcome.preview[0]), (vec!["a.x", "a.y"], &vec![json!(null), json!(3)]));
}

#[test]
fn arrays_of_arrays_and_of_values() {
    assert_eq!(
        table("[[1,\"a\"],[2,\"b\",true]]"),
        json!({ "names": ["column_1", "column_2", "column_3"], "rows": [[1, "a", null], [2, "b", true]] })
    );
    assert_eq!(table("[1, 2.5, null]"), json!({ "names": ["value"], "rows": [[1.0], [2.5], [null]] }));
    assert_eq!(
        table("[null, 1, \"1\", {\"a\": []}]"),
        json!({ "names": ["value"], "rows": [[null], ["1"], ["1"], ["{\"a\":[]}"]] })
    );
}

#[test]
fn documents_as_pandas_writes_them() {
    let expected = json!({ "names": ["a", "b"], "rows": [[1, "x"], [2, "y"], [3, null]] });
    for text in [
        r#"{"columns":["a","b"],"index":[0,1,2],"data":[[1,"x"],[2,"y"],[3,null]]}"#,
        r#"{"data":[[1,"x"],[2,"y"],[3,null]],"columns":["a","b"]}"#,
        r#"{"a":{"0":1,"1":2,"2":3},"b":{"0":"x","1":"y","2":null}}"#,
        r#"{"0":{"a":1,"b":"x"},"1":{"a":2,"b":"y"},"2":{"a":3,"b":null}}"#,
        r#"{"a":[1,2,3],"b":["x","y",null]}"#,
        r#"[{"a":1,"b":"x"},{"a":2,"b":"y"},{"a":3,"b":null}]"#,
        "{\"a\":1,\"b\":\"x\"}\n{\"a\":2,\"b\":\"y\"}\n{\"a\":3,\"b\":null}\n",
        r#"{"schema":{"fields":[{"name":"a"}]},"data":[{"a":1,"b":"x"},{"a":2,"b":"y"},{"a":3}]}"#,
    ] {
        assert_eq!(table(text), expected, "{text}");
    }
}

#[test]
fn row_labels_that_say_something_are_a_column() {
    let expected = json!({ "names": ["index", "a"], "rows": [[10, 1], [30, 2]] });
    for text in [
        r#"{"columns":["a"],"index":[10,30],"data":[[1],[2]]}"#,
        r#"{"a":{"10":1,"30":2}}"#,
        r#"{"10":{"a":1},"30":{"a":2}}"#,
    ] {
        assert_eq!(table(text), expected, "{text}");
    }
    let text = r#"{"columns":[["x","lo"],["x","hi"]],"data":[[1,2]]}"#;
    assert_eq!(table(text), json!({ "names": ["x.lo", "x.hi"], "rows": [[1, 2]] }));
}

#[test]
fn geojson_is_a_table_of_its_features() {
    let text = r#"{"type":"FeatureCollection","name":"n","features":[
        {"type":"Feature","geometry":{"type":"Point","coordinates":[1.0, 2.0]},"properties":{"pop":100}},
        {"type":"Feature","geometry":null,"properties":{"pop":200}}],"bbox":[1,2]}"#;
    assert_eq!(
        table(text),
        json!({ "names": ["type", "geometry.type", "geometry.coordinates", "properties.pop", "geometry"],
                "rows": [["Feature", "Point", "[1.0,2.0]", 100, null], ["Feature", null, null, 200, null]] })
    );
}

#[test]
fn any_other_object_is_one_record() {
    for (text, expected) in [
        (r#"{"min":{"x":1},"max":{"x":2}}"#, json!({ "names": ["min.x", "max.x"], "rows": [[1, 2]] })),
        (r#"{"a":[1,2],"b":[3]}"#, json!({ "names": ["a", "b"], "rows": [["[1,2]", "[3]"]] })),
        (
            r#"{"columns":{"v":{"n":"0"}},"location":"x"}"#,
            json!({ "names": ["columns.v.n", "location"], "rows": [["0", "x"]] }),
        ),
    ] {
        assert_eq!(table(text), expected, "{text}");
    }
    let version = ingest(r#"{"nodes":[{"a":1},{"a":2}],"links":[{"b":1},{"b":2},{"b":3}]}"#);
    assert_eq!(version.outcome.rows, 1);
    assert!(version.outcome.dialect.warnings[0].contains("\"nodes\" is a list of 2 objects"));
}

#[test]
fn a_document_that_breaks_off_says_where() {
    let failure = refused("{\"columns\":[\"a\"],\n\"data\":[[1],[2}]}");
    let row = &failure.examples[0];
    assert!(row.detail.contains("line 2, column 15"), "{failure:?}");
}

#[test]
fn malformed_records_of_ndjson_go_to_the_quarantine() {
    let mut text: String = (0..1000).map(|i| format!("{{\"a\":{i}}}\n")).collect();
    text.push_str("{\"a\":tru,\"zz\":1}\n{\"a\":1}TRAILER\n{\"a\":\n 2,]\n{\"a\":\"\u{fc}\"}\n[1]\n{\"a\":9}");
    let mut bytes = text.into_bytes();
    let umlaut = bytes.iter().position(|byte| *byte == 0xC3).unwrap();
    bytes.remove(umlaut);
    let version = ingest(&bytes);
    let outcome = &version.outcome;
    assert_eq!((outcome.rows, outcome.rows_in, outcome.quarantine.rows), (1001, 1006, 5));
    assert_eq!(names(&version), ["a"], "the keys of a malformed record are no columns");
    let sample = &outcome.quarantine.sample;
    let lines: Vec<u64> = sample.iter().map(|row| row.line).collect();
    assert_eq!(lines, [1001, 1002, 1003, 1005, 1006]);
    let reasons: Vec<&str> = sample.iter().map(|row| row.reason.as_str()).collect();
    assert_eq!(reasons, ["syntax", "syntax", "syntax", "encoding", "syntax"]);
    assert!(sample[0].detail.contains("line 1001, column 6"), "{:?}", sample[0]);
    assert_eq!(sample[1].text, "{\"a\":1}TRAILER");
    assert_eq!(sample[2].text, "{\"a\":\n 2,]");
}

#[test]
fn too_many_malformed_records_fail_the_file_with_examples() {
    let failure = refused("{\"a\":1}\n{\"a\":}\n{\"a\":2}\n");
    assert_eq!((failure.examples.len(), failure.examples[0].line), (1, 2), "{failure:?}");
}

/// Any cell that a table of JSON can hold. Texts that read as dates or times are left out: they come back as such.
fn cell() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<i64>().prop_map(Value::from),
        (-1e9..1e9_f64).prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        "[^0-9\u{0}]{0,12}".prop_map(Value::from),
    ]
}

fn columns_of_one_type() -> impl Strategy<Value = Vec<Vec<Value>>> {
    let whole = prop_oneof![Just(Value::Null), any::<i32>().prop_map(Value::from)];
    let real = prop_oneof![Just(Value::Null), (-1e9..1e9_f64).prop_map(Value::from)];
    let truth = prop_oneof![Just(Value::Null), any::<bool>().prop_map(Value::from)];
    let text = prop_oneof![Just(Value::Null), "[^0-9\u{0}]{0,12}".prop_map(Value::from)];
    (1..6_usize).prop_flat_map(move |rows| {
        let of = |cell: BoxedStrategy<Value>| proptest::collection::vec(cell, rows).boxed();
        let one = prop_oneof![
            of(whole.clone().boxed()),
            of(real.clone().boxed()),
            of(truth.clone().boxed()),
            of(text.clone().boxed())
        ];
        proptest::collection::vec(one, 1..5)
    })
}

fn records(columns: &[Vec<Value>]) -> Vec<Map<String, Value>> {
    let rows = columns.first().map_or(0, Vec::len);
    let record =
        |row: usize| columns.iter().enumerate().map(|(i, column)| (format!("c{i}"), column[row].clone())).collect();
    (0..rows).map(record).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A table is the same table in every shape.
    #[test]
    fn shapes_hold_the_same_table(columns in columns_of_one_type()) {
        let records = records(&columns);
        let names: Vec<String> = (0..columns.len()).map(|i| format!("c{i}")).collect();
        let array = serde_json::to_string(&records).unwrap_or_default();
        let lines: Vec<String> = records.iter().map(|record| serde_json::to_string(record).unwrap_or_default()).collect();
        let rows: Vec<Vec<&Value>> =
            (0..records.len()).map(|row| columns.iter().map(|column| &column[row]).collect()).collect();
        let split = json!({ "columns": names, "data": rows }).to_string();
        let by_column: Map<String, Value> = names
            .iter()
            .zip(&columns)
            .map(|(name, column)| {
                let labelled = column.iter().enumerate().map(|(row, value)| (row.to_string(), value.clone()));
                (name.clone(), Value::Object(labelled.collect()))
            })
            .collect();
        // serde_json sorts the keys of its maps, so ten rows or more would not stand in order; there are fewer.
        let by_column = Value::Object(by_column).to_string();
        let hash = ingest(&array).outcome.content_hash;
        for text in [lines.join("\n"), lines.join("\r\n") + "\r\n", split, by_column] {
            prop_assert_eq!(&ingest(&text).outcome.content_hash, &hash, "{} as {}", array, text);
        }
    }

    /// What is stored is what was written, cell by cell.
    #[test]
    fn cells_come_back(columns in columns_of_one_type()) {
        let records = records(&columns);
        let version = ingest(serde_json::to_string(&records).unwrap_or_default());
        for (row, record) in records.iter().enumerate() {
            for (column, value) in record.values().enumerate() {
                let stored = &version.outcome.preview[row][column];
                let same = match (stored.as_f64(), value.as_f64()) {
                    (Some(stored), Some(value)) => stored == value,
                    _ => stored == value,
                };
                prop_assert!(same, "{} became {}", value, stored);
            }
        }
    }

    /// Columns of mixed cells lose nothing: every text and every digit is there.
    #[test]
    fn mixed_columns_keep_their_spelling(cells in proptest::collection::vec(cell(), 1..8)) {
        let version = ingest(json!(cells).to_string());
        prop_assert_eq!(version.outcome.rows, cells.len() as u64);
        for (row, value) in cells.iter().enumerate() {
            let stored = &version.outcome.preview[row][0];
            let spelled = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let same = match (stored, value) {
                (_, Value::Null) => stored.is_null(),
                (Value::Number(stored), Value::Number(value)) => stored.as_f64() == value.as_f64(),
                // A decimal has as many digits after the point as its column.
                (Value::String(stored), Value::Number(_)) => whole(stored) == whole(&spelled),
                (Value::String(stored), _) => *stored == spelled,
                _ => stored == value,
            };
            prop_assert!(same, "{} became {}", value, stored);
        }
    }
}

/// The number without zeros that say nothing.
fn whole(number: &str) -> &str {
    if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { number }
}

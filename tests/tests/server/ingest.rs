//! Ingest through the API: what becomes of odd tables, and how a file that is no table fails.

use serde_json::{Value, json};
use tests::actor::Actor;
use tests::shared;

fn columns(actor: &Actor<'_>, id: &str) -> Value {
    actor.get(&format!("/api/v1/datasets/{id}")).expect(200).json()["version"]["columns"].clone()
}

fn rows(actor: &Actor<'_>, id: &str) -> Value {
    actor.get(&format!("/api/v1/datasets/{id}/preview")).expect(200).json()["rows"].clone()
}

fn profile(actor: &Actor<'_>, id: &str) -> Value {
    actor.get(&format!("/api/v1/datasets/{id}/profile")).expect(200).json()
}

fn names_and_types(columns: &Value) -> Vec<(&str, &str)> {
    let columns = columns.as_array().map(Vec::as_slice).unwrap_or_default();
    columns.iter().filter_map(|column| Some((column["name"].as_str()?, column["type"].as_str()?))).collect()
}

#[test]
fn every_type_is_found_over_the_whole_file() {
    let server = shared();
    let anna = server.analyst();
    let csv = "id,price,on,at,paid,zip,note\n\
               1,1.5,2024-01-31,2024-01-31T10:00:00,true,01234,hello\n\
               2,,2024-02-29,2024-02-29T23:59:59,false,99999,\n\
               3,2,,,,,\"two, words\"\n";
    let id = anna.dataset(csv);
    let columns = columns(&anna, &id);
    let expected = [
        ("id", "integer"),
        ("price", "float"),
        ("on", "date"),
        ("at", "datetime"),
        ("paid", "boolean"),
        // Leading zeros belong to an identifier.
        ("zip", "text"),
        ("note", "text"),
    ];
    assert_eq!(names_and_types(&columns), expected);
    let first = json!([1, 1.5, "2024-01-31", "2024-01-31T10:00:00", true, "01234", "hello"]);
    assert_eq!(rows(&anna, &id)[0], first);
    assert_eq!(rows(&anna, &id)[2], json!([3, 2.0, null, null, null, null, "two, words"]));
    assert_eq!(columns[1]["nulls"], 1);
}

#[test]
fn a_type_change_in_the_last_row_counts() {
    let server = shared();
    let anna = server.analyst();
    let mut csv = String::from("code\n");
    for i in 0..20_000 {
        csv.push_str(&format!("{i}\n"));
    }
    csv.push_str("n/k\n");
    let id = anna.dataset(csv);
    assert_eq!(names_and_types(&columns(&anna, &id)), [("code", "text")]);
}

#[test]
fn large_integers_travel_as_text_and_keep_every_digit() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset("n\n9007199254740993\n-9223372036854775808\n1\n");
    assert_eq!(columns(&anna, &id)[0], json!({ "name": "n", "type": "integer", "encoding": "string", "nulls": 0 }));
    assert_eq!(rows(&anna, &id), json!([["9007199254740993"], ["-9223372036854775808"], ["1"]]));
}

#[test]
fn integers_beyond_64_bits_do_not_lose_digits() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset("n\n123456789012345678901234567890\n1\n");
    assert_eq!(rows(&anna, &id)[0][0], "123456789012345678901234567890");
}

#[test]
fn infinities_are_counted_and_travel_as_null_and_nan_is_a_missing_value() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset("x\n1.5\nNaN\ninf\n-inf\n2.5\n");
    assert_eq!(rows(&anna, &id), json!([[1.5], [null], [null], [null], [2.5]]));
    let column = profile(&anna, &id)["columns"][0].clone();
    assert_eq!((&column["count"], &column["nulls"]), (&json!(4), &json!(1)), "{column}");
    let numeric = &column["numeric"];
    assert_eq!(numeric["non_finite"], json!({ "nan": 0, "positive_infinity": 1, "negative_infinity": 1 }));
    assert_eq!(numeric["mean"], json!(2.0));
}

#[test]
fn a_column_without_any_value_and_a_single_row_have_defined_figures() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset("empty,one\n,7\n");
    let profile = profile(&anna, &id);
    assert_eq!(profile["rows"], 1);
    assert_eq!((&profile["columns"][0]["count"], &profile["columns"][0]["nulls"]), (&json!(0), &json!(1)));
    let one = &profile["columns"][1]["numeric"];
    assert_eq!((&one["mean"], &one["std"], &one["skewness"]), (&json!(7.0), &Value::Null, &Value::Null), "{one}");
}

#[test]
fn a_header_alone_is_an_empty_table() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset("a,b\n");
    let preview = anna.get(&format!("/api/v1/datasets/{id}/preview")).expect(200).json();
    assert_eq!((&preview["rows"], &preview["total_rows"]), (&json!([]), &json!(0)));
    assert_eq!(preview["columns"].as_array().map(Vec::len), Some(2));
}

#[test]
fn repeated_headers_become_unique() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset("a,a,b,a\n1,2,3,4\n");
    let columns = columns(&anna, &id);
    let names: Vec<&str> = names_and_types(&columns).iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["a", "a_2", "b", "a_3"]);
}

#[test]
fn json_records_need_not_have_the_same_fields() {
    let server = shared();
    let anna = server.analyst();
    let body = r#"[{"a":1,"b":"x"},{"b":"y","c":true},{"a":2.5}]"#;
    let id = anna.dataset(body);
    assert_eq!(names_and_types(&columns(&anna, &id)), [("a", "float"), ("b", "text"), ("c", "boolean")]);
    assert_eq!(rows(&anna, &id), json!([[1.0, "x", null], [null, "y", true], [2.5, null, null]]));
}

#[test]
fn a_row_with_too_many_cells_fails_with_its_line() {
    let server = shared();
    let failure = server.analyst().failed_upload("a.csv", "a,b\n1,2\n3,4,5\n6,7\n");
    assert_eq!(failure["code"], "invalid_file");
    assert_eq!(failure["line"], 3, "{failure}");
    assert_eq!((&failure["column"], &failure["value"]), (&json!("3"), &json!("5")), "{failure}");
    assert!(failure["advice"].as_str().is_some_and(|advice| advice.len() > 10), "{failure}");
}

#[test]
fn text_that_is_not_utf8_is_read_in_its_encoding_or_fails_with_line_and_value() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset(b"city,n\nUlm,1\nM\xfcnchen,2\n".to_vec());
    assert_eq!(rows(&anna, &id)[1], json!(["München", 2]));
    let request = anna.request("POST", "/api/v1/datasets/upload?encoding=utf-8");
    let answer = request.raw("text/csv", b"city,n\nUlm,1\nM\xfcnchen,2\n".to_vec()).send().expect(202).json();
    let failure = anna.finished(answer["job"]["id"].as_str().expect("an id"))["error"].clone();
    assert_eq!(failure["code"], "invalid_file");
    assert_eq!((&failure["line"], &failure["column"], &failure["value"]), (&json!(3), &json!("city"), &json!("M")));
    assert!(failure["message"].as_str().is_some_and(|text| text.contains("0xFC")), "{failure}");
}

#[test]
fn a_quote_without_an_end_fails_where_it_begins() {
    let server = shared();
    let failure = server.analyst().failed_upload("a.csv", "a,b\n1,2\n3,\"open\n4,5\n");
    assert_eq!((&failure["code"], &failure["line"]), (&json!("invalid_file"), &json!(3)), "{failure}");
}

#[test]
fn files_that_hold_no_table_fail_with_advice() {
    let server = shared();
    let anna = server.analyst();
    let cases: [(&str, Vec<u8>); 4] = [
        ("blank.csv", b"\n\n\n".to_vec()),
        ("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()),
        ("broken.json", b"[{\"a\":1},{\"a\":".to_vec()),
        ("nothing.json", b"[]".to_vec()),
    ];
    for (name, bytes) in cases {
        let failure = anna.failed_upload(name, bytes);
        assert_eq!(failure["code"], "invalid_file", "{name}");
        for part in ["message", "advice"] {
            assert!(failure[part].as_str().is_some_and(|text| text.len() > 10), "{name}: {failure}");
        }
    }
}

#[test]
fn a_list_of_bare_values_is_one_column() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset("[1, 2, 3]");
    let version = anna.get(&format!("/api/v1/datasets/{id}")).expect(200).json()["version"].clone();
    assert_eq!((&version["rows"], &version["columns"][0]["name"]), (&json!(3), &json!("value")));
}

#[test]
fn a_failed_dataset_has_no_data_and_says_why() {
    let server = shared();
    let anna = server.analyst();
    anna.failed_upload("a.csv", "a,b\n1,2,3\n");
    let list = anna.get("/api/v1/datasets").expect(200).json();
    let id = list["items"][0]["id"].as_str().expect("the dataset").to_owned();
    for part in ["preview", "profile"] {
        let problem = anna.get(&format!("/api/v1/datasets/{id}/{part}")).problem(422, "invalid_file");
        assert!(problem["detail"].as_str().is_some_and(|detail| detail.contains('2')), "{problem}");
    }
    let problem = anna.post("/api/v1/analysis/descriptive", &json!({ "dataset_id": id })).problem(422, "invalid_file");
    assert!(!problem["detail"].as_str().unwrap_or_default().is_empty());
}

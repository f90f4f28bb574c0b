//! Exports: every format holds the table that was uploaded, downloads are named safely, formulas are harmless.

use serde_json::{Value, json};
use tests::{Actor, Answer, shared};

/// Every type, missing and empty cells, and texts that a careless writer gets wrong.
const MIXED: &str = "id,amount,flag,day,at,note\n\
    1,1.5,true,2024-01-31,2024-01-31T10:00:00,plain\n\
    2,-0.25,false,1999-12-31,1999-12-31T23:59:59.123456,\"a,b\"\n\
    3,1e300,true,,,\"say \"\"hi\"\"\"\n\
    ,,,2024-02-29,2024-02-29T00:00:00,\"two\nlines\"\n\
    9007199254740993,inf,false,2024-03-01,2024-03-01T12:30:00,\"\"\n\
    -7,0.1,true,2024-03-02,2024-03-02T12:30:00,\n\
    8,2.0,true,2024-03-03,2024-03-03T12:30:00,\"NA\"\n\
    9,3.5,true,2024-03-04,2024-03-04T12:30:00,007\n\
    10,4.5,true,2024-03-05,2024-03-05T12:30:00,\" blanks \"\n\
    11,5.5,true,2024-03-06,2024-03-06T12:30:00,grüße 🦀\n";

fn export(actor: &Actor<'_>, id: &str, query: &str) -> Answer {
    actor.get(&format!("/api/v1/datasets/{id}/export?{query}")).expect(200)
}

fn content_hash(actor: &Actor<'_>, id: &str) -> Value {
    actor.get(&format!("/api/v1/datasets/{id}")).expect(200).json()["version"]["content_hash"].clone()
}

#[test]
fn what_is_exported_and_uploaded_again_is_the_same_table() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset(MIXED);
    let hash = content_hash(&anna, &id);
    for format in ["csv", "csv&bom=true"] {
        let file = export(&anna, &id, &format!("format={format}"));
        let again = anna.dataset(file.body.clone());
        assert_eq!(content_hash(&anna, &again), hash, "{format}: {}", file.text());
    }
    // JSON has no infinity and, for the sake of its readers, no integers beyond 2^53.
    let plain: String =
        MIXED.lines().filter(|line| !line.starts_with("9007")).map(|line| format!("{line}\n")).collect();
    let id = anna.dataset(plain);
    for format in ["json", "ndjson"] {
        let file = export(&anna, &id, &format!("format={format}"));
        let again = anna.dataset(file.body.clone());
        assert_eq!(content_hash(&anna, &again), content_hash(&anna, &id), "{format}: {}", file.text());
    }
}

/// The columns as they are told, and the hash of everything in them.
fn content(actor: &Actor<'_>, id: &str) -> (Value, Value) {
    let version = actor.get(&format!("/api/v1/datasets/{id}")).expect(200).json()["version"].clone();
    (version["columns"].clone(), version["content_hash"].clone())
}

#[test]
fn types_and_values_come_back_from_parquet_arrow_and_workbooks() {
    let server = shared();
    let anna = server.analyst();
    let all = "big,exact,x,ok,day,at,clock,note\n\
        9007199254740993,0.12345678901234567890,1e300,true,2024-01-31,2024-01-31T10:00:00.123456,10:30,\"a,b\"\n\
        -1,12345678901234567890.5,inf,false,1969-12-31,1999-12-31T23:59:59,23:59:59.5,\"\"\n\
        ,,,,,,,\n\
        7,1.5,-0.25,true,2024-02-29,2024-02-29T00:00:00,00:00,007\n";
    // What a worksheet has no number for is text in it, and an empty text is no cell.
    let plain = "n,x,ok,day,at,note\n\
        1,0.1,true,2024-01-31,2024-01-31T10:00:00,\"a,b\"\n\
        -9007199254740991,-1e300,false,1999-12-31,1999-12-31T23:59:59,=1+1\n\
        ,,,,,x\n\
        3,2.5,true,2024-02-29,2024-02-29T00:00:00,\"two\nlines\"\n";
    for (table, formats) in [
        (all, ["parquet", "arrow", "parquet&columns=note,exact,clock,big,x,ok,day,at"].as_slice()),
        (plain, ["xlsx", "parquet", "arrow"].as_slice()),
    ] {
        let id = anna.dataset(table);
        let (columns, hash) = content(&anna, &id);
        for format in formats {
            let file = export(&anna, &id, &format!("format={format}"));
            let (columns_again, hash_again) = content(&anna, &anna.dataset(file.body));
            if !format.contains("columns=") {
                assert_eq!((&columns_again, &hash_again), (&columns, &hash), "{format}");
                continue;
            }
            let sorted = |columns: &Value| {
                let mut columns = columns.as_array().cloned().unwrap_or_default();
                columns.sort_by_key(|column| column["name"].to_string());
                columns
            };
            assert_eq!(sorted(&columns_again), sorted(&columns), "{format}");
        }
    }
}

#[test]
fn binary_formats_begin_as_they_should() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset(MIXED);
    for (format, magic, end) in [
        ("parquet", b"PAR1".as_slice(), b"PAR1".as_slice()),
        ("parquet&columns=note,id", b"PAR1", b"PAR1"),
        ("arrow", b"ARROW1", b"ARROW1"),
        ("xlsx", b"PK\x03\x04", b""),
    ] {
        let file = export(&anna, &id, &format!("format={format}"));
        assert!(file.body.starts_with(magic) && file.body.ends_with(end), "{format}");
    }
}

#[test]
fn columns_come_in_the_order_asked_for() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset("a,\"b,c\",d\n1,x,2.5\n2,,3.5\n");
    let csv = export(&anna, &id, "format=csv&columns=d,%22b,c%22").text();
    assert_eq!(csv, "d,\"b,c\"\n2.5,x\n3.5,\n");
    let ndjson = export(&anna, &id, "format=ndjson&columns=d,a").text();
    assert_eq!(ndjson, "{\"d\":2.5,\"a\":1}\n{\"d\":3.5,\"a\":2}\n");
    assert_eq!(export(&anna, &id, "format=json&columns=a").text(), "[\n{\"a\":1},\n{\"a\":2}\n]\n");
    let path = format!("/api/v1/datasets/{id}/export");
    for (query, named, words) in [
        ("format=csv&columns=aa", "columns", "Did you mean \"a\"?"),
        ("format=csv&columns=a,a", "columns", "twice"),
        ("format=csv&columns=", "columns", "at least one"),
        ("format=pdf", "format", "pdf"),
        ("format=csv&version=2", "version", "no version 2"),
    ] {
        let problem = anna.get(&format!("{path}?{query}")).problem(422, "validation_failed");
        let detail = problem["detail"].as_str().unwrap_or_default();
        assert!(detail.contains(words), "{query}: {problem}");
        let pointer = problem["errors"][0]["pointer"].as_str().unwrap_or_default();
        assert!(pointer.contains(named), "{query}: {problem}");
    }
}

#[test]
fn formulas_are_harmless_unless_told_otherwise() {
    let server = shared();
    let anna = server.analyst();
    let csv = "name,amount\n\"=1+1\",-5\n@x,-1.5\n+47 12,2\n-12,3\nplain,4\n";
    let id = anna.dataset(csv);
    let safe = export(&anna, &id, "format=csv").text();
    assert_eq!(safe, "name,amount\n\"'=1+1\",-5.0\n\"'@x\",-1.5\n\"'+47 12\",2.0\n-12,3.0\nplain,4.0\n");
    let raw = export(&anna, &id, "format=csv&neutralise=false").text();
    assert_eq!(raw, "name,amount\n=1+1,-5.0\n@x,-1.5\n+47 12,2.0\n-12,3.0\nplain,4.0\n");
    let again = anna.dataset(raw);
    assert_eq!(content_hash(&anna, &again), content_hash(&anna, &id));
}

#[test]
fn a_byte_order_mark_is_there_on_request() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset("a\n1\n");
    assert_eq!(export(&anna, &id, "format=csv&bom=true").body, b"\xEF\xBB\xBFa\n1\n");
    assert_eq!(export(&anna, &id, "").body, b"a\n1\n");
}

#[test]
fn a_download_is_named_after_its_dataset_and_never_leads_elsewhere() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset("a\n1\n");
    let name = |name: &str| {
        anna.patch(&format!("/api/v1/datasets/{id}"), &json!({ "name": name })).expect(200);
        let file = export(&anna, &id, "format=csv");
        assert_eq!(file.need("x-content-type-options"), "nosniff");
        assert!(file.need("content-type").starts_with("text/csv"));
        file.need("content-disposition").to_owned()
    };
    assert_eq!(name("Sales 2024"), "attachment; filename=\"Sales 2024.csv\"");
    assert_eq!(name("../../etc/passwd"), "attachment; filename=\"_.._etc_passwd.csv\"");
    let umlaut = "attachment; filename=\"_bersicht.csv\"; filename*=UTF-8''%C3%9Cbersicht.csv";
    assert_eq!(name("Übersicht"), umlaut);
}

#[test]
fn the_same_export_is_written_once() {
    let server = shared();
    let (anna, bert) = (server.analyst(), server.analyst());
    let csv: String = std::iter::once("n\n".to_owned()).chain((0..1000).map(|n| format!("{n}\n"))).collect();
    let (id, other) = (anna.dataset(csv.clone()), bert.dataset(csv));
    let first = export(&anna, &id, "format=ndjson");
    assert_eq!(export(&bert, &other, "format=ndjson").body, first.body);
    let jobs = |actor: &Actor<'_>| actor.get("/api/v1/jobs?kind=export").expect(200).json()["items"].clone();
    assert_eq!((jobs(&anna)[0]["cached"].clone(), jobs(&bert)[0]["cached"].clone()), (json!(false), json!(true)));
    // A client that has it already gets neither bytes nor a job.
    let request = anna.request("GET", &format!("/api/v1/datasets/{id}/export?format=ndjson"));
    assert!(request.header("if-none-match", first.need("etag")).send().expect(304).body.is_empty());
    assert_eq!(jobs(&anna).as_array().map(Vec::len), Some(1));
    // A version as it is stored needs no job at all.
    export(&anna, &id, "format=parquet");
    assert_eq!(jobs(&anna).as_array().map(Vec::len), Some(1));
}

#[test]
fn who_does_not_wait_gets_the_job() {
    let server = shared();
    let anna = server.analyst();
    let csv: String = std::iter::once("n,m\n".to_owned()).chain((0..200_000).map(|n| format!("{n},{n}\n"))).collect();
    let id = anna.dataset(csv);
    let path = format!("/api/v1/datasets/{id}/export?format=xlsx");
    let answer = anna.request("GET", &path).header("prefer", "wait=0").send().expect(202);
    assert!(answer.need("location").starts_with("/api/v1/jobs/"));
    let job = anna.finished(answer.json()["id"].as_str().expect("a job"));
    assert_eq!((&job["status"], &job["kind"]), (&json!("succeeded"), &json!("export")));
    assert!(anna.request("GET", &path).header("prefer", "wait=0").send().expect(200).body.starts_with(b"PK"));
}

//! Datasets: what one sees, changes and deletes, and that nobody sees another's.

use serde_json::{Value, json};
use tests::shared;

const CSV: &str = "a,b\n1,x\n2,y\n3,z\n";

#[test]
fn a_ready_dataset_shows_its_version() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset(CSV);
    let dataset = anna.get(&format!("/api/v1/datasets/{id}")).expect(200).json();
    assert_eq!(dataset["status"], "ready");
    let version = &dataset["version"];
    assert_eq!((&version["number"], &version["rows"]), (&json!(1), &json!(3)));
    let dialect = &version["dialect"];
    for (key, value) in [("kind", json!("csv")), ("encoding", json!("utf-8")), ("line_end", json!("lf"))] {
        assert_eq!(dialect[key], value, "{key}");
    }
    assert_eq!((&dialect["delimiter"], &dialect["header"]), (&json!(","), &json!(true)));
    let versions = anna.get(&format!("/api/v1/datasets/{id}/versions")).expect(200).json();
    let first = versions.pointer("/items/0").or(versions.get(0)).expect("a version");
    assert_eq!(first, version);
    let job = version["job_id"].as_str().expect("the job that made it");
    assert_eq!(anna.get(&format!("/api/v1/jobs/{job}")).expect(200).json()["kind"], "ingest");
}

#[test]
fn equal_tables_have_equal_content_hashes() {
    let server = shared();
    let anna = server.analyst();
    let hash = |csv: &str| {
        let id = anna.dataset(csv);
        anna.get(&format!("/api/v1/datasets/{id}")).expect(200).json()["version"]["content_hash"].clone()
    };
    let first = hash(CSV);
    assert_eq!(first.as_str().map(str::len), Some(64));
    assert_eq!(hash(CSV), first);
    assert_ne!(hash("a,b\n1,x\n2,y\n3,zz\n"), first);
    assert_ne!(hash("a,c\n1,x\n2,y\n3,z\n"), first);
}

#[test]
fn the_preview_has_ten_rows_unless_told_otherwise() {
    let server = shared();
    let anna = server.analyst();
    let csv: String = std::iter::once("n\n".to_owned()).chain((0..50).map(|n| format!("{n}\n"))).collect();
    let id = anna.dataset(csv);
    let preview = |query: &str| anna.get(&format!("/api/v1/datasets/{id}/preview{query}")).expect(200).json();
    let first = preview("");
    assert_eq!(first["rows"].as_array().map(Vec::len), Some(10));
    assert_eq!((&first["total_rows"], &first["offset"]), (&json!(50), &json!(0)));
    assert_eq!(preview("?offset=20&limit=3")["rows"], json!([[20], [21], [22]]));
    assert_eq!(preview("?offset=49&limit=5")["rows"], json!([[49]]));
    assert_eq!(preview("?offset=50")["rows"], json!([]));
    let path = format!("/api/v1/datasets/{id}/preview");
    for query in ["?limit=-1", "?offset=x", "?limit=100000"] {
        anna.get(&format!("{path}{query}")).problem(422, "validation_failed");
    }
}

#[test]
fn the_profile_tells_every_column() {
    let server = shared();
    let anna = server.analyst();
    let id = anna.dataset("n,word\n1,x\n2,y\n3,x\n4,\n");
    let answer = anna.get(&format!("/api/v1/datasets/{id}/profile")).expect(200);
    let profile = answer.json();
    assert_eq!(profile["rows"], 4);
    let (number, word) = (&profile["columns"][0], &profile["columns"][1]);
    assert_eq!(number["numeric"]["mean"], 2.5);
    let counts = number["histogram"]["counts"].as_array().cloned().unwrap_or_default();
    assert_eq!(counts.iter().filter_map(Value::as_u64).sum::<u64>(), 4, "{number}");
    assert_eq!(word["top"], json!([{ "value": "x", "count": 2 }, { "value": "y", "count": 1 }]));
    assert_eq!((&word["nulls"], &word["distinct"]), (&json!(1), &json!(2)));
    let again =
        anna.request("GET", &format!("/api/v1/datasets/{id}/profile")).header("if-none-match", answer.need("etag"));
    assert!(again.send().expect(304).body.is_empty());
}

#[test]
fn name_and_description_can_be_changed() {
    let server = shared();
    let anna = server.analyst();
    let path = format!("/api/v1/datasets/{}", anna.dataset(CSV));
    let before = anna.get(&path).expect(200).json();
    let after = anna.patch(&path, &json!({ "name": "Letters" })).expect(200).json();
    assert_eq!((&after["name"], &after["description"]), (&json!("Letters"), &before["description"]));
    assert_eq!(after["version"], before["version"]);
    assert_eq!(anna.get(&path).expect(200).json()["name"], "Letters");
    for body in [json!({ "name": "" }), json!({ "name": "n".repeat(201) }), json!({ "status": "ready" }), json!([])] {
        anna.patch(&path, &body).problem(422, "validation_failed");
    }
}

#[test]
fn a_deleted_dataset_is_gone() {
    let server = shared();
    let anna = server.analyst();
    let path = format!("/api/v1/datasets/{}", anna.dataset(CSV));
    anna.delete(&path).expect(204);
    anna.get(&path).problem(404, "not_found");
    anna.get(&format!("{path}/preview")).problem(404, "not_found");
    anna.delete(&path).problem(404, "not_found");
    assert_eq!(anna.get("/api/v1/datasets").expect(200).json()["items"], json!([]));
}

#[test]
fn lists_come_in_pages_and_can_be_searched_and_sorted() {
    let server = shared();
    let anna = server.analyst();
    for name in ["alpha", "beta", "gamma", "delta", "Alphabet"] {
        let id = anna.dataset(CSV);
        anna.patch(&format!("/api/v1/datasets/{id}"), &json!({ "name": name })).expect(200);
    }
    let names = |list: &Value| {
        let items = list["items"].as_array().cloned().unwrap_or_default();
        items.iter().filter_map(|item| item["name"].as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    let mut path = "/api/v1/datasets?limit=2&sort=name".to_owned();
    let mut all = Vec::new();
    for _ in 0..3 {
        let answer = anna.get(&path).expect(200);
        let list = answer.json();
        all.extend(names(&list));
        match list["next_cursor"].as_str() {
            Some(_) => {
                let link = answer.need("link");
                assert!(link.ends_with("rel=\"next\""), "{link}");
                path = link.trim_start_matches('<').split('>').next().unwrap_or_default().to_owned();
            }
            None => assert!(answer.header("link").is_none()),
        }
    }
    assert_eq!(all.len(), 5, "every dataset once: {all:?}");
    let mut sorted = all.clone();
    sorted.sort_by_key(|name| name.to_lowercase());
    assert!(
        all == sorted || {
            sorted.sort();
            all == sorted
        },
        "sorted by name: {all:?}"
    );
    let found = names(&anna.get("/api/v1/datasets?q=ALPHA&sort=created_at").expect(200).json());
    assert_eq!(found, ["alpha", "Alphabet"]);
    let newest = names(&anna.get("/api/v1/datasets?sort=-created_at&limit=1").expect(200).json());
    assert_eq!(newest, ["Alphabet"]);
    for query in ["limit=0", "limit=201", "limit=x", "sort=password", "cursor=nonsense"] {
        anna.get(&format!("/api/v1/datasets?{query}")).problem(422, "validation_failed");
    }
}

#[test]
fn nobody_sees_the_dataset_of_another() {
    let server = shared();
    let (anna, berta) = (server.analyst(), server.analyst());
    let path = format!("/api/v1/datasets/{}", anna.dataset(CSV));
    let others = [&berta, &server.admin()].map(Clone::clone);
    for other in others {
        for part in ["", "/preview", "/profile", "/versions"] {
            other.get(&format!("{path}{part}")).problem(404, "not_found");
        }
        other.patch(&path, &json!({ "name": "mine" })).problem(404, "not_found");
        other.delete(&path).problem(404, "not_found");
    }
    assert_eq!(berta.get("/api/v1/datasets").expect(200).json()["items"], json!([]));
    anna.get(&path).expect(200);
}

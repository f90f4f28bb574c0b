//! Saved charts: their versions, who may see them, and what wrong specs are told.

use serde_json::{Value, json};
use tests::answer::text_at;
use tests::{Actor, shared};

const CSV: &str = "day,shop,sales,note\n2024-01-01,North,10,a\n2024-01-02,South,12.5,b\n2024-02-01,North,9,c\n";

fn bars(dataset: &str) -> Value {
    json!({ "kind": "bar", "dataset_id": dataset, "x": { "column": "shop" }, "y": [{ "column": "sales", "aggregate": "sum" }] })
}

fn saved(actor: &Actor<'_>, name: &str, chart: &Value) -> Value {
    let answer = actor.post("/api/v1/visualizations", &json!({ "name": name, "chart": chart })).expect(201);
    let address = answer.need("location").to_owned();
    let saved = answer.json();
    assert_eq!(address, format!("/api/v1/visualizations/{}", text_at(&saved, "/id")));
    saved
}

fn path(saved: &Value) -> String {
    format!("/api/v1/visualizations/{}", text_at(saved, "/id"))
}

#[test]
fn a_changed_chart_is_the_next_version_and_an_unchanged_one_is_not() {
    let server = shared();
    let anna = server.analyst();
    let chart = bars(&anna.dataset(CSV));
    let first = saved(&anna, " Sales ", &chart);
    assert_eq!((&first["name"], &first["version"], &first["kind"]), (&json!("Sales"), &json!(1), &json!("bar")));
    assert_eq!(first["chart"], chart);

    let renamed = anna.patch(&path(&first), &json!({ "name": "Sales by shop", "chart": chart })).expect(200).json();
    assert_eq!((&renamed["name"], &renamed["version"]), (&json!("Sales by shop"), &json!(1)));
    let mut pie = chart.clone();
    pie["kind"] = json!("pie");
    let second = anna.patch(&path(&first), &json!({ "chart": pie, "version": 1 })).expect(200).json();
    assert_eq!((&second["version"], &second["kind"]), (&json!(2), &json!("pie")));
    anna.patch(&path(&first), &json!({ "chart": chart, "version": 1 })).problem(409, "conflict");

    let old = anna.get(&format!("{}?version=1", path(&first))).expect(200).json();
    assert_eq!((&old["version"], &old["chart"]), (&json!(1), &chart));
    let versions = anna.get(&format!("{}/versions", path(&first))).expect(200).json();
    let numbers: Vec<&Value> = versions["items"].as_array().unwrap().iter().map(|item| &item["version"]).collect();
    assert_eq!(numbers, [&json!(2), &json!(1)]);
    let problem = anna.get(&format!("{}?version=9", path(&first))).problem(422, "validation_failed");
    assert_eq!(problem["errors"][0]["pointer"], "version");
    let spec = anna.get(&format!("{}/figure?format=spec&version=1", path(&first))).expect(200).json();
    assert_eq!(spec, chart);
}

#[test]
fn those_it_is_shared_with_may_look_and_nothing_else() {
    let server = shared();
    let (anna, ben, eve) = (server.analyst(), server.analyst(), server.analyst());
    let chart = saved(&anna, "Sales", &bars(&anna.dataset(CSV)));
    ben.get(&path(&chart)).problem(404, "not_found");

    let name = ben.account().username.to_uppercase();
    let share = json!({ "visualization_id": chart["id"], "username": name });
    let shared_now = anna.post("/api/v1/visualizations/share", &share).expect(200).json();
    assert_eq!(shared_now["shared_with"], json!([ben.account().username]));
    anna.post("/api/v1/visualizations/share", &share).expect(200);

    let seen = ben.get(&path(&chart)).expect(200).json();
    assert_eq!((&seen["is_mine"], &seen["owner"]), (&json!(false), &json!(anna.account().username)));
    assert_eq!(seen["shared_with"], json!([]));
    ben.get(&format!("/api/v1/datasets/{}", text_at(&chart, "/dataset_id"))).problem(404, "not_found");
    ben.patch(&path(&chart), &json!({ "name": "Mine" })).problem(404, "not_found");
    ben.patch(&path(&chart), &json!({ "chart": bars(&ben.dataset(CSV)) })).problem(404, "not_found");
    ben.delete(&path(&chart)).problem(404, "not_found");
    let onwards = json!({ "visualization_id": chart["id"], "username": eve.account().username });
    ben.post("/api/v1/visualizations/share", &onwards).problem(404, "not_found");
    eve.get(&path(&chart)).problem(404, "not_found");

    let take_back = json!({ "visualization_id": chart["id"], "username": name, "remove": true });
    for _ in 0..2 {
        assert_eq!(anna.post("/api/v1/visualizations/share", &take_back).expect(200).json()["shared_with"], json!([]));
    }
    ben.get(&path(&chart)).problem(404, "not_found");
    for (username, text) in
        [("nobody-of-this-name", "There is no user"), (anna.account().username.as_str(), "This is you")]
    {
        let wrong = json!({ "visualization_id": chart["id"], "username": username });
        let problem = anna.post("/api/v1/visualizations/share", &wrong).problem(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], "/username");
        assert!(text_at(&problem, "/detail").contains(text), "{problem}");
    }
}

#[test]
fn lists_tell_mine_from_shared_and_go_on_page_by_page() {
    let server = shared();
    let (anna, ben) = (server.analyst(), server.analyst());
    let (mine, theirs) = (anna.dataset(CSV), ben.dataset(CSV));
    let names: Vec<String> = (0..5).map(|i| format!("chart {i}")).collect();
    names.iter().for_each(|name| drop(saved(&anna, name, &bars(&mine))));
    let foreign = saved(&ben, "theirs", &bars(&theirs));
    let share = json!({ "visualization_id": foreign["id"], "username": anna.account().username });
    ben.post("/api/v1/visualizations/share", &share).expect(200);

    let listed = |query: &str| {
        let page = anna.get(&format!("/api/v1/visualizations?{query}")).expect(200).json();
        page["items"].as_array().unwrap().iter().map(|item| text_at(item, "/name")).collect::<Vec<_>>()
    };
    let mut newest_first = names.clone();
    newest_first.reverse();
    assert_eq!(listed("scope=mine"), newest_first);
    assert_eq!(listed("scope=shared"), ["theirs"]);
    assert_eq!(listed("scope=all").len(), 6);
    assert_eq!(listed(&format!("dataset_id={theirs}")), ["theirs"]);

    let mut seen = Vec::new();
    let mut next = "/api/v1/visualizations?limit=2".to_owned();
    loop {
        let page = anna.get(&next).expect(200).json();
        seen.extend(page["items"].as_array().unwrap().iter().map(|item| text_at(item, "/name")));
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        next = format!("/api/v1/visualizations?limit=2&cursor={cursor}");
    }
    assert_eq!(seen.len(), 6);
    assert_eq!(seen[1..], newest_first);
}

#[test]
fn a_chart_goes_with_its_dataset_and_comes_back_with_it() {
    let server = shared();
    let anna = server.analyst();
    let dataset = anna.dataset(CSV);
    let chart = saved(&anna, "Sales", &bars(&dataset));
    anna.delete(&format!("/api/v1/datasets/{dataset}")).expect(204);
    anna.get(&path(&chart)).problem(404, "not_found");
    anna.post(&format!("/api/v1/datasets/{dataset}/restore"), &json!({})).expect(200);
    anna.get(&path(&chart)).expect(200);
    anna.delete(&format!("/api/v1/datasets/{dataset}?permanent=true")).expect(204);
    anna.get(&path(&chart)).problem(404, "not_found");
    anna.delete(&path(&chart)).problem(404, "not_found");
}

#[test]
fn deleting_a_chart_leaves_the_dataset() {
    let server = shared();
    let anna = server.analyst();
    let dataset = anna.dataset(CSV);
    let chart = saved(&anna, "Sales", &bars(&dataset));
    anna.delete(&path(&chart)).expect(204);
    anna.delete(&path(&chart)).problem(404, "not_found");
    anna.get(&format!("/api/v1/datasets/{dataset}")).expect(200);
}

#[test]
fn the_paths_of_old_clients_save_and_share() {
    let server = shared();
    let (anna, ben) = (server.analyst(), server.analyst());
    let body = json!({ "name": "Sales", "chart": bars(&anna.dataset(CSV)) });
    let chart = anna.post("/api/v1/visualizations/", &body).expect(201).json();
    let name = &ben.account().username;
    let shared_now =
        anna.post(&format!("/api/v1/visualizations/share/?username={name}"), &json!({})).expect(200).json();
    assert_eq!((&shared_now["id"], &shared_now["shared_with"]), (&chart["id"], &json!([name])));
    ben.get(&path(&chart)).expect(200);
}

#[test]
fn a_wrong_spec_is_told_where_it_is_wrong_wherever_it_stands() {
    let server = shared();
    let anna = server.analyst();
    let dataset = anna.dataset(CSV);
    let mut wrong = bars(&dataset);
    wrong["x"]["column"] = json!("shpo");
    let pointer = |problem: &Value| text_at(problem, "/errors/0/pointer");
    let both = json!({ "charts": [bars(&dataset), wrong] });
    let problem = anna.post("/api/v1/visualizations/chart", &both).problem(422, "validation_failed");
    assert_eq!(pointer(&problem), "/charts/1/x/column");
    assert!(text_at(&problem, "/detail").contains("\"shpo\" for `x`. Did you mean \"shop\"?"), "{problem}");
    let problem =
        anna.post("/api/v1/visualizations/export", &json!({ "chart": wrong })).problem(422, "validation_failed");
    assert_eq!(pointer(&problem), "/chart/x/column");
    let body = json!({ "name": "Sales", "chart": wrong });
    let problem = anna.post("/api/v1/visualizations", &body).problem(422, "validation_failed");
    assert_eq!(pointer(&problem), "/chart/x/column");
    for (fields, at) in [
        (json!({ "width": 10 }), "/width"),
        (json!({ "height": 5000 }), "/height"),
        (json!({ "scale": 9 }), "/scale"),
        (json!({ "width": 4000, "height": 4000, "scale": 4 }), "/scale"),
        (json!({ "format": "gif" }), "/format"),
    ] {
        let mut body = json!({ "chart": bars(&dataset) });
        body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        let problem = anna.post("/api/v1/visualizations/export", &body).problem(422, "validation_failed");
        assert_eq!(pointer(&problem), at);
    }
    let none = anna.post("/api/v1/visualizations/chart", &json!({ "charts": [] })).problem(422, "validation_failed");
    assert_eq!(pointer(&none), "/charts");
}

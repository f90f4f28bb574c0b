//! Charts over HTTP: figures with their tables, files in every format, pictures that are kept, and what stands in the way.

use serde_json::{Value, json};
use tests::answer::text_at;
use tests::server::files_below;
use tests::{Actor, Answer, Server, shared};

const CSV: &str = "day,shop,sales\n2024-01-05,North,10\n2024-01-20,South,12.5\n2024-02-01,North,9\n2024-02-03,,1\n";

fn bars(dataset: &str) -> Value {
    json!({ "kind": "bar", "dataset_id": dataset, "x": { "column": "shop" }, "y": [{ "column": "sales", "aggregate": "sum" }] })
}

fn computed(actor: &Actor<'_>, charts: Value) -> Vec<Value> {
    let answer = actor.post("/api/v1/visualizations/chart", &json!({ "charts": charts })).expect(200).json();
    answer["items"].as_array().expect("items").clone()
}

fn saved(actor: &Actor<'_>, chart: &Value) -> String {
    let saved = actor.post("/api/v1/visualizations", &json!({ "name": "Sales", "chart": chart })).expect(201).json();
    format!("/api/v1/visualizations/{}", text_at(&saved, "/id"))
}

fn drawn(actor: &Actor<'_>, path: &str) -> Answer {
    actor.get(path).expect(200)
}

#[test]
fn a_bar_chart_has_the_sums_in_figure_and_table() {
    let server = shared();
    let anna = server.analyst();
    let chart = &computed(&anna, json!([bars(&anna.dataset(CSV))]))[0]["chart"];
    let bars = chart["figure"]["data"].as_array().unwrap();
    let heights: Vec<f64> =
        bars.iter().flat_map(|bar| bar["y"].as_array().unwrap()).filter_map(Value::as_f64).collect();
    assert_eq!(heights, [19.0, 12.5, 1.0]);
    assert_eq!(chart["table"]["rows"], json!([["North", 19.0], ["South", 12.5], [null, 1.0]]));
    assert!(text_at(chart, "/sentence").contains("North"), "{chart}");
    assert_eq!(chart["kind"], "bar");
    let axis = &chart["figure"]["layout"]["yaxis"];
    assert!(axis["tick0"].is_number() && axis["dtick"].is_number(), "{axis}");
}

#[test]
fn a_chart_that_cannot_be_computed_stands_beside_those_that_can() {
    let server = shared();
    let anna = server.analyst();
    let dataset = anna.dataset("part,size\na,1\nb,-2\n");
    let pie = json!({ "kind": "pie", "dataset_id": dataset, "x": { "column": "part" }, "y": [{ "column": "size" }] });
    let table = json!({ "kind": "table", "dataset_id": dataset, "rows": [{ "column": "part" }] });
    let items = computed(&anna, json!([pie, table]));
    assert_eq!(items[0]["error"]["code"], "invalid_parameters");
    assert!(text_at(&items[0], "/error/message").contains("\"b\""), "{}", items[0]);
    assert_eq!(items[1]["chart"]["table"]["rows"], json!([["a"], ["b"]]));
}

#[test]
fn files_are_what_their_types_say() {
    let server = shared();
    let anna = server.analyst();
    let chart = bars(&anna.dataset(CSV));
    let export = |format: &str| {
        let body = json!({ "chart": chart, "format": format, "width": 300, "height": 200, "scale": 2 });
        anna.post("/api/v1/visualizations/export", &body).expect(200)
    };
    let png = export("png");
    assert_eq!((png.need("content-type"), &png.body[..4]), ("image/png", &b"\x89PNG"[..]));
    assert_eq!(png.body[16..24], [0, 0, 2, 88, 0, 0, 1, 144]);
    let svg = export("svg");
    assert_eq!(svg.need("content-type"), "image/svg+xml");
    assert!(svg.text().starts_with("<svg") || svg.text().starts_with("<?xml"), "{}", &svg.text()[..60]);
    assert_eq!(&export("pdf").body[..5], b"%PDF-");
    let csv = export("csv");
    assert_eq!(csv.need("content-type"), "text/csv; charset=utf-8");
    assert_eq!(csv.text().lines().count(), 4);
    assert!(csv.text().contains("North,19"), "{}", csv.text());
    assert!(csv.need("content-disposition").contains(".csv"));
}

#[test]
fn a_picture_of_a_saved_chart_is_kept_until_the_data_change() {
    let server = Server::start();
    let anna = server.analyst();
    let dataset = anna.dataset(CSV);
    let path = format!("{}/export?format=png&width=200&height=150", saved(&anna, &bars(&dataset)));
    let images = || files_below(&server.data_dir().join("files").join("images")).len();
    let first = drawn(&anna, &path);
    assert_eq!(images(), 1);
    assert_eq!(drawn(&anna, &path).body, first.body);
    assert_eq!(images(), 1);
    let known = anna.request("GET", &path).header("if-none-match", first.need("etag")).send();
    assert_eq!((known.status, known.body.len()), (304, 0));
    anna.request("POST", &format!("/api/v1/datasets/{dataset}/rows"))
        .header("prefer", "wait=30")
        .json(&json!([{ "day": "2024-03-01", "shop": "West", "sales": 40 }]))
        .send()
        .expect(200);
    let second = drawn(&anna, &path);
    assert_ne!(second.body, first.body);
    assert_ne!(second.need("etag"), first.need("etag"));
    assert_eq!(images(), 2);
    let dark = drawn(&anna, &format!("{path}&theme=dark"));
    assert_ne!(dark.body, second.body);
}

#[test]
fn who_may_look_sees_the_figure_and_the_picture() {
    let server = shared();
    let (anna, ben) = (server.analyst(), server.viewer());
    let path = saved(&anna, &bars(&anna.dataset(CSV)));
    ben.get(&format!("{path}/figure")).problem(404, "not_found");
    let id = path.rsplit('/').next().unwrap();
    let share = json!({ "visualization_id": id, "username": ben.account().username });
    anna.post("/api/v1/visualizations/share", &share).expect(200);
    let figure = ben.get(&format!("{path}/figure?theme=dark")).expect(200);
    assert_eq!(figure.json()["table"]["rows"][0], json!(["North", 19.0]));
    let again = ben.request("GET", &format!("{path}/figure?theme=dark")).header("if-none-match", figure.need("etag"));
    assert_eq!(again.send().status, 304);
    assert_eq!(drawn(&ben, &format!("{path}/export")).need("content-type"), "image/png");
}

#[test]
fn a_chart_whose_columns_are_gone_says_so() {
    let server = shared();
    let anna = server.analyst();
    let dataset = anna.dataset(CSV);
    let path = saved(&anna, &bars(&dataset));
    let read_again = anna
        .request("POST", &format!("/api/v1/datasets/{dataset}/ingest"))
        .header("prefer", "wait=30")
        .json(&json!({ "header": false }))
        .send();
    let read_again = read_again.expect(200).json();
    assert_eq!(read_again["job"]["status"], "succeeded", "{read_again}");
    let problem = anna.get(&format!("{path}/figure")).problem(422, "invalid_parameters");
    assert!(text_at(&problem, "/detail").contains("There is no column \"shop\""), "{problem}");
}

#[test]
fn every_kind_is_told_with_an_example() {
    let server = shared();
    let kinds = server.viewer().get("/api/v1/visualizations/kinds").expect(200).json();
    let kinds = kinds["items"].as_array().unwrap();
    assert_eq!(kinds.len(), 20);
    for kind in kinds {
        assert!(kind["channels"].as_array().is_some_and(|channels| !channels.is_empty()), "{kind}");
        assert!(kind["example"].is_object(), "{kind}");
    }
}

#[test]
fn a_saved_chart_is_a_file_in_every_format() {
    let server = shared();
    let anna = server.analyst();
    let path = saved(&anna, &bars(&anna.dataset(CSV)));
    let export = |query: &str| drawn(&anna, &format!("{path}/export?{query}"));
    let svg = export("format=svg&width=300&height=200");
    assert_eq!(svg.need("content-type"), "image/svg+xml");
    assert!(
        svg.text().contains(r#"viewBox="0 0 30000 20000""#) && svg.text().contains(">North</text>"),
        "{}",
        svg.text()
    );
    let has_ground = |svg: &str| svg.contains(r##"<path d="M0 0l30000 0l0 20000l-30000 0z" fill="#FFFFFF"/>"##);
    let clear = export("format=svg&width=300&height=200&transparent=true");
    assert!(has_ground(&svg.text()) && !has_ground(&clear.text()), "{}", clear.text());
    assert_ne!(clear.need("etag"), svg.need("etag"));
    let pdf = export("format=pdf");
    assert_eq!((pdf.need("content-type"), &pdf.body[..5]), ("application/pdf", &b"%PDF-"[..]));
    let csv = export("format=csv");
    assert_eq!(csv.need("content-type"), "text/csv; charset=utf-8");
    assert_eq!(csv.text(), "shop,Sum of sales\nNorth,19.0\nSouth,12.5\n,1.0\n");
    for (answer, extension) in [(&svg, "svg"), (&pdf, "pdf"), (&csv, "csv")] {
        let name = answer.need("content-disposition");
        assert!(name.contains(&format!("Sales.{extension}")), "{name}");
    }
    // Width and height of a PNG stand in its bytes 16 to 24.
    let size = |query: &str| {
        let png = export(query);
        assert_eq!((png.need("content-type"), &png.body[..8]), ("image/png", &b"\x89PNG\r\n\x1a\n"[..]));
        [16, 20].map(|at| u32::from_be_bytes(png.body[at..at + 4].try_into().unwrap()))
    };
    assert_eq!(size("width=300&height=200&scale=0.5"), [150, 100]);
    assert_eq!(size("width=300&height=200&scale=3"), [900, 600]);
    assert_eq!(size(""), [800, 500]);
    for (query, field) in
        [("scale=9", "scale"), ("format=gif", "format"), ("width=10", "width"), ("transparent=maybe", "transparent")]
    {
        let problem = anna.get(&format!("{path}/export?{query}")).problem(422, "validation_failed");
        assert_eq!(text_at(&problem, "/errors/0/pointer"), field, "{problem}");
    }
}

#[test]
fn the_address_of_a_picture_answers_with_the_picture() {
    let server = shared();
    let (anna, ben) = (server.analyst(), server.viewer());
    let path = saved(&anna, &bars(&anna.dataset(CSV)));
    let chart = anna.get(&path).expect(200).json();
    let address = text_at(&chart, "/image_url");
    let picture = drawn(&anna, &address);
    assert_eq!((picture.need("content-type"), &picture.body[..8]), ("image/png", &b"\x89PNG\r\n\x1a\n"[..]));
    assert_eq!(picture.body[16..24], [0, 0, 3, 32, 0, 0, 1, 244]);
    let listed = anna.get("/api/v1/visualizations").expect(200).json();
    assert_eq!(text_at(&listed, "/items/0/image_url"), address);
    ben.get(&address).problem(404, "not_found");
    server.anonymous().get(&address).problem(401, "unauthenticated");
    let share = json!({ "visualization_id": chart["id"], "username": ben.account().username });
    anna.post("/api/v1/visualizations/share", &share).expect(200);
    assert_eq!(drawn(&ben, &address).body, picture.body);
}

/// How many asks for charts ended this way, as the figures for operators tell.
fn asked(server: &Server, outcome: &str) -> u64 {
    let text = server.anonymous().get("/metrics").expect(200).text();
    let has = |line: &&str| {
        line.starts_with("plotline_asks_total")
            && line.contains("ask=\"chart\"")
            && line.contains(&format!("outcome=\"{outcome}\""))
    };
    text.lines()
        .find(has)
        .map_or(0, |line| line.rsplit(' ').next().and_then(|number| number.parse().ok()).expect("a number"))
}

#[test]
fn what_was_computed_is_not_computed_again() {
    let server = Server::start();
    let (anna, ben) = (server.analyst(), server.analyst());
    let dataset = anna.dataset(CSV);
    let path = saved(&anna, &bars(&dataset));
    let counts = || (asked(&server, "answered"), asked(&server, "cached"));
    let first = computed(&anna, json!([bars(&dataset)]));
    assert_eq!(counts(), (1, 0));
    assert_eq!(computed(&anna, json!([bars(&dataset)])), first);
    assert_eq!(counts(), (1, 1));
    // A saved chart is the same ask as the one that was not saved.
    assert_eq!(drawn(&anna, &format!("{path}/figure")).json(), first[0]["chart"]);
    drawn(&anna, &format!("{path}/figure"));
    assert_eq!(counts(), (1, 3));
    // By content: the same bytes of somebody else are the same question.
    assert_eq!(computed(&ben, json!([bars(&ben.dataset(CSV))])), first);
    assert_eq!(counts(), (1, 4));
    // Another theme, another picture and other data are other questions.
    let dark = drawn(&anna, &format!("{path}/figure?theme=dark"));
    assert_ne!(dark.json(), first[0]["chart"]);
    assert_eq!(counts(), (2, 4));
    let other = CSV.replace("12.5", "13.5");
    assert_ne!(computed(&ben, json!([bars(&ben.dataset(other))])), first);
    assert_eq!(counts(), (3, 4));
}

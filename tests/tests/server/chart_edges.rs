//! Every kind of chart on tables that are hard to draw: computed by the program, as a Plotly figure and as an SVG.

use serde_json::{Value, json};
use tests::answer::text_at;
use tests::{Actor, shared};

/// In the order of the documentation.
const KINDS: [&str; 20] = [
    "line",
    "bar",
    "scatter",
    "histogram",
    "area",
    "box",
    "violin",
    "heatmap",
    "pie",
    "table",
    "pivot",
    "number",
    "funnel",
    "waterfall",
    "density",
    "treemap",
    "choropleth",
    "point_map",
    "scatter_3d",
    "surface",
];

/// The columns of a chart by what they are for.
struct Columns {
    name: &'static str,
    country: &'static str,
    /// Three columns of numbers.
    numbers: [&'static str; 3],
}

const PLAIN: Columns = Columns { name: "name", country: "country", numbers: ["v", "w", "u"] };
const HEAD: &str = "name,country,v,w,u,year\n";

fn column(name: &str) -> Value {
    json!({ "column": name })
}

/// A chart of this kind with all the columns that it needs.
fn chart(kind: &str, columns: &Columns) -> Value {
    let Columns { name, country, numbers: [v, w, u] } = columns;
    let [name, country, v, w, u] = [name, country, v, w, u].map(|name| column(name));
    let mut chart = match kind {
        "scatter" | "density" => json!({ "x": v, "y": [w] }),
        "histogram" => json!({ "x": v }),
        "heatmap" => json!({ "x": name, "y": [country], "color": v }),
        "table" => json!({ "rows": [name, v] }),
        "pivot" => json!({ "rows": [name], "columns": [country], "y": [v] }),
        "number" => json!({ "y": [v] }),
        "treemap" => json!({ "rows": [name], "size": v }),
        "choropleth" => json!({ "x": country, "color": v }),
        "point_map" => json!({ "x": v, "y": [w], "label": name }),
        "scatter_3d" | "surface" => json!({ "x": v, "y": [w], "z": u }),
        _ => json!({ "x": name, "y": [v] }),
    };
    chart["kind"] = json!(kind);
    chart
}

/// A chart of this kind that tells years.
fn chart_of_years(kind: &str) -> Value {
    let mut chart = chart(kind, &PLAIN);
    let year = column("year");
    match kind {
        "box" | "violin" => chart["y"] = json!([year]),
        "table" | "pivot" | "treemap" => chart["rows"][0] = year,
        "number" => chart["y"] = json!([{ "column": "year", "aggregate": "max" }]),
        "choropleth" => chart["color"] = json!({ "column": "year", "aggregate": "max" }),
        "point_map" => chart["color"] = year,
        _ => chart["x"] = year,
    }
    chart
}

/// What became of a chart.
struct Drawn {
    kind: &'static str,
    answer: Value,
    /// All texts of the drawing; empty where the chart was refused.
    texts: Vec<String>,
}

impl Drawn {
    #[track_caller]
    fn chart(&self) -> &Value {
        assert!(self.answer["chart"].is_object(), "{}: {}", self.kind, self.answer);
        &self.answer["chart"]
    }

    fn sentence(&self) -> String {
        text_at(self.chart(), "/sentence")
    }

    fn writes(&self, word: &str) -> bool {
        self.texts.iter().any(|text| text.contains(word))
    }

    /// Marks of the Plotly figure.
    fn marks(&self) -> usize {
        let traces = self.chart()["figure"]["data"].as_array().expect("traces");
        traces.iter().filter(|trace| trace["hoverinfo"] != "skip").map(marks).sum()
    }
}

fn marks(trace: &Value) -> usize {
    let list = match trace["type"].as_str().expect("a type") {
        "scatter" => "y",
        "bar" => "base",
        "box" => "median",
        "heatmap" | "surface" => "z",
        "pie" => "values",
        "treemap" => "ids",
        "choropleth" => "locations",
        "scattergeo" => "lon",
        "scatter3d" => "x",
        "table" => return trace["cells"]["values"][0].as_array().map_or(0, Vec::len),
        "indicator" => return usize::from(trace["value"].is_number()),
        other => panic!("a trace of type {other}"),
    };
    count(&trace[list])
}

/// How many values a list holds, in digits or in bytes.
fn count(list: &Value) -> usize {
    if let Some(bytes) = list["bdata"].as_str() {
        use base64::Engine as _;
        let bytes = base64::prelude::BASE64_STANDARD.decode(bytes).expect("base64");
        return bytes
            .chunks_exact(8)
            .filter(|eight| !f64::from_le_bytes((*eight).try_into().expect("eight bytes")).is_nan())
            .count();
    }
    match list {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Null => 0,
        _ => 1,
    }
}

/// All kinds on one dataset. Whatever is computed is drawn as well, and both say something.
fn draw(anna: &Actor<'_>, dataset: &str, filter: &Value, made: impl Fn(&str) -> Value) -> Vec<Drawn> {
    let mut charts: Vec<Value> = KINDS.iter().map(|kind| made(kind)).collect();
    charts.iter_mut().for_each(|chart| {
        chart["dataset_id"] = json!(dataset);
        chart["filter"] = filter.clone();
    });
    let answers = anna.post("/api/v1/visualizations/chart", &json!({ "charts": charts })).expect(200).json();
    let one = |(at, kind): (usize, &&'static str)| {
        let answer = answers["items"][at].clone();
        let export = anna.post("/api/v1/visualizations/export", &json!({ "chart": charts[at], "format": "svg" }));
        if answer["error"].is_object() {
            let problem = export.problem(422, "invalid_parameters");
            assert_eq!(problem["detail"], answer["error"]["message"], "{kind}");
            return Drawn { kind, answer, texts: Vec::new() };
        }
        let svg = export.expect(200).text();
        assert!(svg.starts_with("<svg") && svg.ends_with("</svg>\n") && svg.contains("<title>"), "{kind}: {svg}");
        let drawn = Drawn { kind, answer, texts: texts(&svg) };
        let has_traces = drawn.chart()["figure"]["data"].is_array();
        assert!(has_traces && drawn.sentence().ends_with('.'), "{kind}: {}", drawn.answer);
        assert!(!drawn.texts.is_empty(), "{kind} writes nothing: {svg}");
        drawn
    };
    KINDS.iter().enumerate().map(one).collect()
}

/// The texts of a drawing.
fn texts(svg: &str) -> Vec<String> {
    let parts = svg.split("<text ").skip(1);
    let inner = parts.filter_map(|part| part.split_once('>')?.1.split_once("</text>").map(|(text, _)| text));
    let plain =
        |text: &str| text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    inner.map(plain).collect()
}

/// How many marks each kind has, in the order of [`KINDS`].
#[track_caller]
fn have_marks(drawn: &[Drawn], expected: [usize; 20]) {
    let found: Vec<(&str, usize)> =
        drawn.iter().map(|one| (one.kind, if one.answer["chart"].is_null() { 0 } else { one.marks() })).collect();
    assert_eq!(found, KINDS.into_iter().zip(expected).collect::<Vec<_>>());
}

#[test]
fn no_rows() {
    let server = shared();
    let anna = server.analyst();
    let dataset = anna.dataset(format!("{HEAD}a,DE,1,2,3,2019\nb,FR,2,3,4,2020\n"));
    let filter = json!([{ "column": "v", "op": "gt", "value": 9 }]);
    let drawn = draw(&anna, &dataset, &filter, |kind| chart(kind, &PLAIN));
    // No rows are a sum of 0.
    have_marks(&drawn, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
    for one in &drawn {
        let told = match one.kind {
            "table" => " and 0 rows.",
            "number" => "Sum of v: 0.",
            _ => ", with no values.",
        };
        assert!(one.sentence().ends_with(told), "{}", one.sentence());
    }
}

#[test]
fn one_row() {
    let server = shared();
    let anna = server.analyst();
    let dataset = anna.dataset(format!("{HEAD}a,DE,1,2,3,2019\n"));
    let drawn = draw(&anna, &dataset, &json!([]), |kind| chart(kind, &PLAIN));
    // A pivot table has a row of totals, a waterfall a bar for the total and a line between the two.
    have_marks(&drawn, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1, 1, 4, 1, 1, 1, 1, 1, 1]);
    for one in &drawn {
        let sentence = one.sentence();
        let is_plural = ["1 rows", "1 points", "1 columns", "1 classes", "1 parts", "1 values"]
            .iter()
            .any(|words| sentence.contains(words));
        assert!(!is_plural && !sentence.contains("no value"), "{sentence}");
        assert_eq!(
            one.chart()["table"]["rows"].as_array().unwrap().len(),
            1 + usize::from(one.kind == "pivot"),
            "{}",
            one.kind
        );
    }
}

#[test]
fn nothing_but_missing_cells() {
    let server = shared();
    let anna = server.analyst();
    let dataset = anna.dataset(format!("{HEAD}a,DE,1,2,3,2019\nb,FR,,,,\nc,IT,,,,\n"));
    let filter = json!([{ "column": "v", "op": "is_null" }]);
    let drawn = draw(&anna, &dataset, &filter, |kind| chart(kind, &PLAIN));
    for one in &drawn {
        let told = match one.kind {
            "table" => " and 2 rows.",
            "pivot" => ", 2 rows and 2 columns.",
            "number" => ": no value.",
            _ => ", with no values.",
        };
        assert!(one.sentence().ends_with(told), "{}", one.sentence());
    }
}

#[test]
fn one_category() {
    let server = shared();
    let anna = server.analyst();
    let rows: String = (1..=6).map(|at| format!("only,DE,{at},{},{},2019\n", at * at, at % 3)).collect();
    let dataset = anna.dataset(format!("{HEAD}{rows}"));
    let drawn = draw(&anna, &dataset, &json!([]), |kind| chart(kind, &PLAIN));
    have_marks(&drawn, [1, 1, 6, 3, 1, 1, 2, 1, 1, 6, 2, 1, 1, 4, 6, 1, 1, 6, 6, 6]);
    for one in drawn.iter().filter(|one| chart(one.kind, &PLAIN).to_string().contains("\"name\"")) {
        assert!(one.writes("only") || one.kind == "point_map", "{}: {:?}", one.kind, one.texts);
    }
}

#[test]
fn negative_numbers() {
    let server = shared();
    let anna = server.analyst();
    let rows = "a,DE,-1,-2,-3,2019\nb,FR,-20,-30,-4,2020\nc,IT,-5,8,-7,2021\nd,ES,-40,-80,6,2022\n";
    let dataset = anna.dataset(format!("{HEAD}{rows}"));
    for one in draw(&anna, &dataset, &json!([]), |kind| chart(kind, &PLAIN)) {
        if let "pie" | "funnel" | "treemap" = one.kind {
            assert_eq!(one.answer["error"]["code"], "invalid_parameters", "{}", one.answer);
            let message = text_at(&one.answer, "/error/message");
            assert!(message.contains("\"a\" is −1") && message.contains("negative"), "{message}");
            continue;
        }
        assert!(one.writes("−") || one.kind == "point_map", "{}: {:?}", one.kind, one.texts);
        assert!(!one.writes("-4") && !one.writes("-1"), "{}: {:?}", one.kind, one.texts);
    }
}

#[test]
fn letters_of_all_the_world_and_long_names() {
    let server = shared();
    let anna = server.analyst();
    let long = "Ελληνικά γράμματα ".repeat(9);
    let csv = format!(
        "Schlüssel,Länd,Größe 温度,w,u\n\"Ünï 🎉 <b>&\",Côte d'Ivoire,1,2,3\n\"{long}\",Türkiye,2,3,4\nالعربية,Österreich,3,5,4\n"
    );
    let columns = Columns { name: "Schlüssel", country: "Länd", numbers: ["Größe 温度", "w", "u"] };
    let dataset = anna.dataset(csv);
    for one in draw(&anna, &dataset, &json!([]), |kind| chart(kind, &columns)) {
        let figure = one.chart()["figure"].to_string();
        assert!(figure.contains("Größe 温度"), "{}: {figure}", one.kind);
        assert!(one.writes("Größe 温度"), "{}: {:?}", one.kind, one.texts);
        if !chart(one.kind, &columns).to_string().contains("Schlüssel") {
            continue;
        }
        // What a name holds is no markup, neither for Plotly nor in the drawing.
        assert!(figure.contains("Ünï 🎉 &lt;b&gt;&amp;") && !figure.contains("<b>&\""), "{}: {figure}", one.kind);
        assert!(figure.contains("العربية"), "{}: {figure}", one.kind);
        if one.kind != "point_map" {
            assert!(one.writes("Ünï 🎉 <b>&") && one.writes("العربية"), "{}: {:?}", one.kind, one.texts);
            let longest = one.texts.iter().map(|text| text.chars().count()).max().unwrap();
            assert!(one.writes("…") && longest < 120, "{}: {:?}", one.kind, one.texts);
        }
    }
}

#[test]
fn years_have_no_separators() {
    let server = shared();
    let anna = server.analyst();
    let rows: String = ["DE", "FR", "IT", "ES", "PL"]
        .iter()
        .enumerate()
        .map(|(at, country)| format!("k{at},{country},{},{},{},{}\n", at + 1, 2 * at + 1, at % 2, 2019 + at))
        .collect();
    let dataset = anna.dataset(format!("{HEAD}{rows}"));
    for one in draw(&anna, &dataset, &json!([]), chart_of_years) {
        let is_year = |text: &&String| (2019..=2023).any(|year| text.contains(&year.to_string()));
        assert!(one.texts.iter().any(|text| is_year(&text)), "{}: {:?}", one.kind, one.texts);
        let figure = one.chart()["figure"].to_string();
        for wrong in ["2,019", "2,02", "2.02k", "2k"] {
            assert!(!one.writes(wrong) && !figure.contains(wrong), "{}: {wrong} in {:?}", one.kind, one.texts);
            assert!(!one.sentence().contains(wrong), "{}: {}", one.kind, one.sentence());
        }
    }
}

#[test]
fn a_million_rows() {
    let server = shared();
    let anna = server.analyst();
    let mut csv = String::with_capacity(32_000_000);
    csv.push_str(HEAD);
    for at in 0..1_000_000_u64 {
        let roll = at.wrapping_mul(2_654_435_761) % 1_000_003;
        let country = ["DE", "FR", "IT", "ES", "PL"][(roll % 5) as usize];
        let (v, w, u) = (roll % 500, roll % 170, roll % 70);
        csv.push_str(&format!("name {},{country},{v}.5,{w},{u},{}\n", roll % 300, 2000 + roll % 24));
    }
    let dataset = anna.dataset(csv);
    let drawn = draw(&anna, &dataset, &json!([]), |kind| chart(kind, &PLAIN));
    for one in &drawn {
        assert!((1..=5_200).contains(&one.marks()), "{}: {} marks", one.kind, one.marks());
    }
}

//! Whole tables: the examples of the kinds, a million rows, colours across kinds, units.

use contract::charts::KINDS;
use contract::charts::figure::{Figure, Paint};
use contract::charts::layers::{Cells, Layer, Paints};
use contract::columns::{Column, ColumnType};
use serde_json::json;

use super::support::*;
use crate::support::ingest;

const ORDERS: &str = "order_id,ordered_on,country,quantity,unit_price\n1,2024-01-05,DE,2,19.90\n2,2024-01-20,FR,1,5.00\n3,2024-02-14,DE,7,3.25\n4,2024-04-01,IT,3,100\n5,2024-04-02,,1,\n";

#[test]
fn the_examples_of_the_kinds_are_drawn() {
    let version = ingest(ORDERS);
    for kind in KINDS {
        let mut body = (kind.example)();
        body["kind"] = serde_json::to_value(kind.name).unwrap();
        let figure = on(&version, body);
        assert!(!figure.table.columns.is_empty() && figure.sentence.ends_with('.'), "{:?}", kind.name);
    }
}

#[test]
fn a_million_rows() {
    let mut csv = String::with_capacity(30_000_000);
    csv.push_str("day,shop,price,weight\n");
    for i in 0..1_000_000_u64 {
        let roll = i.wrapping_mul(2_654_435_761) % 1_000_003;
        csv.push_str(&format!(
            "2023-{:02}-{:02},s{},{}.5,{}\n",
            roll % 12 + 1,
            roll % 28 + 1,
            roll % 20,
            roll % 500,
            roll % 300
        ));
    }
    let version = ingest(csv);
    let sum = |figure: &Figure| bars(figure).iter().flat_map(|bars| &bars.end).sum::<f64>();
    let count = |body: serde_json::Value| on(&version, body);
    assert_eq!(sum(&count(json!({ "kind": "histogram", "x": { "column": "price" } }))), 1e6);
    assert_eq!(sum(&count(json!({ "kind": "bar", "x": { "column": "shop" } }))), 1e6);
    let line = count(json!({ "kind": "line", "x": { "column": "day" }, "y": [{ "aggregate": "count" }] }));
    assert_eq!(lines(&line)[0].y.iter().filter(|value| !value.is_nan()).sum::<f64>(), 1e6);
    let scatter = count(json!({ "kind": "scatter", "x": { "column": "price" }, "y": [{ "column": "weight" }] }));
    let cells: Vec<&Cells> = layers(&scatter)
        .iter()
        .filter_map(|layer| if let Layer::Cells(cells) = layer { Some(cells) } else { None })
        .collect();
    assert_eq!(cells[0].values.iter().filter(|value| !value.is_nan()).sum::<f64>(), 1e6);
    let every = json!({ "kind": "scatter", "x": { "column": "price" }, "y": [{ "column": "weight" }], "options": { "sample": "none" } });
    assert!(refused(&version, every).message.contains("200000"));
}

/// The colours of values in the kinds that have no legend of them, by what is written on the marks.
fn painted(figure: &Figure) -> Vec<(String, Paint)> {
    let label = |text: &String| text.split([' ', '\u{a0}']).next().unwrap_or_default().to_owned();
    let one = |layer: &Layer| match layer {
        Layer::Slices(slices) => slices.labels.iter().map(label).zip(slices.paints.clone()).collect(),
        Layer::Tiles(tiles) => tiles.labels.iter().map(label).zip(tiles.paints.clone()).collect(),
        Layer::Boxes(boxes) => vec![(boxes.name.clone(), boxes.paint)],
        Layer::Polygons(polygons) => match polygons.paint {
            Paints::One(paint) => vec![(polygons.name.clone(), paint)],
            Paints::Each(_) => Vec::new(),
        },
        Layer::Points(points) => match points.paint {
            Paints::One(paint) => vec![(points.name.clone(), paint)],
            Paints::Each(_) => Vec::new(),
        },
        Layer::Cloud(cloud) => match cloud.paint {
            Paints::One(paint) => vec![(cloud.name.clone(), paint)],
            Paints::Each(_) => Vec::new(),
        },
        _ => Vec::new(),
    };
    figure.panels.iter().flat_map(|panel| &panel.layers).flat_map(one).collect()
}

#[test]
fn a_value_has_one_colour_in_all_kinds() {
    let version = ingest("g,v,w\nz,1,1\nz,2,2\nz,3,1\ny,4,2\ny,5,1\nx,6,2\n");
    let filter = json!([{ "column": "g", "op": "ne", "value": "z" }]);
    let body = |kind: &str| match kind {
        "histogram" => json!({ "x": { "column": "v" }, "color": { "column": "g" } }),
        "pie" => json!({ "x": { "column": "g" } }),
        "treemap" => json!({ "rows": [{ "column": "g" }, { "column": "w" }], "size": { "column": "v" } }),
        "scatter_3d" => {
            json!({ "x": { "column": "v" }, "y": [{ "column": "w" }], "z": { "column": "v" }, "color": { "column": "g" } })
        }
        _ => json!({ "x": { "column": "v" }, "y": [{ "column": "w" }], "color": { "column": "g" } }),
    };
    let kinds = ["line", "bar", "area", "histogram", "scatter", "box", "pie", "treemap", "point_map", "scatter_3d"];
    for kind in kinds {
        for filter in [json!([]), filter.clone()] {
            let mut body = body(kind);
            (body["kind"], body["filter"]) = (json!(kind), filter);
            let figure = on(&version, body);
            let painted = painted(&figure);
            let shown: Vec<(&str, Paint)> = legend(&figure)
                .into_iter()
                .chain(painted.iter().map(|(name, paint)| (name.as_str(), *paint)))
                .collect();
            for (name, rank) in [("x", 2), ("y", 1)] {
                let colors: Vec<Paint> =
                    shown.iter().filter(|(known, _)| *known == name).map(|(_, paint)| *paint).collect();
                assert!(!colors.is_empty(), "{kind} shows no {name}: {shown:?}");
                assert!(colors.iter().all(|paint| *paint == Paint::Category(rank)), "{kind}: {shown:?}");
            }
        }
    }
}

/// Places of violins have names of their own; colours tell figures apart.
#[test]
fn a_figure_of_violins_has_one_colour() {
    let version = ingest("g,v,w\nz,1,1\nz,2,2\nz,3,1\ny,4,2\ny,5,1\nx,6,2\nx,7,2\n");
    for filter in [json!([]), json!([{ "column": "g", "op": "ne", "value": "z" }])] {
        let body = json!({ "kind": "violin", "x": { "column": "g" }, "y": [{ "column": "v" }, { "column": "w" }], "filter": filter });
        let figure = on(&version, body);
        for (name, number) in [("v", 0), ("w", 1)] {
            let painted = painted(&figure);
            let colors: Vec<Paint> =
                painted.iter().filter(|(known, _)| known == name).map(|(_, paint)| *paint).collect();
            assert!(!colors.is_empty() && colors.iter().all(|paint| *paint == Paint::Category(number)), "{painted:?}");
            assert!(legend(&figure).contains(&(name, Paint::Category(number))));
        }
    }
}

#[test]
fn units_are_told() {
    let version = ingest("shop,price\na,12000\nb,5000\n");
    let mut price = Column::new("price", ColumnType::Integer);
    price.unit = Some("EUR".to_owned());
    let body = spec(
        json!({ "kind": "bar", "x": { "column": "shop" }, "y": [{ "column": "price" }], "options": { "values": true } }),
    );
    let figure = engine::charts::run(&body, &[price], &version.parquet()).unwrap();
    assert_eq!(bars(&figure)[0].texts, ["€12k", "€5,000"]);
    assert_eq!(ticks(axes(&figure).1)[1], "€2k");
    assert_eq!(figure.table.columns[1].unit.as_deref(), Some("EUR"));
}

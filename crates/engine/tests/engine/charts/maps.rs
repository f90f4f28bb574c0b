//! Maps of the world: countries and points.

use contract::charts::figure::Space;
use serde_json::json;

use super::marks::regions;
use super::support::*;
use crate::support::ingest;

const SALES: &str = "land,price\nGermany,1\nDE,2\nUSA,10\nU.S.A.,-4\nCôte d'Ivoire,3\nMalta,8\nGemany,1\nGemany,1\nAtlantis,1\n,5\nFrance,\n";

#[test]
fn countries_by_codes_and_names() {
    let figure =
        draw(SALES, json!({ "kind": "choropleth", "x": { "column": "land" }, "color": { "column": "price" } }));
    let found = regions(&figure);
    assert_eq!((found.codes.join(" "), &found.values), ("USA CIV DEU".to_owned(), &vec![6.0, 3.0, 3.0]));
    assert_eq!(found.texts[0], "United States: 6");
    assert_eq!(figure.color_bar.as_ref().unwrap().range, [0.0, 8.0]);
    assert_eq!(
        figure.notes,
        [
            "2 values of \"land\" name no country, 3 rows are left out: \"Gemany\" (Germany?) and \"Atlantis\".",
            "1 row is left out, since \"land\" is missing there.",
            "At its scale the map does not show Malta; the table does."
        ]
    );
    assert_eq!(figure.table.rows[0], [json!("MLT"), json!("Malta"), json!(8.0)]);
    assert_eq!(figure.table.rows.len(), 4);
    assert_eq!(
        figure.sentence,
        "World map of the sum of price by land, 4 countries; highest 8 at Malta, lowest 3 at Germany."
    );
    let Space::Map { latitudes, .. } = figure.panels[0].space else { panic!("no map") };
    assert_eq!(latitudes, [-58.0, 84.0]);
}

#[test]
fn edges_of_world_maps() {
    let diverging = json!({ "kind": "choropleth", "x": { "column": "n" }, "color": { "column": "v", "aggregate": "mean" }, "options": { "color_scale": "diverging" } });
    let figure = draw("n,v\n276,-2\n40,1\n10,4\n", diverging);
    assert_eq!(regions(&figure).codes, ["ATA", "AUT", "DEU"]);
    assert_eq!((regions(&figure).shades[2], figure.color_bar.as_ref().unwrap().range), (0.25, [-4.0, 4.0]));
    let Space::Map { latitudes, .. } = figure.panels[0].space else { panic!("no map") };
    assert_eq!(latitudes[0], -90.0);
    let version = ingest("k,v\napple,1\npear,2\n");
    let failure = refused(&version, json!({ "kind": "choropleth", "x": { "column": "k" } }));
    assert_eq!(
        failure.message,
        "No value of column \"k\" names a country (\"apple\" is the first): a world map takes ISO 3166 codes or English names."
    );
    let none =
        json!({ "kind": "choropleth", "x": { "column": "k" }, "filter": [{ "column": "v", "op": "gt", "value": 5 }] });
    let figure = on(&version, none);
    assert_eq!(
        (regions(&figure).codes.len(), figure.sentence.as_str()),
        (0, "World map of the number of rows by k, with no values.")
    );
    let nulls = draw(
        "k,v\nPeru,\nChile,\n",
        json!({ "kind": "choropleth", "x": { "column": "k" }, "color": { "column": "v", "aggregate": "count" } }),
    );
    assert_eq!(regions(&nulls).values, [0.0, 0.0]);
    let one = draw("k\nPeru\n", json!({ "kind": "choropleth", "x": { "column": "k" } }));
    assert_eq!(one.sentence, "World map of the number of rows by k, one country; 1 at Peru.");
}

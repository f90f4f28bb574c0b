//! Maps of the world: countries and points.

use contract::charts::figure::{Paint, Space};
use contract::charts::layers::{Diameters, Paints};
use serde_json::json;

use super::marks::{points, regions};
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

const PLACES: &str = "lon,lat,shop,n,name\n13.4,52.5,A,4,Berlin\n2.35,48.85,A,1,Paris\n16.37,48.2,B,,Wien\n200,10,B,1,Nowhere\n5,-95,A,1,South\n,50,A,1,Gap\n12,55,B,16,København\n";

#[test]
fn points_within_their_range() {
    let body = json!({ "kind": "point_map", "x": { "column": "lon" }, "y": [{ "column": "lat" }], "color": { "column": "shop" }, "label": { "column": "name" } });
    let figure = draw(PLACES, body.clone());
    assert_eq!(legend(&figure), [("A", Paint::Category(0)), ("B", Paint::Category(1))]);
    let found = points(&figure);
    assert_eq!(
        (&found.x, &found.y, found.texts.join(" ")),
        (&vec![13.4, 2.35], &vec![52.5, 48.85], "Berlin Paris".to_owned())
    );
    let Space::Map { longitudes, latitudes } = figure.panels[0].space else { panic!("no map") };
    let room = (16.37 - 2.35) * 0.06;
    assert!((longitudes[0] - 2.35 + room).abs() < 1e-9 && (longitudes[1] - 16.37 - room).abs() < 1e-9);
    assert_eq!(latitudes, [47.7, 55.5]);
    assert_eq!(
        figure.notes,
        [
            "1 row is left out, since \"lon\" or \"lat\" has no value on the axis there.",
            "2 rows are left out, since longitudes go from −180 to 180 and latitudes from −90 to 90 degrees."
        ]
    );
    assert_eq!(
        figure.sentence,
        "Point map of lon and lat with 4 points, 2 series: A and B; lon from 2.35 to 16.37; lat from 48.2 to 55."
    );
    assert_eq!(figure.table.rows[0], [json!(13.4), json!(52.5), json!("A"), json!("Berlin")]);
    let mut sized = body;
    sized["color"] = json!({ "column": "n" });
    sized["size"] = json!({ "column": "n" });
    let figure = draw(PLACES, sized);
    let Diameters::Each(diameters) = &points(&figure).diameter else { panic!("no sizes") };
    assert_eq!(diameters, &[14.0, 7.0, 28.0]);
    let Paints::Each(paints) = &points(&figure).paint else { panic!("no scale") };
    assert_eq!(paints[1], Paint::Scale(0.0));
    assert_eq!(figure.color_bar.as_ref().unwrap().range, [1.0, 16.0]);
}

#[test]
fn many_points_are_counted_in_bins() {
    let many: String =
        (0..12_000).map(|at| format!("{},{}\n", f64::from(at % 40) * 0.5, f64::from(at % 25) * 0.3)).collect();
    let version = ingest(format!("lon,lat\n{many}"));
    let body = json!({ "kind": "point_map", "x": { "column": "lon" }, "y": [{ "column": "lat" }] });
    let figure = on(&version, body.clone());
    let sampling = figure.sampling.as_ref().unwrap();
    assert_eq!((sampling.method, sampling.shown, sampling.of), ("bins", 200, 12_000));
    assert_eq!((points(&figure).x.len(), points(&figure).texts[0].as_str()), (200, "60 rows"));
    assert!((points(&figure).x[0], points(&figure).y[0]) == (0.0, 0.0));
    assert_eq!(figure.table.rows.iter().map(|row| row[2].as_u64().unwrap()).sum::<u64>(), 12_000);
    assert!(figure.notes[0].starts_with("12,000 points are too many to tell apart, so 200 bins"), "{:?}", figure.notes);
    let mut whole = body;
    whole["options"] = json!({ "sample": "none" });
    assert_eq!(points(&on(&version, whole)).x.len(), 12_000);
}

#[test]
fn no_points_and_one() {
    let version = ingest("lon,lat,g\n1,2,x\n");
    let body = json!({ "kind": "point_map", "x": { "column": "lon" }, "y": [{ "column": "lat" }], "color": { "column": "g" } });
    let one = on(&version, body.clone());
    assert_eq!(one.sentence, "Point map of lon and lat with 1 point; lon from 1 to 1; lat from 2 to 2.");
    let Space::Map { longitudes, latitudes } = one.panels[0].space else { panic!("no map") };
    assert_eq!((longitudes, latitudes), ([0.5, 1.5], [1.5, 2.5]));
    let mut none = body;
    none["filter"] = json!([{ "column": "lon", "op": "gt", "value": 5 }]);
    let figure = on(&version, none);
    assert_eq!(figure.sentence, "Point map of lon and lat, with no values.");
    let Space::Map { longitudes, .. } = figure.panels[0].space else { panic!("no map") };
    assert_eq!(longitudes, [-180.0, 180.0]);
}

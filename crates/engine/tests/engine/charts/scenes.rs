//! Scatters in three dimensions and surfaces.

use contract::charts::figure::{Axis, Figure, Paint, Space};
use contract::charts::layers::Paints;
use serde_json::json;

use super::marks::{cloud, surface};
use super::support::*;
use crate::support::ingest;

fn solid(figure: &Figure) -> ([&Axis; 3], [f64; 3]) {
    match &figure.panels[0].space {
        Space::Solid { x, y, z, eye } => ([x, y, z], *eye),
        other => panic!("no scene: {other:?}"),
    }
}

const POINTS: &str = "a,b,c,g\n1,10,100,x\n2,20,200,x\n3,30,,y\n4,40,400,y\n5,50,-500,\n";

#[test]
fn points_in_space() {
    let body = json!({ "kind": "scatter_3d", "x": { "column": "a" }, "y": [{ "column": "b" }], "z": { "column": "c" }, "color": { "column": "g" } });
    let figure = draw(POINTS, body.clone());
    let found = cloud(&figure);
    assert_eq!((&found.x, &found.y, &found.z), (&vec![1.0, 2.0], &vec![10.0, 20.0], &vec![100.0, 200.0]));
    assert_eq!(legend(&figure), [("x", Paint::Category(0)), ("y", Paint::Category(1)), ("(missing)", Paint::Muted)]);
    let (axes, eye) = solid(&figure);
    assert_eq!((axes[2].title.as_deref(), axes[2].range, eye), (Some("c"), [-545.0, 445.0], [1.25; 3]));
    assert_eq!(
        figure.sentence,
        "3-D scatter plot of c by a and b with 4 points, 3 series: x, y and (missing); a from 1 to 5; b from 10 to 50; c from −500 to 400."
    );
    assert_eq!(figure.table.rows[3], [json!(5), json!(50), json!(-500), json!(null)]);
    assert_eq!(figure.notes.len(), 1);
    let mut scale = body;
    scale["color"] = json!({ "column": "c" });
    scale["options"] = json!({ "color_scale": "diverging", "camera": [2, 0, 0.5], "opacity": 0.5 });
    let figure = draw(POINTS, scale);
    let Paints::Each(paints) = &cloud(&figure).paint else { panic!("no scale") };
    assert_eq!((paints[0], cloud(&figure).opacity, solid(&figure).1), (Paint::Scale(0.6), 0.5, [2.0, 0.0, 0.5]));
    assert_eq!(figure.color_bar.as_ref().unwrap().range, [-500.0, 500.0]);
}

#[test]
fn many_points_in_space_are_bins() {
    let many: String = (0..11_000).map(|at| format!("{},{},{}\n", at % 10, at % 11, at % 7)).collect();
    let body =
        json!({ "kind": "scatter_3d", "x": { "column": "a" }, "y": [{ "column": "b" }], "z": { "column": "c" } });
    let figure = draw(format!("a,b,c\n{many}"), body);
    let sampling = figure.sampling.as_ref().unwrap();
    assert_eq!((sampling.shown, sampling.of, cloud(&figure).x.len()), (770, 11_000, 770));
    assert_eq!(figure.table.columns[2].name, "Mean of c");
}

const HEIGHTS: &str = "x,y,z\n1,10,4\n1,10,6\n2,10,7\n1,20,8\n3,20,-1\n,20,9\n3,30,\n";

#[test]
fn means_over_a_grid_with_holes() {
    let body = json!({ "kind": "surface", "x": { "column": "x" }, "y": [{ "column": "y" }], "z": { "column": "z" } });
    let figure = draw(HEIGHTS, body.clone());
    let found = surface(&figure);
    assert_eq!((&found.x, &found.y), (&vec![1.0, 2.0, 3.0], &vec![10.0, 20.0, 30.0]));
    let told: Vec<Option<f64>> = found.z.iter().map(|z| Some(*z).filter(|z| !z.is_nan())).collect();
    assert_eq!(told, [Some(5.0), Some(7.0), None, Some(8.0), None, Some(-1.0), None, None, None]);
    assert_eq!((found.shades[3], found.shades[5], found.shades[2].is_nan()), (1.0, 0.0, true));
    assert_eq!(figure.title.as_deref(), Some("Mean of z by x and y"));
    assert_eq!(
        figure.notes,
        ["1 row is left out, since \"x\" is missing there.", "5 cells have no rows with a height; they are holes."]
    );
    assert_eq!(figure.sentence, "Surface of the mean of z by x and y, 3 by 3 cells; heights from −1 to 8.");
    assert_eq!(figure.table.rows[0], [json!(1), json!(10), json!(5.0)]);
    let mut sums = body.clone();
    sums["z"]["aggregate"] = json!("sum");
    sums["x"]["bin"] = json!({ "edges": [0, 2, 4] });
    let figure = draw(HEIGHTS, sums);
    assert_eq!((&surface(&figure).x, surface(&figure).z[0], surface(&figure).z[1]), (&vec![1.0, 3.0], 10.0, 7.0));
    let many: String = (0..300).map(|at| format!("{at},{},1\n", at % 3)).collect();
    let figure = draw(format!("x,y,z\n{many}"), body);
    assert_eq!((surface(&figure).x.len(), surface(&figure).y.len()), (40, 3));
    assert!(
        figure.notes[0].contains("more than 100 different values, which are put into 40 classes"),
        "{:?}",
        figure.notes
    );
}

#[test]
fn edges_of_scenes() {
    let version = ingest("a,b,c,e\n1,2020,3,\n");
    for kind in ["scatter_3d", "surface"] {
        let body = json!({ "kind": kind, "x": { "column": "a" }, "y": [{ "column": "b" }], "z": { "column": "c" } });
        let one = on(&version, body.clone());
        assert!(solid(&one).0[1].ticks.iter().any(|tick| tick.text == "2020"), "{:?}", solid(&one).0[1]);
        let mut none = body.clone();
        none["filter"] = json!([{ "column": "a", "op": "gt", "value": 5 }]);
        assert!(on(&version, none).sentence.ends_with(", with no values."));
        let huge = ingest("a,b,c\n1.7e308,-1.7e308,1\n-1.7e308,1.7e308,1e308\n");
        on(&huge, body);
        let years: String = (1950..2050).map(|year| format!("{year},{year},{}\n", year % 7)).collect();
        draw(
            format!("a,b,c\n{years}"),
            json!({ "kind": kind, "x": { "column": "a" }, "y": [{ "column": "b" }], "z": { "column": "c" } }),
        );
    }
}

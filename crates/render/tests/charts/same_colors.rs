//! Both renderers show the same colours: of series, slices, tiles, and of values on the figure's scale.

use std::collections::BTreeSet;

use contract::charts::figure::Figure;
use contract::charts::requests::Theme;
use render::charts::plotly;
use serde_json::Value;

use crate::drawing::{Drawing, Shape};
use crate::reading::{Rgb, list, numbers, on_scale, rgb, same};
use crate::{all, distributions, planes, wholes};

fn both(figure: &Figure) -> (Value, Drawing) {
    (plotly(figure, Theme::Light), Drawing::of(figure))
}

fn fill(shape: &Shape) -> Rgb {
    rgb(shape.fill.as_ref().unwrap())
}

/// The area within a closed shape, in square pixels.
fn area(shape: &Shape) -> f64 {
    let points = &shape.points;
    let next = |at: usize| points[(at + 1) % points.len()];
    let parts = points.iter().enumerate().map(|(at, [x, y])| x * next(at)[1] - next(at)[0] * y);
    parts.sum::<f64>().abs() / 2.0
}

fn center(shape: &Shape) -> [f64; 2] {
    [0, 1].map(|side| shape.points.iter().map(|point| point[side]).sum::<f64>() / shape.points.len() as f64)
}

/// Every colour that a trace names for its marks is one of the drawing's.
#[test]
fn colours_of_marks_are_those_of_the_drawing() {
    let mut checked = BTreeSet::new();
    // Where there is no mark, no colour is drawn.
    for (name, figure) in all().into_iter().filter(|(name, _)| !matches!(*name, "empty" | "all_missing")) {
        let (plotly, drawing) = both(&figure);
        let known: BTreeSet<&str> = drawing
            .shapes
            .iter()
            .flat_map(|shape| shape.fill.iter().chain(&shape.stroke))
            .chain(drawing.circles.iter().map(|circle| &circle.fill))
            .map(String::as_str)
            .collect();
        for trace in list(&plotly["data"]) {
            // Hexagons are told in 64 shades, tiles by what their strength makes of them; see below.
            if trace["type"] == "treemap" || name == "hexagons" {
                continue;
            }
            let colors = [&trace["line"]["color"], &trace["marker"]["color"], &trace["marker"]["colors"]];
            for color in colors.into_iter().flat_map(|color| std::slice::from_ref(color).iter().chain(list(color))) {
                if let Some(color) = color.as_str() {
                    assert!(known.contains(color), "{name}: {color} is not in {known:?}");
                    checked.insert(name);
                }
            }
        }
    }
    assert_eq!(checked.len(), 18, "{checked:?}");
}

#[test]
fn slices_have_their_colours_and_their_parts_of_the_circle() {
    for figure in [wholes::pie(0.0), wholes::pie(0.55)] {
        let (plotly, drawing) = both(&figure);
        let pie = &plotly["data"][0];
        let (colors, values) = (list(&pie["marker"]["colors"]), numbers(&pie["values"]));
        let wedges = drawing.last_filled(values.len());
        let (sum, whole) = (values.iter().sum::<f64>(), wedges.iter().map(|wedge| area(wedge)).sum::<f64>());
        for ((wedge, color), value) in wedges.iter().zip(colors).zip(&values) {
            assert_eq!(wedge.fill.as_deref(), color.as_str());
            assert!((area(wedge) / whole - value / sum).abs() < 1e-3, "{value}: {}", area(wedge) / whole);
        }
        // The first begins at the top and goes to the right.
        let [start, next] = [wedges[0].points[0], wedges[0].points[1]];
        assert!(next[0] > start[0] && next[1] >= start[1], "{start:?} {next:?}");
    }
}

#[test]
fn tiles_have_their_colours() {
    let (plotly, drawing) = both(&wholes::treemap());
    let colors = list(&plotly["data"][0]["marker"]["colors"]);
    let ground = rgb("#FFFFFF");
    for (tile, color) in drawing.last_filled(colors.len()).into_iter().zip(colors) {
        let over = [0, 1, 2].map(|at| fill(tile)[at] * tile.opacity + ground[at] * (1.0 - tile.opacity));
        assert!(same(over, rgb(color.as_str().unwrap())), "{tile:?}: {color}");
    }
}

#[test]
fn cells_have_the_colours_of_their_values_and_stand_in_their_rows() {
    let figure = distributions::heatmap();
    let (plotly, drawing) = both(&figure);
    let values = numbers(&plotly["data"][0]["z"]);
    let columns = list(&plotly["layout"]["xaxis"]["categoryarray"]).len();
    let there: Vec<usize> = (0..values.len()).filter(|at| !values[*at].is_nan()).collect();
    let cells = drawing.last_filled(there.len());
    assert_eq!((values.len(), there.len(), columns), (84, 83, 12));
    let place = |at: usize| center(cells[there.iter().position(|known| *known == at).unwrap()]);
    let (origin, right, up) = (place(0), place(1), place(columns));
    for (at, cell) in there.iter().zip(&cells) {
        assert!(same(fill(cell), on_scale(&plotly["layout"], values[*at])), "{}: {cell:?}", values[*at]);
        let (column, row) = ((at % columns) as f64, (at / columns) as f64);
        let [x, y] = center(cell);
        assert!((x - origin[0] - column * (right[0] - origin[0])).abs() < 0.2, "{at}: {x}");
        assert!((y - origin[1] - row * (up[1] - origin[1])).abs() < 0.2, "{at}: {y}");
    }
    assert!(right[0] > origin[0] && up[1] < origin[1]);
}

#[test]
fn hexagons_have_the_colours_of_their_values() {
    let figure = distributions::hexagons();
    let (plotly, drawing) = both(&figure);
    let traces = list(&plotly["data"]);
    let pointed = traces.iter().find(|trace| trace["mode"] == "markers").unwrap();
    let (x, y, values) = (numbers(&pointed["x"]), numbers(&pointed["y"]), numbers(&pointed["marker"]["color"]));
    let cells = drawing.last_filled(values.len());
    let last = x.len() - 1;
    let (first, far) = (center(cells[0]), center(cells[last]));
    for (at, cell) in cells.iter().enumerate() {
        assert!(same(fill(cell), on_scale(&plotly["layout"], values[at])), "{}: {cell:?}", values[at]);
        for (side, positions) in [&x, &y].into_iter().enumerate() {
            let part = (positions[at] - positions[0]) / (positions[last] - positions[0]);
            let expected = first[side] + (far[side] - first[side]) * part;
            assert!((center(cell)[side] - expected).abs() < 0.3, "{at}: {cell:?} is not at {expected}");
        }
    }
    // In the app they are filled in 64 shades of the same scale.
    let shades: Vec<Rgb> = traces.iter().filter_map(|trace| trace["line"]["color"].as_str()).map(rgb).collect();
    let near =
        |color: Rgb| shades.iter().any(|shade| shade.iter().zip(color).all(|(one, other)| (one - other).abs() < 6.0));
    assert!(cells.iter().all(|cell| near(fill(cell))));
}

#[test]
fn countries_and_points_have_the_colours_of_their_values() {
    let (plotly, drawing) = both(&wholes::choropleth());
    let known: Vec<Rgb> = drawing.shapes.iter().filter(|shape| shape.fill.is_some()).map(fill).collect();
    let values = numbers(&plotly["data"][0]["z"]);
    assert_eq!(values.len(), 20);
    for value in values {
        let color = on_scale(&plotly["layout"], value);
        assert!(known.iter().any(|known| same(*known, color)), "{value}: {color:?}");
    }
    let (plotly, drawing) = both(&planes::scatter());
    let marker = &plotly["data"][0]["marker"];
    let (values, sizes) = (numbers(&marker["color"]), numbers(&marker["size"]));
    assert_eq!(drawing.circles.len(), values.len());
    for ((circle, value), size) in drawing.circles.iter().zip(&values).zip(&sizes) {
        assert!(same(rgb(&circle.fill), on_scale(&plotly["layout"], *value)), "{value}: {circle:?}");
        assert!((circle.diameter - size).abs() <= 0.02, "{size}: {circle:?}");
    }
    let (plotly, drawing) = both(&wholes::point_map());
    let sizes = numbers(&plotly["data"][0]["marker"]["size"]);
    assert_eq!(sizes.len(), drawing.circles.len());
    for (circle, size) in drawing.circles.iter().zip(&sizes) {
        assert!((circle.diameter - size).abs() <= 0.02, "{size}: {circle:?}");
        assert_eq!(Some(circle.fill.as_str()), plotly["data"][0]["marker"]["color"].as_str());
    }
}

/// The scale beside the chart has the same ends, steps and ticks.
#[test]
fn scales_of_colours_are_the_same() {
    let mut checked = 0;
    for (name, figure) in all().into_iter().filter(|(_, figure)| figure.color_bar.is_some()) {
        let (plotly, drawing) = both(&figure);
        let (axis, bar) = (&plotly["layout"]["coloraxis"], figure.color_bar.as_ref().unwrap());
        assert_eq!([&axis["cmin"], &axis["cmax"]].map(|end| end.as_f64().unwrap()), bar.range, "{name}");
        for (tick, text) in bar.ticks.iter().zip(list(&axis["colorbar"]["ticktext"])) {
            assert_eq!(text.as_str(), Some(tick.text.as_str()), "{name}");
            assert!(drawing.texts.iter().any(|drawn| drawn.text == tick.text), "{name}: {}", tick.text);
        }
        let known: Vec<Rgb> = drawing.shapes.iter().filter(|shape| shape.fill.is_some()).map(fill).collect();
        for part in [0.02, 0.25, 0.5, 0.75, 0.98] {
            let color = on_scale(&plotly["layout"], bar.range[0] + (bar.range[1] - bar.range[0]) * part);
            let near = |known: &Rgb| known.iter().zip(color).all(|(one, other)| (one - other).abs() < 6.0);
            assert!(known.iter().any(near), "{name}: {color:?}");
        }
        checked += 1;
    }
    assert_eq!(checked, 6);
}

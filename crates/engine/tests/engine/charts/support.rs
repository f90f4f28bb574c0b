//! Draws a spec on a text, and looks at what was drawn.

use contract::charts::ChartSpec;
use contract::charts::figure::{Axis, Figure, Paint, Space};
use contract::charts::layers::{Area, Bars, Layer, Line, Paints};
use contract::errors::{ErrorCode, Failure};
use serde_json::{Value, json};

use crate::support::{Version, ingest};

pub fn spec(mut body: Value) -> ChartSpec {
    body["dataset_id"] = json!(uuid::Uuid::nil());
    serde_json::from_value(body).unwrap()
}

pub fn try_on(version: &Version, body: Value) -> Result<Figure, Failure> {
    engine::charts::run(&spec(body), &version.outcome.columns, &version.parquet())
}

/// The figure of a spec, which must be well-formed.
pub fn on(version: &Version, body: Value) -> Figure {
    let figure = try_on(version, body.clone()).unwrap_or_else(|failure| panic!("{body}: {failure:?}"));
    well_formed(&figure);
    figure
}

pub fn draw(content: impl AsRef<[u8]>, body: Value) -> Figure {
    on(&ingest(content), body)
}

/// The failure of a spec that does not fit.
pub fn refused(version: &Version, body: Value) -> Failure {
    let failure = try_on(version, body).expect_err("the spec must be refused");
    assert_eq!(failure.code, ErrorCode::InvalidParameters, "{failure:?}");
    assert!(failure.advice.is_some(), "{failure:?}");
    failure
}

pub fn layers(figure: &Figure) -> &[Layer] {
    &figure.panels[0].layers
}

pub fn lines(figure: &Figure) -> Vec<&Line> {
    let lines = figure.panels.iter().flat_map(|panel| &panel.layers);
    lines.filter_map(|layer| if let Layer::Line(line) = layer { Some(line) } else { None }).collect()
}

pub fn areas(figure: &Figure) -> Vec<&Area> {
    let areas = figure.panels.iter().flat_map(|panel| &panel.layers);
    areas.filter_map(|layer| if let Layer::Area(area) = layer { Some(area) } else { None }).collect()
}

pub fn bars(figure: &Figure) -> Vec<&Bars> {
    let bars = figure.panels.iter().flat_map(|panel| &panel.layers);
    bars.filter_map(|layer| if let Layer::Bars(bars) = layer { Some(bars) } else { None }).collect()
}

pub fn axes(figure: &Figure) -> (&Axis, &Axis) {
    match &figure.panels[0].space {
        Space::Plane { x, y } => (x, y),
        other => panic!("no plane: {other:?}"),
    }
}

pub fn ticks(axis: &Axis) -> Vec<&str> {
    axis.ticks.iter().map(|tick| tick.text.as_str()).collect()
}

/// Names of series with their colours.
pub fn legend(figure: &Figure) -> Vec<(&str, Paint)> {
    figure.legend.iter().flat_map(|legend| &legend.items).map(|item| (item.text.as_str(), item.paint)).collect()
}

/// Lists of one layer have one length, axes have finite ranges that hold their ticks, rows have a cell for each column.
pub fn well_formed(figure: &Figure) {
    assert!(!figure.panels.is_empty() && !figure.sentence.is_empty(), "{figure:?}");
    for panel in &figure.panels {
        match &panel.space {
            Space::Plane { x, y } => [x, y].into_iter().for_each(axis_is_sound),
            Space::Solid { x, y, z, .. } => [x, y, z].into_iter().for_each(axis_is_sound),
            Space::Whole | Space::Map { .. } => {}
        }
        panel.layers.iter().for_each(layer_is_sound);
    }
    if let Some(bar) = &figure.color_bar {
        assert!(bar.range[0] < bar.range[1] && bar.range.iter().all(|end| end.is_finite()), "{bar:?}");
    }
    let width = figure.table.columns.len();
    assert!(figure.table.rows.iter().all(|row| row.len() == width), "{:?}", figure.table.columns);
    assert!(figure.notes.iter().all(|note| note.ends_with('.')), "{:?}", figure.notes);
}

fn axis_is_sound(axis: &Axis) {
    let [first, last] = axis.range;
    assert!(first.is_finite() && last.is_finite() && (last - first).is_finite() && first != last, "{axis:?}");
    let (low, high) = (first.min(last), first.max(last));
    let room = (high - low) * 1e-9;
    assert!(axis.ticks.iter().all(|tick| (low - room..=high + room).contains(&tick.at)), "{axis:?}");
    assert!(axis.ticks.windows(2).all(|pair| pair[0].at < pair[1].at), "{axis:?}");
}

fn paints_fit(paints: &Paints, count: usize) {
    if let Paints::Each(paints) = paints {
        assert_eq!(paints.len(), count);
    }
}

fn texts_fit(texts: &[String], count: usize) {
    assert!(texts.is_empty() || texts.len() == count, "{} texts of {count} marks", texts.len());
}

fn layer_is_sound(layer: &Layer) {
    match layer {
        Layer::Line(line) => {
            assert_eq!(line.x.len(), line.y.len());
            assert!(line.x.iter().all(|x| x.is_finite()) && line.y.iter().all(|y| !y.is_infinite()));
            texts_fit(&line.texts, line.x.len());
        }
        Layer::Area(area) => {
            assert_eq!([area.x.len(), area.lower.len()], [area.upper.len(), area.upper.len()]);
            assert!(area.x.iter().all(|x| x.is_finite()) && area.upper.iter().all(|y| !y.is_infinite()));
            texts_fit(&area.texts, area.x.len());
        }
        Layer::Bars(bars) => {
            let count = bars.at.len();
            assert_eq!([bars.width.len(), bars.base.len(), bars.end.len()], [count; 3]);
            assert!(
                bars.at.iter().chain(&bars.width).chain(&bars.base).chain(&bars.end).all(|value| value.is_finite())
            );
            texts_fit(&bars.texts, count);
            texts_fit(&bars.hovers, count);
            paints_fit(&bars.paint, count);
        }
        Layer::Points(points) => {
            let count = points.x.len();
            assert_eq!(points.y.len(), count);
            assert!(points.x.iter().chain(&points.y).all(|value| value.is_finite()));
            texts_fit(&points.texts, count);
            paints_fit(&points.paint, count);
            if let contract::charts::layers::Diameters::Each(each) = &points.diameter {
                assert_eq!(each.len(), count);
                assert!(each.iter().all(|diameter| diameter.is_finite() && *diameter > 0.0));
            }
        }
        Layer::Boxes(boxes) => {
            assert_eq!(boxes.at.len(), boxes.boxes.len());
            for one in &boxes.boxes {
                let figures = [one.lower_fence, one.q1, one.median, one.q3, one.upper_fence];
                assert!(figures.iter().all(|figure| figure.is_finite()) && one.mean.is_finite(), "{one:?}");
                assert!(figures.is_sorted(), "{one:?}");
                assert!(one.outliers.iter().all(|outlier| outlier.is_finite()));
            }
        }
        Layer::Cells(cells) => {
            let count = cells.x_edges.len().saturating_sub(1) * cells.y_edges.len().saturating_sub(1);
            assert_eq!([cells.values.len(), cells.shades.len()], [count; 2]);
            assert!(cells.x_edges.is_sorted() && cells.y_edges.is_sorted());
            assert!(cells.shades.iter().all(|shade| shade.is_nan() || (0.0..=1.0).contains(shade)));
            texts_fit(&cells.texts, count);
        }
        Layer::Polygons(polygons) => {
            assert!(polygons.rings.iter().all(|ring| ring.len() >= 3));
            assert!(polygons.rings.iter().flatten().flatten().all(|value| value.is_finite()));
            texts_fit(&polygons.texts, polygons.rings.len());
            paints_fit(&polygons.paint, polygons.rings.len());
        }
        other => super::marks::is_sound(other),
    }
}

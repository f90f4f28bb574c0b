//! Point maps: places on the map of the world by longitude and latitude.

use contract::charts::figure::{Figure, Panel, Sampling, Space};
use contract::charts::layers::{Layer, Points};
use contract::charts::{MANY_POINTS, MOST_MARKS, Sample};

use super::axes::Span;
use super::courses::rows_are;
use super::dots::{Binned, Color, bin_table, bins, diameters, labels, note_bins, table, usual};
use super::line::too_many;
use super::numbers::NumberFormat;
use super::places::{Places, placed};
use super::reading::Source;
use super::{panels, words};
use crate::Result;
use crate::failures::internal;

/// Bins across and up.
const BINS: [usize; 2] = [80, 50];
/// Room around the points, as a part of their range, and in degrees at least.
const ROOM: (f64, f64) = (0.06, 0.5);
const LONGITUDES: [f64; 2] = [-180.0, 180.0];
const LATITUDES: [f64; 2] = [-90.0, 90.0];

pub(super) fn run(source: &Source) -> Result<Figure> {
    let spec = source.spec;
    let (Some(x), Some(y)) = (&spec.x, spec.y.first()) else { return Err(internal("A point map has no places.")) };
    let (x, y) = (Places::of(source, x, "/x")?, Places::of(source, y, "/y/0")?);
    let size = spec.size.as_ref().map(|size| Places::of(source, size, "/size")).transpose()?;
    let color = Color::of(source)?;
    let mut channels = vec![&x, &y];
    channels.extend(&size);
    let mut rows = placed(source, &channels);
    rows.retain(|row| color.has(*row as usize));
    let before = rows.len();
    let is_on_earth = |row: &u32| {
        let (longitude, latitude) = (x.values[*row as usize], y.values[*row as usize]);
        longitude.abs() <= LONGITUDES[1] && latitude.abs() <= LATITUDES[1]
    };
    rows.retain(is_on_earth);
    if rows.len() < before {
        let lost = rows_are((before - rows.len()) as u64);
        source.note(format!(
            "{lost} left out, since longitudes go from −180 to 180 and latitudes from −90 to 90 degrees."
        ));
    }
    let is_whole = spec.options.sample == Some(Sample::None);
    if is_whole && rows.len() > MOST_MARKS {
        return Err(too_many(rows.len(), "/options/sample"));
    }
    let is_binned = !is_whole && rows.len() > MANY_POINTS;
    let mut bar = color.bar();
    let mut sampling = None;
    let (layers, found) = match is_binned {
        true => {
            let found = bins([&x, &y], BINS, &rows);
            note_bins(source, rows.len(), found.len());
            let Binned { bar: counts, paint, diameter, texts } = Binned::of(source, &found);
            bar = Some(counts);
            sampling = Some(Sampling { method: "bins", shown: found.len() as u64, of: rows.len() as u64 });
            let points = Points {
                name: "Number of rows".to_owned(),
                x: found.iter().map(|bin| bin.middle[0]).collect(),
                y: found.iter().map(|bin| bin.middle[1]).collect(),
                paint,
                diameter,
                opacity: spec.options.opacity.unwrap_or(0.8),
                texts,
            };
            (vec![Layer::Points(points)], bin_table([&x, &y], &found))
        }
        false => {
            let all: Vec<usize> = rows.iter().map(|row| *row as usize).collect();
            let (diameter, opacity) = usual(all.len());
            let points = color.series(&all, &y.column.name).into_iter().map(|series| {
                Layer::Points(Points {
                    x: series.rows.iter().map(|row| x.values[*row]).collect(),
                    y: series.rows.iter().map(|row| y.values[*row]).collect(),
                    diameter: diameters(size.as_ref(), &series.rows, diameter),
                    opacity: spec.options.opacity.unwrap_or(opacity),
                    texts: labels(source, &series.rows),
                    name: series.name,
                    paint: series.paint,
                })
            });
            (points.collect(), table(source, &channels, &rows)?)
        }
    };
    let [across, up] = [&x, &y].map(|places| Span::of(rows.iter().map(|row| &places.values[*row as usize])));
    let space = Space::Map { longitudes: range(&across, LONGITUDES), latitudes: range(&up, LATITUDES) };
    let panel = Panel { title: None, row: 0, column: 0, space, layers, marks: Vec::new() };
    let names = [&x, &y].map(|places| places.encoding.title.as_ref().unwrap_or(&places.column.name).clone());
    let what = words::list(&names);
    let mut figure = panels::figure(source, || format!("Places by {what}"), vec![panel]);
    figure.legend = if is_binned { None } else { color.legend() };
    figure.color_bar = bar.filter(|_| !rows.is_empty());
    figure.sampling = sampling;
    figure.table = found;
    figure.sentence = sentence(&what, rows.len(), &color.names(), [(&x, &across), (&y, &up)]);
    Ok(figure)
}

/// A range with room around it, within the world; the whole world of nothing.
fn range(span: &Span, world: [f64; 2]) -> [f64; 2] {
    let Some((low, high)) = span.ends() else { return world };
    let room = ((high - low) * ROOM.0).max(ROOM.1);
    [(low - room).max(world[0]), (high + room).min(world[1])]
}

/// "Point map of lon and lat with 120 points, 2 series: A and B; lon from 5.1 to 15, lat from 47 to 55."
fn sentence(what: &str, points: usize, series: &[String], sides: [(&Places, &Span); 2]) -> String {
    if points == 0 {
        return format!("Point map of {what}, with no values.");
    }
    let noun = if points == 1 { "point" } else { "points" };
    let mut text = format!("Point map of {what} with {} {noun}", NumberFormat::default().full(points as f64));
    if series.len() > 1 {
        text.push_str(&format!(", {} series: {}", series.len(), words::list(series)));
    }
    for (places, span) in sides {
        if let Some((low, high)) = span.ends() {
            text.push_str(&format!("; {} from {} to {}", places.column.name, places.text(low), places.text(high)));
        }
    }
    text.push('.');
    text
}

//! Scatters in three dimensions.

use contract::charts::figure::{Figure, Panel, Sampling, Space};
use contract::charts::layers::{Cloud, Layer};
use contract::charts::{MANY_POINTS, MOST_MARKS, Sample};

use super::axes::Span;
use super::dots::{Binned, Color, bin_table, bins, diameters, labels, note_bins, table, usual};
use super::line::too_many;
use super::numbers::NumberFormat;
use super::places::{Places, placed};
use super::reading::Source;
use super::{panels, words};
use crate::Result;
use crate::failures::internal;

/// Bins along each side.
const BINS: [usize; 3] = [16, 16, 16];
/// From where a scene is seen, in units of its box.
pub(super) const EYE: [f64; 3] = [1.25, 1.25, 1.25];

pub(super) fn run(source: &Source) -> Result<Figure> {
    let spec = source.spec;
    let (Some(x), Some(y), Some(z)) = (&spec.x, spec.y.first(), &spec.z) else {
        return Err(internal("A scene has no axes."));
    };
    let (x, y, z) = (Places::of(source, x, "/x")?, Places::of(source, y, "/y/0")?, Places::of(source, z, "/z")?);
    let size = spec.size.as_ref().map(|size| Places::of(source, size, "/size")).transpose()?;
    let color = Color::of(source)?;
    let mut channels = vec![&x, &y, &z];
    channels.extend(&size);
    let mut rows = placed(source, &channels);
    rows.retain(|row| color.has(*row as usize));
    let is_whole = spec.options.sample == Some(Sample::None);
    if is_whole && rows.len() > MOST_MARKS {
        return Err(too_many(rows.len(), "/options/sample"));
    }
    let is_binned = !is_whole && rows.len() > MANY_POINTS;
    let mut bar = color.bar();
    let mut sampling = None;
    let (layers, found) = match is_binned {
        true => {
            let found = bins([&x, &y, &z], BINS, &rows);
            note_bins(source, rows.len(), found.len());
            let Binned { bar: counts, paint, diameter, texts } = Binned::of(source, &found);
            bar = Some(counts);
            sampling = Some(Sampling { method: "bins", shown: found.len() as u64, of: rows.len() as u64 });
            let [across, deep, up] = [0, 1, 2].map(|side| found.iter().map(|bin| bin.middle[side]).collect());
            let name = "Number of rows".to_owned();
            let opacity = spec.options.opacity.unwrap_or(0.8);
            let cloud = Cloud { name, x: across, y: deep, z: up, paint, diameter, opacity, texts };
            (vec![Layer::Cloud(cloud)], bin_table([&x, &y, &z], &found))
        }
        false => {
            let all: Vec<usize> = rows.iter().map(|row| *row as usize).collect();
            let (diameter, opacity) = usual(all.len());
            let values = |places: &Places, rows: &[usize]| rows.iter().map(|row| places.values[*row]).collect();
            let clouds = color.series(&all, &z.column.name).into_iter().map(|series| {
                Layer::Cloud(Cloud {
                    x: values(&x, &series.rows),
                    y: values(&y, &series.rows),
                    z: values(&z, &series.rows),
                    diameter: diameters(size.as_ref(), &series.rows, diameter),
                    opacity: spec.options.opacity.unwrap_or(opacity),
                    texts: labels(source, &series.rows),
                    name: series.name,
                    paint: series.paint,
                })
            });
            (clouds.collect(), table(source, &channels, &rows)?)
        }
    };
    let spans = [&x, &y, &z].map(|places| Span::of(rows.iter().map(|row| &places.values[*row as usize])));
    let space = Space::Solid {
        x: x.axis(&spans[0], false, true),
        y: y.axis(&spans[1], false, true),
        z: z.axis(&spans[2], false, true),
        eye: spec.options.camera.unwrap_or(EYE),
    };
    let panel = Panel { title: None, row: 0, column: 0, space, layers, marks: Vec::new() };
    let names = [&z, &x, &y].map(|places| places.encoding.title.as_ref().unwrap_or(&places.column.name).clone());
    let what = format!("{} by {} and {}", names[0], names[1], names[2]);
    let mut figure = panels::figure(source, || what.clone(), vec![panel]);
    figure.legend = if is_binned { None } else { color.legend() };
    figure.color_bar = bar.filter(|_| !rows.is_empty());
    figure.sampling = sampling;
    figure.table = found;
    figure.sentence = sentence(&what, rows.len(), &color.names(), [&x, &y, &z].iter().zip(&spans));
    Ok(figure)
}

/// "3-D scatter plot of c by a and b with 120 points; a from 1 to 5; b from …."
fn sentence<'a>(
    what: &str,
    points: usize,
    series: &[String],
    sides: impl Iterator<Item = (&'a &'a Places<'a>, &'a Span)>,
) -> String {
    if points == 0 {
        return format!("3-D scatter plot of {what}, with no values.");
    }
    let noun = if points == 1 { "point" } else { "points" };
    let mut text = format!("3-D scatter plot of {what} with {} {noun}", NumberFormat::default().full(points as f64));
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

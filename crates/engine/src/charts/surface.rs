//! Surfaces: heights over a grid of two dimensions.

use contract::analyses::distribution::Bins;
use contract::analyses::grouped::Function;
use contract::charts::figure::{Axis, Figure, Panel, Space};
use contract::charts::layers::{Layer, Surface};
use contract::charts::{Encoding, MOST_MARKS};
use contract::columns::Scalar;

use super::axes::{Layout, Span, linear};
use super::courses::rows_are;
use super::figures::{self, Crossed};
use super::keys::{Keys, Use};
use super::line::too_many;
use super::reading::Source;
use super::scatter_3d::EYE;
use super::shading::{color_bar, shade};
use super::{panels, words};
use crate::Result;
use crate::failures::internal;

/// More different numbers than this along a side are put into classes.
const MANY_NUMBERS: usize = 100;
const CLASSES: u32 = 40;

pub(super) fn run(source: &Source) -> Result<Figure> {
    let spec = source.spec;
    let (Some(x), Some(y), Some(z)) = (&spec.x, spec.y.first(), &spec.z) else {
        return Err(internal("A surface has no axes."));
    };
    let aggregate = z.aggregate.or(Some(Function::Mean));
    let height = Encoding { aggregate, ..z.clone() };
    let (across, deep) = (side(source, x, "/x")?, side(source, y, "/y/0")?);
    let (width, depth) = (across.values.len(), deep.values.len());
    if width.saturating_mul(depth) > MOST_MARKS {
        return Err(too_many(width.saturating_mul(depth), "/x/bin"));
    }
    let groups = Crossed::of(source, &[&deep, &across]);
    let found = figures::figures(source, Some(&height), "/z", &groups)?;
    let mut heights = vec![f64::NAN; width * depth];
    for (group, value) in found.iter().enumerate() {
        heights[groups.place(group, 0) * width + groups.place(group, 1)] = *value;
    }
    let holes = heights.iter().filter(|height| height.is_nan()).count();
    if holes > 0 && holes < heights.len() {
        let (noun, verb) = if holes == 1 { ("cell has", "it is a hole") } else { ("cells have", "they are holes") };
        source.note(format!("{} {noun} no rows with a height; {verb}.", super::table::grouped(holes)));
    }
    if width.min(depth) == 1 {
        source.note("A surface needs two different values along each side.");
    }
    let span = Span::of(&heights);
    let (title, format) = (figures::title(source, Some(&height))?, figures::format(source, Some(&height))?);
    let bar = color_bar(spec, Some(title.clone()), &span, false, format.clone());
    let places = |keys: &Keys| -> Vec<f64> { (0..keys.values.len()).map(|at| keys.at(at)).collect() };
    let surface = Surface {
        x: places(&across),
        y: places(&deep),
        shades: heights.iter().map(|height| shade(&bar, *height)).collect(),
        z: heights,
    };
    let space = Space::Solid {
        x: axis(&across, x, &surface.x),
        y: axis(&deep, y, &surface.y),
        z: linear(
            &span,
            Layout { title: Some(title.clone()), format: format.clone(), grid: true, ..Layout::default() },
        ),
        eye: spec.options.camera.unwrap_or(EYE),
    };
    let panel =
        Panel { title: None, row: 0, column: 0, space, layers: vec![Layer::Surface(surface)], marks: Vec::new() };
    let names = [(&across, x), (&deep, y)].map(|(keys, encoding)| words::along(keys, encoding.title.as_ref()));
    let what = format!("{title} by {} and {}", names[0], names[1]);
    let mut figure = panels::figure(source, || what.clone(), vec![panel]);
    figure.color_bar = span.ends().map(|_| bar);
    let column = figures::table_column(source, Some(&height))?;
    let columns = vec![across.table_column(), deep.table_column(), column.clone()];
    let row = |group: usize| -> Vec<Scalar> {
        let (x, y) = (across.scalar(groups.place(group, 1)), deep.scalar(groups.place(group, 0)));
        vec![x, y, figures::cell(found[group], &column)]
    };
    figure.table = panels::table(columns, (0..groups.len()).map(row));
    figure.sentence = match span.ends() {
        None => format!("Surface of the {}, with no values.", words::within(&what)),
        Some((low, high)) => format!(
            "Surface of the {}, {width} by {depth} cells; heights from {} to {}.",
            words::within(&what),
            format.full(low),
            format.full(high)
        ),
    };
    Ok(figure)
}

/// The different numbers along a side, or their classes where these are given or the numbers too many.
fn side<'a>(source: &'a Source<'a>, encoding: &Encoding, pointer: &str) -> Result<Keys<'a>> {
    let mut encoding = encoding.clone();
    if encoding.bin.is_none() && has_many(&source.numbers(&encoding, pointer)?) {
        let name = encoding.column.clone().unwrap_or_default();
        source.note(format!(
            "\"{name}\" has more than {MANY_NUMBERS} different values, which are put into {CLASSES} classes."
        ));
        encoding.bin = Some(Bins::Count(CLASSES));
    }
    let mut keys = Keys::of(source, &encoding, pointer, Use::Position)?;
    let missing = keys.without_missing();
    if missing > 0 {
        source.note(format!("{} left out, since \"{}\" is missing there.", rows_are(missing), keys.column.name));
    }
    Ok(keys)
}

/// Looks no further than it must, since sorting all numbers takes longer than the rest of the chart.
fn has_many(numbers: &[f64]) -> bool {
    let mut seen: Vec<f64> = Vec::with_capacity(MANY_NUMBERS);
    for number in numbers.iter().filter(|number| !number.is_nan()) {
        if let Err(at) = seen.binary_search_by(|known| known.total_cmp(number)) {
            if seen.len() == MANY_NUMBERS {
                return true;
            }
            seen.insert(at, *number);
        }
    }
    false
}

fn axis(keys: &Keys, encoding: &Encoding, places: &[f64]) -> Axis {
    let title = panels::axis_title(encoding.title.as_ref(), || keys.column.name.clone());
    linear(&Span::of(places), Layout { title, format: keys.format(), tight: true, grid: true, ..Layout::default() })
}

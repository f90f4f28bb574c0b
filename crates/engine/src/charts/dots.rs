//! Points by row, wherever they stand: their colours, sizes and labels, and the bins that stand for too many of them.

use contract::charts::figure::{ColorBar, FigureTable, Legend, Paint, Sign};
use contract::charts::layers::{Diameters, Paints};
use contract::charts::{Accepts, Encoding};
use contract::columns::{Column, ColumnType, Scalar};
use polars::prelude::PlHashMap;

use super::arranging::{self, Rest};
use super::axes::Span;
use super::density::plain;
use super::keys::Keys;
use super::numbers::NumberFormat;
use super::panels;
use super::places::Places;
use super::reading::Source;
use super::shading::{color_bar, shade};
use super::times::time;
use crate::Result;
use crate::groups::keys::LEFT_OUT;

/// The smallest and the largest point where sizes differ, in CSS pixels.
const SIZES: [f64; 2] = [4.0, 28.0];

/// What the channel `color` does.
pub(super) enum Color<'a> {
    Nothing,
    Series(Keys<'a>),
    Scale { places: Places<'a>, bar: ColorBar },
}

/// Points of one colour or of one scale.
pub(super) struct Series {
    pub(super) name: String,
    pub(super) rows: Vec<usize>,
    pub(super) paint: Paints,
}

impl<'a> Color<'a> {
    /// Numbers and times are a scale unless they are put into classes or periods; anything else makes series.
    pub(super) fn of(source: &'a Source) -> Result<Self> {
        let Some(encoding) = &source.spec.color else { return Ok(Self::Nothing) };
        let column = source.column(source.named(encoding)?)?;
        let is_scale = Accepts::NumbersOrTimes.takes(column.column_type);
        if !is_scale || encoding.bin.is_some() || encoding.granularity.is_some() {
            return Ok(Self::Series(arranging::series(source, encoding, Some(&count()), Rest::Together)?));
        }
        let places = Places::of(source, encoding, "/color")?;
        let title = panels::axis_title(encoding.title.as_ref(), || column.name.clone());
        let mut bar = color_bar(source.spec, title, &places.span, false, places.format());
        if !column.column_type.is_numeric() {
            let is_clock = column.column_type == ColumnType::Time;
            let ticks = time(None, &places.span, None, is_clock, 0.0).ticks;
            bar.ticks = ticks.into_iter().filter(|tick| (bar.range[0]..=bar.range[1]).contains(&tick.at)).collect();
        }
        Ok(Self::Scale { places, bar })
    }

    /// Whether a row is drawn: "Other" series may be left out.
    pub(super) fn has(&self, row: usize) -> bool {
        match self {
            Self::Series(keys) => keys.codes[row] != LEFT_OUT,
            _ => true,
        }
    }

    /// The rows by series; of no series, all of them under this name.
    pub(super) fn series(&self, rows: &[usize], name: &str) -> Vec<Series> {
        let one = |paint: Paints| vec![Series { name: name.to_owned(), rows: rows.to_vec(), paint }];
        match self {
            Self::Nothing => one(Paints::One(Paint::Category(0))),
            Self::Scale { places, bar } => {
                let paint = |row: &usize| match shade(bar, places.values[*row]) {
                    shade if shade.is_nan() => Paint::Muted,
                    shade => Paint::Scale(shade),
                };
                one(Paints::Each(rows.iter().map(paint).collect()))
            }
            Self::Series(keys) => {
                let mut by_series: Vec<Vec<usize>> = vec![Vec::new(); keys.values.len()];
                rows.iter().for_each(|row| by_series[keys.codes[*row] as usize].push(*row));
                let found = by_series.into_iter().enumerate().filter(|(_, rows)| !rows.is_empty());
                let series = |(at, rows)| Series { name: keys.label(at), rows, paint: Paints::One(keys.paint(at)) };
                found.map(series).collect()
            }
        }
    }

    pub(super) fn legend(&self) -> Option<Legend> {
        let Self::Series(keys) = self else { return None };
        let items = (0..keys.values.len()).map(|at| panels::item(keys.label(at), keys.paint(at), Sign::Point));
        panels::legend(Some(keys.column.name.clone()), items.collect())
    }

    pub(super) fn bar(&self) -> Option<ColorBar> {
        if let Self::Scale { bar, .. } = self { Some(bar.clone()) } else { None }
    }

    /// The names of the series; none of a single one.
    pub(super) fn names(&self) -> Vec<String> {
        match self {
            Self::Series(keys) => (0..keys.values.len()).map(|at| keys.label(at)).collect(),
            _ => Vec::new(),
        }
    }
}

fn count() -> Encoding {
    Encoding { aggregate: Some(contract::analyses::grouped::Function::Count), ..Encoding::default() }
}

/// Size and opacity of so many points where the spec says nothing.
pub(super) fn usual(points: usize) -> (f64, f64) {
    match points {
        0..500 => (7.0, 0.8),
        500..5_000 => (5.0, 0.6),
        _ => (3.0, 0.4),
    }
}

/// The area is in proportion to the value, so the diameter is to its root.
pub(super) fn diameters(size: Option<&Places>, rows: &[usize], usual: f64) -> Diameters {
    let Some(size) = size else { return Diameters::One(usual) };
    let largest = size.span.ends().map_or(0.0, |(_, high)| high.max(0.0));
    let share = |row: &usize| if largest > 0.0 { (size.values[*row] / largest).max(0.0) } else { 0.0 };
    Diameters::Each(rows.iter().map(|row| (share(row).sqrt() * SIZES[1]).max(SIZES[0])).collect())
}

/// What points say beside their places: their labels.
pub(super) fn labels(source: &Source, rows: &[usize]) -> Vec<String> {
    let name = source.spec.label.as_ref().and_then(|label| label.column.as_ref());
    let Some(cells) = name.and_then(|name| source.cells(name).ok()) else { return Vec::new() };
    rows.iter().map(|row| plain(&cells.of_row(*row))).collect()
}

/// One row for each point: its places, colour, facet and label.
pub(super) fn table(source: &Source, places: &[&Places], rows: &[u32]) -> Result<FigureTable> {
    let spec = source.spec;
    let names = [&spec.color, &spec.facet, &spec.label];
    let names: Vec<&String> = names.into_iter().flatten().filter_map(|encoding| encoding.column.as_ref()).collect();
    let cells = names.iter().map(|name| source.cells(name)).collect::<Result<Vec<_>>>()?;
    let mut columns: Vec<_> =
        places.iter().map(|places| places.table_column(places.column.name.clone(), false)).collect();
    for name in &names {
        let column = source.column(name)?;
        // Decimals are computed as floats.
        let is_decimal = column.column_type == ColumnType::Decimal;
        columns.push(if is_decimal { Column::new(column.name.clone(), ColumnType::Float) } else { column.clone() });
    }
    let row = |row: &u32| -> Vec<Scalar> {
        let row = *row as usize;
        let numbers = places.iter().map(|places| places.scalar(places.values[row]));
        numbers.chain(cells.iter().map(|cells| cells.of_row(row))).collect()
    };
    Ok(panels::table(columns, rows.iter().map(row)))
}

/// Points that stand close together, as one at their middle.
pub(super) struct Bin<const D: usize> {
    pub(super) middle: [f64; D],
    pub(super) rows: u64,
}

/// The bins of a grid with so many cells along each side that have rows, in the order of the grid.
pub(super) fn bins<const D: usize>(places: [&Places; D], cells: [usize; D], rows: &[u32]) -> Vec<Bin<D>> {
    let spans = places.map(|places| {
        let values = rows.iter().map(|row| places.even(places.values[*row as usize]));
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)))
    });
    let mut sums: PlHashMap<u64, Bin<D>> = PlHashMap::default();
    for row in rows.iter().map(|row| *row as usize) {
        let mut id = 0;
        for ((places, count), (low, high)) in places.iter().zip(cells).zip(spans) {
            // Halves, since the distance of the ends may be beyond a float.
            let share = (places.even(places.values[row]) / 2.0 - low / 2.0) / (high / 2.0 - low / 2.0);
            id = id * count as u64 + ((share * count as f64) as u64).min(count as u64 - 1);
        }
        let bin = sums.entry(id).or_insert(Bin { middle: [0.0; D], rows: 0 });
        bin.rows += 1;
        // A running mean stays within the range of its values.
        for (middle, places) in bin.middle.iter_mut().zip(places) {
            let rows = bin.rows as f64;
            *middle = *middle * ((rows - 1.0) / rows) + places.values[row] / rows;
        }
    }
    let mut found: Vec<(u64, Bin<D>)> = sums.into_iter().collect();
    found.sort_unstable_by_key(|(id, _)| *id);
    found.into_iter().map(|(_, bin)| bin).collect()
}

/// How bins are drawn: by the number of their rows.
pub(super) struct Binned {
    pub(super) bar: ColorBar,
    pub(super) paint: Paints,
    pub(super) diameter: Diameters,
    pub(super) texts: Vec<String>,
}

impl Binned {
    pub(super) fn of<const D: usize>(source: &Source, bins: &[Bin<D>]) -> Self {
        let counts: Vec<f64> = bins.iter().map(|bin| bin.rows as f64).collect();
        let span = Span::of(&counts);
        let largest = span.ends().map_or(1.0, |(_, high)| high);
        let bar = color_bar(source.spec, Some("Number of rows".to_owned()), &span, true, NumberFormat::default());
        let text = |count: &f64| {
            format!("{} {}", NumberFormat::default().full(*count), if *count == 1.0 { "row" } else { "rows" })
        };
        let diameter = |count: &f64| ((count / largest).sqrt() * SIZES[1] * 0.6).max(SIZES[0] * 0.75);
        Self {
            paint: Paints::Each(counts.iter().map(|count| Paint::Scale(shade(&bar, *count))).collect()),
            diameter: Diameters::Each(counts.iter().map(diameter).collect()),
            texts: counts.iter().map(text).collect(),
            bar,
        }
    }
}

/// Says that points are shown in bins.
pub(super) fn note_bins(source: &Source, points: usize, bins: usize) {
    let full = |count: usize| NumberFormat::default().full(count as f64);
    let (points, bins) = (full(points), full(bins));
    source.note(format!(
        "{points} points are too many to tell apart, so {bins} bins show how many stand where; `sample: none` draws every one."
    ));
    if source.spec.color.is_some() || source.spec.size.is_some() {
        source.note("Bins show no colours and sizes of points.");
    }
}

/// The table of bins.
pub(super) fn bin_table<const D: usize>(places: [&Places; D], bins: &[Bin<D>]) -> FigureTable {
    let mut columns: Vec<Column> =
        places.iter().map(|places| Column::new(format!("Mean of {}", places.column.name), ColumnType::Float)).collect();
    columns.push(Column::new("Number of rows", ColumnType::Integer));
    let row = |bin: &Bin<D>| -> Vec<Scalar> {
        bin.middle.iter().map(|value| crate::scalars::float(*value)).chain([Scalar::from(bin.rows)]).collect()
    };
    panels::table(columns, bins.iter().map(row))
}

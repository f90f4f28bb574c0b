//! Heat maps: one coloured cell for each pair of categories, periods or classes.

use contract::analyses::distribution::Bins;
use contract::charts::figure::{Axis, Figure};
use contract::charts::layers::{Cells, Layer};
use contract::charts::{Encoding, MANY_MARKS, MOST_MARKS, Order};
use contract::columns::Scalar;

use super::annotations::Axes;
use super::arranging::{self, Arrangement, Rest};
use super::axes::{Layout, Span, categories, linear};
use super::classes::edges_of;
use super::courses::rows_are;
use super::figures::{self, Crossed};
use super::keys::{Keys, Shape, Use};
use super::line::too_many;
use super::panels;
use super::reading::Source;
use super::shading::{color_bar, shade};
use super::times::time;
use super::words::{self, Sentence, Told, within};
use crate::Result;
use crate::failures::internal;
use crate::periods::period_start;

/// More different numbers than this are put into classes.
const MANY_NUMBERS: usize = 30;
/// An axis has at most so many categories, unless its encoding has a limit; both together make few enough cells.
const MOST_CATEGORIES: usize = 100;
/// An axis keeps so many categories, however many there are on the other.
const FEW_CATEGORIES: usize = 10;
/// Figures are written in this many cells at most, unless the spec says otherwise.
const MOST_WRITTEN: usize = 150;
/// Missing periods are empty cells while there are at most so many.
const MOST_PERIODS: i64 = 3_000;

pub(super) fn run(source: &Source) -> Result<Figure> {
    let spec = source.spec;
    let (Some(x), Some(y)) = (&spec.x, spec.y.first()) else { return Err(internal("A heat map has no axes.")) };
    let color = spec.color.as_ref();
    let rest = if figures::adds_up(source, color)? { Rest::Together } else { Rest::LeftOut };
    let facets = arranging::facets(source, color)?;
    let cells_each = MANY_MARKS / facets.as_ref().map_or(1, |facets| facets.values.len().max(1));
    let most = if facets.is_some() { few((cells_each as f64).sqrt() as usize) } else { MOST_CATEGORIES };
    let across = Side::of(source, x, "/x", color, (rest, most))?;
    // Periods and classes have as many places as they need: such a chart is read as a picture.
    let most = if across.keys.is_category() { few(cells_each / across.count().max(1)) } else { most };
    let up = Side::of(source, y, "/y/0", color, (rest, most))?;
    let channels: Vec<&Keys> = facets.iter().chain([&up.keys, &across.keys]).collect();
    let groups = Crossed::of(source, &channels);
    let values = figures::figures(source, color, "/color", &groups)?;
    let titles = panels::titles(facets.as_ref());
    let cells = across.count() * up.count();
    if cells * titles.len() > MOST_MARKS {
        return Err(too_many(cells * titles.len(), "/x"));
    }
    let format = figures::format(source, color)?;
    let title = figures::title(source, color)?;
    let from_zero = figures::adds_up(source, color)?;
    let bar = color_bar(spec, Some(title.clone()), &Span::of(&values), from_zero, format.clone());
    let first = usize::from(facets.is_some());
    let mut grids = vec![vec![f64::NAN; cells]; titles.len()];
    for (group, value) in values.iter().enumerate() {
        let panel = if first == 1 { groups.place(group, 0) } else { 0 };
        let (line, column) = (up.cell(groups.place(group, first)), across.cell(groups.place(group, first + 1)));
        grids[panel][line * across.count() + column] = *value;
    }
    let is_written = spec.options.values.unwrap_or(cells <= MOST_WRITTEN);
    let layer = |values: Vec<f64>| {
        let text = |value: &f64| if value.is_nan() { String::new() } else { format.short(*value) };
        vec![Layer::Cells(Cells {
            x_edges: across.edges.clone(),
            y_edges: up.edges.clone(),
            shades: values.iter().map(|value| shade(&bar, *value)).collect(),
            texts: if is_written { values.iter().map(text).collect() } else { Vec::new() },
            values,
        })]
    };
    let layers = grids.into_iter().map(layer).collect();
    // Categories run from the top, numbers and times from the bottom.
    let (x_axis, y_axis) = (across.axis(false), up.axis(up.keys.is_category() && !up.is_number()));
    let axes = Axes { x: &x_axis, y: &y_axis, is_horizontal: false };
    let drawn = panels::planes(source, titles, layers, &axes)?;
    let what = format!("{title} by {} and {}", up.name(), across.name());
    let mut figure = panels::figure(source, || what.clone(), drawn);
    figure.color_bar = Some(bar);
    let column = figures::table_column(source, color)?;
    let mut columns: Vec<_> = channels.iter().map(|keys| keys.table_column()).collect();
    columns.push(column.clone());
    let row = |group: usize| -> Vec<Scalar> {
        let keys = channels.iter().enumerate().map(|(at, keys)| keys.scalar(groups.place(group, at)));
        keys.chain([figures::cell(values[group], &column)]).collect()
    };
    figure.table = panels::table(columns, (0..groups.len()).map(row));
    let told = |group: usize| {
        let places = [(&up, first), (&across, first + 1)];
        let [line, column] = places.map(|(side, channel)| words::position(&side.keys, groups.place(group, channel)));
        Told { value: values[group], at: format!("{line}, {column}") }
    };
    let there = || (0..values.len()).filter(|group| !values[*group].is_nan());
    let highest = there().reduce(|best, next| if values[next] > values[best] { next } else { best });
    let lowest = there().reduce(|best, next| if values[next] < values[best] { next } else { best });
    let sentence = Sentence {
        what: format!("the {}", within(&what)),
        series: Vec::new(),
        panels: figure.panels.len(),
        course: None,
        extremes: highest.zip(lowest).map(|(highest, lowest)| (told(highest), told(lowest))),
        format,
    };
    figure.sentence = sentence.text(source);
    Ok(figure)
}

/// How many categories an axis keeps where so many would fit, with room for "Other".
fn few(fitting: usize) -> usize {
    fitting.saturating_sub(1).clamp(FEW_CATEGORIES, MOST_CATEGORIES)
}

/// One axis of a heat map.
struct Side<'a> {
    encoding: &'a Encoding,
    keys: Keys<'a>,
    /// In positions, one more than there are cells.
    edges: Vec<f64>,
    /// The first period of an axis of time.
    first: Option<i64>,
}

impl<'a> Side<'a> {
    fn of(
        source: &'a Source<'a>,
        encoding: &'a Encoding,
        pointer: &str,
        figure: Option<&Encoding>,
        (rest, most): (Rest, usize),
    ) -> Result<Self> {
        let mut keys = Keys::of(source, encoding, pointer, Use::Category)?;
        if keys.column.column_type.is_numeric() && encoding.bin.is_none() && keys.values.len() > MANY_NUMBERS {
            let numbers = source.numbers(encoding, pointer)?;
            let edges = edges_of(encoding, keys.column.column_type, &numbers)?;
            let bins = Encoding { bin: Some(Bins::Edges(edges)), ..encoding.clone() };
            keys = Keys::of(source, &bins, pointer, Use::Category)?;
        }
        keys.stands_by_order = encoding.sort.is_some() || encoding.limit.is_some();
        if !keys.is_category() {
            let missing = keys.without_missing();
            if missing > 0 {
                let rows = rows_are(missing);
                source.note(format!("{rows} left out, since \"{}\" is missing there.", keys.column.name));
            }
        }
        let mut first = None;
        let edges = match &keys.shape {
            Shape::Bins(edges) if !keys.is_category() && edges.len() > 1 => edges.clone(),
            Shape::Periods(every) if !keys.is_category() => {
                let ends = [0, keys.values.len().saturating_sub(1)].map(|at| keys.period(at));
                match ends {
                    [Some(from), Some(to)] if to - from < MOST_PERIODS => {
                        first = Some(from);
                        (from..=to + 1).map(|period| period_start(period, *every) as f64).collect()
                    }
                    _ => Vec::new(),
                }
            }
            _ => Vec::new(),
        };
        if edges.is_empty() {
            keys.stands_by_order = true;
            let how = Arrangement { figure, rest, most, order: Order::Label };
            arranging::arrange(source, &mut keys, encoding, &how)?;
            let edges = (0..=keys.values.len()).map(|at| at as f64 - 0.5).collect();
            return Ok(Self { encoding, keys, edges, first: None });
        }
        Ok(Self { encoding, keys, edges, first })
    }

    fn count(&self) -> usize {
        self.edges.len().saturating_sub(1)
    }

    /// The cell of a key.
    fn cell(&self, place: usize) -> usize {
        match (self.first, self.keys.period(place)) {
            (Some(first), Some(period)) => (period - first) as usize,
            _ => place,
        }
    }

    fn is_number(&self) -> bool {
        self.keys.column.column_type.is_numeric()
    }

    fn name(&self) -> String {
        words::along(&self.keys, self.encoding.title.as_ref())
    }

    fn axis(&self, backwards: bool) -> Axis {
        let keys = &self.keys;
        let title = panels::axis_title(self.encoding.title.as_ref(), || keys.column.name.clone());
        let span = Span::of(&self.edges);
        let axis = match &keys.shape {
            _ if keys.is_category() => {
                let labels = (0..keys.values.len()).map(|at| keys.label(at)).collect();
                return categories(title, labels, backwards);
            }
            Shape::Periods(every) => time(title, &span, Some(*every), false, 0.0),
            _ => linear(&span, Layout { title, format: keys.format(), tight: true, ..Layout::default() }),
        };
        // Cells fill their axis.
        let (low, high) = span.ends().unwrap_or((axis.range[0], axis.range[1]));
        let ticks = axis.ticks.iter().filter(|tick| (low..=high).contains(&tick.at)).cloned().collect();
        Axis { range: [low, high], ticks, ..axis }
    }
}

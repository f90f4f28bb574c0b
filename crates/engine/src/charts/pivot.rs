//! Pivot tables: figures by the values of columns down the side and across the top, totals computed from all rows.

use contract::charts::figure::{ColorBar, Figure, FigureTable, Panel, Space};
use contract::charts::layers::{Layer, Sheet};
use contract::charts::{Channel, Encoding, Order};
use contract::columns::{Column, ColumnType, Scalar};
use polars::prelude::PlHashMap;

use super::arranging::{Arrangement, Rest, arrange};
use super::axes::Span;
use super::figures::Crossed;
use super::keys::{Keys, Use};
use super::reading::Source;
use super::shading::{color_bar, shade};
use super::table::grouped;
use super::table_groups::Figures;
use super::{panels, words};
use crate::Result;

const MOST_ROWS: usize = 500;
const MOST_COLUMNS: usize = 60;
const TOTAL: &str = "Total";

pub(super) fn run(source: &Source) -> Result<Figure> {
    let pivot = Pivot::of(source)?;
    let (shades, bar) = pivot.shades()?;
    let sheet = pivot.sheet(shades);
    let panel = Panel {
        title: None,
        row: 0,
        column: 0,
        space: Space::Whole,
        layers: vec![Layer::Sheet(sheet)],
        marks: Vec::new(),
    };
    let what = pivot.what();
    let mut figure = panels::figure(source, || what.clone(), vec![panel]);
    figure.color_bar = bar;
    figure.table = pivot.table();
    let (rows, columns) = (words::counted(pivot.rows.count, "row"), words::counted(pivot.columns.count, "column"));
    figure.sentence = match (pivot.rows.count, pivot.columns.keys.is_empty()) {
        (0, _) => format!("Pivot table of the {}, with no values.", words::within(&what)),
        (_, true) => format!("Pivot table of the {}, {rows}.", words::within(&what)),
        (_, false) => format!("Pivot table of the {}, {rows} and {columns}.", words::within(&what)),
    };
    Ok(figure)
}

struct Pivot<'a> {
    source: &'a Source<'a>,
    rows: Side<'a>,
    columns: Side<'a>,
    /// The names of the figures.
    names: Vec<String>,
    cells: Part,
    row_totals: Option<Part>,
    column_totals: Option<Part>,
    total: Option<Part>,
}

/// The combinations of values down the side or across the top.
struct Side<'a> {
    keys: Vec<Keys<'a>>,
    groups: Crossed,
    /// How many of them are shown.
    count: usize,
}

/// The figures of some groups, and where each group stands.
struct Part {
    figures: Vec<Figures>,
    /// The group of a combination of row and column, where it has rows.
    of_place: PlHashMap<(usize, usize), usize>,
}

impl<'a> Side<'a> {
    fn of(source: &'a Source<'a>, channel: Channel, most: usize) -> Result<Self> {
        let mut keys = Vec::new();
        for (at, encoding) in source.spec.channel(channel).iter().enumerate() {
            let pointer = format!("/{}/{at}", channel.as_str());
            let mut found = Keys::of(source, encoding, &pointer, Use::Category)?;
            // Figures of the others are computed from their rows, so that every function has one.
            let figure = source.spec.y.first();
            let how = Arrangement { figure, rest: Rest::Together, most: usize::MAX, order: Order::Label };
            arrange(source, &mut found, encoding, &how)?;
            keys.push(found);
        }
        let groups = Crossed::of(source, &keys.iter().collect::<Vec<_>>());
        // Without a channel there is one column, also of no rows.
        let all = if keys.is_empty() { 1 } else { groups.len() };
        if all > most {
            let word = channel.as_str();
            source.note(format!("Only the first {most} of {} {word} are shown; totals are of all.", grouped(all)));
        }
        Ok(Self { keys, groups, count: all.min(most) })
    }

    /// The label of a combination in one of its channels.
    fn label(&self, group: usize, channel: usize) -> String {
        self.keys[channel].label(self.groups.place(group, channel))
    }
}

impl<'a> Pivot<'a> {
    fn of(source: &'a Source<'a>) -> Result<Self> {
        let ys: Vec<Option<&Encoding>> =
            if source.spec.y.is_empty() { vec![None] } else { source.spec.y.iter().map(Some).collect() };
        let rows = Side::of(source, Channel::Rows, MOST_ROWS)?;
        let columns = Side::of(source, Channel::Columns, (MOST_COLUMNS / ys.len()).max(1))?;
        let names = ys.iter().map(|y| super::figures::title(source, *y)).collect::<Result<_>>()?;
        let has_totals = source.spec.options.totals.unwrap_or(true);
        let is_wide = !columns.keys.is_empty();
        let part =
            |with_rows: bool, with_columns: bool| Part::of(source, &ys, &rows, &columns, with_rows, with_columns);
        let mut pivot = Self {
            source,
            names,
            cells: part(true, true)?,
            row_totals: (has_totals && is_wide).then(|| part(true, false)).transpose()?,
            column_totals: has_totals.then(|| part(false, true)).transpose()?,
            total: (has_totals && is_wide).then(|| part(false, false)).transpose()?,
            rows,
            columns,
        };
        pivot.share_decimals();
        Ok(pivot)
    }

    /// A figure has the same decimals in cells and totals.
    fn share_decimals(&mut self) {
        for at in 0..self.names.len() {
            let totals = [&mut self.row_totals, &mut self.column_totals, &mut self.total].into_iter().flatten();
            let mut parts: Vec<&mut Figures> =
                totals.chain([&mut self.cells]).map(|part| &mut part.figures[at]).collect();
            let places = parts.iter().map(|figures| figures.places).max().unwrap_or(0);
            parts.iter_mut().for_each(|figures| figures.places = places);
        }
    }

    /// "Sum of revenue by country and month".
    fn what(&self) -> String {
        let spec = self.source.spec;
        let keys = self.rows.keys.iter().zip(&spec.rows).chain(self.columns.keys.iter().zip(&spec.columns));
        let along: Vec<String> = keys.map(|(keys, encoding)| words::along(keys, encoding.title.as_ref())).collect();
        format!("{} by {}", words::list(&self.names), words::list(&along))
    }

    /// Each figure by itself, since they need not have one scale; totals are left out.
    fn shades(&self) -> Result<(Vec<f64>, Option<ColorBar>)> {
        if self.source.spec.options.color_scale.is_none() {
            return Ok((Vec::new(), None));
        }
        let mut bars = Vec::new();
        let mut shades = vec![f64::NAN; self.height() * self.width()];
        for (at, figures) in self.cells.figures.iter().enumerate() {
            let places =
                || (0..self.rows.count).flat_map(|row| (0..self.columns.count).map(move |column| (row, column)));
            let group = |place: (usize, usize)| self.cells.of_place.get(&place).map(|group| figures.number(*group));
            let values: Vec<f64> = places().map(|place| group(place).unwrap_or(f64::NAN)).collect();
            let format = super::figures::format(self.source, self.source.spec.y.get(at))?;
            let bar = color_bar(self.source.spec, Some(self.names[at].clone()), &Span::of(&values), false, format);
            for ((row, column), value) in places().zip(&values) {
                let place = row * self.width() + self.rows.keys.len() + column * self.names.len() + at;
                shades[place] = shade(&bar, *value);
            }
            bars.push(bar);
        }
        let bar = if bars.len() == 1 { bars.pop() } else { None };
        Ok((shades, bar))
    }

    fn height(&self) -> usize {
        self.rows.count + usize::from(self.has_total_row())
    }

    fn width(&self) -> usize {
        let sides = self.columns.count + usize::from(self.row_totals.is_some());
        self.rows.keys.len() + sides * self.names.len()
    }

    fn has_total_row(&self) -> bool {
        self.column_totals.is_some() && self.rows.count > 0
    }

    fn sheet(&self, shades: Vec<f64>) -> Sheet {
        let mut rows: Vec<Vec<String>> = Vec::with_capacity(self.height());
        let mut before: Vec<String> = Vec::new();
        for row in 0..self.rows.count {
            let labels: Vec<String> = (0..self.rows.keys.len()).map(|channel| self.rows.label(row, channel)).collect();
            // What repeats the row above is not told again.
            let same = labels.iter().zip(&before).take_while(|(label, before)| label == before).count();
            let mut cells: Vec<String> = labels.clone();
            cells[..same].iter_mut().for_each(String::clear);
            cells.extend(self.texts(row, &self.cells, self.row_totals.as_ref()));
            rows.push(cells);
            before = labels;
        }
        if let Some(totals) = self.column_totals.as_ref().filter(|_| self.has_total_row()) {
            let mut cells = vec![String::new(); self.rows.keys.len()];
            if let Some(first) = cells.first_mut() {
                TOTAL.clone_into(first);
            }
            cells.extend(self.texts(0, totals, self.total.as_ref()));
            rows.push(cells);
        }
        let totals = if self.has_total_row() { vec![self.rows.count] } else { Vec::new() };
        let is_number = (0..self.width()).map(|at| at >= self.rows.keys.len()).collect();
        Sheet { heads: self.heads(), rows, is_number, totals, shades }
    }

    /// The figures of a row, and of the total at its end.
    fn texts(&self, row: usize, part: &Part, total: Option<&Part>) -> Vec<String> {
        let columns = (0..self.columns.count).flat_map(|column| part.texts((row, column)));
        columns.chain(total.into_iter().flat_map(|total| total.texts((row, 0)))).collect()
    }

    /// One header row for each level across the top and, of several figures, one with their names.
    fn heads(&self) -> Vec<Vec<String>> {
        let (levels, sides) = (self.columns.keys.len(), self.rows.keys.len());
        let has_names = levels == 0 || self.names.len() > 1;
        let height = levels + usize::from(has_names);
        let mut heads = vec![vec![String::new(); sides]; height];
        if let Some(last) = heads.last_mut() {
            for (head, (keys, encoding)) in last.iter_mut().zip(self.rows.keys.iter().zip(&self.source.spec.rows)) {
                *head = encoding.title.clone().unwrap_or_else(|| keys.column.name.clone());
            }
        }
        for (level, head) in heads.iter_mut().enumerate() {
            for column in 0..self.columns.count {
                match level < levels {
                    true => head.extend(vec![self.columns.label(column, level); self.names.len()]),
                    false => head.extend(self.names.iter().cloned()),
                }
            }
            if self.row_totals.is_some() {
                match level {
                    0 => head.extend(vec![TOTAL.to_owned(); self.names.len()]),
                    _ if level >= levels => head.extend(self.names.iter().cloned()),
                    _ => head.extend(vec![String::new(); self.names.len()]),
                }
            }
        }
        heads
    }

    fn table(&self) -> FigureTable {
        // A total stands among the keys of its column, so these are texts where there is one.
        let is_text = self.has_total_row();
        let mut columns: Vec<Column> = self.rows.keys.iter().map(Keys::table_column).collect();
        if is_text {
            columns.iter_mut().for_each(|column| *column = Column::new(column.name.clone(), ColumnType::Text));
        }
        let heading = |column: usize| {
            let labels: Vec<String> =
                (0..self.columns.keys.len()).map(|level| self.columns.label(column, level)).collect();
            labels.join(" · ")
        };
        let named = |heading: &str, figures: &Figures| {
            let name = match (heading.is_empty(), self.names.len()) {
                (true, _) => figures.column.name.clone(),
                (false, 1) => heading.to_owned(),
                (false, _) => format!("{heading} · {}", figures.column.name),
            };
            Column { name, ..figures.column.clone() }
        };
        for column in 0..self.columns.count {
            columns.extend(self.cells.figures.iter().map(|figures| named(&heading(column), figures)));
        }
        if let Some(totals) = &self.row_totals {
            columns.extend(totals.figures.iter().map(|figures| named(TOTAL, figures)));
        }
        let rows = (0..self.height()).map(|row| {
            let is_total = row == self.rows.count;
            let key = |level: usize| match (is_total, is_text) {
                (true, _) => Scalar::from(if level == 0 { TOTAL } else { "" }),
                (false, true) => Scalar::from(self.rows.label(row, level)),
                (false, false) => self.rows.keys[level].scalar(self.rows.groups.place(row, level)),
            };
            let mut cells: Vec<Scalar> = (0..self.rows.keys.len()).map(key).collect();
            let (part, end) = match (is_total, &self.column_totals) {
                (true, Some(totals)) => (totals, self.total.as_ref()),
                _ => (&self.cells, self.row_totals.as_ref()),
            };
            let at = if is_total { 0 } else { row };
            cells.extend((0..self.columns.count).flat_map(|column| part.scalars((at, column))));
            cells.extend(end.into_iter().flat_map(|end| end.scalars((at, 0))));
            cells
        });
        let rows: Vec<Vec<Scalar>> = rows.collect();
        let mut table = panels::table(columns, rows.into_iter());
        let is_all = |side: &Side| side.keys.is_empty() || side.count == side.groups.len();
        table.is_cut |= !(is_all(&self.rows) && is_all(&self.columns));
        table
    }
}

impl Part {
    /// The figures of all combinations of the sides that are wanted; the place on the other side is 0.
    fn of(
        source: &Source,
        ys: &[Option<&Encoding>],
        rows: &Side,
        columns: &Side,
        with_rows: bool,
        with_columns: bool,
    ) -> Result<Self> {
        let of_rows = rows.keys.iter().filter(|_| with_rows);
        let of_columns = columns.keys.iter().filter(|_| with_columns);
        let keys: Vec<&Keys> = of_rows.chain(of_columns).collect();
        let groups = Crossed::of(source, &keys);
        let split = if with_rows { rows.keys.len() } else { 0 };
        let down = rows.numbers(&groups, 0..split);
        let across = columns.numbers(&groups, split..keys.len());
        let of_place = down.into_iter().zip(across).enumerate().map(|(group, place)| (place, group)).collect();
        let figures = ys.iter().map(|y| Figures::of(source, *y, &groups)).collect::<Result<_>>()?;
        Ok(Self { figures, of_place })
    }

    fn texts(&self, place: (usize, usize)) -> Vec<String> {
        let group = self.of_place.get(&place);
        self.figures.iter().map(|figures| group.map_or_else(String::new, |group| figures.text(*group))).collect()
    }

    fn scalars(&self, place: (usize, usize)) -> Vec<Scalar> {
        let group = self.of_place.get(&place);
        self.figures.iter().map(|figures| group.map_or(Scalar::Null, |group| figures.values[*group].clone())).collect()
    }
}

impl Side<'_> {
    /// The number of this side's combination for each group; `channels` are the group's channels of this side, none of
    /// which stand for all of its combinations together.
    fn numbers(&self, groups: &Crossed, channels: std::ops::Range<usize>) -> Vec<usize> {
        if channels.is_empty() {
            return vec![0; groups.len()];
        }
        let key = |groups: &Crossed, group: usize, channels: std::ops::Range<usize>| -> Vec<usize> {
            channels.map(|channel| groups.place(group, channel)).collect()
        };
        let known: PlHashMap<Vec<usize>, usize> =
            (0..self.groups.len()).map(|number| (key(&self.groups, number, 0..self.keys.len()), number)).collect();
        let number = |group: usize| known.get(&key(groups, group, channels.clone())).copied().unwrap_or(usize::MAX);
        (0..groups.len()).map(number).collect()
    }
}

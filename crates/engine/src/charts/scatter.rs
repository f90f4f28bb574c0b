//! Scatters: one point for each row, or their density in classes where they are too many to tell apart.

use contract::charts::figure::{ColorBar, Figure, Legend, Paint, Sampling, Sign};
use contract::charts::layers::{Area, Diameters, Layer, Line, Paints, Points};
use contract::charts::{CellShape, Encoding, MANY_POINTS, MOST_MARKS, Sample};
use contract::columns::Scalar;

use super::annotations::Axes;
use super::arranging::{self, Rest};
use super::axes::Span;
use super::grid::{Grid, Wanted};
use super::keys::Keys;
use super::line::too_many;
use super::numbers::NumberFormat;
use super::places::{Places, placed};
use super::reading::Source;
use super::shading::{color_bar, shade};
use super::times::time;
use super::words::{self, within};
use super::{density, panels, trends};
use crate::Result;
use crate::failures::internal;
use crate::groups::keys::LEFT_OUT;

/// The largest point, in CSS pixels, and the smallest where sizes differ.
const SIZES: [f64; 2] = [4.0, 28.0];

pub(super) fn run(source: &Source) -> Result<Figure> {
    let spec = source.spec;
    let (Some(x), Some(y)) = (&spec.x, spec.y.first()) else { return Err(internal("A scatter has no axes.")) };
    let (x, y) = (Places::of(source, x, "/x")?, Places::of(source, y, "/y/0")?);
    let size = spec.size.as_ref().map(|size| Places::of(source, size, "/size")).transpose()?;
    let facets = arranging::facets(source, None)?;
    let color = Color::of(source)?;
    let mut channels = vec![&x, &y];
    channels.extend(&size);
    let mut rows = placed(source, &channels);
    rows.retain(|row| facets.as_ref().is_none_or(|facets| facets.codes[*row as usize] != LEFT_OUT));
    rows.retain(|row| color.has(*row as usize));
    let is_whole = spec.options.sample == Some(Sample::None);
    if is_whole && rows.len() > MOST_MARKS {
        return Err(too_many(rows.len(), "/options/sample"));
    }
    let scatter = Scatter { source, x, y, size, facets, color, rows };
    if !is_whole && scatter.rows.len() > MANY_POINTS { scatter.as_density() } else { scatter.as_points() }
}

/// What the channel `color` does.
enum Color<'a> {
    Nothing,
    Series(Keys<'a>),
    Scale { places: Places<'a>, bar: ColorBar },
}

impl<'a> Color<'a> {
    /// Numbers and times are a scale unless they are put into classes or periods; anything else makes series.
    fn of(source: &'a Source) -> Result<Self> {
        let Some(encoding) = &source.spec.color else { return Ok(Self::Nothing) };
        let column = source.column(source.named(encoding)?)?;
        let is_scale = contract::charts::Accepts::NumbersOrTimes.takes(column.column_type);
        if !is_scale || encoding.bin.is_some() || encoding.granularity.is_some() {
            return Ok(Self::Series(arranging::series(source, encoding, Some(&count()), Rest::Together)?));
        }
        let places = Places::of(source, encoding, "/color")?;
        let title = panels::axis_title(encoding.title.as_ref(), || column.name.clone());
        let mut bar = color_bar(source.spec, title, &places.span, false, places.format());
        if !column.column_type.is_numeric() {
            let is_clock = column.column_type == contract::columns::ColumnType::Time;
            let ticks = time(None, &places.span, None, is_clock, 0.0).ticks;
            bar.ticks = ticks.into_iter().filter(|tick| (bar.range[0]..=bar.range[1]).contains(&tick.at)).collect();
        }
        Ok(Self::Scale { places, bar })
    }

    /// Whether a row is drawn: "Other" series may be left out.
    fn has(&self, row: usize) -> bool {
        match self {
            Self::Series(keys) => keys.codes[row] != LEFT_OUT,
            _ => true,
        }
    }
}

fn count() -> Encoding {
    Encoding { aggregate: Some(contract::analyses::grouped::Function::Count), ..Encoding::default() }
}

struct Scatter<'a> {
    source: &'a Source<'a>,
    x: Places<'a>,
    y: Places<'a>,
    size: Option<Places<'a>>,
    facets: Option<Keys<'a>>,
    color: Color<'a>,
    /// The rows that are drawn, in their order.
    rows: Vec<u32>,
}

impl Scatter<'_> {
    fn panels(&self) -> usize {
        self.facets.as_ref().map_or(1, |facets| facets.values.len().max(1))
    }

    fn panel_of(&self, row: usize) -> usize {
        self.facets.as_ref().map_or(0, |facets| facets.codes[row] as usize)
    }

    fn what(&self) -> String {
        format!("{} by {}", self.y_title(), self.x.encoding.title.as_ref().unwrap_or(&self.x.column.name))
    }

    fn y_title(&self) -> String {
        self.y.encoding.title.clone().unwrap_or_else(|| self.y.column.name.clone())
    }

    fn as_density(&self) -> Result<Figure> {
        let source = self.source;
        let of = |row: usize| Some(self.panel_of(row));
        let wanted = Wanted { shape: CellShape::Rectangle, figure: None, panels: &of, panel_count: self.panels() };
        let grid = Grid::of(source, &self.x, &self.y, &self.rows, &wanted)?;
        let points = NumberFormat::default().full(self.rows.len() as f64);
        source.note(format!(
            "{points} points are too many to tell apart, so their density is shown; `sample: none` draws every one."
        ));
        if source.spec.options.trend.is_some() || !matches!(self.color, Color::Nothing) || self.size.is_some() {
            source.note("A density shows no colours, sizes and trends of points.");
        }
        let mut figure = density::figure(source, &grid, &self.x, &self.y, self.facets.as_ref(), || self.what())?;
        let shown = grid.classes.len() as u64;
        figure.sampling = Some(Sampling { method: "bins", shown, of: self.rows.len() as u64 });
        Ok(figure)
    }

    fn as_points(&self) -> Result<Figure> {
        let (mut across, mut up) = (Span::default(), Span::default());
        for row in self.rows.iter().map(|row| *row as usize) {
            across.add(self.x.values[row]);
            up.add(self.y.values[row]);
        }
        let mut layers: Vec<Vec<Layer>> = vec![Vec::new(); self.panels()];
        let mut has_trend = false;
        for (panel, layers) in layers.iter_mut().enumerate() {
            let (trends, points) = self.layers(panel, &mut up);
            has_trend |= !trends.is_empty();
            layers.extend(points);
            layers.extend(trends);
        }
        let axes = (self.x.axis(&across, false, true), self.y.axis(&up, false, true));
        let axes = Axes { x: &axes.0, y: &axes.1, is_horizontal: false };
        let titles = panels::titles(self.facets.as_ref());
        let drawn = panels::planes(self.source, titles, layers, &axes)?;
        let mut figure = panels::figure(self.source, || self.what(), drawn);
        figure.legend = self.legend(has_trend);
        if let Color::Scale { bar, .. } = &self.color {
            figure.color_bar = Some(bar.clone());
        }
        figure.table = self.table()?;
        figure.sentence = self.sentence(&across, &up);
        Ok(figure)
    }

    /// The trends and the points of one panel.
    fn layers(&self, panel: usize, up: &mut Span) -> (Vec<Layer>, Vec<Layer>) {
        let rows: Vec<usize> =
            self.rows.iter().map(|row| *row as usize).filter(|row| self.panel_of(*row) == panel).collect();
        let (mut lines, mut points) = (Vec::new(), Vec::new());
        match &self.color {
            Color::Series(keys) => {
                let mut by_series: Vec<Vec<usize>> = vec![Vec::new(); keys.values.len()];
                rows.iter().for_each(|row| by_series[keys.codes[*row] as usize].push(*row));
                for (series, rows) in by_series.iter().enumerate().filter(|(_, rows)| !rows.is_empty()) {
                    let (name, paint) = (keys.label(series), keys.paint(series));
                    points.push(self.points(&name, rows, Paints::One(paint)));
                    lines.extend(self.trend(&name, rows, paint, up));
                }
            }
            Color::Scale { places, bar } => {
                let paint = |row: &usize| match shade(bar, places.values[*row]) {
                    shade if shade.is_nan() => Paint::Muted,
                    shade => Paint::Scale(shade),
                };
                points.push(self.points(&self.y_title(), &rows, Paints::Each(rows.iter().map(paint).collect())));
                lines.extend(self.trend(&self.y_title(), &rows, Paint::Ink, up));
            }
            Color::Nothing => {
                points.push(self.points(&self.y_title(), &rows, Paints::One(Paint::Category(0))));
                lines.extend(self.trend(&self.y_title(), &rows, Paint::Ink, up));
            }
        }
        (lines, points)
    }

    fn points(&self, name: &str, rows: &[usize], paint: Paints) -> Layer {
        let (usual_size, usual_opacity) = match self.rows.len() {
            0..500 => (7.0, 0.8),
            500..5_000 => (5.0, 0.6),
            _ => (3.0, 0.4),
        };
        let diameter = match &self.size {
            None => Diameters::One(usual_size),
            Some(size) => {
                // The area is in proportion to the value, so the diameter is to its root.
                let largest = size.span.ends().map_or(0.0, |(_, high)| high.max(0.0));
                let share = |row: &usize| if largest > 0.0 { (size.values[*row] / largest).max(0.0) } else { 0.0 };
                Diameters::Each(rows.iter().map(|row| (share(row).sqrt() * SIZES[1]).max(SIZES[0])).collect())
            }
        };
        Layer::Points(Points {
            name: name.to_owned(),
            x: rows.iter().map(|row| self.x.values[*row]).collect(),
            y: rows.iter().map(|row| self.y.values[*row]).collect(),
            paint,
            diameter,
            opacity: self.source.spec.options.opacity.unwrap_or(usual_opacity),
            texts: self.texts(rows),
        })
    }

    /// What a point says beside its place: its label.
    fn texts(&self, rows: &[usize]) -> Vec<String> {
        let name = self.source.spec.label.as_ref().and_then(|label| label.column.as_ref());
        let Some(cells) = name.and_then(|name| self.source.cells(name).ok()) else { return Vec::new() };
        rows.iter().map(|row| density::plain(&cells.of_row(*row))).collect()
    }

    fn trend(&self, name: &str, rows: &[usize], paint: Paint, up: &mut Span) -> Vec<Layer> {
        let Some(how) = &self.source.spec.options.trend else { return Vec::new() };
        let mut order: Vec<usize> = rows.to_vec();
        order.sort_by(|left, right| self.x.values[*left].total_cmp(&self.x.values[*right]));
        let x: Vec<f64> = order.iter().map(|row| self.x.values[*row]).collect();
        let y: Vec<f64> = order.iter().map(|row| self.y.values[*row]).collect();
        let Some(mut trend) = trends::of(how, &x, &y) else {
            self.source.note("A trend needs points at two places at least.");
            return Vec::new();
        };
        let is_log = self.y.encoding.scale == contract::charts::Scale::Log;
        trends::fit_in(&mut trend, up, is_log);
        let title = format!("{} of {name}", trends::name(how.method));
        let mut layers = Vec::new();
        if !trend.lower.is_empty() {
            let name = format!("95 % confidence of the {}", trends::name(how.method).to_lowercase());
            let (x, lower, upper) = (trend.x.clone(), trend.lower, trend.upper);
            let (opacity, has_edge, texts) = (0.12, false, Vec::new());
            layers.push(Layer::Area(Area { name, x, lower, upper, paint, opacity, has_edge, texts }));
        }
        let (x, y, is_dashed) = (trend.x, trend.y, true);
        layers.push(Layer::Line(Line { name: title, x, y, paint, is_dashed, has_points: false, texts: Vec::new() }));
        layers
    }

    fn legend(&self, has_trend: bool) -> Option<Legend> {
        let mut items = Vec::new();
        let mut title = None;
        if let Color::Series(keys) = &self.color {
            title = Some(keys.column.name.clone());
            let series = (0..keys.values.len()).map(|at| panels::item(keys.label(at), keys.paint(at), Sign::Point));
            items.extend(series);
        }
        if let Some(trend) = self.source.spec.options.trend.as_ref().filter(|_| has_trend) {
            if items.is_empty() && matches!(self.color, Color::Nothing) {
                items.push(panels::item(self.y_title(), Paint::Category(0), Sign::Point));
            }
            items.push(panels::item(trends::name(trend.method), Paint::Ink, Sign::DashedLine));
        }
        panels::legend(title, items)
    }

    fn table(&self) -> Result<contract::charts::figure::FigureTable> {
        let spec = self.source.spec;
        let names = [&spec.color, &spec.facet, &spec.label];
        let names: Vec<&String> = names.into_iter().flatten().filter_map(|encoding| encoding.column.as_ref()).collect();
        let cells = names.iter().map(|name| self.source.cells(name)).collect::<Result<Vec<_>>>()?;
        let places: Vec<&Places> = [Some(&self.x), Some(&self.y), self.size.as_ref()].into_iter().flatten().collect();
        let mut columns: Vec<_> =
            places.iter().map(|places| places.table_column(places.column.name.clone(), false)).collect();
        for name in &names {
            columns.push(self.source.column(name)?.clone());
        }
        let row = |row: &u32| -> Vec<Scalar> {
            let row = *row as usize;
            let numbers = places.iter().map(|places| places.scalar(places.values[row]));
            numbers.chain(cells.iter().map(|cells| cells.of_row(row))).collect()
        };
        Ok(panels::table(columns, self.rows.iter().map(row)))
    }

    fn sentence(&self, across: &Span, up: &Span) -> String {
        let points = NumberFormat::default().full(self.rows.len() as f64);
        let mut text = format!("Scatter plot of {} with {points} points", within(&self.what()));
        if let Color::Series(keys) = &self.color {
            let names: Vec<String> = (0..keys.values.len()).map(|at| keys.label(at)).collect();
            text.push_str(&format!(", {} series: {}", names.len(), words::list(&names)));
        }
        if self.panels() > 1 {
            text.push_str(&format!(", in {} small charts", self.panels()));
        }
        for (places, span) in [(&self.x, across), (&self.y, up)] {
            if let Some((low, high)) = span.ends() {
                let name = &places.column.name;
                text.push_str(&format!("; {name} from {} to {}", places.text(low), places.text(high)));
            }
        }
        text.push('.');
        text
    }
}

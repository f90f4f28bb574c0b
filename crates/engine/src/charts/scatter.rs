//! Scatters: one point for each row, or their density in classes where they are too many to tell apart.

use contract::charts::figure::{Figure, Legend, Paint, Sampling, Sign};
use contract::charts::layers::{Area, Layer, Line, Paints, Points};
use contract::charts::{CellShape, MANY_POINTS, MOST_MARKS, Sample};

use super::annotations::Axes;
use super::arranging;
use super::axes::Span;
use super::dots::{self, Color, diameters, labels, usual};
use super::grid::{Grid, Wanted};
use super::keys::Keys;
use super::line::too_many;
use super::numbers::NumberFormat;
use super::places::{Places, placed};
use super::reading::Source;
use super::words::{self, within};
use super::{density, panels, trends};
use crate::Result;
use crate::failures::internal;
use crate::groups::keys::LEFT_OUT;

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
        figure.color_bar = self.color.bar();
        let places: Vec<&Places> = [Some(&self.x), Some(&self.y), self.size.as_ref()].into_iter().flatten().collect();
        figure.table = dots::table(self.source, &places, &self.rows)?;
        figure.sentence = self.sentence(&across, &up);
        Ok(figure)
    }

    /// The trends and the points of one panel.
    fn layers(&self, panel: usize, up: &mut Span) -> (Vec<Layer>, Vec<Layer>) {
        let rows: Vec<usize> =
            self.rows.iter().map(|row| *row as usize).filter(|row| self.panel_of(*row) == panel).collect();
        let (mut lines, mut points) = (Vec::new(), Vec::new());
        for series in self.color.series(&rows, &self.y_title()) {
            // The trend of points on a scale is that of all of them.
            let paint = match (&series.paint, &self.color) {
                (Paints::One(paint), Color::Series(_)) => *paint,
                _ => Paint::Ink,
            };
            lines.extend(self.trend(&series.name, &series.rows, paint, up));
            points.push(self.points(&series.name, &series.rows, series.paint));
        }
        (lines, points)
    }

    fn points(&self, name: &str, rows: &[usize], paint: Paints) -> Layer {
        let (usual_size, usual_opacity) = usual(self.rows.len());
        Layer::Points(Points {
            name: name.to_owned(),
            x: rows.iter().map(|row| self.x.values[*row]).collect(),
            y: rows.iter().map(|row| self.y.values[*row]).collect(),
            paint,
            diameter: diameters(self.size.as_ref(), rows, usual_size),
            opacity: self.source.spec.options.opacity.unwrap_or(usual_opacity),
            texts: labels(self.source, rows),
        })
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

    fn sentence(&self, across: &Span, up: &Span) -> String {
        if self.rows.is_empty() {
            return format!("Scatter plot of {}, with no values.", within(&self.what()));
        }
        let points = words::counted(self.rows.len(), "point");
        let mut text = format!("Scatter plot of {} with {points}", within(&self.what()));
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

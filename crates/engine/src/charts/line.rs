//! Lines: figures along times, numbers or ordered categories, with gaps, bands and trends.

use contract::analyses::grouped::Function;
use contract::charts::figure::{Figure, Mark, Sampling, Sign};
use contract::charts::layers::{Area, Layer, Line};
use contract::charts::{BandKind, Encoding, Gaps, MANY_MARKS, MOST_MARKS, Sample};

use super::annotations::Axes;
use super::axes::Span;
use super::courses::{Course, Courses};
use super::keys::Use;
use super::lttb::thinned_with_gaps;
use super::numbers::NumberFormat;
use super::reading::{Source, refused};
use super::{figures, panels, strokes, trends};
use crate::Result;
use crate::probability::t_quantile;

/// At most so many figures are written beside their points.
const MOST_WRITTEN: usize = 100;
/// How strong bands are.
const BAND: f64 = 0.18;

pub(super) fn run(source: &Source) -> Result<Figure> {
    let courses = Courses::of(source, Use::Position)?;
    let bands = bands(source, &courses)?;
    let mut strokes: Vec<Stroke> = courses.courses.iter().map(|course| stroke(&courses, course, &bands)).collect();
    let sampling = thin(source, &mut strokes)?;
    let mut span = Span::default();
    strokes.iter().flat_map(|stroke| [&stroke.y, &stroke.lower, &stroke.upper]).for_each(|values| {
        values.iter().for_each(|value| span.add(*value));
    });
    let mut layers: Vec<Vec<Layer>> = vec![Vec::new(); courses.panels()];
    let mut items: Vec<_> = if courses.series.len() > 1 || courses.colors.is_some() {
        courses.series.iter().map(|series| panels::item(series.name.clone(), series.paint, Sign::Line)).collect()
    } else {
        Vec::new()
    };
    for stroke in &strokes {
        stroke.draw_band(&mut layers[stroke.panel]);
    }
    if let Some(trend) = &source.spec.options.trend {
        let mut drawn = 0;
        for stroke in &strokes {
            drawn += usize::from(stroke.draw_trend(trend, &mut span, &mut layers[stroke.panel], courses.is_log()));
        }
        if drawn < strokes.len() {
            source.note("A line with too few different points has no trend.");
        }
        if drawn > 0 {
            if let (true, Some(series)) = (items.is_empty(), courses.series.first()) {
                items.push(panels::item(series.name.clone(), series.paint, Sign::Line));
            }
            let paint = contract::charts::figure::Paint::Muted;
            items.push(panels::item(trends::name(trend.method), paint, Sign::DashedLine));
        }
    }
    let marks = written(source, &courses, &strokes);
    let x = courses.position_axis(0.0, false);
    let y = courses.height_axis(&span, false, false)?;
    strokes.into_iter().for_each(|stroke| stroke.draw(source, &mut layers));
    let axes = Axes { x: &x, y: &y, is_horizontal: false };
    let mut drawn = panels::planes(source, panels::titles(courses.facets.as_ref()), layers, &axes)?;
    drawn.iter_mut().zip(marks).for_each(|(panel, marks)| panel.marks.extend(marks));
    let mut figure = panels::figure(source, || courses.what(), drawn);
    figure.legend = panels::legend(courses.colors.as_ref().map(|colors| colors.column.name.clone()), items);
    figure.table = courses.table()?;
    figure.sentence = courses.sentence();
    figure.sampling = sampling;
    Ok(figure)
}

/// One line and its band before it is drawn.
pub(super) struct Stroke {
    pub(super) panel: usize,
    name: String,
    paint: contract::charts::figure::Paint,
    x: Vec<f64>,
    y: Vec<f64>,
    lower: Vec<f64>,
    upper: Vec<f64>,
}

/// The points of a course, with gaps as the spec wants them; bands are those of its figure.
fn stroke(courses: &Courses, course: &Course, bands: &[Option<[Vec<f64>; 2]>]) -> Stroke {
    let series = &courses.series[course.series];
    let band = bands[course.y].as_ref();
    let points = strokes::points(courses, course);
    let pick =
        |values: &Vec<f64>| points.iter().map(|point| point.group.map_or(f64::NAN, |group| values[group])).collect();
    Stroke {
        panel: course.panel,
        name: series.name.clone(),
        paint: series.paint,
        x: points.iter().map(|point| point.x).collect(),
        y: points.iter().map(|point| point.y).collect(),
        lower: band.map_or_else(Vec::new, |[lower, _]| pick(lower)),
        upper: band.map_or_else(Vec::new, |[_, upper]| pick(upper)),
    }
}

/// The ends of the band of each figure, by group.
fn bands(source: &Source, courses: &Courses) -> Result<Vec<Option<[Vec<f64>; 2]>>> {
    let Some(band) = &source.spec.options.band else { return Ok(vec![None; courses.ys.len()]) };
    let one = |y: &Option<&Encoding>, values: &Vec<f64>| -> Result<Option<[Vec<f64>; 2]>> {
        let Some(y) = y else { return Ok(None) };
        let of = |column: Option<&String>, function: Option<Function>| {
            let encoding = Encoding { column: column.cloned(), aggregate: function, ..Encoding::default() };
            figures::figures(source, Some(&encoding), "/options/band", &courses.groups)
        };
        let column = y.column.as_ref();
        Ok(Some(match band.kind {
            BandKind::Range if column.is_none() => return Ok(None),
            BandKind::Range => [of(column, Some(Function::Min))?, of(column, Some(Function::Max))?],
            BandKind::Columns => {
                let function = y.aggregate.filter(|function| function.needs_numbers());
                [of(band.lower.as_ref(), function)?, of(band.upper.as_ref(), function)?]
            }
            BandKind::Deviation | BandKind::Confidence => {
                let deviations = of(column, Some(Function::Std))?;
                let counts = of(column, Some(Function::Count))?;
                let reach = |(deviation, count): (&f64, &f64)| match band.kind {
                    BandKind::Confidence => deviation / count.sqrt() * t_quantile(0.975, count - 1.0),
                    _ => *deviation,
                };
                let reaches: Vec<f64> = deviations.iter().zip(&counts).map(reach).collect();
                let ends = |sign: f64| values.iter().zip(&reaches).map(|(mean, reach)| mean + sign * reach).collect();
                [ends(-1.0), ends(1.0)]
            }
        }))
    };
    courses.ys.iter().zip(&courses.values).map(|(y, values)| one(y, values)).collect()
}

/// Fewer points where there are too many to tell apart; all lines get the same part of them.
fn thin(source: &Source, strokes: &mut [Stroke]) -> Result<Option<Sampling>> {
    let of: usize = strokes.iter().map(|stroke| stroke.y.len()).sum();
    if is_whole(source) {
        if of > MOST_MARKS {
            return Err(too_many(of, "/options/sample"));
        }
        return Ok(None);
    }
    if of <= MANY_MARKS {
        return Ok(None);
    }
    let mut shown = 0;
    for stroke in strokes {
        let keep = (stroke.y.len() * MANY_MARKS / of).max(3);
        let kept = thinned_with_gaps(&stroke.x, &stroke.y, keep);
        shown += kept.len();
        for values in [&mut stroke.x, &mut stroke.y, &mut stroke.lower, &mut stroke.upper] {
            if !values.is_empty() {
                *values = kept.iter().map(|at| values[*at]).collect();
            }
        }
    }
    Ok(Some(Sampling { method: "lttb", shown: shown as u64, of: of as u64 }))
}

/// More marks than a chart can have.
pub(super) fn too_many(marks: usize, pointer: &str) -> contract::errors::Failure {
    let detail = format!(
        "This chart would have {marks} marks; at most {MOST_MARKS} can be drawn. Choose a longer granularity, classes, a filter or a limit, or let it be sampled."
    );
    refused(pointer, detail)
}

/// Whether every mark is drawn, however many there are.
pub(super) fn is_whole(source: &Source) -> bool {
    source.spec.options.sample == Some(Sample::None)
}

/// Refuses more bars than can be told apart, unless the spec wants every one.
pub(super) fn few_bars(source: &Source, bars: usize) -> Result<()> {
    if bars > MOST_MARKS {
        return Err(too_many(bars, "/x"));
    }
    if bars <= MANY_MARKS || is_whole(source) {
        return Ok(());
    }
    let [bars, most] = [bars, MANY_MARKS].map(|count| NumberFormat::default().full(count as f64));
    let detail = format!(
        "This chart would have {bars} bars; more than {most} cannot be told apart. Choose a longer granularity, fewer classes, a smaller limit or a filter, draw a line instead, or ask for every bar with the option `\"sample\": \"none\"`."
    );
    Err(refused("/x", detail))
}

impl Stroke {
    fn draw_band(&self, layers: &mut Vec<Layer>) {
        if self.lower.is_empty() {
            return;
        }
        layers.push(Layer::Area(Area {
            name: self.name.clone(),
            x: self.x.clone(),
            lower: self.lower.clone(),
            upper: self.upper.clone(),
            paint: self.paint,
            opacity: BAND,
            has_edge: false,
            texts: Vec::new(),
        }));
    }

    fn draw_trend(
        &self,
        how: &contract::charts::Trend,
        span: &mut Span,
        layers: &mut Vec<Layer>,
        is_log: bool,
    ) -> bool {
        let Some(mut trend) = trends::of(how, &self.x, &self.y) else { return false };
        trends::fit_in(&mut trend, span, is_log);
        let name = format!("{} of {}", trends::name(how.method), self.name);
        if !trend.lower.is_empty() {
            layers.push(Layer::Area(Area {
                name: format!("95 % confidence of the {}", trends::name(how.method).to_lowercase()),
                x: trend.x.clone(),
                lower: trend.lower,
                upper: trend.upper,
                paint: self.paint,
                opacity: BAND / 1.5,
                has_edge: false,
                texts: Vec::new(),
            }));
        }
        let (x, y, paint) = (trend.x, trend.y, self.paint);
        layers.push(Layer::Line(Line { name, x, y, paint, is_dashed: true, has_points: false, texts: Vec::new() }));
        true
    }

    fn draw(self, source: &Source, layers: &mut [Vec<Layer>]) {
        // A point between two gaps would not be seen without a dot.
        let gap = |at: Option<usize>| at.and_then(|at| self.y.get(at)).is_none_or(|value| value.is_nan());
        let is_alone = |at: usize| !self.y[at].is_nan() && gap(at.checked_sub(1)) && gap(Some(at + 1));
        let has_alone = (0..self.y.len()).any(is_alone);
        let has_points = source.spec.options.points.unwrap_or(has_alone);
        layers[self.panel].push(Layer::Line(Line {
            name: self.name,
            x: self.x,
            y: self.y,
            paint: self.paint,
            is_dashed: false,
            has_points,
            texts: Vec::new(),
        }));
    }
}

/// Figures beside the points, by panel.
fn written(source: &Source, courses: &Courses, strokes: &[Stroke]) -> Vec<Vec<Mark>> {
    let mut marks = vec![Vec::new(); courses.panels()];
    if source.spec.options.values != Some(true) {
        return marks;
    }
    let count: usize = strokes.iter().map(|stroke| stroke.y.len()).sum();
    if count > MOST_WRITTEN {
        source.note(format!("Figures are written beside at most {MOST_WRITTEN} points."));
        return marks;
    }
    for stroke in strokes {
        let points = stroke.x.iter().zip(&stroke.y).filter(|(_, y)| !y.is_nan());
        marks[stroke.panel].extend(points.map(|(x, y)| Mark::Text { x: *x, y: *y, text: courses.format.short(*y) }));
    }
    marks
}

/// Whether a spec wants gaps to be shown, bridged or filled with 0.
pub(super) fn gaps(courses: &Courses) -> Gaps {
    courses.source.spec.options.gaps.unwrap_or_else(|| strokes::usual_gaps(courses))
}

//! Measures that both renderers share, so that a chart looks the same in the app and in a file.

/// The diameter of the dots on a line.
pub(crate) const LINE_DOT: f64 = 5.0;
/// How strong the ground of a tile with tiles in it is.
pub(crate) const PARENT: f64 = 0.3;
/// The width of the upper edge of an area.
pub(crate) const EDGE: f64 = 1.5;
pub(crate) const BOX_LINE: f64 = 1.5;
pub(crate) const BOX_FILL: f64 = 0.22;
pub(crate) const OUTLIER: f64 = 4.0;
pub(crate) const OUTLIER_OPACITY: f64 = 0.7;

/// Lines of many points are thinner, so that they do not become blots.
pub(crate) fn line_width(points: usize) -> f64 {
    if points > 500 { 1.25 } else { 2.0 }
}

/// The parts of a polyline without gaps.
pub(crate) fn runs(points: &[[f64; 2]]) -> impl Iterator<Item = &[[f64; 2]]> {
    points.split(|[x, y]| !x.is_finite() || !y.is_finite()).filter(|run| !run.is_empty())
}

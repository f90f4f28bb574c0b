//! Maps of the world: land, countries by colour, and points, in the Natural Earth projection.

mod shapes;

use std::collections::HashMap;

use contract::charts::layers::{Layer, Regions};

use super::canvas::Rect;
use super::layers::{Pens, map_points};

/// Lines of the map are followed in steps of so many degrees.
const STEP: f64 = 2.0;
/// In CSS pixels.
const CLOSE: f64 = 0.4;

/// From longitude and latitude to CSS pixels.
struct Projection {
    scale: f64,
    across: f64,
    down: f64,
}

pub(crate) fn draw(pens: &Pens<'_>, panel: &[Layer], longitudes: [f64; 2], latitudes: [f64; 2], area: Rect) {
    let projection = Projection::new(longitudes, latitudes, area);
    pens.canvas.clipped(area, None, |_| land(pens, panel, &projection, area));
    for layer in panel {
        if let Layer::Points(points) = layer {
            let places: Vec<[f64; 2]> = points
                .x
                .iter()
                .zip(&points.y)
                .map(|(longitude, latitude)| projection.at([*longitude, *latitude]))
                .collect();
            map_points(pens, points, &places, area);
        }
    }
}

/// All countries; those of a layer in its colours.
fn land(pens: &Pens<'_>, panel: &[Layer], projection: &Projection, area: Rect) {
    let regions = panel.iter().filter_map(|layer| match layer {
        Layer::Regions(regions) => Some(regions),
        _ => None,
    });
    let shades: HashMap<&str, f64> = regions.flat_map(shades).collect();
    for country in shapes::countries() {
        let shade = shades.get(country.code.as_str()).copied().unwrap_or(f64::NAN);
        let color = pens.shade(shade);
        for ring in &country.rings {
            let points = thinned(ring.iter().map(|place| projection.at(*place)));
            if meets(Rect::around(points.iter().copied(), 1.0), area) {
                let edge = if shade.is_nan() { pens.look.rule } else { pens.look.surface };
                pens.canvas.edged(&points, color, edge, 0.5);
            }
        }
    }
}

/// Without points that nobody could tell from the one before.
fn thinned(points: impl Iterator<Item = [f64; 2]>) -> Vec<[f64; 2]> {
    let mut kept: Vec<[f64; 2]> = Vec::new();
    for point in points {
        let is_close = |last: &[f64; 2]| (last[0] - point[0]).hypot(last[1] - point[1]) < CLOSE;
        if !kept.last().is_some_and(is_close) {
            kept.push(point);
        }
    }
    kept
}

fn meets(one: Rect, other: Rect) -> bool {
    one.x <= other.right() && other.x <= one.right() && one.y <= other.bottom() && other.y <= one.bottom()
}

fn shades(regions: &Regions) -> impl Iterator<Item = (&str, f64)> {
    regions.codes.iter().map(String::as_str).zip(regions.shades.iter().copied())
}

impl Projection {
    /// Shows the ranges as large as the area allows.
    fn new(longitudes: [f64; 2], latitudes: [f64; 2], area: Rect) -> Self {
        let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for step in 0..=40 {
            let part = f64::from(step) / 40.0;
            let along = |[from, to]: [f64; 2]| from + (to - from) * part;
            let edge = [
                [along(longitudes), latitudes[0]],
                [along(longitudes), latitudes[1]],
                [longitudes[0], along(latitudes)],
                [longitudes[1], along(latitudes)],
            ];
            for place in edge.map(natural_earth) {
                for side in 0..2 {
                    low[side] = low[side].min(place[side]);
                    high[side] = high[side].max(place[side]);
                }
            }
        }
        let size = [(high[0] - low[0]).max(1e-6), (high[1] - low[1]).max(1e-6)];
        let scale = (area.width / size[0]).min(area.height / size[1]);
        Self {
            scale,
            across: area.x + area.width / 2.0 - scale * (low[0] + high[0]) / 2.0,
            down: area.y + area.height / 2.0 + scale * (low[1] + high[1]) / 2.0,
        }
    }

    fn at(&self, place: [f64; 2]) -> [f64; 2] {
        let [x, y] = natural_earth(place);
        [self.across + self.scale * x, self.down - self.scale * y]
    }
}

/// The Natural Earth projection by its polynomials: Šavrič, Jenny, Patterson, Petrovič, Hurni (2011), "A polynomial
/// equation for the Natural Earth projection", Cartography and Geographic Information Science 38 (4), 363–372.
fn natural_earth([longitude, latitude]: [f64; 2]) -> [f64; 2] {
    let (lambda, phi) = (longitude.to_radians(), latitude.clamp(-90.0, 90.0).to_radians());
    let phi2 = phi * phi;
    let phi4 = phi2 * phi2;
    [
        lambda * (0.870_700 - 0.131_979 * phi2 + phi4 * (-0.013_791 + phi4 * (0.003_971 * phi2 - 0.001_529 * phi4))),
        phi * (1.007_226 + phi2 * (0.015_085 + phi4 * (-0.044_475 + 0.028_874 * phi2 - 0.005_916 * phi4))),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// PROJ's own test of its `natearth`, on a sphere of 6,400 km.
    #[test]
    fn the_projection_is_that_of_proj() {
        let [x, y] = natural_earth([2.0, 1.0]).map(|part| part * 6.4e6);
        assert!((x - 194_507.265_257_889).abs() < 1e-3, "{x}");
        assert!((y - 112_508.737_358_295).abs() < 1e-3, "{y}");
        assert_eq!(natural_earth([0.0, 0.0]), [0.0, 0.0]);
    }
}

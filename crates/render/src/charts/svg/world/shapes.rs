//! The countries of the world, from Natural Earth (public domain) at 1:110 million in Plotly's own TopoJSON file.

use std::sync::OnceLock;

use serde_json::Value;

use super::STEP;

/// The file that the app's maps are drawn from too.
const WORLD: &str = include_str!("../../../../maps/world_110m.json");

pub(crate) struct Country {
    /// ISO 3166-1 alpha-3.
    pub code: String,
    /// Closed rings of longitude and latitude, in degrees.
    pub rings: Vec<Vec<[f64; 2]>>,
}

/// Large countries first, so that those that lie within another one are seen.
pub(crate) fn countries() -> &'static [Country] {
    static COUNTRIES: OnceLock<Vec<Country>> = OnceLock::new();
    COUNTRIES.get_or_init(|| {
        // The file is part of the program, and a test reads it.
        let world: Value = serde_json::from_str(WORLD).unwrap_or_default();
        let arcs = arcs(&world);
        let geometries = world["objects"]["countries"]["geometries"].as_array();
        let mut countries: Vec<Country> =
            geometries.into_iter().flatten().map(|geometry| country(geometry, &arcs)).collect();
        countries.sort_by(|one, other| size(other).total_cmp(&size(one)));
        countries
    })
}

/// Arcs are told by steps on a grid (TopoJSON specification 1.0, section 2.1.3).
fn arcs(world: &Value) -> Vec<Vec<[f64; 2]>> {
    let pair = |value: &Value| [value[0].as_f64().unwrap_or(0.0), value[1].as_f64().unwrap_or(0.0)];
    let scale = pair(&world["transform"]["scale"]);
    let translate = pair(&world["transform"]["translate"]);
    let decode = |arc: &Value| {
        let mut at = [0.0, 0.0];
        arc.as_array()
            .into_iter()
            .flatten()
            .map(|step| {
                let step = pair(step);
                at = [at[0] + step[0], at[1] + step[1]];
                [at[0] * scale[0] + translate[0], at[1] * scale[1] + translate[1]]
            })
            .collect()
    };
    world["arcs"].as_array().into_iter().flatten().map(decode).collect()
}

fn country(geometry: &Value, arcs: &[Vec<[f64; 2]>]) -> Country {
    let lists = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let rings = match geometry["type"].as_str() {
        Some("Polygon") => lists(&geometry["arcs"]),
        Some("MultiPolygon") => lists(&geometry["arcs"]).iter().flat_map(lists).collect(),
        _ => Vec::new(),
    };
    Country {
        code: geometry["id"].as_str().unwrap_or_default().to_owned(),
        rings: rings.iter().flat_map(|ring| cut(&joined(ring, arcs))).collect(),
    }
}

/// Arcs one after the other; a negative number is an arc backwards. Long lines get points between, since the projection
/// bends them.
fn joined(ring: &Value, arcs: &[Vec<[f64; 2]>]) -> Vec<[f64; 2]> {
    let mut points: Vec<[f64; 2]> = Vec::new();
    for number in ring.as_array().into_iter().flatten().filter_map(Value::as_i64) {
        let is_backward = number < 0;
        let at = if is_backward { !number } else { number };
        let Some(arc) = usize::try_from(at).ok().and_then(|at| arcs.get(at)) else { continue };
        let places: Box<dyn Iterator<Item = &[f64; 2]>> =
            if is_backward { Box::new(arc.iter().rev()) } else { Box::new(arc.iter()) };
        for place in places {
            push(&mut points, *place);
        }
    }
    points
}

/// Goes on to a place by the short way, which may lead across the 180th meridian to longitudes beyond it.
fn push(points: &mut Vec<[f64; 2]>, mut to: [f64; 2]) {
    if let Some(from) = points.last().copied() {
        to[0] += ((from[0] - to[0]) / 360.0).round() * 360.0;
        let longest = (to[0] - from[0]).abs().max((to[1] - from[1]).abs());
        let steps = (longest / STEP).ceil() as usize;
        for step in 1..steps {
            let part = step as f64 / steps as f64;
            points.push([from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part]);
        }
    }
    points.push(to);
}

/// A ring as the parts of it that lie between the 180th meridian and itself.
fn cut(ring: &[[f64; 2]]) -> Vec<Vec<[f64; 2]>> {
    let (Some(first), Some(last)) = (ring.first().copied(), ring.last().copied()) else { return Vec::new() };
    let mut ring = ring.to_vec();
    if (last[0] - first[0]).abs() > 180.0 {
        // The ring goes around a pole, which lies within it.
        let pole = if first[1] < 0.0 { -90.0 } else { 90.0 };
        push(&mut ring, [last[0], pole]);
        let steps = ((first[0] - last[0]).abs() / STEP) as usize;
        ring.extend((1..=steps).map(|step| [last[0] + (first[0] - last[0]) * step as f64 / steps as f64, pole]));
        push(&mut ring, first);
    }
    [-360.0, 0.0, 360.0]
        .iter()
        .map(|turn| ring.iter().map(|[x, y]| [x + turn, *y]).collect::<Vec<_>>())
        .map(|ring| beyond(&beyond(&ring, -180.0, 1.0), 180.0, -1.0))
        .filter(|ring| ring.len() > 3)
        .collect()
}

/// The part of a ring on one side of a meridian (Sutherland and Hodgman, 1974).
fn beyond(ring: &[[f64; 2]], meridian: f64, sign: f64) -> Vec<[f64; 2]> {
    let is_inside = |place: [f64; 2]| (place[0] - meridian) * sign >= 0.0;
    let mut kept = Vec::new();
    for pair in ring.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        if is_inside(from) {
            kept.push(from);
        }
        if is_inside(from) != is_inside(to) {
            let part = (meridian - from[0]) / (to[0] - from[0]);
            kept.push([meridian, from[1] + (to[1] - from[1]) * part]);
        }
    }
    kept.extend(kept.first().copied());
    kept
}

/// The area on the grid of degrees, which is enough to sort by.
fn size(country: &Country) -> f64 {
    let ring = |ring: &Vec<[f64; 2]>| {
        ring.windows(2).map(|pair| pair[0][0] * pair[1][1] - pair[1][0] * pair[0][1]).sum::<f64>().abs()
    };
    country.rings.iter().map(ring).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_world_has_its_countries_where_they_are() {
        let find = |code: &str| countries().iter().find(|country| country.code == code).unwrap();
        assert!(countries().len() > 170, "{}", countries().len());
        let inside = |code: &str, [x, y]: [f64; 2]| {
            let crossings = |ring: &Vec<[f64; 2]>| {
                ring.windows(2)
                    .filter(|pair| (pair[0][1] > y) != (pair[1][1] > y))
                    .filter(|pair| {
                        let part = (y - pair[0][1]) / (pair[1][1] - pair[0][1]);
                        x < pair[0][0] + part * (pair[1][0] - pair[0][0])
                    })
                    .count()
            };
            find(code).rings.iter().map(crossings).sum::<usize>() % 2 == 1
        };
        assert!(inside("DEU", [10.0, 51.0]) && inside("BRA", [-50.0, -10.0]) && inside("AUS", [134.0, -25.0]));
        assert!(inside("USA", [-100.0, 40.0]) && inside("RUS", [90.0, 60.0]) && !inside("FRA", [10.0, 51.0]));
        let places = countries().iter().flat_map(|country| country.rings.iter().flatten());
        assert!(places.into_iter().all(|[x, y]| (-180.01..=180.01).contains(x) && (-90.0..=90.0).contains(y)));
    }
}

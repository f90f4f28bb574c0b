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
        rings: rings.iter().map(|ring| joined(ring, arcs)).collect(),
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

fn push(points: &mut Vec<[f64; 2]>, to: [f64; 2]) {
    if let Some(from) = points.last().copied() {
        let longest = (to[0] - from[0]).abs().max((to[1] - from[1]).abs());
        let steps = (longest / STEP).ceil() as usize;
        for step in 1..steps {
            let part = step as f64 / steps as f64;
            points.push([from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part]);
        }
    }
    points.push(to);
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

//! World maps: countries by colour.

use contract::charts::figure::{Figure, FigureTable, Panel, Space};
use contract::charts::layers::{Layer, Regions};
use contract::columns::{Column, ColumnType, Scalar};

use super::axes::Span;
use super::countries::{Country, find, nearest};
use super::courses::rows_are;
use super::figures::{self, Crossed};
use super::keys::{KeyKind, Keys, Use};
use super::reading::{Source, refused};
use super::shading::{color_bar, shade};
use super::{panels, words};
use crate::Result;
use crate::failures::internal;
use crate::groups::keys::LEFT_OUT;

/// The map of the world without the south polar sea.
const LONGITUDES: [f64; 2] = [-180.0, 180.0];
const LATITUDES: [f64; 2] = [-58.0, 84.0];
const SOUTH_POLE: f64 = -90.0;
/// A note names at most so many values.
const MOST_NAMES: usize = 5;

pub(super) fn run(source: &Source) -> Result<Figure> {
    let encoding = source.spec.x.as_ref().ok_or_else(|| internal("A world map has no `x`."))?;
    let color = source.spec.color.as_ref();
    let keys = Keys::of(source, encoding, "/x", Use::Category)?;
    let known = Known::of(source, &keys)?;
    let values = figures::figures(source, color, "/color", &Crossed::numbered(known.of_row, known.countries.len()))?;
    let mut told: Vec<(&Country, f64)> =
        known.countries.into_iter().zip(values).filter(|(_, value)| !value.is_nan()).collect();
    told.sort_by(|left, right| right.1.total_cmp(&left.1).then(left.0.name.cmp(right.0.name)));
    let (title, format) = (figures::title(source, color)?, figures::format(source, color)?);
    let from_zero = figures::adds_up(source, color)?;
    let span = Span::of(told.iter().map(|(_, value)| value));
    let bar = color_bar(source.spec, Some(title.clone()), &span, from_zero, format.clone());
    let small: Vec<String> = told.iter().filter(|told| !told.0.is_on_map).map(|told| told.0.name.to_owned()).collect();
    if !small.is_empty() {
        let names = words::list(&small);
        source.note(format!("At its scale the map does not show {names}; the table does."));
    }
    let drawn: Vec<&(&Country, f64)> = told.iter().filter(|(country, _)| country.is_on_map).collect();
    let has_antarctica = drawn.iter().any(|(country, _)| country.code == "ATA");
    let regions = Regions {
        codes: drawn.iter().map(|(country, _)| country.code.to_owned()).collect(),
        names: drawn.iter().map(|(country, _)| country.name.to_owned()).collect(),
        values: drawn.iter().map(|(_, value)| *value).collect(),
        shades: drawn.iter().map(|(_, value)| shade(&bar, *value)).collect(),
        texts: drawn.iter().map(|(country, value)| format!("{}: {}", country.name, format.full(*value))).collect(),
    };
    let latitudes = [if has_antarctica { SOUTH_POLE } else { LATITUDES[0] }, LATITUDES[1]];
    let space = Space::Map { longitudes: LONGITUDES, latitudes };
    let panel =
        Panel { title: None, row: 0, column: 0, space, layers: vec![Layer::Regions(regions)], marks: Vec::new() };
    let what = format!("{title} by {}", words::along(&keys, encoding.title.as_ref()));
    let mut figure = panels::figure(source, || what.clone(), vec![panel]);
    let what = words::within(&what);
    let at = |told: Option<&(&Country, f64)>| {
        told.map_or_else(String::new, |(country, value)| format!("{} at {}", format.full(*value), country.name))
    };
    figure.sentence = match told.len() {
        0 => format!("World map of the {what}, with no values."),
        1 => format!("World map of the {what}, one country; {}.", at(told.first())),
        count => format!(
            "World map of the {what}, {count} countries; highest {}, lowest {}.",
            at(told.first()),
            at(told.last())
        ),
    };
    figure.color_bar = (!told.is_empty()).then_some(bar);
    figure.table = table(source, &told)?;
    Ok(figure)
}

/// The countries that the values of a column name.
struct Known {
    countries: Vec<&'static Country>,
    /// The country of each row of the table.
    of_row: Vec<u32>,
}

impl Known {
    fn of(source: &Source, keys: &Keys) -> Result<Self> {
        let mut countries: Vec<&'static Country> = Vec::new();
        let mut unknown = Vec::new();
        let mut of_key = vec![LEFT_OUT; keys.values.len()];
        for (place, number) in of_key.iter_mut().enumerate() {
            if keys.values[place].kind != KeyKind::Value {
                continue;
            }
            match find(&keys.scalar(place)) {
                None => unknown.push(place),
                Some(country) => {
                    let known = countries.iter().position(|known| known.code == country.code);
                    *number = known.unwrap_or(countries.len()) as u32;
                    if known.is_none() {
                        countries.push(country);
                    }
                }
            }
        }
        let counts = keys.counts();
        if let (true, Some(first)) = (countries.is_empty(), unknown.first()) {
            let (name, label) = (&keys.column.name, keys.label(*first));
            let detail = format!(
                "No value of column \"{name}\" names a country (\"{label}\" is the first): a world map takes ISO 3166 codes or English names."
            );
            return Err(refused("/x/column", detail));
        }
        note_unknown(source, keys, unknown, &counts);
        let missing: u64 =
            (0..counts.len()).filter(|at| keys.values[*at].kind == KeyKind::Missing).map(|at| counts[at]).sum();
        if missing > 0 {
            source.note(format!("{} left out, since \"{}\" is missing there.", rows_are(missing), keys.column.name));
        }
        let country = |code: &u32| if *code == LEFT_OUT { LEFT_OUT } else { of_key[*code as usize] };
        Ok(Self { countries, of_row: keys.codes.iter().map(country).collect() })
    }
}

/// "2 values of "land" name no country, and their 12 rows are left out: "Gemany" (Germany?) and "Atlantis"."
fn note_unknown(source: &Source, keys: &Keys, mut unknown: Vec<usize>, counts: &[u64]) {
    let rows: u64 = unknown.iter().map(|place| counts[*place]).sum();
    unknown.sort_by_key(|place| std::cmp::Reverse(counts[*place]));
    let name = |place: &usize| {
        let label = keys.label(*place);
        match nearest(&label) {
            Some(near) => format!("\"{label}\" ({near}?)"),
            None => format!("\"{label}\""),
        }
    };
    let mut names: Vec<String> = unknown.iter().take(MOST_NAMES).map(name).collect();
    if unknown.len() > MOST_NAMES {
        names.push(format!("{} more", unknown.len() - MOST_NAMES));
    }
    let (Some(last), column) = (names.pop(), &keys.column.name) else { return };
    let names = if names.is_empty() { last } else { format!("{} and {last}", names.join(", ")) };
    let values = if unknown.len() == 1 { "value".to_owned() } else { format!("{} values", unknown.len()) };
    let values = if unknown.len() == 1 {
        format!("One {values} of \"{column}\" names")
    } else {
        format!("{values} of \"{column}\" name")
    };
    source.note(format!("{values} no country, {} left out: {names}.", rows_are(rows)));
}

fn table(source: &Source, told: &[(&Country, f64)]) -> Result<FigureTable> {
    let figure = figures::table_column(source, source.spec.color.as_ref())?;
    let columns = vec![Column::new("Code", ColumnType::Text), Column::new("Country", ColumnType::Text), figure.clone()];
    let rows = told.iter().map(|(country, value)| {
        vec![Scalar::from(country.code), Scalar::from(country.name), figures::cell(*value, &figure)]
    });
    Ok(panels::table(columns, rows))
}

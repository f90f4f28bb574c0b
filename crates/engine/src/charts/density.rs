//! Densities: how many rows lie in each class of two dimensions, or a figure of them.

use contract::charts::CellShape;
use contract::charts::figure::Figure;
use contract::columns::{Column, ColumnType, Scalar};

use super::annotations::Axes;
use super::arranging;
use super::grid::{Grid, Wanted};
use super::keys::{Keys, MISSING};
use super::numbers::NumberFormat;
use super::places::{Places, placed};
use super::reading::Source;
use super::words::{self, within};
use super::{figures, panels};
use crate::Result;
use crate::failures::internal;
use crate::groups::keys::LEFT_OUT;

pub(super) fn run(source: &Source) -> Result<Figure> {
    let spec = source.spec;
    let (Some(x), Some(y)) = (&spec.x, spec.y.first()) else { return Err(internal("A density has no axes.")) };
    let (x, y) = (Places::of(source, x, "/x")?, Places::of(source, y, "/y/0")?);
    let facets = arranging::facets(source, None)?;
    let rows = placed(source, &[&x, &y]);
    let of = |row: usize| match &facets {
        None => Some(0),
        Some(facets) => Some(facets.codes[row]).filter(|code| *code != LEFT_OUT).map(|code| code as usize),
    };
    let wanted = Wanted {
        shape: spec.options.shape.unwrap_or(CellShape::Rectangle),
        figure: spec.color.as_ref(),
        panels: &of,
        panel_count: facets.as_ref().map_or(1, |facets| facets.values.len()),
    };
    let grid = Grid::of(source, &x, &y, &rows, &wanted)?;
    let names = [&y, &x].map(|places| places.encoding.title.as_ref().unwrap_or(&places.column.name).clone());
    let what = figures::title(source, spec.color.as_ref())?;
    figure(source, &grid, &x, &y, facets.as_ref(), || format!("{what} by {} and {}", names[1], names[0]))
}

/// The figure of rows in classes.
pub(super) fn figure(
    source: &Source,
    grid: &Grid,
    x: &Places,
    y: &Places,
    facets: Option<&Keys>,
    made_title: impl Fn() -> String,
) -> Result<Figure> {
    let (across, up) = grid.spans(x, y);
    let axes = (x.axis(&across, true, false), y.axis(&up, true, false));
    let axes = Axes { x: &axes.0, y: &axes.1, is_horizontal: false };
    let titles = panels::titles(facets);
    let name = grid.bar.title.clone().unwrap_or_default();
    let layers = (0..titles.len()).map(|panel| vec![grid.layer(panel, x, y, &name)]).collect();
    let drawn = panels::planes(source, titles, layers, &axes)?;
    let mut figure = panels::figure(source, &made_title, drawn);
    let full = |value: f64| NumberFormat::default().full(value);
    let rows: u64 = grid.classes.iter().map(|class| class.rows).sum();
    let most = grid.classes.iter().map(|class| class.rows).max();
    figure.sentence = match most {
        None => format!("Density chart of {}, with no values.", within(&made_title())),
        Some(most) => format!(
            "Density chart of {}: {} in {} with rows; the fullest has {}.",
            within(&made_title()),
            words::counted(rows as usize, "row"),
            if grid.classes.len() == 1 {
                "1 class".to_owned()
            } else {
                format!("{} classes", full(grid.classes.len() as f64))
            },
            full(most as f64)
        ),
    };
    figure.color_bar = Some(grid.bar.clone());
    figure.table = table(source, grid, x, y, facets);
    Ok(figure)
}

fn table(
    source: &Source,
    grid: &Grid,
    x: &Places,
    y: &Places,
    facets: Option<&Keys>,
) -> contract::charts::figure::FigureTable {
    let ends =
        |places: &Places| ["from", "to"].map(|end| places.table_column(format!("{} {end}", places.column.name), true));
    let mut columns: Vec<Column> = facets.map(Keys::table_column).into_iter().collect();
    columns.extend(ends(x));
    columns.extend(ends(y));
    let figure = source.spec.color.as_ref().filter(|_| source.spec.kind == contract::charts::ChartName::Density);
    columns.push(Column::new("Number of rows", ColumnType::Integer));
    let figure = figure.and_then(|figure| figures::table_column(source, Some(figure)).ok());
    columns.extend(figure.clone());
    let row = |class: &super::grid::Class| -> Vec<Scalar> {
        let [left, right, low, high] = grid.ends(class, x, y);
        let mut row: Vec<Scalar> = facets.map(|facets| facets.scalar(class.panel)).into_iter().collect();
        row.extend([x.end(left), x.end(right), y.end(low), y.end(high), Scalar::from(class.rows)]);
        row.extend(figure.as_ref().map(|column| figures::cell(class.value, column)));
        row
    };
    panels::table(columns, grid.classes.iter().map(row))
}

/// A cell as people write it.
pub(super) fn plain(cell: &Scalar) -> String {
    match cell {
        Scalar::Null => MISSING.to_owned(),
        Scalar::String(text) => text.clone(),
        other => other.as_f64().map_or_else(|| other.to_string(), |number| NumberFormat::default().full(number)),
    }
}

//! Treemaps: parts of a whole in levels, as nested rectangles.

use contract::charts::figure::{ColorBar, Figure, FigureTable, Paint, Panel, Space};
use contract::charts::layers::{Layer, Tiles};
use contract::columns::{Column, ColumnType, Scalar};

use super::axes::Span;
use super::figures::{self, Crossed};
use super::keys::{Keys, OTHER};
use super::parts::{percent, share_cell, share_column};
use super::reading::Source;
use super::shading::{color_bar, shade};
use super::squarify::places;
use super::tree::{Node, Tree};
use super::{panels, words};
use crate::Result;

pub(super) fn run(source: &Source) -> Result<Figure> {
    let tree = Tree::of(source)?;
    let colors = Colors::of(source, &tree)?;
    let format = figures::format(source, source.spec.size.as_ref())?;
    let parents: Vec<Option<usize>> = tree.nodes.iter().map(|node| node.parent).collect();
    let sizes: Vec<f64> = tree.nodes.iter().map(|node| node.size).collect();
    let text = |(at, node): (usize, &Node)| {
        let mut text = format!("{} ({})", format.short(node.size), percent(node.share));
        if let Some(told) = colors.as_ref().and_then(|colors| colors.text(at)) {
            text.push_str(&format!(" · {told}"));
        }
        text
    };
    let texts = match source.spec.options.values {
        Some(false) => vec![String::new(); tree.nodes.len()],
        _ => tree.nodes.iter().enumerate().map(text).collect(),
    };
    let paint = |(at, node): (usize, &Node)| colors.as_ref().map_or(node.paint, |colors| colors.paint(at));
    let tiles = Tiles {
        labels: tree.nodes.iter().map(|node| node.label.clone()).collect(),
        texts,
        paints: tree.nodes.iter().enumerate().map(paint).collect(),
        places: places(&parents, &sizes),
        parents,
        values: sizes,
    };
    let what = what(source, &tree.levels)?;
    let panel = Panel {
        title: None,
        row: 0,
        column: 0,
        space: Space::Whole,
        layers: vec![Layer::Tiles(tiles)],
        marks: Vec::new(),
    };
    let mut figure = panels::figure(source, || what.clone(), vec![panel]);
    figure.table = table(source, &tree, colors.as_ref())?;
    figure.sentence = sentence(&tree, &what);
    figure.color_bar = colors.map(|colors| colors.bar);
    Ok(figure)
}

/// "Sum of revenue by country and city".
fn what(source: &Source, levels: &[Keys]) -> Result<String> {
    let title = figures::title(source, source.spec.size.as_ref())?;
    let along =
        levels.iter().zip(&source.spec.rows).map(|(keys, encoding)| words::along(keys, encoding.title.as_ref()));
    Ok(format!("{title} by {}", words::list(&along.collect::<Vec<_>>())))
}

/// The figures that colour the rectangles.
struct Colors {
    /// By node; NaN where there is none.
    values: Vec<f64>,
    texts: Vec<String>,
    bar: ColorBar,
    column: Column,
}

impl Colors {
    /// The figure of each node is that of its rows; the scale spans the lowest rectangles, which cover the panel.
    fn of(source: &Source, tree: &Tree) -> Result<Option<Self>> {
        let Some(encoding) = &source.spec.color else { return Ok(None) };
        let mut values = vec![f64::NAN; tree.nodes.len()];
        for level in 0..tree.levels.len() {
            let (of_row, count) = tree.rows_of(level);
            let found = figures::figures(source, Some(encoding), "/color", &Crossed::numbered(of_row, count))?;
            let nodes = tree.nodes.iter().enumerate().filter(|(_, node)| node.level == level);
            nodes.for_each(|(at, _)| values[at] = found.get(at).copied().unwrap_or(f64::NAN));
        }
        let mut span = Span::default();
        (0..values.len()).filter(|at| tree.is_leaf(*at)).for_each(|at| span.add(values[at]));
        let format = figures::format(source, Some(encoding))?;
        let title = figures::title(source, Some(encoding))?;
        let from_zero = figures::adds_up(source, Some(encoding))?;
        let texts = values.iter().map(|value| format!("{title}: {}", format.short(*value))).collect();
        let bar = color_bar(source.spec, Some(title), &span, from_zero, format);
        Ok(Some(Self { values, texts, bar, column: figures::table_column(source, Some(encoding))? }))
    }

    fn text(&self, node: usize) -> Option<&String> {
        self.texts.get(node).filter(|_| !self.values[node].is_nan())
    }

    fn paint(&self, node: usize) -> Paint {
        let shade = shade(&self.bar, self.values[node]);
        if shade.is_nan() { Paint::Muted } else { Paint::Scale(shade) }
    }
}

/// One row for each of the lowest rectangles, with the values of all levels above it.
fn table(source: &Source, tree: &Tree, colors: Option<&Colors>) -> Result<FigureTable> {
    let has_other = tree.nodes.iter().any(|node| node.place.is_none());
    let mut columns: Vec<Column> = tree.levels.iter().map(Keys::table_column).collect();
    if has_other {
        columns.iter_mut().for_each(|column| *column = Column::new(column.name.clone(), ColumnType::Text));
    }
    let size = figures::table_column(source, source.spec.size.as_ref())?;
    columns.push(size.clone());
    columns.push(share_column("Share"));
    columns.extend(colors.map(|colors| colors.column.clone()));
    let key = |node: &Node| match node.place {
        None => Scalar::from(OTHER),
        Some(_) if has_other => Scalar::from(node.label.clone()),
        Some(place) => tree.levels[node.level].scalar(place),
    };
    let rows = (0..tree.nodes.len()).filter(|at| tree.is_leaf(*at)).map(|at| {
        let node = &tree.nodes[at];
        let mut cells = vec![Scalar::Null; tree.levels.len()];
        let mut above = Some(at);
        while let Some(step) = above {
            cells[tree.nodes[step].level] = key(&tree.nodes[step]);
            above = tree.nodes[step].parent;
        }
        cells.push(figures::cell(node.size, &size));
        cells.push(share_cell(node.share));
        cells.extend(colors.map(|colors| figures::cell(colors.values[at], &colors.column)));
        cells
    });
    Ok(panels::table(columns, rows.collect::<Vec<_>>().into_iter()))
}

/// "Treemap of the sum of revenue by country and city, 7 rectangles; the largest of the first level is DE with 34 %."
fn sentence(tree: &Tree, what: &str) -> String {
    let what = words::within(what);
    let count = (0..tree.nodes.len()).filter(|at| tree.is_leaf(*at)).count();
    // Siblings stand in descending order.
    let Some(largest) = tree.nodes.iter().find(|node| node.level == 0) else {
        return format!("Treemap of the {what}, with no values.");
    };
    let noun = if count == 1 { "rectangle" } else { "rectangles" };
    let level = if tree.levels.len() > 1 { " of the first level" } else { "" };
    let largest = format!("{} with {}", largest.label, percent(largest.share));
    format!("Treemap of the {what}, {count} {noun}; the largest{level} is {largest}.")
}

//! What stands above and below the panels: title, subtitle, legend, notes.

use contract::charts::figure::{Figure, Legend, LegendItem, Sign};

use super::canvas::{Canvas, Ink, Rect, Type};
use super::fonts::{self, Face};
use super::layers::Pens;
use super::ticks::{self, LINE};

pub(crate) const TITLE_SIZE: f64 = 16.0;
const TITLE_LINE: f64 = 21.0;
const SUBTITLE_SIZE: f64 = 13.0;
const SUBTITLE_LINE: f64 = 18.0;
const LEGEND_LINE: f64 = 19.0;
const SIGN: f64 = 18.0;
const BETWEEN: f64 = 16.0;
const NOTE_SIZE: f64 = 11.0;
const NOTE_LINE: f64 = 14.0;

/// The texts around the panels, broken into lines.
pub(crate) struct Head<'a> {
    title: Vec<String>,
    subtitle: Vec<String>,
    legend: Option<(&'a Legend, Vec<Vec<Entry<'a>>>)>,
    notes: Vec<String>,
}

struct Entry<'a> {
    item: Option<&'a LegendItem>,
    text: String,
    width: f64,
}

impl<'a> Head<'a> {
    /// As much as leaves the panels most of the picture: in small ones the notes go first, then the subtitle, then the legend.
    pub(crate) fn new(figure: &'a Figure, width: f64, height: f64) -> Self {
        let text = |text: &Option<String>, size: f64, face: Face, most: usize| match text {
            Some(text) if !text.trim().is_empty() => fonts::lines(text, size, face, width, most),
            _ => Vec::new(),
        };
        let mut head = Self {
            title: text(&figure.title, TITLE_SIZE, Face::TITLE, 3),
            subtitle: text(&figure.subtitle, SUBTITLE_SIZE, Face::PROSE, 3),
            legend: figure
                .legend
                .as_ref()
                .filter(|legend| !legend.items.is_empty())
                .map(|legend| (legend, entries(legend, width))),
            notes: figure.notes.iter().flat_map(|note| fonts::lines(note, NOTE_SIZE, Face::LABEL, width, 2)).collect(),
        };
        let most = height * 0.5;
        if head.above() + head.below() > most {
            head.notes.clear();
        }
        if head.above() > most {
            head.subtitle.clear();
        }
        if head.above() > most {
            head.legend = None;
        }
        head
    }

    pub(crate) fn above(&self) -> f64 {
        let legend = self.legend.as_ref().map_or(0.0, |(_, rows)| rows.len() as f64 * LEGEND_LINE + 6.0);
        let words = self.title.len() as f64 * TITLE_LINE + self.subtitle.len() as f64 * SUBTITLE_LINE;
        words + if words > 0.0 { 8.0 } else { 0.0 } + legend
    }

    pub(crate) fn below(&self) -> f64 {
        if self.notes.is_empty() { 0.0 } else { self.notes.len() as f64 * NOTE_LINE + 8.0 }
    }

    /// Draws all of it into the margins of `page`.
    pub(crate) fn draw(&self, pens: &Pens<'_>, page: Rect) {
        let (canvas, look) = (pens.canvas, pens.look);
        let mut y = page.y;
        for line in &self.title {
            canvas.text(line, [page.x, y + 15.0], Type::new(TITLE_SIZE, Face::TITLE, look.ink));
            y += TITLE_LINE;
        }
        for line in &self.subtitle {
            canvas.text(line, [page.x, y + 12.0], Type::new(SUBTITLE_SIZE, Face::PROSE, look.ink2));
            y += SUBTITLE_LINE;
        }
        y += if y > page.y { 8.0 } else { 0.0 };
        if let Some((_, rows)) = &self.legend {
            for row in rows {
                legend_row(pens, row, page.x, y);
                y += LEGEND_LINE;
            }
        }
        let mut y = page.bottom() - self.notes.len() as f64 * NOTE_LINE;
        for line in &self.notes {
            canvas.text(line, [page.x, y + 11.0], Type::new(NOTE_SIZE, Face::LABEL, look.ink3));
            y += NOTE_LINE;
        }
    }
}

/// The items in rows as wide as the picture; the legend's title stands before the first.
fn entries(legend: &Legend, width: f64) -> Vec<Vec<Entry<'_>>> {
    let title = legend.title.as_deref().filter(|title| !title.is_empty()).map(|title| {
        let text = fonts::cut(title, ticks::SIZE, Face::STRONG, width * 0.4);
        Entry { item: None, width: fonts::width(&text, ticks::SIZE, Face::STRONG), text }
    });
    let items = legend.items.iter().map(|item| {
        let text = fonts::cut(&item.text, ticks::SIZE, Face::LABEL, width - SIGN - BETWEEN);
        Entry { item: Some(item), width: fonts::width(&text, ticks::SIZE, Face::LABEL) + SIGN, text }
    });
    let mut rows: Vec<Vec<Entry<'_>>> = vec![Vec::new()];
    let mut taken = 0.0;
    for entry in title.into_iter().chain(items) {
        if taken > 0.0 && taken + entry.width > width {
            rows.push(Vec::new());
            taken = 0.0;
        }
        taken += entry.width + BETWEEN;
        if let Some(row) = rows.last_mut() {
            row.push(entry);
        }
    }
    rows
}

fn legend_row(pens: &Pens<'_>, row: &[Entry<'_>], left: f64, top: f64) {
    let (canvas, look) = (pens.canvas, pens.look);
    let mut x = left;
    for entry in row {
        match entry.item {
            None => canvas.text(&entry.text, [x, top + 12.0], Type::new(ticks::SIZE, Face::STRONG, look.ink2)),
            Some(item) => {
                sign(canvas, item, Ink(pens.color(item.paint), 1.0), x, top + LINE / 2.0);
                canvas.text(&entry.text, [x + SIGN, top + 12.0], Type::new(ticks::SIZE, Face::LABEL, look.ink2));
            }
        }
        x += entry.width + BETWEEN;
    }
}

fn sign(canvas: &Canvas, item: &LegendItem, ink: Ink, x: f64, y: f64) {
    let line = [[x, y], [x + 13.0, y]];
    match item.sign {
        Sign::Line => canvas.line(&line, ink, 2.0),
        Sign::DashedLine => canvas.dashed(&line, ink, 2.0, (4.0, 3.0)),
        Sign::Point => canvas.circle([x + 7.0, y], 8.0, ink),
        Sign::Area => canvas.rect(Rect::new(x + 1.0, y - 5.0, 11.0, 10.0), ink),
    }
}

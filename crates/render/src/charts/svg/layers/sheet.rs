//! Tables: as many rows and columns as have room, and a line that tells of the others.

use contract::charts::layers::Sheet;

use super::Pens;
use crate::charts::svg::canvas::{Anchor, Rect, Type};
use crate::charts::svg::fonts::{self, Face};
use crate::charts::svg::ticks;

const ROW: f64 = 24.0;
const PAD: f64 = 8.0;
const NARROWEST: f64 = 44.0;
const WIDEST: f64 = 260.0;
/// A wide column gives way down to this; sooner than squeeze numbers, columns are left out and counted.
const READABLE: f64 = 110.0;
/// Columns grow to fill the width up to so many times what they need.
const GROWTH: f64 = 1.6;

pub(crate) fn draw(pens: &Pens<'_>, sheet: &Sheet, area: Rect) {
    let widths = widths(sheet, area.width);
    if widths.is_empty() {
        return;
    }
    let head = sheet.heads.len() as f64 * ROW;
    let room = ((area.height - head) / ROW).floor().max(0.0) as usize;
    let all_columns = widths.len() == sheet.is_number.len();
    let shown = if sheet.rows.len() <= room && all_columns {
        sheet.rows.len()
    } else {
        sheet.rows.len().min(room.saturating_sub(1))
    };
    let right = area.x + widths.iter().sum::<f64>();
    heads(pens, sheet, &widths, area);
    let mut y = area.y + head;
    pens.canvas.line(&[[area.x, y], [right, y]], pens.look.axis, 1.0);
    for row in 0..shown {
        draw_row(pens, sheet, row, &widths, (area.x, y));
        y += ROW;
        pens.canvas.line(&[[area.x, y], [right, y]], pens.look.rule, 0.75);
    }
    if let Some(rest) = rest(sheet.rows.len() - shown, sheet.is_number.len() - widths.len()) {
        let kind = Type::new(ticks::SIZE, Face::LABEL, pens.look.ink3);
        pens.canvas.text(&rest, [area.x, y + 16.0], kind);
    }
}

/// What is not shown.
fn rest(rows: usize, columns: usize) -> Option<String> {
    let count = |count: usize, one: &str| format!("{count} more {one}{}", if count == 1 { "" } else { "s" });
    match (rows, columns) {
        (0, 0) => None,
        (rows, 0) => Some(format!("… {}", count(rows, "row"))),
        (0, columns) => Some(format!("… {}", count(columns, "column"))),
        (rows, columns) => Some(format!("… {}, {}", count(rows, "row"), count(columns, "column"))),
    }
}

/// The widths of the columns that have room.
fn widths(sheet: &Sheet, most: f64) -> Vec<f64> {
    let mut widths: Vec<f64> = (0..sheet.is_number.len())
        .map(|column| {
            let head = sheet.heads.last().and_then(|head| head.get(column)).map_or("", String::as_str);
            let cells = sheet.rows.iter().take(200).filter_map(|row| row.get(column));
            let widest = cells
                .map(|cell| ticks::label_width(cell))
                .fold(fonts::width(head, ticks::SIZE, Face::STRONG), f64::max);
            (widest + 2.0 * PAD + 1.0).clamp(NARROWEST, WIDEST)
        })
        .collect();
    let sum: f64 = widths.iter().sum();
    if sum <= most {
        let growth = (most / sum).min(GROWTH);
        return widths.iter().map(|width| width * growth).collect();
    }
    // Wide columns give way to narrow ones.
    let fair = most / widths.len() as f64;
    let (narrow, wide): (Vec<f64>, Vec<f64>) = widths.iter().partition(|width| **width <= fair);
    let left = most - narrow.iter().sum::<f64>();
    let share = (left / wide.iter().sum::<f64>()).min(1.0);
    for width in &mut widths {
        if *width > fair {
            *width = (*width * share).max(width.min(READABLE));
        }
    }
    let mut taken = 0.0;
    widths
        .into_iter()
        .take_while(|width| {
            taken += width;
            taken <= most + 0.5
        })
        .collect()
}

fn heads(pens: &Pens<'_>, sheet: &Sheet, widths: &[f64], area: Rect) {
    for (level, head) in sheet.heads.iter().enumerate() {
        let y = area.y + level as f64 * ROW;
        let is_last = level + 1 == sheet.heads.len();
        let mut x = area.x;
        let mut column = 0;
        while column < widths.len() {
            let text = head.get(column).map_or("", String::as_str);
            let same = |other: usize| !is_last && !text.is_empty() && head.get(other).is_some_and(|next| next == text);
            let end = (column + 1..widths.len()).find(|other| !same(*other)).unwrap_or(widths.len());
            let width: f64 = widths[column..end].iter().sum();
            let kind = Type::new(ticks::SIZE, Face::STRONG, pens.look.ink);
            let is_right = sheet.is_number.get(column).copied().unwrap_or(false) && end == column + 1;
            write(pens, text, kind, Rect::new(x, y, width, ROW), is_right);
            if end > column + 1 {
                pens.canvas.line(&[[x + PAD, y + ROW], [x + width - PAD, y + ROW]], pens.look.rule, 1.0);
            }
            x += width;
            column = end;
        }
    }
}

fn draw_row(pens: &Pens<'_>, sheet: &Sheet, row: usize, widths: &[f64], (left, y): (f64, f64)) {
    let face = if sheet.totals.contains(&row) { Face::STRONG } else { Face::LABEL };
    let mut x = left;
    for (column, width) in widths.iter().enumerate() {
        let cell = Rect::new(x, y, *width, ROW);
        let shade = sheet.shades.get(row * sheet.is_number.len() + column).copied().unwrap_or(f64::NAN);
        let mut ink = if face == Face::STRONG { pens.look.ink } else { pens.look.ink2 };
        if shade.is_finite() {
            let ground = pens.shade(shade);
            pens.canvas.rect(Rect::new(x + 0.5, y + 0.5, width - 1.0, ROW - 1.0), ground);
            ink = pens.look.ink_on(ground);
        }
        let text = sheet.rows[row].get(column).map_or("", String::as_str);
        let is_right = sheet.is_number.get(column).copied().unwrap_or(false);
        write(pens, text, Type::new(ticks::SIZE, face, ink), cell, is_right);
        x += width;
    }
}

fn write(pens: &Pens<'_>, text: &str, kind: Type, cell: Rect, is_right: bool) {
    let text = fonts::cut(text, kind.size, kind.face, cell.width - 2.0 * PAD);
    let (x, anchor) = if is_right { (cell.right() - PAD, Anchor::End) } else { (cell.x + PAD, Anchor::Start) };
    pens.canvas.text(&text, [x, cell.y + 16.0], kind.at(anchor));
}

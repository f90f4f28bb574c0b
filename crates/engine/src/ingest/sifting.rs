//! Sifts rows by the types that a request asks for: a row with a cell that does not fit is left out.

use contract::ingest::QuarantineReason;

use super::block::{Block, Fault};
use super::nulls::Nulls;
use super::reading::ColumnPlan;
use super::window::line_ends;

/// The columns whose type was asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sieve {
    columns: Vec<(usize, ColumnPlan)>,
    missing: Nulls,
}

impl Sieve {
    pub(crate) const fn new(columns: Vec<(usize, ColumnPlan)>, missing: Nulls) -> Self {
        Self { columns, missing }
    }

    pub(crate) fn columns(&self) -> &[(usize, ColumnPlan)] {
        &self.columns
    }

    /// Takes the rows that do not fit out of the block; they are told among its faults, which stay in order of line.
    pub(crate) fn sift(&self, block: &mut Block) {
        if self.columns.is_empty() {
            return;
        }
        let width = block.width;
        let faults: Vec<(usize, Fault)> =
            (0..block.rows()).filter_map(|row| self.fault(block, row).map(|fault| (row, fault))).collect();
        if faults.is_empty() {
            return;
        }
        let mut bad = faults.iter().map(|(row, _)| *row).peekable();
        let (mut cells, mut spans) = (Vec::with_capacity(block.cells.len()), Vec::with_capacity(block.spans.len()));
        for row in 0..block.rows() {
            if bad.next_if_eq(&row).is_some() {
                continue;
            }
            cells.extend_from_slice(&block.cells[row * width..(row + 1) * width]);
            spans.extend(block.spans.get(row));
        }
        drop(bad);
        (block.cells, block.spans) = (cells, spans);
        block.faults.extend(faults.into_iter().map(|(_, fault)| fault));
        block.faults.sort_by_key(|fault| fault.0.line);
    }

    fn fault(&self, block: &Block, row: usize) -> Option<Fault> {
        self.columns.iter().find_map(|(column, plan)| {
            let cell = *block.cells.get(row * block.width + column)?;
            let bytes = block.bytes(cell);
            if plan.reading.fits(cell.kind, bytes, &self.missing) {
                return None;
            }
            // Where rows have no places, a cell that stands in the text tells its line.
            let at = if cell.unescaped { 0 } else { cell.start };
            let (start, end) = block.spans.get(row).copied().unwrap_or((at, at));
            let (start, end) = (start as usize, end as usize);
            let line = block.first_line.max(1) + line_ends(block.text.get(..start).unwrap_or_default());
            let wanted = plan.reading.column_type().as_str();
            let detail =
                format!("The value in column \"{}\" on line {line} is no {wanted}, which was asked for.", plan.name);
            let text = block.text.get(start..end).unwrap_or_default();
            let column = Some(plan.name.to_string());
            Some(Fault::new(line, column, Some(bytes), QuarantineReason::Type, detail, text))
        })
    }
}

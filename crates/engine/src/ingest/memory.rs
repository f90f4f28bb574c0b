//! The memory that the columns of a table take when they are computed on, one column at a time.

use contract::limits::IngestLimits;
use polars::prelude::{Column, DataFrame, DataType};

use crate::Result;
use crate::failures::invalid;

/// What a text takes besides its bytes.
const TEXT_OVERHEAD: u64 = 16;

/// Counts while a table is stored, so that one that nothing could be computed on is refused at once.
pub(crate) struct ColumnMemory {
    bytes: Vec<u64>,
    rows: u64,
    limit: u64,
}

impl ColumnMemory {
    pub(crate) fn new(columns: usize, limits: &IngestLimits) -> Self {
        Self { bytes: vec![0; columns], rows: 0, limit: limits.column_memory_bytes }
    }

    pub(crate) fn add(&mut self, frame: &DataFrame) -> Result<()> {
        self.rows += frame.height() as u64;
        for (bytes, column) in self.bytes.iter_mut().zip(frame.columns()) {
            *bytes += size(column);
            if *bytes > self.limit {
                let (name, limit, rows) = (column.name(), self.limit, self.rows);
                return Err(invalid(format!(
                    "The column \"{name}\" takes more than {limit} bytes in memory by row {rows}, too much for this server to compute on."
                ))
                .column(name.to_string())
                .advice(
                    "Split the file by rows, leave the column out, or ask the operator to raise \
                     PLOTLINE_WORKER_MEMORY_BUDGET_BYTES; a third of it is for one column.",
                ));
            }
        }
        Ok(())
    }
}

fn size(column: &Column) -> u64 {
    let rows = column.len() as u64;
    match column.dtype() {
        DataType::String => {
            let texts = column
                .as_materialized_series()
                .str()
                .map_or(0, |texts| texts.downcast_iter().map(|texts| texts.total_bytes_len() as u64).sum::<u64>());
            texts + rows * TEXT_OVERHEAD
        }
        DataType::Decimal(_, _) => rows * 16,
        DataType::Date => rows * 4,
        DataType::Boolean => rows.div_ceil(8),
        _ => rows * 8,
    }
}

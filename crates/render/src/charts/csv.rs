//! The figures that a chart shows, as CSV.

use contract::charts::figure::FigureTable;
use contract::charts::requests::ChartTable;

use crate::csv::CsvFile;
use crate::{Result, TextOptions};

/// All rows of the table; texts that a spreadsheet program would run are made harmless.
pub(crate) fn csv(table: &FigureTable) -> Result<Vec<u8>> {
    let options = TextOptions { bom: false, neutralise: true };
    let mut csv = CsvFile::begin(Vec::new(), &table.columns, options)?;
    let rows = ChartTable { columns: table.columns.clone(), rows: table.rows.clone(), is_cut: table.is_cut };
    let cells: Vec<_> = (0..table.columns.len()).map(|column| rows.cells(column)).collect();
    csv.write(&cells)?;
    Ok(csv.into_bytes())
}

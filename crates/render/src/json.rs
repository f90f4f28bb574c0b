//! JSON: an array of records, or one record a line. Values travel as everywhere in the API.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use contract::cells::Cell;
use contract::columns::{Column, Encoding, Scalar};

use crate::Result;
use crate::failures::writing;

pub struct JsonFile {
    file: BufWriter<File>,
    /// `"name":` of each column, and how its integers travel.
    columns: Vec<(Vec<u8>, Encoding)>,
    is_array: bool,
    is_first: bool,
}

impl JsonFile {
    pub(crate) fn create(target: &Path, columns: &[Column], is_array: bool) -> Result<Self> {
        let file = File::create(target).map_err(|error| writing(&error))?;
        let key = |column: &Column| {
            let key = format!("{}:", Scalar::String(column.name.clone()));
            (key.into_bytes(), column.encoding)
        };
        let columns = columns.iter().map(key).collect();
        Ok(Self { file: BufWriter::with_capacity(1 << 20, file), columns, is_array, is_first: true })
    }

    pub(crate) fn write(&mut self, columns: &[Vec<Cell<'_>>]) -> Result<()> {
        let rows = columns.first().map_or(0, Vec::len);
        (0..rows).try_for_each(|row| self.record(columns, row)).map_err(|error| writing(&error))
    }

    fn record(&mut self, columns: &[Vec<Cell<'_>>], row: usize) -> std::io::Result<()> {
        self.file.write_all(match (self.is_array, self.is_first) {
            (true, true) => b"[\n{",
            (true, false) => b",\n{",
            (false, _) => b"{",
        })?;
        self.is_first = false;
        for (position, (cells, (key, encoding))) in columns.iter().zip(&self.columns).enumerate() {
            if position > 0 {
                self.file.write_all(b",")?;
            }
            self.file.write_all(key)?;
            match cells.get(row).unwrap_or(&Cell::Null) {
                Cell::Text(text) => serde_json::to_writer(&mut self.file, text)?,
                cell => serde_json::to_writer(&mut self.file, &cell.to_json(*encoding))?,
            }
        }
        self.file.write_all(if self.is_array { b"}" } else { b"}\n" })
    }

    pub(crate) fn finish(mut self) -> Result<()> {
        let end: &[u8] = match (self.is_array, self.is_first) {
            (true, true) => b"[]\n",
            (true, false) => b"\n]\n",
            (false, _) => b"",
        };
        self.file.write_all(end).map_err(|error| writing(&error))?;
        let file = self.file.into_inner().map_err(|error| writing(error.error()))?;
        file.sync_data().map_err(|error| writing(&error))
    }
}

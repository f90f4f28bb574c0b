//! Row groups of an uploaded Parquet file as Arrow arrays, a bounded number of rows at a time.

use std::fs::File;
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::path::Path;

use polars_arrow::array::Array;
use polars_arrow::datatypes::{ArrowDataType, ArrowSchema, TimeUnit};
use polars_parquet::read::{
    BasicDecompressor, ColumnChunkMetadata, FileMetadata, Filter, PageReader, column_iter_to_arrays, infer_schema,
    read_metadata,
};

use super::{ArrowSource, damaged, guarded};
use crate::Result;
use crate::failures::{invalid, reading};

/// What a part of a row group may take unpacked, about. Larger groups are read in several parts.
const PART_BYTES: u64 = 128 << 20;
/// The footer of a file may not be larger: it is held as a whole.
const MAX_FOOTER_BYTES: u64 = 64 << 20;

pub(super) struct ParquetFile {
    file: File,
    size: u64,
    metadata: FileMetadata,
    schema: ArrowSchema,
    group: usize,
    /// The next row within the group.
    row: usize,
    records: u64,
}

impl ParquetFile {
    pub(super) fn open(path: &Path) -> Result<Self> {
        let mut file = File::open(path).map_err(|error| reading(&error))?;
        let size = file.metadata().map_err(|error| reading(&error))?.len();
        check_footer(&mut file, size)?;
        let metadata = guarded(NAME, || read_metadata(&mut file).map_err(|error| damaged(NAME, &error)))?;
        let mut schema = guarded(NAME, || infer_schema(&metadata).map_err(|error| damaged(NAME, &error)))?;
        schema.iter_values_mut().for_each(|field| in_milliseconds(&mut field.dtype));
        Ok(Self { file, size, metadata, schema, group: 0, row: 0, records: 0 })
    }

    /// The rows of the current part of the current group; `None` after the last one.
    fn part(&self) -> Option<(usize, usize)> {
        let group = self.metadata.row_groups.get(self.group)?;
        let bytes: u64 = group.parquet_columns().iter().map(|chunk| chunk.uncompressed_size().unsigned_abs()).sum();
        let parts = usize::try_from(bytes / PART_BYTES).unwrap_or(usize::MAX).saturating_add(1);
        let rows = (group.num_rows() / parts).max(1);
        Some((self.row, group.num_rows().min(self.row + rows)))
    }

    fn column(&mut self, column: usize, from: usize, to: usize) -> Result<Box<dyn Array>> {
        let broken = || broken_column(&self.schema, column);
        let (name, field) = self.schema.get_at_index(column).ok_or_else(broken)?;
        let group = self.metadata.row_groups.get(self.group).ok_or_else(broken)?;
        let chunks: Vec<&ColumnChunkMetadata> = group.columns_under_root_iter(name).ok_or_else(broken)?.collect();
        let mut pages = Vec::with_capacity(chunks.len());
        for chunk in &chunks {
            let range = chunk.byte_range();
            if range.end > self.size || range.start > range.end {
                return Err(broken());
            }
            let mut bytes = Vec::new();
            (&self.file).seek(SeekFrom::Start(range.start)).map_err(|error| reading(&error))?;
            (&self.file).take(range.end - range.start).read_to_end(&mut bytes).map_err(|error| reading(&error))?;
            let reader = PageReader::new(Cursor::new(bytes.into()), chunk, Vec::new(), usize::MAX);
            pages.push(BasicDecompressor::new(reader, Vec::new()));
        }
        let types = chunks.iter().map(|chunk| &chunk.descriptor().descriptor.primitive_type).collect();
        let part = (from > 0 || to < group.num_rows()).then(|| Filter::new_ranged(from, to));
        let (mut arrays, _) =
            column_iter_to_arrays(pages, types, field.clone(), part).map_err(|error| damaged(NAME, &error))?;
        let array = match arrays.len() {
            1 => arrays.remove(0),
            _ => polars_arrow::compute::concatenate::concatenate_unchecked(&arrays)
                .map_err(|error| damaged(NAME, &error))?,
        };
        if array.len() == to - from { Ok(array) } else { Err(broken()) }
    }
}

const NAME: &str = "Parquet";

impl ArrowSource for ParquetFile {
    fn schema(&self) -> &ArrowSchema {
        &self.schema
    }

    fn next(&mut self, columns: &[usize]) -> Result<Option<Vec<Box<dyn Array>>>> {
        loop {
            let Some((from, to)) = self.part() else { return Ok(None) };
            if from >= to {
                (self.group, self.row) = (self.group + 1, 0);
                continue;
            }
            self.row = to;
            self.records += (to - from) as u64;
            let arrays = columns.iter().map(|column| guarded(NAME, || self.column(*column, from, to)));
            return arrays.collect::<Result<Vec<_>>>().map(Some);
        }
    }

    fn rewind(&mut self) -> Result<()> {
        (self.group, self.row, self.records) = (0, 0, 0);
        Ok(())
    }

    fn records(&self) -> u64 {
        self.records
    }

    fn progress(&self) -> (u64, u64) {
        (self.group as u64, self.metadata.row_groups.len() as u64)
    }
}

/// Parquet has no times of day in seconds; writers keep them in milliseconds, whatever the schema beside them says.
fn in_milliseconds(dtype: &mut ArrowDataType) {
    match dtype {
        ArrowDataType::Time32(unit) => *unit = TimeUnit::Millisecond,
        ArrowDataType::Struct(fields) => fields.iter_mut().for_each(|field| in_milliseconds(&mut field.dtype)),
        ArrowDataType::List(inner) | ArrowDataType::LargeList(inner) | ArrowDataType::FixedSizeList(inner, _) => {
            in_milliseconds(&mut inner.dtype);
        }
        _ => {}
    }
}

/// The last eight bytes say how long the footer is; a false length must not be believed.
fn check_footer(file: &mut File, size: u64) -> Result<()> {
    let cut_off = || {
        invalid("The Parquet file is cut off or damaged: it does not end as a Parquet file does.")
            .advice("Upload the whole file, or write it again.")
    };
    let Some(begin) = size.checked_sub(12) else { return Err(cut_off()) };
    let mut tail = Vec::with_capacity(8);
    file.seek(SeekFrom::Start(begin + 4)).map_err(|error| reading(&error))?;
    (&mut *file).take(8).read_to_end(&mut tail).map_err(|error| reading(&error))?;
    let [a, b, c, d, magic @ ..] = tail.as_slice() else { return Err(cut_off()) };
    if magic == b"PARE" {
        return Err(
            invalid("The Parquet file is encrypted.").advice("Write it without encryption and upload it again.")
        );
    }
    let footer = u64::from(u32::from_le_bytes([*a, *b, *c, *d]));
    if magic != b"PAR1" || footer > begin || footer > MAX_FOOTER_BYTES {
        return Err(cut_off());
    }
    file.seek(SeekFrom::Start(0)).map_err(|error| reading(&error))?;
    Ok(())
}

fn broken_column(schema: &ArrowSchema, column: usize) -> contract::errors::Failure {
    let name = schema.get_at_index(column).map(|(name, _)| name.to_string()).unwrap_or_default();
    invalid(format!("The Parquet file is damaged: the column \"{name}\" cannot be read."))
        .column(name)
        .advice("Write the file again and upload it whole.")
}

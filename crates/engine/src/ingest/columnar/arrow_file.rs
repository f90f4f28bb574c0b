//! Record batches of an uploaded Arrow IPC file or stream.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use polars_arrow::array::Array;
use polars_arrow::datatypes::ArrowSchema;
use polars_arrow::io::ipc::read::{FileReader, StreamReader, StreamState, read_file_metadata, read_stream_metadata};

use super::{ArrowSource, damaged, guarded};
use crate::Result;
use crate::failures::reading;

/// What an Arrow IPC file begins with; a stream begins with its schema.
pub(crate) const FILE_MAGIC: &[u8] = b"ARROW1";
const NAME: &str = "Arrow";

type Batches = Box<dyn Iterator<Item = polars::prelude::PolarsResult<Option<Vec<Box<dyn Array>>>>> + Send>;

pub(super) struct ArrowFile {
    path: PathBuf,
    is_file: bool,
    schema: ArrowSchema,
    batches: Batches,
    read: u64,
    records: u64,
}

impl ArrowFile {
    pub(super) fn open(path: &Path, is_file: bool) -> Result<Self> {
        let (schema, batches) = begin(path, is_file)?;
        Ok(Self { path: path.to_path_buf(), is_file, schema, batches, read: 0, records: 0 })
    }
}

fn begin(path: &Path, is_file: bool) -> Result<(ArrowSchema, Batches)> {
    let file = File::open(path).map_err(|error| reading(&error))?;
    let mut file = BufReader::with_capacity(1 << 16, file);
    guarded(NAME, || {
        if is_file {
            let metadata = read_file_metadata(&mut file).map_err(|error| damaged(NAME, &error))?;
            let schema = metadata.schema.as_ref().clone();
            let batches =
                FileReader::new(file, metadata, None, None).map(|batch| batch.map(|batch| Some(batch.into_arrays())));
            return Ok((schema, Box::new(batches) as Batches));
        }
        let metadata = read_stream_metadata(&mut file).map_err(|error| damaged(NAME, &error))?;
        let schema = metadata.schema.clone();
        // A stream without an end mark waits for ever; here the file's end is the end.
        let batches = StreamReader::new(file, metadata, None).map(|state| match state? {
            StreamState::Some(batch) => Ok(Some(batch.into_arrays())),
            StreamState::Waiting => Ok(None),
        });
        Ok((schema, Box::new(batches) as Batches))
    })
}

impl ArrowSource for ArrowFile {
    fn schema(&self) -> &ArrowSchema {
        &self.schema
    }

    fn next(&mut self, columns: &[usize]) -> Result<Option<Vec<Box<dyn Array>>>> {
        let batch = guarded(NAME, || self.batches.next().transpose().map_err(|error| damaged(NAME, &error)))?;
        self.read += 1;
        let Some(arrays) = batch.flatten() else { return Ok(None) };
        self.records += arrays.first().map_or(0, |array| array.len()) as u64;
        let wanted = columns.iter().filter_map(|column| arrays.get(*column).cloned());
        Ok(Some(wanted.collect()))
    }

    fn rewind(&mut self) -> Result<()> {
        let (_, batches) = begin(&self.path, self.is_file)?;
        (self.batches, self.read, self.records) = (batches, 0, 0);
        Ok(())
    }

    fn records(&self) -> u64 {
        self.records
    }

    /// How many batches there are is not known beforehand.
    fn progress(&self) -> (u64, u64) {
        (self.read, self.read + 1)
    }
}

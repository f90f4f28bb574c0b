//! An export in the child: the engine reads, `render` writes text and workbooks, the engine writes its own formats.

use std::path::Path;

use contract::columns::Column;
use contract::errors::{ErrorCode, Failure};
use contract::exports::ExportFormat;
use engine::Reporter;
use render::{TableFile, TextOptions};
use serde::{Deserialize, Serialize};

/// What to write, beside the paths.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportTask {
    pub format: ExportFormat,
    /// The columns in their order in the file.
    pub columns: Vec<Column>,
    pub bom: bool,
    pub neutralise: bool,
}

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exported {
    pub bytes: u64,
}

pub fn run(task: &ExportTask, parquet: &Path, target: &Path, reporter: &dyn Reporter) -> Result<Exported, Failure> {
    let options = TextOptions { bom: task.bom, neutralise: task.neutralise };
    match TableFile::create(target, task.format, &task.columns, options)? {
        Some(mut file) => {
            engine::export::each_chunk(parquet, &task.columns, reporter, &mut |chunk| file.write(chunk))?;
            file.finish()?;
        }
        None if task.format == ExportFormat::Arrow => {
            engine::export::to_arrow(parquet, target, &task.columns, reporter)?
        }
        None => engine::export::to_parquet(parquet, target, &task.columns, reporter)?,
    }
    let bytes = std::fs::metadata(target).map(|file| file.len());
    bytes
        .map(|bytes| Exported { bytes })
        .map_err(|error| Failure::new(ErrorCode::Internal, format!("The export is gone ({}).", error.kind())))
}

//! Files that make the next page quick: the order of rows for a sort and filter, and the table in a form whose rows can be
//! read anywhere. They lie in the scratch folder, named after content, and may be swept at any time.

use std::fs::{self, File};
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use polars::prelude::{CompatLevel, DataFrame, IpcReader, IpcWriter, SerReader, SerWriter};

use crate::table::Table;
use crate::{Result, failures};

/// What all of these files may take together.
const MOST_BYTES: u64 = 4 << 30;
/// Tables beyond this are read from their Parquet file, page by page.
const MOST_CELLS: usize = 256 << 20;
const PREFIX: &str = "rows-";

/// The numbers of rows, in an order, as a file of 32-bit integers.
pub(crate) struct Order {
    file: File,
    pub(crate) rows: u64,
}

impl Order {
    pub(crate) fn open(folder: &Path, name: &str) -> Option<Self> {
        let file = File::open(folder.join(format!("{PREFIX}{name}.order"))).ok()?;
        let bytes = file.metadata().ok()?.len();
        Some(Self { file, rows: bytes / 4 })
    }

    /// Keeps the order for the next page. A disk that is full only makes that one slower.
    pub(crate) fn keep(folder: &Path, name: &str, rows: &[u32]) {
        let bytes: Vec<u8> = rows.iter().flat_map(|row| row.to_le_bytes()).collect();
        make_room(folder, bytes.len() as u64);
        place(folder, &format!("{PREFIX}{name}.order"), |file| file.write_all(&bytes));
    }

    /// The numbers of at most `limit` rows from position `offset` on.
    pub(crate) fn window(&mut self, offset: u64, limit: u32) -> std::io::Result<Vec<u32>> {
        let start = offset.min(self.rows);
        let count = u64::from(limit).min(self.rows - start);
        self.file.seek(SeekFrom::Start(start * 4))?;
        let mut bytes = vec![0; usize::try_from(count * 4).unwrap_or_default()];
        self.file.read_exact(&mut bytes)?;
        let (words, _) = bytes.as_chunks::<4>();
        Ok(words.iter().map(|word| u32::from_le_bytes(*word)).collect())
    }
}

/// The whole table with its rows at hand: mapped, not read. None for a table that is too large, or a disk that is full.
pub(crate) fn mapped(folder: &Path, content_hash: &str, table: &Table) -> Option<DataFrame> {
    if table.rows().saturating_mul(table.columns().len()) > MOST_CELLS {
        return None;
    }
    let name = format!("{PREFIX}{content_hash}.arrow");
    let path = folder.join(&name);
    if !path.exists() {
        let names: Vec<&str> = table.columns().iter().map(|(name, _)| name.as_str()).collect();
        let schema = table.schema_of(&names).ok()?;
        make_room(folder, table.rows().saturating_mul(table.columns().len()).saturating_mul(8) as u64);
        place(folder, &name, |file| {
            let writer = IpcWriter::new(file).with_compat_level(CompatLevel::newest());
            let mut writer =
                writer.batched(&schema, vec![Default::default(); schema.len()]).map_err(std::io::Error::other)?;
            let mut done = 0;
            for rows in table.group_rows() {
                let group =
                    table.read_rows(&names, done, rows).map_err(|failure| std::io::Error::other(failure.message))?;
                writer.write_batch(&group).map_err(std::io::Error::other)?;
                done += rows;
            }
            writer.finish().map_err(std::io::Error::other)
        });
    }
    map(&path).filter(|all| (all.height(), all.width()) == (table.rows(), table.columns().len()))
}

#[expect(unsafe_code, reason = "polars offers no other way to a file whose rows are read where they lie")]
fn map(path: &Path) -> Option<DataFrame> {
    let file = File::open(path).ok()?;
    // SAFETY: the file was written by this program and got its name when it was complete; nothing ever writes to it again,
    // and a file that is removed stays readable while it is mapped.
    let reader = unsafe { IpcReader::new(file).memory_mapped(Some(path.to_owned())) };
    reader.set_rechunk(false).finish().ok()
}

/// Writes a file under another name and moves it into place, so that nobody ever reads half of it.
fn place(folder: &Path, name: &str, write: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<()>) {
    let unfinished = folder.join(format!("{name}.{}", std::process::id()));
    let written = File::create(&unfinished).map(|file| BufWriter::with_capacity(1 << 20, file)).and_then(|mut file| {
        write(&mut file)?;
        file.flush()
    });
    if written.and_then(|()| fs::rename(&unfinished, folder.join(name))).is_err() {
        let _ = fs::remove_file(&unfinished);
    }
}

/// Removes the oldest of these files until there is room for `bytes` more.
fn make_room(folder: &Path, bytes: u64) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let ours = entries.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX));
    let mut files: Vec<(std::time::SystemTime, u64, PathBuf)> = ours
        .filter_map(|entry| {
            let about = entry.metadata().ok()?;
            Some((about.modified().ok()?, about.len(), entry.path()))
        })
        .collect();
    files.sort_unstable();
    let mut total = files.iter().map(|(_, bytes, _)| *bytes).sum::<u64>().saturating_add(bytes);
    for (_, bytes, path) in files {
        if total <= MOST_BYTES {
            return;
        }
        if fs::remove_file(path).is_ok() {
            total = total.saturating_sub(bytes);
        }
    }
}

/// The rows with these numbers, in this order, of these columns, row group by row group where nothing is at hand.
pub(crate) fn gather(table: &Table, columns: &[&str], rows: &[u32]) -> Result<DataFrame> {
    let reading = |error| failures::polars("Reading the rows", &error);
    let mut parts: Vec<(Vec<u32>, DataFrame)> = Vec::new();
    let mut first = 0_usize;
    for count in table.group_rows() {
        let end = first + count;
        let positions: Vec<u32> =
            (0_u32..).zip(rows).filter(|(_, row)| (first..end).contains(&(**row as usize))).map(|(at, _)| at).collect();
        if !positions.is_empty() {
            let within: Vec<u32> =
                positions.iter().filter_map(|at| rows.get(*at as usize)).map(|row| row - first as u32).collect();
            let group = table.read_rows(columns, first, count)?;
            parts.push((positions, take(&group, &within)?));
        }
        first = end;
    }
    let mut order: Vec<u32> = vec![0; rows.len()];
    let places = parts.iter().flat_map(|(positions, _)| positions);
    for (stacked, position) in (0_u32..).zip(places) {
        if let Some(place) = order.get_mut(*position as usize) {
            *place = stacked;
        }
    }
    let mut stacked: Option<DataFrame> = None;
    for (_, part) in parts {
        stacked = Some(match stacked {
            None => part,
            Some(upper) => upper.vstack(&part).map_err(reading)?,
        });
    }
    match stacked {
        Some(stacked) => take(&stacked, &order),
        None => table.read_rows(columns, 0, 0),
    }
}

/// The rows of a frame with these numbers.
pub(crate) fn take(frame: &DataFrame, rows: &[u32]) -> Result<DataFrame> {
    let numbers = polars::prelude::IdxCa::from_vec("row".into(), rows.to_vec());
    frame.take(&numbers).map_err(|error| failures::polars("Reading the rows", &error))
}

//! The bytes of an uploaded file; those of a gzip or zstd file are unpacked on the way, in flat memory.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use contract::errors::Failure;
use contract::limits::IngestLimits;
use encoding_rs::Encoding;

use super::encoding::{Transcoder, is_converted};
use crate::Result;
use crate::failures::{invalid, reading};

/// So much may come out of any packed file, however small it is.
const RATIO_GRACE: u64 = 1 << 20;
/// The most memory that a zstd file may ask for, as a power of two: what the `zstd` program takes by default.
const ZSTD_WINDOW_LOG: u32 = 27;

/// How a file is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    None,
    Gzip,
    Zstd,
}

impl Packing {
    pub(crate) fn of(head: &[u8]) -> Self {
        match head {
            [0x1F, 0x8B, ..] => Self::Gzip,
            // A skippable frame may stand before the first frame of data.
            [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Self::Zstd,
            _ => Self::None,
        }
    }

    pub(crate) const fn name(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Gzip => Some("gzip"),
            Self::Zstd => Some("zstd"),
        }
    }
}

pub(crate) struct Input {
    path: PathBuf,
    packing: Packing,
    /// What the text is converted from; `None`: it is read as it is.
    encoding: Option<&'static Encoding>,
    limits: IngestLimits,
    reader: Box<dyn Read + Send>,
    /// Bytes taken from the file as it is stored.
    taken: Arc<AtomicU64>,
    stored_bytes: u64,
    /// Bytes that have come out.
    unpacked: u64,
}

impl Input {
    pub(crate) fn open(path: &Path, limits: &IngestLimits) -> Result<Self> {
        let mut file = File::open(path).map_err(|error| reading(&error))?;
        let stored_bytes = file.metadata().map_err(|error| reading(&error))?.len();
        let mut head = Vec::with_capacity(4);
        (&mut file).take(4).read_to_end(&mut head).map_err(|error| reading(&error))?;
        let packing = Packing::of(&head);
        let taken = Arc::new(AtomicU64::new(0));
        let reader = unpacked(path, packing, 0, &taken).map_err(|error| reading(&error))?;
        Ok(Self {
            path: path.to_path_buf(),
            packing,
            encoding: None,
            limits: *limits,
            reader,
            taken,
            stored_bytes,
            unpacked: 0,
        })
    }

    /// Reads the content as text in this encoding, converted to UTF-8, from its beginning.
    pub(crate) fn decode(mut self, encoding: &'static Encoding) -> Result<Self> {
        self.encoding = is_converted(encoding).then_some(encoding);
        self.seek(0)?;
        Ok(self)
    }

    pub(crate) const fn limits(&self) -> &IngestLimits {
        &self.limits
    }

    pub(crate) const fn packing(&self) -> Packing {
        self.packing
    }

    /// Size of the file as it is stored.
    pub(crate) const fn stored_bytes(&self) -> u64 {
        self.stored_bytes
    }

    /// How much of [`Input::stored_bytes`] has been read.
    pub(crate) fn taken(&self) -> u64 {
        self.taken.load(Ordering::Relaxed)
    }

    /// Begins again at this byte of the unpacked content.
    pub(crate) fn seek(&mut self, offset: u64) -> Result<()> {
        let begin = if self.packing == Packing::None && self.encoding.is_none() { offset } else { 0 };
        let reader = unpacked(&self.path, self.packing, begin, &self.taken).map_err(|error| reading(&error))?;
        self.reader = match self.encoding {
            None => reader,
            Some(encoding) => Box::new(Transcoder::new(reader, encoding)),
        };
        self.unpacked = begin;
        let mut skipped = Vec::new();
        while self.unpacked < offset {
            skipped.clear();
            let wanted = usize::try_from((offset - self.unpacked).min(1 << 16)).unwrap_or(1 << 16);
            if self.read(wanted, &mut skipped)? == 0 {
                break;
            }
        }
        Ok(())
    }

    /// Appends up to `wanted` bytes; fewer only at the end.
    pub(crate) fn read(&mut self, wanted: usize, into: &mut Vec<u8>) -> Result<usize> {
        into.reserve(wanted);
        let got = (&mut self.reader).take(wanted as u64).read_to_end(into);
        let got = got.map_err(|error| self.broken(&error))?;
        self.unpacked += got as u64;
        self.check_size()?;
        Ok(got)
    }

    fn check_size(&self) -> Result<()> {
        if self.packing == Packing::None {
            return Ok(());
        }
        check_unpacked(self.unpacked, self.stored_bytes, &self.limits)
    }

    fn broken(&self, error: &io::Error) -> Failure {
        let Some(name) = self.packing.name() else { return reading(error) };
        if error.raw_os_error().is_some() {
            return reading(error);
        }
        let what = match error.kind() {
            io::ErrorKind::UnexpectedEof => "is cut off",
            _ => "is damaged",
        };
        let (unpacked, stored) = (self.unpacked, self.stored_bytes);
        invalid(format!(
            "The {name} file {what}: it could be unpacked up to byte {unpacked} of its content ({stored} bytes arrived)."
        ))
        .advice("Pack the file again and upload it whole, or upload it without packing.")
    }
}

/// Refuses what unpacks to more than the limits allow, of a file of `stored` bytes.
pub(crate) fn check_unpacked(unpacked: u64, stored: u64, limits: &IngestLimits) -> Result<()> {
    if unpacked > limits.unpacked_bytes {
        return Err(invalid(format!(
            "The file unpacks to more than {} bytes, the limit of this server.",
            limits.unpacked_bytes
        ))
        .advice("Split the file, or ask the operator to raise PLOTLINE_INGEST_UNPACKED_BYTES."));
    }
    if unpacked > RATIO_GRACE && unpacked / limits.unpacked_ratio > stored {
        return Err(invalid(format!(
            "The file unpacks to more than {} times its size, which no ordinary table does.",
            limits.unpacked_ratio
        ))
        .advice("Upload the file without packing, or ask the operator to raise PLOTLINE_INGEST_UNPACKED_RATIO."));
    }
    Ok(())
}

/// A reader of the content from byte `begin` of the stored file on; it counts what it takes.
fn unpacked(path: &Path, packing: Packing, begin: u64, taken: &Arc<AtomicU64>) -> io::Result<Box<dyn Read + Send>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(begin))?;
    taken.store(begin, Ordering::Relaxed);
    let counted = Counted { file, taken: Arc::clone(taken) };
    Ok(match packing {
        Packing::None => Box::new(counted),
        Packing::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(BufReader::with_capacity(1 << 16, counted))),
        Packing::Zstd => {
            let mut decoder = zstd::Decoder::with_buffer(BufReader::with_capacity(1 << 16, counted))?;
            decoder.window_log_max(ZSTD_WINDOW_LOG)?;
            Box::new(decoder)
        }
    })
}

struct Counted {
    file: File,
    taken: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.file.read(buffer)?;
        self.taken.fetch_add(got as u64, Ordering::Relaxed);
        Ok(got)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzip(content: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(content).unwrap();
        encoder.finish().unwrap()
    }

    fn open(bytes: &[u8], limits: &IngestLimits) -> (tempfile::NamedTempFile, Input) {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        let input = Input::open(file.path(), limits).unwrap();
        (file, input)
    }

    fn all(input: &mut Input) -> Result<Vec<u8>> {
        let mut content = Vec::new();
        while input.read(1000, &mut content)? > 0 {}
        Ok(content)
    }

    #[test]
    fn packed_files_read_as_their_content_from_any_place() {
        let content: Vec<u8> = (0..10_000_u32).flat_map(|i| format!("{i},{}\n", i % 7).into_bytes()).collect();
        let halves = [gzip(&content[..5000]), gzip(&content[5000..])].concat();
        let zstd = zstd::encode_all(content.as_slice(), 3).unwrap();
        for packed in [content.clone(), gzip(&content), halves, zstd] {
            let (_file, mut input) = open(&packed, &IngestLimits::default());
            assert_eq!(all(&mut input).unwrap(), content);
            assert_eq!(input.taken(), packed.len() as u64);
            input.seek(4321).unwrap();
            assert_eq!(all(&mut input).unwrap(), content[4321..]);
        }
    }

    #[test]
    fn damaged_and_cut_off_files_say_so() {
        let content: Vec<u8> = (0..9_000_u32).flat_map(|i| format!("{},{}\n", i * i, i % 7).into_bytes()).collect();
        for packed in [gzip(&content), zstd::encode_all(content.as_slice(), 3).unwrap()] {
            let (_file, mut input) = open(&packed[..packed.len() - 9], &IngestLimits::default());
            let failure = all(&mut input).unwrap_err();
            assert!(failure.message.contains("cut off"), "{failure:?}");
        }
        let mut packed = gzip(&content);
        let middle = packed.len() / 2;
        packed[middle..middle + 400].fill(0xA5);
        let (_file, mut input) = open(&packed, &IngestLimits::default());
        let failure = all(&mut input).unwrap_err();
        assert!(failure.message.contains("damaged") && failure.advice.is_some(), "{failure:?}");
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused_before_it_is_unpacked() {
        let bomb = gzip(&vec![b'0'; 20 << 20]);
        let (_file, mut input) = open(&bomb, &IngestLimits::default());
        let failure = all(&mut input).unwrap_err();
        assert!(failure.message.contains("200 times"), "{failure:?}");
        assert!(input.unpacked < 6 << 20, "{}", input.unpacked);
        let small = IngestLimits { unpacked_bytes: 5000, ..IngestLimits::default() };
        let (_file, mut input) = open(&gzip(&[b'x'; 6000]), &small);
        assert!(all(&mut input).unwrap_err().message.contains("5000 bytes"));
    }
}

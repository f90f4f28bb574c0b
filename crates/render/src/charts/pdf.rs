//! The chart as PDF by Typst: one page as large as the chart, with vectors and texts that can be selected.

use std::sync::OnceLock;

use contract::charts::figure::Figure;
use contract::charts::requests::ImageOptions;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use super::svg::{self, fonts};
use crate::Result;
use crate::failures::unfit;

/// Points for each CSS pixel: 72 and 96 go to the inch.
const POINTS: f64 = 0.75;
const CHART: &str = "/chart.svg";
const MAIN: &str = "/main.typ";
/// How many documents Typst remembers the parts of.
const REMEMBERED: usize = 2;

pub(crate) fn pdf(figure: &Figure, options: &ImageOptions) -> Result<Vec<u8>> {
    let text = source(figure, options);
    let chart = Bytes::from_string(svg::svg(figure, options));
    let world = Page::new(text, chart).ok_or_else(|| unfit("The chart could not be set as a page."))?;
    let failed = |what: String| unfit(format!("The chart could not be set as a page: {what}."));
    let document = typst::compile::<PagedDocument>(&world).output;
    let settings = PdfOptions { creator: Smart::Custom(Some("Plotline".to_owned())), ..PdfOptions::default() };
    let bytes = document
        .and_then(|document| typst_pdf::pdf(&document, &settings))
        .map_err(|errors| failed(errors.first().map(|error| error.message.to_string()).unwrap_or_default()));
    typst::comemo::evict(REMEMBERED);
    bytes
}

fn source(figure: &Figure, options: &ImageOptions) -> String {
    let title = figure.title.as_deref().unwrap_or(&figure.sentence);
    let (width, height) = (f64::from(options.width) * POINTS, f64::from(options.height) * POINTS);
    format!(
        "#set document(title: {}, date: none)\n\
         #set page(width: {width}pt, height: {height}pt, margin: 0pt, fill: none)\n\
         #image(\"{CHART}\", width: {width}pt, height: {height}pt, alt: {})\n",
        literal(title),
        literal(&figure.sentence)
    )
}

/// A text as Typst's syntax writes it.
fn literal(text: &str) -> String {
    let mut literal = String::from("\"");
    for letter in text.chars().filter(|letter| !letter.is_control()) {
        if matches!(letter, '"' | '\\') {
            literal.push('\\');
        }
        literal.push(letter);
    }
    literal.push('"');
    literal
}

/// All that Typst may see: one text, one chart, the fonts of this crate. No files, no network, no clock.
struct Page {
    main: Source,
    chart: (FileId, Bytes),
}

impl Page {
    fn new(text: String, chart: Bytes) -> Option<Self> {
        let id = |path: &str| Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).ok()?).intern());
        Some(Self { main: Source::new(id(MAIN)?, text), chart: (id(CHART)?, chart) })
    }
}

impl World for Page {
    fn library(&self) -> &LazyHash<Library> {
        static LIBRARY: OnceLock<LazyHash<Library>> = OnceLock::new();
        LIBRARY.get_or_init(|| LazyHash::new(<Library as LibraryExt>::default()))
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &known_fonts().0
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.chart.0 { Ok(self.chart.1.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        known_fonts().1.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The fonts under the names that the drawing uses: Typst would take "Condensed" for a width of one family.
fn known_fonts() -> &'static (LazyHash<FontBook>, Vec<Font>) {
    static FONTS: OnceLock<(LazyHash<FontBook>, Vec<Font>)> = OnceLock::new();
    FONTS.get_or_init(|| {
        let mut book = FontBook::new();
        let mut known = Vec::new();
        for (family, _, bytes) in fonts::FILES {
            if let Some(font) = Font::new(Bytes::new(bytes), 0) {
                let mut info = font.info().clone();
                family.clone_into(&mut info.family);
                book.push(info);
                known.push(font);
            }
        }
        (LazyHash::new(book), known)
    })
}

//! Charts: a resolved figure as Plotly JSON, SVG, PNG, PDF and CSV.

mod csv;
mod look;
mod panels;
mod pdf;
mod plotly;
mod png;
mod shapes;
mod svg;

use contract::charts::figure::Figure;
use contract::charts::requests::{ImageFormat, ImageOptions};

use crate::Result;

pub use plotly::plotly;

/// The chart as a file.
pub fn image(figure: &Figure, options: &ImageOptions) -> Result<Vec<u8>> {
    match options.format {
        ImageFormat::Png => png::png(figure, options),
        ImageFormat::Svg => Ok(svg::svg(figure, options).into_bytes()),
        ImageFormat::Pdf => pdf::pdf(figure, options),
        ImageFormat::Csv => csv::csv(&figure.table),
    }
}

//! Charts: a resolved figure as Plotly JSON, SVG, PNG, PDF and CSV.

mod look;
mod panels;
mod plotly;
mod png;
mod shapes;
mod svg;

use contract::charts::figure::Figure;
use contract::charts::requests::{ImageFormat, ImageOptions};

use crate::Result;
use crate::failures::unfit;

pub use plotly::plotly;

/// The chart as a file.
pub fn image(figure: &Figure, options: &ImageOptions) -> Result<Vec<u8>> {
    match options.format {
        ImageFormat::Png => png::png(figure, options),
        ImageFormat::Svg => Ok(svg::svg(figure, options).into_bytes()),
        ImageFormat::Pdf | ImageFormat::Csv => Err(unfit("not drawn yet")),
    }
}

//! Charts: a resolved figure as Plotly JSON, SVG, PNG, PDF and CSV.

use contract::charts::figure::Figure;
use contract::charts::requests::{ImageFormat, ImageOptions, Theme};
use serde_json::Value;

use crate::Result;
use crate::failures::unfit;

/// The Plotly figure, `{"data": […], "layout": {…}}`.
pub fn plotly(_figure: &Figure, _theme: Theme) -> Value {
    Value::Null
}

/// The chart as a file.
pub fn image(_figure: &Figure, options: &ImageOptions) -> Result<Vec<u8>> {
    match options.format {
        ImageFormat::Png | ImageFormat::Svg | ImageFormat::Pdf | ImageFormat::Csv => Err(unfit("not drawn yet")),
    }
}

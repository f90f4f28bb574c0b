//! `chart`: a resolved chart, as a figure for a page or as a file.

use serde::{Deserialize, Serialize};

use super::AskFile;
use crate::charts::ChartSpec;
use crate::charts::requests::{ImageOptions, Theme};
use crate::columns::Column;

/// Which chart and in which form. The spec was checked against the columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChartAsk {
    pub file: AskFile,
    pub spec: ChartSpec,
    /// All columns of the table, for their units and zones.
    pub columns: Vec<Column>,
    pub form: ChartForm,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChartForm {
    /// Answers with [`crate::charts::requests::ChartAnswer`].
    Figure { theme: Theme },
    /// Answers with [`ImageAnswer`].
    Image(ImageOptions),
}

/// The bytes of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImageAnswer {
    pub base64: String,
}

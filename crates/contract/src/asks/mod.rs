//! The registry of asks: questions that somebody waits for, answered at once and without a job. Each kind is one file
//! here, one in the engine, one variant and its match arms.

pub mod chart;
pub mod parse_preview;
pub mod rows;
pub mod statistics;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::RESULTS_VERSION;

/// The longest that anybody waits for an answer.
pub const MAX_ASK_SECONDS: u64 = 30;
/// A longer answer is refused with advice to ask for less.
pub const MAX_ANSWER_BYTES: usize = 8 << 20;

/// An ask and its parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "ask", content = "params", rename_all = "snake_case")]
pub enum Ask {
    Rows(rows::RowsAsk),
    Statistics(statistics::StatisticsAsk),
    ParsePreview(parse_preview::ParsePreviewAsk),
    Chart(Box<chart::ChartAsk>),
}

/// The stored file that an ask is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskFile {
    /// Where the file lies in storage.
    pub storage_key: String,
    /// What is in it: SHA-256 in hex. Files of one hash give one answer.
    pub content_hash: String,
}

/// The JSON text of the kind's answer type, as it goes to the client.
pub type Answer = Box<RawValue>;

impl Ask {
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Rows(_) => "rows",
            Self::Statistics(_) => "statistics",
            Self::ParsePreview(_) => "parse_preview",
            Self::Chart(_) => "chart",
        }
    }

    pub const fn file(&self) -> &AskFile {
        match self {
            Self::Rows(ask) => &ask.file,
            Self::Statistics(ask) => &ask.file,
            Self::ParsePreview(ask) => &ask.file,
            Self::Chart(ask) => &ask.file,
        }
    }

    /// A text that is equal for equal answers: the content stands for the file, keys are in order.
    pub fn canonical(&self) -> String {
        let mut value = serde_json::to_value(self).unwrap_or(Value::Null);
        if let Some(params) = value.get_mut("params").and_then(Value::as_object_mut) {
            params.remove("file");
            if let Some(spec) = params.get_mut("spec").and_then(Value::as_object_mut) {
                spec.remove("dataset_id");
            }
        }
        let parts = (&self.file().content_hash, value, RESULTS_VERSION);
        serde_json::to_string(&parts).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::{Column, ColumnType};

    fn ask(storage_key: &str, content_hash: &str, offset: u64) -> Ask {
        let column = Column::new("a", ColumnType::Integer);
        let file = AskFile { storage_key: storage_key.to_owned(), content_hash: content_hash.to_owned() };
        Ask::Rows(rows::RowsAsk::window(file, vec![column], offset, 10))
    }

    #[test]
    fn equal_content_and_parameters_are_one_ask_wherever_the_file_lies() {
        assert_eq!(ask("x", "h", 0).canonical(), ask("y", "h", 0).canonical());
        assert_ne!(ask("x", "h", 0).canonical(), ask("x", "i", 0).canonical());
        assert_ne!(ask("x", "h", 0).canonical(), ask("x", "h", 1).canonical());
        assert!(!ask("x", "h", 0).canonical().contains("storage_key"));
    }
}

//! The registry of charts: each kind is one file in `kinds`, one in the engine, one line in [`KINDS`] and one variant.

mod check;
mod check_options;
#[cfg(test)]
mod check_tests;
pub mod figure;
mod kinds;
pub mod layers;
#[cfg(test)]
mod registry_tests;
pub mod requests;
mod spec;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

pub use spec::*;

use crate::columns::ColumnType;

/// More marks than this are thinned, binned or stamped as a picture, unless the spec says `"sample": "none"`.
pub const MANY_MARKS: usize = 5_000;
/// More points than this are shown as bins unless the spec says `"sample": "none"`.
pub const MANY_POINTS: usize = 10_000;
/// The most marks of a chart that is not sampled.
pub const MOST_MARKS: usize = 200_000;
/// The most facets of a chart.
pub const MOST_FACETS: usize = 36;
/// The most series of a chart; the others stand together as "Other" where sums can be told, and are left out where not.
pub const MOST_SERIES: usize = 20;

/// Every kind of chart, in the order of the documentation.
pub const KINDS: &[ChartKind] = &[
    kinds::line::KIND,
    kinds::bar::KIND,
    kinds::scatter::KIND,
    kinds::histogram::KIND,
    kinds::area::KIND,
    kinds::box_plot::KIND,
    kinds::violin::KIND,
    kinds::heatmap::KIND,
    kinds::pie::KIND,
    kinds::table::KIND,
    kinds::pivot::KIND,
    kinds::number::KIND,
    kinds::funnel::KIND,
    kinds::waterfall::KIND,
    kinds::density::KIND,
    kinds::treemap::KIND,
    kinds::choropleth::KIND,
    kinds::point_map::KIND,
    kinds::scatter_3d::KIND,
    kinds::surface::KIND,
];

/// The word for a kind of chart in requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChartName {
    Line,
    Bar,
    Scatter,
    Histogram,
    Area,
    Box,
    Violin,
    Heatmap,
    Pie,
    Table,
    Pivot,
    Number,
    Funnel,
    Waterfall,
    Density,
    Treemap,
    Choropleth,
    PointMap,
    #[serde(rename = "scatter_3d")]
    Scatter3d,
    Surface,
}

/// What the registry knows about a kind of chart.
#[derive(Debug)]
pub struct ChartKind {
    pub name: ChartName,
    pub title: &'static str,
    /// With its article, as it stands within a sentence: "a pivot table".
    pub noun: &'static str,
    /// One or two sentences for the documentation.
    pub summary: &'static str,
    /// The channels that it takes; a spec with another one is refused.
    pub slots: &'static [Slot],
    /// The options that it takes, by their names in `options`.
    pub options: &'static [&'static str],
    /// Whether it has axes that annotations can stand on.
    pub has_axes: bool,
    /// A spec without `dataset_id` that works on the README's example.
    pub example: fn() -> Value,
}

/// A channel of a kind of chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Slot {
    pub channel: Channel,
    /// How many encodings it must have at least.
    pub least: usize,
    pub most: usize,
    pub accepts: Accepts,
    /// Whether it may be one figure of many rows.
    pub aggregates: Aggregates,
    /// What it does in this kind of chart.
    pub help: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    X,
    Y,
    Z,
    Color,
    Size,
    Facet,
    Label,
    Rows,
    Columns,
}

impl Channel {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::X => "x",
            Self::Y => "y",
            Self::Z => "z",
            Self::Color => "color",
            Self::Size => "size",
            Self::Facet => "facet",
            Self::Label => "label",
            Self::Rows => "rows",
            Self::Columns => "columns",
        }
    }
}

/// Which columns a channel takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Accepts {
    Any,
    /// Integers, floats and decimals.
    Numbers,
    /// Numbers, dates, datetimes and times of day.
    NumbersOrTimes,
    /// Dates and datetimes.
    Times,
}

impl Accepts {
    pub const fn takes(self, column_type: ColumnType) -> bool {
        match self {
            Self::Any => true,
            Self::Numbers => column_type.is_numeric(),
            Self::NumbersOrTimes => {
                column_type.is_numeric()
                    || matches!(column_type, ColumnType::Date | ColumnType::Datetime | ColumnType::Time)
            }
            Self::Times => matches!(column_type, ColumnType::Date | ColumnType::Datetime),
        }
    }

    /// What a column must hold, for a message.
    const fn wanted(self) -> &'static str {
        match self {
            Self::Any => "values",
            Self::Numbers => "numbers",
            Self::NumbersOrTimes => "numbers, dates or times",
            Self::Times => "dates or datetimes",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Aggregates {
    /// The channel shows values as they are.
    Never,
    May,
    /// There is one figure for each mark: the sum of a column of numbers, the count of any other, unless the encoding says which.
    Always,
}

impl ChartKind {
    /// The noun at the beginning of a sentence.
    pub fn noun_first(&self) -> String {
        let (article, rest) = self.noun.split_at(1);
        article.to_uppercase() + rest
    }

    /// Whether figures are written rather than drawn, so that they need not be numbers.
    pub const fn writes_figures(&self) -> bool {
        matches!(self.name, ChartName::Table | ChartName::Pivot)
    }
}

/// The kind of this name.
pub fn kind(name: ChartName) -> &'static ChartKind {
    // Every name stands in the list, which a test checks.
    KINDS.iter().find(|kind| kind.name == name).unwrap_or(&KINDS[0])
}

impl ChartSpec {
    /// The encodings of a channel.
    pub fn channel(&self, channel: Channel) -> &[Encoding] {
        match channel {
            Channel::X => self.x.as_slice(),
            Channel::Y => &self.y,
            Channel::Z => self.z.as_slice(),
            Channel::Color => self.color.as_slice(),
            Channel::Size => self.size.as_slice(),
            Channel::Facet => self.facet.as_slice(),
            Channel::Label => self.label.as_slice(),
            Channel::Rows => &self.rows,
            Channel::Columns => &self.columns,
        }
    }

    /// Where an encoding stands in the spec, as a JSON pointer.
    pub fn pointer(channel: Channel, at: usize) -> String {
        match channel {
            Channel::Y | Channel::Rows | Channel::Columns => format!("/{}/{at}", channel.as_str()),
            _ => format!("/{}", channel.as_str()),
        }
    }
}

impl Channel {
    pub const ALL: [Self; 9] =
        [Self::X, Self::Y, Self::Z, Self::Color, Self::Size, Self::Facet, Self::Label, Self::Rows, Self::Columns];
}

impl Slot {
    pub(crate) const fn one(channel: Channel, accepts: Accepts, aggregates: Aggregates, help: &'static str) -> Self {
        Self { channel, least: 1, most: 1, accepts, aggregates, help }
    }

    pub(crate) const fn maybe(channel: Channel, accepts: Accepts, aggregates: Aggregates, help: &'static str) -> Self {
        Self { channel, least: 0, most: 1, accepts, aggregates, help }
    }

    pub(crate) const fn many(
        channel: Channel,
        (least, most): (usize, usize),
        accepts: Accepts,
        aggregates: Aggregates,
        help: &'static str,
    ) -> Self {
        Self { channel, least, most, accepts, aggregates, help }
    }
}

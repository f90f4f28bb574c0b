//! Calendar periods: what dates and times are grouped by.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A calendar period. Weeks begin on Monday (ISO 8601); times are taken as the column holds them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Granularity {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl Granularity {
    pub const ALL: [Self; 7] =
        [Self::Minute, Self::Hour, Self::Day, Self::Week, Self::Month, Self::Quarter, Self::Year];

    /// About how many seconds it lasts.
    pub const fn seconds(self) -> f64 {
        match self {
            Self::Minute => 60.0,
            Self::Hour => 3600.0,
            Self::Day => 86_400.0,
            Self::Week => 604_800.0,
            Self::Month => 2_629_746.0,
            Self::Quarter => 7_889_238.0,
            Self::Year => 31_556_952.0,
        }
    }

    /// After how many periods a pattern usually comes back; `None` for years.
    pub const fn season(self) -> Option<u32> {
        match self {
            Self::Minute => Some(60),
            Self::Hour => Some(24),
            Self::Day => Some(7),
            Self::Week => Some(52),
            Self::Month => Some(12),
            Self::Quarter => Some(4),
            Self::Year => None,
        }
    }
}

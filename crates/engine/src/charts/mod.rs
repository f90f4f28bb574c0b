//! Charts: from a spec and a stored version to a resolved figure; one file and one match arm a kind.

use std::path::Path;

use contract::charts::ChartSpec;
use contract::charts::figure::Figure;
use contract::columns::Column;

use crate::failures::internal;
use crate::table::Table;
use crate::Result;

/// The figure of a spec. `columns` are those of the version, with their units and zones. A spec that does not fit the
/// table ends with `invalid_parameters`.
pub fn run(spec: &ChartSpec, columns: &[Column], parquet: &Path) -> Result<Figure> {
    let _table = Table::open(parquet)?;
    let _ = columns;
    Err(internal(format!("Charts of the kind {:?} are not drawn yet.", spec.kind)))
}

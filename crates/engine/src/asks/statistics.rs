//! The ask `statistics`: mean, median and mode by group, from the analysis `grouped`.

use contract::asks::statistics::{ColumnStatistics, GroupStatistics, StatisticsAnswer, StatisticsAsk};
use contract::columns::Scalar;

use crate::Result;
use crate::analyses::grouped;
use crate::progress::{Silent, Stage};
use crate::table::Table;

pub(crate) fn run(ask: &StatisticsAsk, table: &Table) -> Result<StatisticsAnswer> {
    let found = grouped::run(&ask.grouped(), table, &Stage::new(&Silent, "computing", 0.0, 1.0))?;
    let items = found.items.into_iter().map(|group| {
        let figures = ask.columns.iter().zip(group.values.chunks(4));
        let statistics = figures.map(|(column, figures)| {
            let figure = |at: usize| figures.get(at).cloned().unwrap_or(Scalar::Null);
            let (count, mean, median, mode) = (figure(0), figure(1), figure(2), figure(3));
            ColumnStatistics { column: column.clone(), count, mean, median, mode }
        });
        GroupStatistics { statistics: statistics.collect(), key: group.key, rows: group.rows }
    });
    Ok(StatisticsAnswer { by: ask.by.clone(), rows: found.rows, items: items.collect(), truncated: found.truncated })
}

//! The analysis `grouped`: figures of columns for each group of rows, with totals, shares and the largest groups.

use std::cmp::Ordering;
use std::sync::atomic::{AtomicUsize, Ordering as Memory};
use std::thread;

use contract::analyses::grouped::{Group, GroupedOutcome, GroupedParams, Measure};
use contract::columns::Scalar;

use crate::Result;
use crate::columns::{column_type, position};
use crate::compare::samples::ascending;
use crate::failures::{self, internal, lost_thread};
use crate::filters::{Mask, mask};
use crate::groups::cells::Cells;
use crate::groups::figures::{of_column, row_counts};
use crate::groups::keys::{Groups, group, together};
use crate::progress::Stage;
use crate::table::Table;

pub(crate) fn run(params: &GroupedParams, table: &Table, stage: &Stage) -> Result<GroupedOutcome> {
    let mask = mask(&params.filter, table)?;
    let (groups, columns) = read(params, table, mask.as_ref())?;
    stage.report(1, 2, table.rows() as u64);
    let figures = figures(params, &columns, &groups)?;
    let order = order(params, &groups, &figures);
    let shares = params.measures.iter().any(|measure| measure.share);
    let all = (params.totals || shares).then(|| together(&groups, |_| true));
    let all = all.map(|all| self::figures(params, &columns, &all)).transpose()?;
    let shown = order.len().min(params.top.unwrap_or(u32::MAX).min(params.limit) as usize);
    let top = order.len().min(params.top.unwrap_or(u32::MAX) as usize);
    let item = |group: usize| Group {
        key: groups.keys[group].clone(),
        rows: figures.rows[group],
        values: figures.by_measure.iter().map(|values| values[group].clone()).collect(),
        shares: all.as_ref().map_or_else(Vec::new, |all| figures.shares(params, group, all)),
    };
    let other = if params.other && top < order.len() {
        let mut rest = vec![false; groups.keys.len()];
        order[top..].iter().for_each(|group| rest[*group] = true);
        let rest = self::figures(params, &columns, &together(&groups, |group| rest[group as usize]))?;
        Some(rest.only(params, all.as_ref()))
    } else {
        None
    };
    let totals = all.as_ref().filter(|_| params.totals).map(|all| all.only(params, Some(all)));
    Ok(GroupedOutcome {
        rows: figures.rows.iter().sum(),
        groups: groups.keys.len() as u64,
        by: params.by.clone(),
        measures: params.measures.iter().map(Measure::label).collect(),
        items: order[..shown].iter().map(|group| item(*group)).collect(),
        other,
        totals,
        truncated: shown < top,
    })
}

/// The groups of all rows, and the columns of the measures by name. Two threads share the reading.
fn read(params: &GroupedParams, table: &Table, mask: Option<&Mask>) -> Result<(Groups, Vec<(String, Cells)>)> {
    let mut names: Vec<&String> = params.measures.iter().filter_map(|measure| measure.column.as_ref()).collect();
    names.sort_unstable();
    names.dedup();
    thread::scope(|scope| {
        let keys = scope.spawn(|| -> Result<Groups> {
            let keys = params.by.iter().map(|by| cells(table, &by.column)).collect::<Result<Vec<Cells>>>()?;
            Ok(group(&params.by, keys, table.rows(), mask))
        });
        let columns = names.into_iter().map(|name| Ok((name.clone(), cells(table, name)?)));
        let columns = columns.collect::<Result<Vec<(String, Cells)>>>();
        let groups = keys.join().map_err(|_| lost_thread())??;
        Ok((groups, columns?))
    })
}

fn cells(table: &Table, name: &str) -> Result<Cells> {
    let at = position(table, name)?;
    let frame = table.read(&[at])?;
    let column = frame.columns().first().ok_or_else(|| internal("A column of the table is gone."))?;
    Cells::of(column, column_type(table, at)).map_err(|error| failures::polars("Reading a column", &error))
}

/// The figures of all groups, by measure.
struct Figures {
    rows: Vec<u64>,
    by_measure: Vec<Vec<Scalar>>,
}

/// Two threads share the columns.
fn figures(params: &GroupedParams, columns: &[(String, Cells)], groups: &Groups) -> Result<Figures> {
    let count = groups.keys.len();
    let rows = row_counts(&groups.of_row, count);
    let next = AtomicUsize::new(0);
    let work = || -> Vec<(usize, Vec<Scalar>)> {
        let mut found = Vec::new();
        while let Some((name, cells)) = columns.get(next.fetch_add(1, Memory::Relaxed)) {
            let measures =
                params.measures.iter().enumerate().filter(|(_, measure)| measure.column.as_ref() == Some(name));
            let (places, measures): (Vec<usize>, Vec<&Measure>) = measures.unzip();
            found.extend(places.into_iter().zip(of_column(&measures, cells, &groups.of_row, count)));
        }
        found
    };
    let found = thread::scope(|scope| {
        let helper = scope.spawn(work);
        let mut found = work();
        found.extend(helper.join().map_err(|_| lost_thread())?);
        Ok(found)
    })?;
    let counted: Vec<Scalar> = rows.iter().map(|rows| Scalar::from(*rows)).collect();
    let mut by_measure = vec![Vec::new(); params.measures.len()];
    found.into_iter().for_each(|(place, values)| by_measure[place] = values);
    for (values, measure) in by_measure.iter_mut().zip(&params.measures) {
        if measure.column.is_none() {
            values.clone_from(&counted);
        }
    }
    Ok(Figures { rows, by_measure })
}

impl Figures {
    /// What parts of all rows' figures those of a group are.
    fn shares(&self, params: &GroupedParams, group: usize, all: &Self) -> Vec<Option<f64>> {
        if !params.measures.iter().any(|measure| measure.share) {
            return Vec::new();
        }
        let number =
            |value: Option<&Scalar>| value.and_then(|value| value.as_f64().or_else(|| value.as_str()?.parse().ok()));
        let parts = params.measures.iter().zip(&self.by_measure).zip(&all.by_measure);
        let share = parts.map(|((measure, values), all)| {
            let (part, whole): (f64, f64) = (number(values.get(group))?, number(all.first())?);
            (measure.share && whole != 0.0).then(|| part / whole)
        });
        share.collect()
    }

    /// The one group of figures of rows taken together; of no rows where there are none.
    fn only(&self, params: &GroupedParams, all: Option<&Self>) -> Group {
        Group {
            key: Vec::new(),
            rows: self.rows.first().copied().unwrap_or(0),
            values: self.by_measure.iter().map(|values| values.first().cloned().unwrap_or(Scalar::Null)).collect(),
            shares: all.map_or_else(Vec::new, |all| self.shares(params, 0, all)),
        }
    }
}

/// The groups in the order of the answer: all of them, of which `top` are taken from the front.
fn order(params: &GroupedParams, groups: &Groups, figures: &Figures) -> Vec<usize> {
    let mut order: Vec<usize> = (0..groups.keys.len()).collect();
    let (name, descending) = match (&params.sort, params.top) {
        (Some(sort), _) => (sort.by.as_str(), sort.descending),
        (None, Some(_)) => ("", true),
        (None, None) => return order,
    };
    let measure = params.measures.iter().position(|measure| measure.label() == name || name.is_empty());
    let column = params.by.iter().position(|by| by.column == name);
    let value = |group: usize| match (measure, column) {
        (Some(measure), _) => &figures.by_measure[measure][group],
        (None, Some(column)) => &groups.keys[group][column],
        (None, None) => &Scalar::Null,
    };
    // Keys are in ascending order already, and the sort leaves equal groups as they are.
    order.sort_by(|left, right| match (value(*left), value(*right)) {
        (Scalar::Null, Scalar::Null) => Ordering::Equal,
        (Scalar::Null, _) => Ordering::Greater,
        (_, Scalar::Null) => Ordering::Less,
        (left, right) if descending => ascending(right, left),
        (left, right) => ascending(left, right),
    });
    order
}

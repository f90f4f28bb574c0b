//! Dependence of categories: Cramér's V, mutual information, and the point-biserial correlation with a number.

use contract::analyses::correlation::{Cases, CorrelationMethod};
use contract::columns::{ColumnType, Scalar};
use polars::prelude::{InitHashMaps, PlHashMap};

use super::numbers::joint;
use super::significance::{Finding, Spread, linear as judged};
use super::{Related, Request, linear, pairs_of};
use crate::Result;
use crate::columns::{Codes, Floats, NO_CODE, codes, column_type, floats};
use crate::probability::chi_square_upper;
use crate::scalars::short_text;
use crate::workers;

pub(super) fn cramers_v(request: &Request<'_>) -> Result<Related> {
    relate(request, CorrelationMethod::CramersV, v_of, |table| (table.levels().0 > 1).then_some(1.0))
}

pub(super) fn mutual_information(request: &Request<'_>) -> Result<Related> {
    relate(request, CorrelationMethod::MutualInformation, information_of, |table| {
        (table.n > 0).then(|| entropy(&table.rows, table.n))
    })
}

fn relate(
    request: &Request<'_>,
    method: CorrelationMethod,
    find: impl Fn(&Crossed) -> Finding + Sync,
    own: impl Fn(&Crossed) -> Option<f64>,
) -> Result<Related> {
    let taken = request.params.taken(method, request.columns);
    let mut columns = workers::map(taken.len(), |i| codes(request.table, taken[i], request.mask))?;
    if request.params.cases == Cases::Complete {
        keep_complete(&mut columns);
    }
    let pairs = pairs_of(columns.len());
    let findings = workers::map(pairs.len(), |i| {
        let (left, right) = pairs[i];
        Ok((left, right, find(&Crossed::of(&columns[left], &columns[right]))))
    })?;
    Ok(Related {
        columns: taken.iter().map(|position| request.columns[*position].name.clone()).collect(),
        control: Vec::new(),
        diagonal: columns.iter().map(|column| own(&Crossed::of(column, column))).collect(),
        pairs: findings,
        patterns: None,
    })
}

fn keep_complete(columns: &mut [Codes]) {
    let rows = columns.first().map_or(0, |column| column.codes.len());
    let whole: Vec<bool> = (0..rows).map(|row| columns.iter().all(|column| column.codes[row] != NO_CODE)).collect();
    for column in columns {
        let mut kept = whole.iter();
        column.codes.retain(|_| kept.next().copied().unwrap_or(false));
    }
}

/// How often each pair of categories stands together.
struct Crossed {
    n: u64,
    rows: Vec<u64>,
    columns: Vec<u64>,
    cells: Vec<(u32, u32, u64)>,
}

impl Crossed {
    fn of(left: &Codes, right: &Codes) -> Self {
        let mut found =
            Self { n: 0, rows: vec![0; left.labels.len()], columns: vec![0; right.labels.len()], cells: Vec::new() };
        let both = left.codes.iter().zip(&right.codes).filter(|(x, y)| **x != NO_CODE && **y != NO_CODE);
        let width = right.labels.len();
        if left.labels.len().saturating_mul(width) <= 2 * left.codes.len() + 1024 {
            let mut counts = vec![0_u64; left.labels.len() * width];
            both.for_each(|(x, y)| counts[*x as usize * width + *y as usize] += 1);
            let cells = counts.into_iter().enumerate().filter(|(_, count)| *count > 0);
            found.cells = cells.map(|(cell, count)| ((cell / width) as u32, (cell % width) as u32, count)).collect();
        } else {
            let mut counts: PlHashMap<(u32, u32), u64> = PlHashMap::new();
            both.for_each(|(x, y)| *counts.entry((*x, *y)).or_insert(0) += 1);
            found.cells = counts.into_iter().map(|((x, y), count)| (x, y, count)).collect();
            // The order of a map differs from run to run, and with it the last digit of a sum.
            found.cells.sort_unstable();
        }
        for (row, column, count) in &found.cells {
            found.n += count;
            found.rows[*row as usize] += count;
            found.columns[*column as usize] += count;
        }
        found
    }

    /// How many categories of each column stand in the table.
    fn levels(&self) -> (usize, usize) {
        let present = |counts: &[u64]| counts.iter().filter(|count| **count > 0).count();
        (present(&self.rows), present(&self.columns))
    }

    /// Pearson's chi-square without continuity correction; cells without rows add what is expected of them.
    fn chi_square(&self) -> f64 {
        let n = self.n as f64;
        let (mut sum, mut seen) = (0.0, 0.0);
        for (row, column, count) in &self.cells {
            let expected = self.rows[*row as usize] as f64 * self.columns[*column as usize] as f64 / n;
            let excess = *count as f64 - expected;
            sum += excess * excess / expected;
            seen += expected;
        }
        sum + (n - seen).max(0.0)
    }
}

fn v_of(table: &Crossed) -> Finding {
    let (rows, columns) = table.levels();
    let mut finding = Finding { n: table.n, ..Finding::default() };
    if rows < 2 || columns < 2 {
        return finding;
    }
    let (n, r, c) = (table.n as f64, rows as f64, columns as f64);
    let chi_square = table.chi_square();
    let df = (r - 1.0) * (c - 1.0);
    let phi = chi_square / n;
    finding.value = Some((phi / (r.min(c) - 1.0)).sqrt().min(1.0));
    finding.statistic = Some(chi_square);
    finding.df = Some(df);
    finding.p_value = Some(chi_square_upper(chi_square, df));
    let shrunk = |levels: f64| levels - (levels - 1.0).powi(2) / (n - 1.0);
    let room = shrunk(r).min(shrunk(c)) - 1.0;
    finding.corrected = (n > 1.0 && room > 0.0).then(|| ((phi - df / (n - 1.0)).max(0.0) / room).sqrt().min(1.0));
    finding
}

/// In nats. Twice n times the information is the statistic of the G-test.
fn information_of(table: &Crossed) -> Finding {
    let mut finding = Finding { n: table.n, ..Finding::default() };
    if table.n == 0 {
        return finding;
    }
    let n = table.n as f64;
    let share = |(row, column, count): &(u32, u32, u64)| {
        let count = *count as f64;
        let expected = table.rows[*row as usize] as f64 * table.columns[*column as usize] as f64 / n;
        count / n * (count / expected).ln()
    };
    let information = table.cells.iter().map(share).sum::<f64>().max(0.0);
    finding.value = Some(information);
    let (rows, columns) = table.levels();
    if rows > 1 && columns > 1 {
        let df = (rows - 1) as f64 * (columns - 1) as f64;
        finding.statistic = Some(2.0 * n * information);
        finding.df = Some(df);
        finding.p_value = Some(chi_square_upper(2.0 * n * information, df));
        let mean = 0.5 * (entropy(&table.rows, table.n) + entropy(&table.columns, table.n));
        finding.corrected = Some((information / mean).min(1.0));
    }
    finding
}

fn entropy(counts: &[u64], n: u64) -> f64 {
    let shares = counts.iter().filter(|count| **count > 0).map(|count| *count as f64 / n as f64);
    -shares.map(|share| share * share.ln()).sum::<f64>()
}

/// Every column of two values with every numeric column. With complete cases, rows count in which all columns hold a
/// value.
pub(super) fn point_biserial(request: &Request<'_>) -> Result<Related> {
    let taken = request.params.taken(CorrelationMethod::PointBiserial, request.columns);
    let is_number = |position: usize| column_type(request.table, position).is_numeric();
    let mut sides = workers::map(taken.len(), |i| Side::read(request, taken[i], is_number(taken[i])))?;
    if request.params.cases == Cases::Complete {
        let rows = sides.first().map_or(0, |side| side.values.len());
        let whole: Vec<bool> = (0..rows).map(|row| sides.iter().all(|side| !side.values[row].is_nan())).collect();
        for side in &mut sides {
            let mut kept = whole.iter();
            side.values.retain(|_| kept.next().copied().unwrap_or(false));
        }
    }
    let mixed: Vec<(usize, usize)> = pairs_of(taken.len())
        .into_iter()
        .filter(|(left, right)| sides[*left].positive.is_some() != sides[*right].positive.is_some())
        .filter(|(left, right)| !sides[*left].unfit && !sides[*right].unfit)
        .collect();
    let pairs = workers::map(mixed.len(), |i| {
        let (left, right) = mixed[i];
        let (x, y) = joint(&sides[left].values, &sides[right].values);
        let mut finding = judged(linear::pair(&x, &y), x.len() as u64, 0, Spread::Fisher, request.params.confidence);
        finding.positive = sides[left].positive.clone().or_else(|| sides[right].positive.clone());
        Ok((left, right, finding))
    })?;
    Ok(Related {
        columns: taken.iter().map(|position| request.columns[*position].name.clone()).collect(),
        control: Vec::new(),
        diagonal: sides.iter().map(|side| (!side.unfit).then_some(1.0)).collect(),
        pairs,
        patterns: None,
    })
}

/// A column of a point-biserial pair: a number, or 0 and 1 for the two values of a category.
struct Side {
    values: Vec<f64>,
    /// The value that counts as 1: the later one in order.
    positive: Option<String>,
    /// A category without exactly two values.
    unfit: bool,
}

impl Side {
    fn read(request: &Request<'_>, position: usize, is_number: bool) -> Result<Self> {
        if is_number {
            let Floats { values, .. } = floats(request.table, position, request.mask)?;
            return Ok(Self { values, positive: None, unfit: false });
        }
        let Codes { codes, labels } = codes(request.table, position, request.mask)?;
        let is_truth = column_type(request.table, position) == ColumnType::Boolean;
        let text = |label: &Scalar| label.as_str().map_or_else(|| label.to_string(), short_text);
        let one = match labels.as_slice() {
            [first, second] => Some(u32::from(text(second) > text(first))),
            [only] if is_truth => Some(if *only == Scalar::Bool(true) { 0 } else { 1 }),
            _ => None,
        };
        let Some(one) = one else {
            return Ok(Self { values: vec![f64::NAN; codes.len()], positive: None, unfit: true });
        };
        let values =
            codes.iter().map(|code| if *code == NO_CODE { f64::NAN } else { f64::from(u8::from(*code == one)) });
        let positive = labels.get(one as usize).map_or_else(|| "true".to_owned(), text);
        Ok(Self { values: values.collect(), positive: Some(positive), unfit: false })
    }
}

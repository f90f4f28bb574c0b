//! Columns whose type a request asks for: read as most of their cells are written; the others go to the quarantine.

use contract::columns::ColumnType;
use contract::errors::{ErrorCode, Failure};
use contract::ingest::DateOrder;

use super::deciding::Marks;
use super::evidence::Evidence;
use super::numbers::{NumberStyle, STYLES};
use super::reading::{ColumnPlan, MAX_DIGITS, Reading};
use super::spelling::{BOOLEANS, DMY, MDY, ONE_ZERO, YMD, fact};
use crate::Result;

/// How a column of an asked type is read. Fails if its dates may have two orders and nothing decides.
pub(crate) fn plan(name: &str, asked: ColumnType, evidence: &Evidence, marks: &Marks) -> Result<ColumnPlan> {
    let reading = match asked {
        ColumnType::Text => Reading::Text,
        ColumnType::Integer => Reading::Integer(style(evidence, marks)),
        ColumnType::Float => Reading::Float(style(evidence, marks)),
        ColumnType::Decimal => {
            let style = style(evidence, marks);
            let comma = usize::from(style.decimal == b',');
            let room = MAX_DIGITS.saturating_sub(usize::from(evidence.whole[comma]));
            Reading::Decimal(style, usize::from(evidence.scale[comma]).min(room))
        }
        ColumnType::Boolean => Reading::Boolean(BOOLEANS | ONE_ZERO),
        ColumnType::Date => Reading::Date(order(name, evidence, marks)?),
        ColumnType::Datetime => Reading::Datetime(order(name, evidence, marks)?),
        ColumnType::Time => Reading::Time,
    };
    let utc = asked == ColumnType::Datetime && evidence.has(fact::OFFSET);
    Ok(ColumnPlan { utc, ..ColumnPlan::new(name, reading) })
}

fn count(evidence: &Evidence, bit: usize) -> u64 {
    evidence.counts.as_ref().and_then(|counts| counts.get(bit)).copied().unwrap_or(0)
}

/// The style in which most cells are numbers, the plainest of several.
fn style(evidence: &Evidence, marks: &Marks) -> NumberStyle {
    let allowed = |bit: &usize| marks.allowed >> bit & 1 != 0;
    let most = (0..STYLES.len()).filter(allowed).map(|bit| count(evidence, bit)).max().unwrap_or(0);
    let best = (0..STYLES.len())
        .filter(|bit| allowed(bit) && count(evidence, *bit) == most)
        .fold(0_u32, |bits, bit| bits | 1 << bit);
    marks.style(best).map_or(STYLES[0], |(bit, _)| STYLES[bit])
}

fn order(name: &str, evidence: &Evidence, marks: &Marks) -> Result<DateOrder> {
    let of = |order: u32| count(evidence, order.trailing_zeros() as usize);
    let (ymd, dmy, mdy) = (of(YMD), of(DMY), of(MDY));
    match marks.order {
        Some(order) if ymd == 0 || order == DateOrder::Ymd => return Ok(order),
        _ => {}
    }
    if ymd >= dmy.max(mdy) {
        return Ok(DateOrder::Ymd);
    }
    match dmy.cmp(&mdy) {
        std::cmp::Ordering::Greater => Ok(DateOrder::Dmy),
        std::cmp::Ordering::Less => Ok(DateOrder::Mdy),
        std::cmp::Ordering::Equal => {
            let message =
                format!("The dates in column \"{name}\" may have the day or the month first, and nothing decides.");
            let failure = Failure::new(ErrorCode::InvalidParameters, message);
            Err(failure.column(name).advice("Give the option `date_order`: `dmy` or `mdy`."))
        }
    }
}

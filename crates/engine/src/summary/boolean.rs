//! Summaries of columns of truth values.

use contract::columns::Scalar;
use contract::profile::{BooleanSummary, TopValue};

use super::extended::entropy;
use super::top::most_frequent;
use super::{Options, Summary};

/// The summary of a column with so many true and false cells.
pub(crate) fn booleans(trues: u64, falses: u64, options: &Options) -> Summary {
    let count = trues + falses;
    let present = [(false, falses), (true, trues)].into_iter().filter(|(_, count)| *count > 0);
    let top = most_frequent(present.clone(), options.top).into_iter();
    Summary {
        entropy: entropy([falses, trues].into_iter()),
        distinct: present.count() as u64,
        top: top.map(|(value, count)| TopValue { value: Scalar::Bool(value), count }).collect(),
        boolean: Some(BooleanSummary {
            trues,
            falses,
            share_true: (count > 0).then(|| trues as f64 / count as f64),
            mode: (count > 0).then_some(trues > falses),
        }),
        ..Summary::default()
    }
}

//! Tests whether samples differ, over plain slices of numbers; `docs/methods.md` defines every figure.

pub(crate) mod categories;
pub(crate) mod effects;
pub(crate) mod ranks;
pub(crate) mod sample;
pub(crate) mod samples;
pub(crate) mod t_tests;
pub(crate) mod tables;
pub(crate) mod variances;

#[cfg(test)]
mod golden;
#[cfg(test)]
mod properties;

//! Least squares and logistic regression over columns of numbers; `docs/methods.md` defines every figure.

pub(crate) mod design;
pub(crate) mod diagnostics;
pub(crate) mod linear;
pub(crate) mod logistic;
mod qr;
pub(crate) mod reading;
mod twofold;

#[cfg(test)]
mod golden;
#[cfg(test)]
mod properties;

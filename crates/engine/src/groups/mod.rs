//! Figures of groups of rows: keys to dense numbers, then one pass over the values of each column.

pub(crate) mod cells;
pub(crate) mod figures;
pub(crate) mod keys;
mod ordered;
mod running;

#[cfg(test)]
mod properties;

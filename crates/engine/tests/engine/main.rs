//! Tests of the engine through its public functions, in one binary since each links polars.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a test fails by panicking")]

mod accuracy;
mod any_table;
mod asks;
mod charts;
mod counting;
mod decimals;
mod dialects;
mod edges;
mod exports;
mod golden_compare;
mod golden_correlation;
mod golden_distribution;
mod golden_regression;
mod json_files;
mod json_shapes;
mod late_evidence;
mod limits;
mod long_columns;
mod malformed;
mod metamorphic;
mod metamorphic_shapes;
mod parameters;
mod real_tables;
mod shapes;
mod support;
mod text_types;
mod truth;
mod typed_files;
mod workbooks;

//! Tests of the engine through its public functions, in one binary since each links polars.

mod accuracy;
mod json_files;
mod malformed;
mod metamorphic;
mod parameters;
mod real_tables;
mod shapes;
mod support;

//! Exports of the engine's own formats, read back: names, types and values in the order asked for.

use std::fs::File;

use contract::columns::Column;
use engine::Silent;
use polars::prelude::{AnyValue, DataFrame, DataType, IpcReader, ParquetReader, SerReader, TimeUnit, TimeZone};

use crate::support::ingest;

const CSV: &str =
    "id,note,x,day,at\n1,a,0.5,2024-01-31,2024-01-31T10:00:00\n2,,,,\n3,ü,-1e300,1969-12-31,1969-12-31T23:59:59.5\n";

fn check(frame: &DataFrame) {
    let names: Vec<&str> = frame.columns().iter().map(|column| column.name().as_str()).collect();
    assert_eq!(names, ["x", "note", "id", "day"]);
    assert_eq!(frame.height(), 3);
    assert_eq!(frame.column("id").unwrap().dtype(), &DataType::Int64);
    assert_eq!(frame.column("day").unwrap().dtype(), &DataType::Date);
    assert_eq!(frame.column("note").unwrap().get(2).unwrap(), AnyValue::String("ü"));
    assert_eq!(frame.column("note").unwrap().null_count(), 1);
    assert_eq!(frame.column("x").unwrap().get(2).unwrap(), AnyValue::Float64(-1e300));
}

#[test]
fn arrow_and_parquet_hold_the_columns_asked_for() {
    let version = ingest(CSV);
    let folder = tempfile::tempdir().unwrap();
    let (arrow, parquet) = (folder.path().join("arrow"), folder.path().join("parquet"));
    let column = |name: &str| version.outcome.columns.iter().find(|column| column.name == name).unwrap().clone();
    let columns = ["x", "note", "id", "day"].map(column);
    engine::export::to_arrow(&version.parquet(), &arrow, &columns, &Silent).unwrap();
    check(&IpcReader::new(File::open(&arrow).unwrap()).finish().unwrap());
    engine::export::to_parquet(&version.parquet(), &parquet, &columns, &Silent).unwrap();
    check(&ParquetReader::new(File::open(&parquet).unwrap()).finish().unwrap());
}

#[test]
fn a_zone_is_told_where_the_column_has_one() {
    let version = ingest("seen,at\n2024-01-31T10:00:00+02:00,2024-01-31T10:00:00\n,\n");
    let folder = tempfile::tempdir().unwrap();
    let (arrow, parquet) = (folder.path().join("arrow"), folder.path().join("parquet"));
    let columns = &version.outcome.columns;
    engine::export::to_arrow(&version.parquet(), &arrow, columns, &Silent).unwrap();
    engine::export::to_parquet(&version.parquet(), &parquet, columns, &Silent).unwrap();
    for frame in [
        IpcReader::new(File::open(&arrow).unwrap()).finish().unwrap(),
        ParquetReader::new(File::open(&parquet).unwrap()).finish().unwrap(),
    ] {
        let unit = TimeUnit::Microseconds;
        assert_eq!(frame.column("seen").unwrap().dtype(), &DataType::Datetime(unit, Some(TimeZone::UTC)));
        assert_eq!(frame.column("at").unwrap().dtype(), &DataType::Datetime(unit, None));
        let told = frame.column("seen").unwrap().as_materialized_series().datetime().unwrap().physical().get(0);
        // 2024-01-31T08:00:00Z
        assert_eq!(told, Some(1_706_688_000_000_000));
        assert_eq!(frame.column("seen").unwrap().null_count(), 1);
    }
}

#[test]
fn every_row_passes_once_and_in_order() {
    let csv: String = std::iter::once("n\n".to_owned()).chain((0..300_000).map(|n| format!("{n}\n"))).collect();
    let version = ingest(&csv);
    let columns: Vec<Column> = version.outcome.columns.clone();
    let mut next = 0_i64;
    engine::export::each_chunk(&version.parquet(), &columns, &Silent, &mut |chunk| {
        for cell in &chunk[0] {
            assert_eq!(*cell, contract::cells::Cell::Integer(next));
            next += 1;
        }
        Ok(())
    })
    .unwrap();
    assert_eq!(next, 300_000);
}

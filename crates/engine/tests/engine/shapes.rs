//! What files become: names, types, missing cells, previews, and tables at the edge.

use contract::columns::{ColumnType, Encoding};
use contract::ingest::SourceKind;
use serde_json::{Value, json};

use crate::support::{Version, ingest};

fn types(version: &Version) -> Vec<ColumnType> {
    version.outcome.columns.iter().map(|column| column.column_type).collect()
}

fn names(version: &Version) -> Vec<&str> {
    version.outcome.columns.iter().map(|column| column.name.as_str()).collect()
}

#[test]
fn each_type_is_read_and_shown() {
    let version = ingest(
        "id,price,ok,day,at,zip\n1,1.5,true,2024-02-29,2024-01-01T10:00:00+02:00,00501\n-2,2,FALSE,1969-12-31,1970-01-01 00:00:00.000001Z,10001\n",
    );
    use ColumnType::{Boolean, Date, Datetime, Float, Integer, Text};
    assert_eq!(types(&version), [Integer, Float, Boolean, Date, Datetime, Text]);
    assert_eq!(
        version.outcome.preview,
        [
            [json!(1), json!(1.5), json!(true), json!("2024-02-29"), json!("2024-01-01T08:00:00Z"), json!("00501")],
            [
                json!(-2),
                json!(2.0),
                json!(false),
                json!("1969-12-31"),
                json!("1970-01-01T00:00:00.000001Z"),
                json!("10001")
            ],
        ]
    );
    assert_eq!(version.outcome.dialect.delimiter, Some(','));
    assert!(version.outcome.dialect.header);
}

#[test]
fn separators_and_byte_order_marks() {
    for delimiter in [',', ';', '\t', '|'] {
        let version = ingest(format!("\u{feff}a{delimiter}b\r\n1{delimiter}\"x{delimiter}y\"\r\n"));
        assert_eq!(names(&version), ["a", "b"]);
        assert_eq!(version.outcome.preview, [[json!(1), json!(format!("x{delimiter}y"))]]);
        assert_eq!(version.outcome.dialect.encoding, "utf-8-bom");
        assert_eq!(version.outcome.dialect.delimiter, Some(delimiter));
    }
    let returns = ingest("a,b\r1,2\r3,4");
    assert_eq!(returns.outcome.rows, 2);
}

#[test]
fn headers_are_made_unique_and_absent_ones_invented() {
    assert_eq!(names(&ingest(" a ,a,,b\n1,2,3,x\n")), ["a", "a_2", "column_3", "b"]);
    let bare = ingest("1,2\n3,4\n");
    assert_eq!((names(&bare), bare.outcome.rows), (vec!["column_1", "column_2"], 2));
    assert!(!bare.outcome.dialect.header);
    let only = ingest("a,b\n");
    assert_eq!((only.outcome.rows, only.outcome.columns.len(), only.outcome.preview.len()), (0, 2, 0));
    assert_eq!(only.outcome.profile.columns[0].count, 0);
}

#[test]
fn missing_cells_and_quoted_ones() {
    let version = ingest("n,t\nNA,NA\n\"\",\"\"\n3,\"NA\"\n\"4\",\n");
    let (numbers, texts) = (version.column("n"), version.column("t"));
    assert_eq!((numbers.column_type, numbers.nulls, numbers.count), (ColumnType::Integer, 2, 2));
    assert_eq!((texts.column_type, texts.nulls, texts.distinct), (ColumnType::Text, 2, 2));
    assert_eq!(texts.text.as_ref().unwrap().empty, 1);
}

#[test]
fn numbers_that_would_lose_digits_are_decimals() {
    let version = ingest("id,big,mixed\n9007199254740993,9223372036854775808,9007199254740993\n1,1,0.5\n");
    assert_eq!(types(&version), [ColumnType::Integer, ColumnType::Decimal, ColumnType::Decimal]);
    assert_eq!(version.outcome.columns[0].encoding, Encoding::String);
    assert_eq!(
        version.outcome.preview[0],
        [json!("9007199254740993"), json!("9223372036854775808"), json!("9007199254740993.0")]
    );
    assert_eq!(version.outcome.preview[1][0], json!("1"));
    let summary = version.numeric("id");
    assert_eq!((&summary.max, &summary.sum), (&json!("9007199254740993"), &json!("9007199254740994")));
    let edge = ingest(format!("x,y\n{},1\n{},2\n{},3\n", i64::MAX, i64::MAX, i64::MIN));
    assert_eq!(edge.numeric("x").sum, json!("9223372036854775806"));
    assert_eq!(edge.numeric("x").range, json!("18446744073709551615"));
}

#[test]
fn infinities_are_counted_and_left_out() {
    let version = ingest("x,y\n1,a\ninf,b\n-Infinity,c\n3,d\n1,e\n");
    let (column, numeric) = (version.column("x"), version.numeric("x"));
    assert_eq!((column.count, column.distinct, column.nulls), (5, 4, 0));
    assert_eq!((numeric.non_finite.positive_infinity, numeric.non_finite.negative_infinity), (1, 1));
    assert_eq!((numeric.mean, &numeric.max, numeric.zeros), (Some(5.0 / 3.0), &json!(3.0), 0));
    assert_eq!(version.outcome.preview[1][0], Value::Null);
}

#[test]
fn columns_of_nothing_one_and_the_same() {
    let version = ingest("none,same,word\n,5,x\n,5,x\n,5,x\n,5,x\n");
    let none = version.column("none");
    assert_eq!((none.column_type, none.count, none.nulls, none.distinct), (ColumnType::Text, 0, 4, 0));
    assert!(none.top.is_empty() && none.text.as_ref().unwrap().mode.is_none());
    let same = version.numeric("same");
    assert_eq!((same.std, same.skewness, same.kurtosis, same.iqr), (Some(0.0), None, None, Some(0.0)));
    assert_eq!((same.outliers_iqr, same.outliers_z), (0, 0));
    let single = ingest("x,y\n7,z\n");
    let single = single.numeric("x");
    assert_eq!((single.mean, single.std, single.variance, single.median), (Some(7.0), None, None, Some(7.0)));
    assert_eq!((&single.mode, &single.range), (&json!(7), &json!(0)));
}

#[test]
fn dates_and_truth_values_have_their_summaries() {
    let version = ingest("day,ok\n2024-01-01,true\n2024-01-04,false\n2024-01-04,false\n,\n");
    let day = version.column("day").temporal.as_ref().unwrap();
    assert_eq!((day.min.as_deref(), day.max.as_deref()), (Some("2024-01-01"), Some("2024-01-04")));
    assert_eq!((day.mean.as_deref(), day.median.as_deref()), (Some("2024-01-03"), Some("2024-01-04")));
    assert_eq!((day.mode.as_deref(), day.range_seconds), (Some("2024-01-04"), Some(259_200.0)));
    let ok = version.column("ok");
    let boolean = ok.boolean.as_ref().unwrap();
    assert_eq!((boolean.trues, boolean.falses, boolean.mode, ok.nulls, ok.distinct), (1, 2, Some(false), 1, 2));
}

#[test]
fn kinds_are_told_by_content() {
    assert_eq!(ingest("[{\"a\":1}]").outcome.dialect.kind, SourceKind::Json);
    assert_eq!(ingest("{\"a\":1}").outcome.dialect.kind, SourceKind::Ndjson);
    assert_eq!(ingest("a,b\n1,2\n").outcome.dialect.kind, SourceKind::Csv);
}

#[test]
fn wide_and_long_tables_are_stored_whole() {
    let header: Vec<String> = (0..10_000).map(|i| format!("c{i}")).collect();
    let row: Vec<String> = (0..10_000).map(|i| (i % 7).to_string()).collect();
    let wide = ingest(format!("{}\n{}\n{}\n", header.join(","), row.join(","), row.join(",")));
    assert_eq!((wide.outcome.columns.len(), wide.outcome.rows), (10_000, 2));
    let mut long = String::from("n,t\n");
    (0..300_000).for_each(|i| long.push_str(&format!("{i},{}\n", i % 10)));
    let long = ingest(&long);
    assert_eq!((long.outcome.rows, long.outcome.preview.len()), (300_000, 200));
    assert_eq!((long.numeric("n").sum.clone(), long.column("t").distinct), (json!(44_999_850_000_i64), 10));
}

//! Random specs on random tables: nothing panics, and what is drawn is well-formed.

use contract::charts::{Aggregates, ChartKind, KINDS, Slot};
use contract::columns::ColumnType;
use contract::errors::ErrorCode;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::support::{spec, well_formed};
use crate::support::{Version, ingest};

const COLUMNS: [&str; 8] = ["whole", "year", "real", "wild", "text", "truth", "day", "moment"];

/// Small numbers made of the one that proptest chose (xorshift, Marsaglia 2003).
struct Dice {
    state: u64,
}

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state >> 11) as usize % sides.max(1)
    }

    fn one_in(&mut self, sides: usize) -> bool {
        self.below(sides) == 1
    }

    fn of<'b, T>(&mut self, all: &'b [T]) -> &'b T {
        &all[self.below(all.len())]
    }
}

fn cell(column: &str, dice: &mut Dice) -> String {
    if dice.one_in(6) {
        return String::new();
    }
    let roll = dice.below(1000) as i64;
    match column {
        "whole" => (roll % 41 - 20).to_string(),
        "year" => (1990 + roll % 40).to_string(),
        "real" => format!("{}", (roll - 500) as f64 / 8.0),
        "wild" => {
            (*dice.of(&["NaN", "inf", "-inf", "1e300", "-1.5e308", "5e-324", "0", "-0.0", "1e-9", "3.5"])).to_owned()
        }
        "text" => (*dice.of(&["a", "Ä long läbel that is cut somewhere", "🎉", "b", "c", "\"x, y\""])).to_owned(),
        "truth" => (*dice.of(&["true", "false"])).to_owned(),
        "day" => format!("20{:02}-{:02}-{:02}", roll % 30, roll % 12 + 1, roll % 28 + 1),
        _ => format!("2024-03-{:02}T{:02}:30:00Z", roll % 31 + 1, roll % 24),
    }
}

fn table(dice: &mut Dice) -> Version {
    let rows = [1, 2, 3, 12, 40][dice.below(5)];
    let mut csv = COLUMNS.join(",") + "\n";
    // The first row holds a value of each type, so that columns are what they are called.
    csv.push_str("1,1999,0.5,2.5,a,true,2020-02-29,2024-03-31T00:30:00Z\n");
    for _ in 1..rows {
        csv.push_str(&(COLUMNS.map(|column| cell(column, dice)).join(",") + "\n"));
    }
    ingest(csv)
}

fn column_type(column: &str) -> ColumnType {
    match column {
        "whole" | "year" => ColumnType::Integer,
        "real" | "wild" => ColumnType::Float,
        "truth" => ColumnType::Boolean,
        "day" => ColumnType::Date,
        "moment" => ColumnType::Datetime,
        _ => ColumnType::Text,
    }
}

fn encoding(slot: &Slot, dice: &mut Dice) -> Value {
    // Mostly columns that fit, so that most specs are drawn.
    let fitting: Vec<&str> = COLUMNS.into_iter().filter(|column| slot.accepts.takes(column_type(column))).collect();
    let column = if dice.one_in(20) { *dice.of(&COLUMNS) } else { *dice.of(&fitting) };
    let mut made = Map::new();
    made.insert("column".into(), json!(column));
    let is_number = matches!(column, "whole" | "year" | "real" | "wild");
    if slot.aggregates != Aggregates::Never && dice.one_in(2) {
        let functions = if is_number {
            &["sum", "mean", "median", "mode", "count", "n_unique", "min", "max", "std", "var", "first", "last"][..]
        } else {
            &["count", "n_unique"]
        };
        made.insert("aggregate".into(), json!(dice.of(functions)));
    }
    if is_number && dice.one_in(4) {
        let bins = [
            json!({ "count": 7 }),
            json!({ "width": 5.0 }),
            json!("sturges"),
            json!("scott"),
            json!({ "edges": [-1.0, 0.5, 10.0] }),
        ];
        made.insert("bin".into(), dice.of(&bins).clone());
    }
    if matches!(column, "day" | "moment") && dice.one_in(3) {
        made.insert(
            "granularity".into(),
            json!(dice.of(&["minute", "hour", "day", "week", "month", "quarter", "year"])),
        );
    }
    if column == "moment" && dice.one_in(3) {
        made.insert("time_zone".into(), json!(dice.of(&["Europe/Berlin", "Asia/Kathmandu", "UTC"])));
    }
    if dice.one_in(5) {
        made.insert("sort".into(), json!(dice.of(&["label", "-label", "value", "-value", "data"])));
    }
    if dice.one_in(5) {
        made.insert("limit".into(), json!(dice.below(4) + 1));
    }
    if is_number && dice.one_in(6) {
        made.insert("scale".into(), json!("log"));
    }
    Value::Object(made)
}

fn option(name: &str, dice: &mut Dice) -> Value {
    match name {
        "stack" => json!(dice.of(&["grouped", "stacked", "percent"])),
        "orientation" => json!(dice.of(&["vertical", "horizontal"])),
        "gaps" => json!(dice.of(&["show", "connect", "zero"])),
        "sample" => json!(dice.of(&["auto", "none"])),
        "trend" => json!({ "method": dice.of(&["linear", "theil_sen", "moving_average"]) }),
        "band" => json!({ "kind": dice.of(&["range", "deviation", "confidence"]) }),
        "color_scale" => json!(dice.of(&["sequential", "diverging"])),
        "shape" => json!(dice.of(&["rectangle", "hexagon"])),
        "bandwidth" => json!(dice.of(&["scott", "silverman"])),
        "comparison" => json!(dice.of(&["previous", "year_before"])),
        "opacity" => json!(0.5),
        "hole" => json!(0.4),
        "camera" => json!([1.0, 2.0, 0.5]),
        _ => json!(dice.one_in(2)),
    }
}

fn chart(kind: &ChartKind, dice: &mut Dice) -> Value {
    let mut body = Map::new();
    body.insert("kind".into(), serde_json::to_value(kind.name).unwrap());
    for slot in kind.slots {
        let is_list = slot.most > 1 || matches!(slot.channel.as_str(), "y" | "rows" | "columns");
        let count = if slot.least == 0 && !dice.one_in(2) { 0 } else { slot.least.max(1) };
        let count = if is_list && slot.most > 1 && dice.one_in(4) { count + 1 } else { count };
        let encodings: Vec<Value> = (0..count).map(|_| encoding(slot, dice)).collect();
        match (is_list, encodings.is_empty()) {
            (_, true) => None,
            (true, false) => body.insert(slot.channel.as_str().into(), Value::Array(encodings)),
            (false, false) => body.insert(slot.channel.as_str().into(), encodings[0].clone()),
        };
    }
    let mut options = Map::new();
    for name in kind.options {
        if dice.one_in(3) {
            options.insert((*name).into(), option(name, dice));
        }
    }
    body.insert("options".into(), Value::Object(options));
    if dice.one_in(4) {
        let filters = [
            json!({ "column": "whole", "op": "gt", "value": 1000 }),
            json!({ "column": "text", "op": "in", "values": ["a", "b"] }),
            json!({ "column": "real", "op": "is_null" }),
        ];
        body.insert("filter".into(), json!([dice.of(&filters)]));
    }
    Value::Object(body)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, max_shrink_iters: 0, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics_and_what_is_drawn_is_well_formed(seed in 1_u64..) {
        let mut dice = Dice { state: seed };
        let version = table(&mut dice);
        for kind in KINDS {
            let body = chart(kind, &mut dice);
            let drawn = engine::charts::run(&spec(body.clone()), &version.outcome.columns, &version.parquet());
            match drawn {
                Ok(figure) => {
                    let checked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| well_formed(&figure)));
                    prop_assert!(checked.is_ok(), "{body}");
                }
                Err(failure) => prop_assert_eq!(failure.code, ErrorCode::InvalidParameters, "{}: {}", body, failure.message),
            }
        }
    }
}

//! From evidence to types: the marks and the date order of the whole file, then each column, with what a person should know.

use contract::columns::{ColumnType, nearest_name};
use contract::errors::{ErrorCode, Failure};
use contract::ingest::{Choice, DateOrder, Dialect, ParseOptions};

use super::asking;
use super::evidence::Evidence;
use super::hints::looks_like_code;
use super::nulls::CANDIDATES;
use super::numbers::{ALL_STYLES, COMMA_STYLES, CURRENCIES, NumberStyle, POINT_STYLES, STYLES};
use super::reading::{ColumnPlan, MAX_DIGITS, Reading};
use super::spelling::{BOOLEANS, DATES, DMY, MDY, NUMBERS, TIME, TRUE_FALSE, YMD, fact};
use crate::Result;

/// Warnings and choices about single columns are told up to this number.
const MOST_NOTES: usize = 200;

/// What holds for the whole file, as far as its columns or the request say so.
pub(crate) struct Marks {
    /// The number styles that the request allows.
    pub(crate) allowed: u32,
    pub(crate) decimal: Option<u8>,
    pub(crate) order: Option<DateOrder>,
    delimiter: Option<char>,
}

/// Decides how each column is read, and notes in the dialect why.
pub(crate) fn plan(
    names: &[String],
    evidence: &[Evidence],
    options: &ParseOptions,
    dialect: &mut Dialect,
) -> Result<Vec<ColumnPlan>> {
    check_names(names, options)?;
    let marks = Marks::of(evidence, options, dialect.delimiter);
    let mut notes = Notes { dialect, marks: &marks, styles: 0, orders: 0, nulls: 0 };
    let mut plans = Vec::with_capacity(names.len());
    for (name, evidence) in names.iter().zip(evidence) {
        let plan = match options.columns.get(name) {
            Some(asked) => {
                notes.choice(Choice::asked(&format!("columns/{name}"), asked.as_str()));
                asking::plan(name, *asked, evidence, &marks)?
            }
            None => notes.column(name, evidence),
        };
        if plan.reading != Reading::Text {
            notes.nulls |= evidence.nulls;
        }
        plans.push(plan);
    }
    notes.finish(evidence, options);
    Ok(plans)
}

fn check_names(names: &[String], options: &ParseOptions) -> Result<()> {
    let Some(asked) = options.columns.keys().find(|asked| !names.contains(asked)) else { return Ok(()) };
    let near = nearest_name(asked, names.iter().map(String::as_str));
    let hint = near.map(|name| format!(" Did you mean \"{name}\"?")).unwrap_or_default();
    Err(Failure::new(ErrorCode::InvalidParameters, format!("The table has no column \"{asked}\".{hint}"))
        .column(asked)
        .advice("Correct the name in the option `columns`."))
}

impl Marks {
    fn of(evidence: &[Evidence], options: &ParseOptions, delimiter: Option<char>) -> Self {
        let byte = |text: &Option<String>| text.as_deref().map(|text| text.bytes().next().unwrap_or(0));
        let (decimal, thousands) = (byte(&options.decimal_mark), byte(&options.thousands_mark));
        let allows = |style: &NumberStyle| {
            decimal.is_none_or(|mark| style.decimal == mark)
                && thousands
                    .is_none_or(|mark| (style.thousands == mark || style.thousands == 0) && style.decimal != mark)
        };
        let allowed = STYLES.iter().enumerate().filter(|(_, style)| allows(style)).map(|(bit, _)| 1 << bit).sum();
        let votes = |wanted: u32, other: u32| {
            evidence
                .iter()
                .any(|column| column.possible & wanted != 0 && column.possible & other == 0 && column.values > 0)
        };
        let decimal =
            decimal.or_else(|| match (votes(POINT_STYLES, COMMA_STYLES), votes(COMMA_STYLES, POINT_STYLES)) {
                (true, false) => Some(b'.'),
                (false, true) => Some(b','),
                _ => None,
            });
        let has_order = |order: u32| {
            evidence
                .iter()
                .any(|column| column.possible & DATES == order && !column.has(fact::NAMED) && column.values > 0)
        };
        let order = options.date_order.or_else(|| match (has_order(DMY), has_order(MDY)) {
            (true, false) => Some(DateOrder::Dmy),
            (false, true) => Some(DateOrder::Mdy),
            _ => None,
        });
        Self { allowed, decimal, order, delimiter }
    }

    /// The style of a column that allows all of these; whether that is certain.
    pub(crate) fn style(&self, possible: u32) -> Option<(usize, bool)> {
        let possible = possible & self.allowed & ALL_STYLES;
        if possible == 0 {
            return None;
        }
        let (point, comma) = (possible & POINT_STYLES, possible & COMMA_STYLES);
        let (chosen, certain) = match (point, comma, self.decimal) {
            (point, 0, _) => (point, true),
            (0, comma, _) => (comma, true),
            (_, comma, Some(b',')) => (comma, true),
            (point, _, Some(_)) => (point, true),
            // "1,234" in a file with semicolons is more often a decimal than thousands.
            (point, comma, None) if self.delimiter == Some(';') && point & 1 == 0 => (comma, false),
            (point, _, None) => (point, false),
        };
        Some((chosen.trailing_zeros() as usize, certain))
    }
}

/// Gathers what is told about the choices.
struct Notes<'a> {
    dialect: &'a mut Dialect,
    marks: &'a Marks,
    /// Number styles in use, as bits.
    styles: u32,
    /// Date orders in use, as the bits of `spelling`.
    orders: u32,
    nulls: u32,
}

impl Notes<'_> {
    fn choice(&mut self, choice: Choice) {
        if self.dialect.choices.len() < MOST_NOTES {
            self.dialect.choices.push(choice);
        }
    }

    fn warn(&mut self, warning: String) {
        if self.dialect.warnings.len() < MOST_NOTES {
            self.dialect.warnings.push(warning);
        }
    }

    fn because(&mut self, name: &str, reading: Reading, confidence: f64, reason: &str) {
        let value = reading.column_type().as_str();
        self.choice(Choice::detected(&format!("columns/{name}"), value, confidence, reason));
    }

    fn column(&mut self, name: &str, evidence: &Evidence) -> ColumnPlan {
        if evidence.values == 0 {
            return ColumnPlan::new(name, Reading::Text);
        }
        if evidence.can_be(NUMBERS) {
            return self.number(name, evidence);
        }
        if evidence.can_be(BOOLEANS) {
            // A lone "no" may be Norway: other words than true and false count only in pairs.
            let both = evidence.has(fact::TRUE) && evidence.has(fact::FALSE);
            let reading = match evidence.possible & BOOLEANS {
                pairs if pairs & TRUE_FALSE != 0 || both => Reading::Boolean(pairs),
                _ => Reading::Text,
            };
            return ColumnPlan::new(name, reading);
        }
        if evidence.can_be(DATES) {
            return self.date(name, evidence);
        }
        if evidence.can_be(TIME) {
            return ColumnPlan::new(name, Reading::Time);
        }
        self.text(name, evidence);
        ColumnPlan::new(name, Reading::Text)
    }

    fn text(&mut self, name: &str, evidence: &Evidence) {
        if evidence.has(fact::TEXT) {
            return;
        }
        let numbers = evidence.has(fact::NUMBER);
        if evidence.has(fact::ZEROS) {
            self.because(name, Reading::Text, 1.0, "Some values have leading zeros, which a number would lose.");
        } else if evidence.has(fact::HUGE) {
            self.because(name, Reading::Text, 1.0, "Some values are beyond the range of floats.");
        } else if evidence.has(fact::DATE | fact::DATETIME) && !numbers && !evidence.has(fact::BOOLEAN | fact::CLOCK) {
            self.warn(format!(
                "Column \"{name}\" holds dates in different orders or formats, so it stays text: give the column one format."
            ));
        } else if numbers && !evidence.has(fact::DATE | fact::DATETIME | fact::BOOLEAN | fact::CLOCK) {
            self.warn(format!(
                "Column \"{name}\" holds numbers with different decimal or thousands marks, so it stays text."
            ));
        }
    }

    fn number(&mut self, name: &str, evidence: &Evidence) -> ColumnPlan {
        let text = ColumnPlan::new(name, Reading::Text);
        let Some((bit, certain)) = self.marks.style(evidence.possible) else {
            self.warn(format!(
                "Column \"{name}\" has other decimal or thousands marks than asked for, so it stays text."
            ));
            return text;
        };
        if evidence.has(fact::PERCENT) && evidence.has(fact::BARE | fact::CURRENCY) {
            self.warn(format!("Column \"{name}\" holds numbers with and without a percent sign, so it stays text."));
            return text;
        }
        if evidence.currencies.count_ones() > 1 {
            self.warn(format!("Column \"{name}\" holds amounts in different currencies, so it stays text."));
            return text;
        }
        let Some(reading) = self.number_type(name, evidence, bit) else { return text };
        if matches!(reading, Reading::Integer(_))
            && !evidence.has(fact::CURRENCY | fact::PERCENT)
            && let Some(what) = looks_like_code(name, usize::from(evidence.whole[0]))
        {
            self.because(name, Reading::Text, 0.8, &format!("The name says that these are {what}, not quantities."));
            return text;
        }
        if !certain && evidence.has(fact::MARK) {
            let style = STYLES[bit];
            let what = if evidence.fractions >> bit & 1 != 0 { "decimal" } else { "thousands" };
            self.warn(format!(
                "The marks in column \"{name}\" say two things; they were read as {what} marks. Give `decimal_mark` if that is wrong."
            ));
            let reason = "Nothing in the file tells whether the mark is for decimals or thousands.";
            self.choice(Choice::detected("decimal_mark", char::from(style.decimal), 0.6, reason));
        }
        self.styles |= 1 << bit;
        let currency = evidence.currencies.trailing_zeros() as usize;
        let unit = match evidence.has(fact::PERCENT) {
            true => Some("percent".to_owned()),
            false => CURRENCIES.get(currency).map(|sign| (*sign).to_owned()),
        };
        ColumnPlan { unit, ..ColumnPlan::new(name, reading) }
    }

    /// `None` if no type of numbers holds all digits.
    fn number_type(&mut self, name: &str, evidence: &Evidence, bit: usize) -> Option<Reading> {
        let style = STYLES[bit];
        let comma = usize::from(style.decimal == b',');
        let rounded = evidence.has(if comma == 1 { fact::ROUNDED_COMMA } else { fact::ROUNDED_POINT });
        let whole = evidence.fractions >> bit & 1 == 0 && !evidence.has(fact::INFINITE);
        if whole && !evidence.has(fact::WIDE) {
            return Some(Reading::Integer(style));
        }
        if !rounded && !evidence.has(fact::WIDE) {
            return Some(Reading::Float(style));
        }
        let scale = if whole { 0 } else { usize::from(evidence.scale[comma]) };
        if evidence.has(fact::EXPONENT | fact::INFINITE) || usize::from(evidence.whole[comma]) + scale > MAX_DIGITS {
            self.because(name, Reading::Text, 1.0, "Its numbers have more digits than any type of numbers keeps.");
            return None;
        }
        let reading = Reading::Decimal(style, scale);
        self.because(name, reading, 1.0, "A float or an integer of 64 bits would lose digits.");
        Some(reading)
    }

    fn date(&mut self, name: &str, evidence: &Evidence) -> ColumnPlan {
        let text = ColumnPlan::new(name, Reading::Text);
        let possible = evidence.possible & DATES;
        let order = match possible {
            YMD => DateOrder::Ymd,
            DMY => DateOrder::Dmy,
            MDY => DateOrder::Mdy,
            _ => match self.marks.order {
                Some(order @ (DateOrder::Dmy | DateOrder::Mdy)) => order,
                _ => {
                    self.warn(format!(
                        "The dates in column \"{name}\" may have the day or the month first, and nothing in the file decides, \
                         so it stays text. Give `date_order` to read them."
                    ));
                    return text;
                }
            },
        };
        if evidence.has(fact::OFFSET) && evidence.has(fact::LOCAL | fact::DATE) {
            self.warn(format!("Column \"{name}\" holds times with and without an offset, so it stays text."));
            return text;
        }
        self.orders |= match order {
            DateOrder::Ymd => YMD,
            DateOrder::Dmy => DMY,
            DateOrder::Mdy => MDY,
        };
        let reading = if evidence.has(fact::DATETIME) { Reading::Datetime(order) } else { Reading::Date(order) };
        ColumnPlan { utc: evidence.has(fact::OFFSET), ..ColumnPlan::new(name, reading) }
    }

    /// What holds for the whole file.
    fn finish(&mut self, evidence: &[Evidence], options: &ParseOptions) {
        let used =
            |bits: u32| STYLES.iter().enumerate().filter(move |(bit, _)| bits >> bit & 1 != 0).map(|(_, style)| *style);
        let marked = evidence.iter().any(|column| column.can_be(NUMBERS) && column.fractions & NUMBERS != 0);
        if let (true, Some(style)) = (marked, used(self.styles).next_back()) {
            self.dialect.decimal_mark = Some(char::from(style.decimal));
        }
        let thousands = used(self.styles).map(|style| style.thousands).find(|mark| *mark != 0).map(char::from);
        self.dialect.thousands_mark = thousands;
        if let Some(mark) = &options.decimal_mark {
            self.choice(Choice::asked("decimal_mark", mark));
        } else if let (Some(mark), Some(_)) = (self.dialect.decimal_mark, self.marks.decimal) {
            self.choice(Choice::detected("decimal_mark", mark, 1.0, "Some numbers can be read in no other way."));
        }
        if let Some(mark) = thousands {
            self.choice(Choice::detected(
                "thousands_mark",
                mark,
                0.95,
                "Groups of three digits stand between these marks.",
            ));
        }
        self.dialect.date_order = match self.orders {
            orders if orders & DMY != 0 => Some(DateOrder::Dmy),
            orders if orders & MDY != 0 => Some(DateOrder::Mdy),
            orders if orders & YMD != 0 => Some(DateOrder::Ymd),
            _ => None,
        };
        match (options.date_order, self.dialect.date_order) {
            (Some(order), _) => self.choice(Choice::asked("date_order", order.as_str())),
            (None, Some(order)) => {
                let reason = "At least one date in the file can be read in no other order.";
                self.choice(Choice::detected("date_order", order.as_str(), 1.0, reason));
            }
            _ => {}
        }
        if let Some(spellings) = &options.null_values {
            self.choice(Choice::asked("null_values", spellings.join(",")));
            self.dialect.null_values.clone_from(spellings);
            return;
        }
        let candidates = CANDIDATES.iter().enumerate().filter(|(bit, _)| self.nulls >> bit & 1 != 0);
        let found: Vec<String> = candidates.map(|(_, spelling)| (*spelling).to_owned()).collect();
        if !found.is_empty() {
            let reason = "All other cells of their columns are numbers, dates or the like.";
            self.choice(Choice::detected("null_values", found.join(","), 0.9, reason));
            self.dialect.null_values = found;
        }
    }
}

/// The type that a column without further knowledge has by its evidence; for looking at a few rows.
pub(crate) fn quick_type(evidence: &Evidence) -> ColumnType {
    match evidence.possible {
        _ if evidence.values == 0 => ColumnType::Text,
        possible if possible & NUMBERS != 0 => ColumnType::Float,
        possible if possible & BOOLEANS != 0 => ColumnType::Boolean,
        possible if possible & (DATES | TIME) != 0 => ColumnType::Date,
        _ => ColumnType::Text,
    }
}

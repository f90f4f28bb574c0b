//! The texts of numbers on a chart: ticks by their step, figures by their size, years and units as people write them.

use contract::columns::{Column, ColumnType};

/// How the numbers of an axis or of a figure are written.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct NumberFormat {
    before: &'static str,
    after: String,
    /// Years have no thousands separator.
    is_plain: bool,
}

impl NumberFormat {
    /// As the unit of a column says.
    pub(super) fn of_column(column: &Column) -> Self {
        let before = match column.unit.as_deref() {
            Some("USD" | "$") => "$",
            Some("EUR" | "€") => "€",
            Some("GBP" | "£") => "£",
            Some("JPY" | "¥") => "¥",
            _ => "",
        };
        let after = match column.unit.as_deref() {
            Some("percent") => " %".to_owned(),
            Some(unit) if before.is_empty() => format!(" {unit}"),
            _ => String::new(),
        };
        Self { before, after, is_plain: false }
    }

    pub(super) fn percent() -> Self {
        Self { after: " %".to_owned(), ..Self::default() }
    }

    /// The format of a column's own values between these bounds: whole numbers that look like years are told plainly.
    pub(super) fn of_values(column: &Column, low: f64, high: f64) -> Self {
        let is_named = column.name.to_lowercase().contains("year");
        let span = if is_named { 1000.0..3000.0 } else { 1900.0..2101.0 };
        let is_plain = column.column_type == ColumnType::Integer && span.contains(&low) && span.contains(&high);
        Self { is_plain, ..Self::of_column(column) }
    }

    /// The same for years where the values are years.
    pub(super) fn is_plain(&self) -> bool {
        self.is_plain
    }

    fn dressed(&self, value: f64, digits: &str) -> String {
        let sign = if value < 0.0 && digits.contains(|digit: char| ('1'..='9').contains(&digit)) { "−" } else { "" };
        format!("{sign}{}{digits}{}", self.before, self.after)
    }

    /// The texts of ticks that are `step` apart; all have the same unit of thousands, millions or billions.
    pub(super) fn ticks(&self, values: &[f64], step: f64) -> Vec<String> {
        let size = values.iter().fold(0.0_f64, |size, value| size.max(value.abs()));
        let (unit, name) = if self.is_plain { (1.0, "") } else { thousands(size) };
        let (unit, name) = if places(step / unit) > 2 { (1.0, "") } else { (unit, name) };
        let one = |value: &f64| {
            if *value == 0.0 {
                return self.dressed(0.0, "0");
            }
            if !(1e-4..1e15).contains(&size) || places(step) > 9 {
                return self.dressed(
                    *value,
                    &exponent(value.abs(), (value.abs() / step).log10().max(0.0).ceil() as usize + 1),
                );
            }
            let digits = trimmed(format!("{:.*}", places(step / unit), value.abs() / unit), !name.is_empty());
            self.dressed(*value, &format!("{}{name}", self.grouped(&digits)))
        };
        values.iter().map(one).collect()
    }

    /// A figure on a mark or in a sentence: about four significant digits, large ones in k, M or B.
    pub(super) fn short(&self, value: f64) -> String {
        if !value.is_finite() {
            return "–".to_owned();
        }
        let size = value.abs();
        if size != 0.0 && !(1e-4..1e15).contains(&size) {
            return self.dressed(value, &exponent(size, 3));
        }
        let (unit, name) = if self.is_plain { (1.0, "") } else { thousands(size) };
        let scaled = size / unit;
        let places = match scaled {
            _ if scaled.fract() == 0.0 => 0,
            0.0..0.01 => 6,
            0.01..1.0 => 4,
            1.0..100.0 => 2,
            _ => 1,
        };
        let digits = trimmed(format!("{scaled:.places$}"), true);
        self.dressed(value, &format!("{}{name}", self.grouped(&digits)))
    }

    /// A figure in full, with at most six decimals.
    pub(super) fn full(&self, value: f64) -> String {
        if !value.is_finite() {
            return "–".to_owned();
        }
        let size = value.abs();
        if size != 0.0 && !(1e-6..1e15).contains(&size) {
            return self.dressed(value, &exponent(size, 6));
        }
        let places = if size >= 1000.0 { 2 } else { 6 };
        self.dressed(value, &self.grouped(&trimmed(format!("{size:.places$}"), true)))
    }

    /// A figure in a sentence: whole numbers in full, others with six digits.
    pub(super) fn told(&self, value: f64) -> String {
        let size = value.abs();
        if !value.is_finite() || size >= 1e15 || (size != 0.0 && size < 1e-4) {
            return self.short(value);
        }
        let whole = size.log10().floor().max(0.0) as usize + 1;
        let places = if size.fract() == 0.0 || size == 0.0 { 0 } else { 6_usize.saturating_sub(whole) };
        self.dressed(value, &self.grouped(&trimmed(format!("{size:.places$}"), true)))
    }

    /// A figure with so many decimals, for columns of figures.
    pub(super) fn fixed(&self, value: f64, places: usize) -> String {
        let size = value.abs();
        if !value.is_finite() || (size != 0.0 && !(1e-6..1e15).contains(&size)) {
            return self.full(value);
        }
        self.dressed(value, &self.grouped(&format!("{size:.places$}")))
    }

    /// With commas between thousands.
    fn grouped(&self, digits: &str) -> String {
        let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
        let mut text = String::with_capacity(digits.len() + digits.len() / 3);
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) && !self.is_plain {
                text.push(',');
            }
            text.push(digit);
        }
        if let Some(fraction) = fraction {
            text.push('.');
            text.push_str(fraction);
        }
        text
    }
}

/// How many decimals tell all these values, at most so many.
pub(super) fn decimals(values: impl Iterator<Item = f64> + Clone, most: usize) -> usize {
    let usual = values.filter(|value| value.is_finite() && value.abs() < 1e15);
    let is_told = |places: &usize| {
        let scale = 10_f64.powi(*places as i32);
        usual.clone().all(|value| ((value * scale).round() / scale - value).abs() <= 1e-9 * value.abs())
    };
    (0..most).find(is_told).unwrap_or(most)
}

/// Decimals that computed figures of this size are worth: two, or four digits of small ones.
pub(super) fn worthwhile(largest: f64) -> usize {
    if largest >= 1.0 || largest <= 0.0 { 2 } else { (3.0 - largest.log10().floor()).min(6.0) as usize }
}

/// The unit in which numbers up to this size are written.
fn thousands(size: f64) -> (f64, &'static str) {
    match size {
        _ if size < 9_999.5 => (1.0, ""),
        _ if size < 999_950.0 => (1e3, "k"),
        _ if size < 999_950_000.0 => (1e6, "M"),
        _ if size < 999_950_000_000.0 => (1e9, "B"),
        _ => (1e12, "T"),
    }
}

/// How many decimals tell multiples of a step apart.
fn places(step: f64) -> usize {
    if !(step > 0.0 && step.is_finite()) {
        return 0;
    }
    let least = (-step.log10().floor()).max(0.0) as usize;
    // A step of 0.25 needs one more decimal than its size says.
    (least..=least + 2).find(|places| is_whole(step * 10_f64.powi(*places as i32))).unwrap_or(least)
}

fn is_whole(value: f64) -> bool {
    (value - value.round()).abs() <= 1e-6 * value.abs()
}

/// Without zeros at the end of decimals.
fn trimmed(digits: String, wanted: bool) -> String {
    if !wanted || !digits.contains('.') {
        return digits;
    }
    digits.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn exponent(size: f64, places: usize) -> String {
    let text = format!("{size:.*e}", places.min(6));
    let Some((digits, power)) = text.split_once('e') else { return text };
    format!("{}e{power}", trimmed(digits.to_owned(), true))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain() -> NumberFormat {
        NumberFormat::default()
    }

    #[test]
    fn ticks_share_unit_and_decimals() {
        assert_eq!(plain().ticks(&[0.0, 5_000.0, 10_000.0], 5_000.0), ["0", "5k", "10k"]);
        assert_eq!(plain().ticks(&[0.0, 2_500.0, 5_000.0], 2_500.0), ["0", "2,500", "5,000"]);
        assert_eq!(plain().ticks(&[-1.5e6, 0.0, 1.5e6], 1.5e6), ["−1.5M", "0", "1.5M"]);
        assert_eq!(plain().ticks(&[0.0, 0.25, 0.5], 0.25), ["0", "0.25", "0.50"]);
        assert_eq!(plain().ticks(&[1e-9, 1.2e-9], 0.2e-9), ["1e-9", "1.2e-9"]);
        assert_eq!(plain().ticks(&[1e18, 2e18], 1e18), ["1e18", "2e18"]);
        assert_eq!(plain().ticks(&[12_345.0, 12_346.0], 1.0), ["12,345", "12,346"]);
    }

    #[test]
    fn units_and_years() {
        let mut price = Column::new("price", ColumnType::Float);
        price.unit = Some("USD".to_owned());
        let format = NumberFormat::of_column(&price);
        assert_eq!((format.short(1234.5), format.short(-20_000.0)), ("$1,234.5".to_owned(), "−$20k".to_owned()));
        price.unit = Some("percent".to_owned());
        assert_eq!(NumberFormat::of_column(&price).short(12.5), "12.5 %");
        price.unit = Some("CHF".to_owned());
        assert_eq!(NumberFormat::of_column(&price).full(1e6), "1,000,000 CHF");
        let year = Column::new("Year", ColumnType::Integer);
        assert_eq!(NumberFormat::of_values(&year, 1500.0, 2024.0).ticks(&[2020.0, 2022.0], 2.0), ["2020", "2022"]);
        let count = Column::new("count", ColumnType::Integer);
        assert_eq!(NumberFormat::of_values(&count, 1500.0, 2024.0).ticks(&[2020.0, 2022.0], 2.0), ["2,020", "2,022"]);
        assert!(NumberFormat::of_values(&count, 1980.0, 2024.0).is_plain());
    }

    #[test]
    fn columns_of_figures_share_their_decimals() {
        assert_eq!(decimals([1.0, 2.5, f64::NAN].into_iter(), 2), 1);
        assert_eq!(decimals([1.0 / 3.0].into_iter(), 2), 2);
        assert_eq!(decimals([4.0, 1e300].into_iter(), 6), 0);
        assert_eq!((worthwhile(12.0), worthwhile(0.05), worthwhile(0.0)), (2, 5, 2));
        assert_eq!((plain().fixed(-1234.5, 2), plain().fixed(0.0, 1)), ("−1,234.50".to_owned(), "0.0".to_owned()));
        assert_eq!(plain().fixed(1e20, 2), "1e20");
    }

    #[test]
    fn figures_by_size() {
        let texts: Vec<String> =
            [0.0, 0.123_456, 3.25159, 9_999.0, 12_345.0, 1.5e9, 2e-9, f64::NAN].map(|v| plain().short(v)).into();
        assert_eq!(texts, ["0", "0.1235", "3.25", "9,999", "12.35k", "1.5B", "2e-9", "–"]);
        assert_eq!((plain().full(15_310.0), plain().full(-0.5)), ("15,310".to_owned(), "−0.5".to_owned()));
        assert_eq!(plain().full(-0.000_000_1), "−1e-7");
        let told: Vec<String> =
            [0.0, 103.098_565, 97_364.26, 15_310.0, 0.000_123_4, -2.5].map(|v| plain().told(v)).into();
        assert_eq!(told, ["0", "103.099", "97,364.3", "15,310", "0.00012", "−2.5"]);
    }
}

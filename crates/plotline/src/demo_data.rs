//! The demo table: a year of orders of a shop that does not exist, the same at every run.

use std::fmt::Write;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

pub const ROWS: u32 = 10_000;

const COUNTRIES: [&str; 8] =
    ["Germany", "France", "Spain", "Italy", "Poland", "Netherlands", "Sweden", "United Kingdom"];
const CATEGORIES: [(&str, f64); 5] =
    [("Books", 14.0), ("Kitchen", 38.0), ("Garden", 55.0), ("Toys", 22.0), ("Electronics", 160.0)];

/// A CSV file with a header and [`ROWS`] orders. Every 40th order has no customer, as guests have none.
pub fn csv() -> String {
    let mut rng = StdRng::seed_from_u64(20_260_101);
    let mut text =
        String::from("order_id,ordered_at,customer_id,country,category,quantity,unit_price,revenue,returned\n");
    for order in 1..=ROWS {
        let day = rng.random_range(0..365);
        let date = chrono::NaiveDate::from_yo_opt(2025, day + 1).unwrap_or_default();
        let time = format!("{:02}:{:02}:00", rng.random_range(7..23), rng.random_range(0..60));
        let customer = if order % 40 == 0 { String::new() } else { format!("C{:04}", rng.random_range(1..900)) };
        let country = COUNTRIES[skewed(&mut rng, COUNTRIES.len())];
        let (category, typical) = CATEGORIES[skewed(&mut rng, CATEGORIES.len())];
        let quantity = 1 + skewed(&mut rng, 6);
        let price = (typical * rng.random_range(0.5..1.8) * 100.0_f64).round() / 100.0;
        let revenue = (price * quantity as f64 * 100.0).round() / 100.0;
        let returned = rng.random_bool(0.06);
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{order},{date}T{time}Z,{customer},{country},{category},{quantity},{price:.2},{revenue:.2},{returned}"
        );
    }
    text
}

/// An index below `count`, small ones more often.
fn skewed(rng: &mut StdRng, count: usize) -> usize {
    let spread: f64 = rng.random_range(0.0..1.0);
    ((spread * spread * count as f64) as usize).min(count - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_is_the_same_every_time_and_has_all_its_rows() {
        let text = csv();
        assert_eq!(text, csv());
        assert_eq!(text.lines().count(), ROWS as usize + 1);
        assert!(text.lines().all(|line| line.split(',').count() == 9));
    }
}

//! Relations that must hold whatever the data: order, shift, scale and duplication.

use contract::profile::NumericSummary;
use proptest::prelude::*;

use crate::support::{Version, ingest};

fn table(values: &[f64]) -> Version {
    let rows: String = values.iter().map(|value| format!("{value},x\n")).collect();
    ingest(format!("v,w\n{rows}"))
}

fn close(left: Option<f64>, right: Option<f64>, tolerance: f64) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => (left - right).abs() <= tolerance * left.abs().max(right.abs()).max(1.0),
        (left, right) => left == right,
    }
}

fn shape(numeric: &NumericSummary) -> (Option<f64>, Option<f64>) {
    (numeric.skewness, numeric.kurtosis)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn shift_and_scale_move_the_figures_as_they_should(values in proptest::collection::vec(-1000_i32..1000, 1..60), shift in -500_i32..500) {
        let floats: Vec<f64> = values.iter().map(|value| f64::from(*value) + 0.5).collect();
        let shifted: Vec<f64> = floats.iter().map(|value| value + f64::from(shift)).collect();
        let scaled: Vec<f64> = floats.iter().map(|value| value * -4.0).collect();
        let (base, shifted, scaled) = (table(&floats), table(&shifted), table(&scaled));
        let (base, shifted, scaled) = (base.numeric("v"), shifted.numeric("v"), scaled.numeric("v"));
        prop_assert!(close(base.mean.map(|mean| mean + f64::from(shift)), shifted.mean, 1e-12));
        prop_assert!(close(base.std, shifted.std, 1e-12));
        prop_assert!(close(base.q1.map(|q1| q1 + f64::from(shift)), shifted.q1, 1e-12));
        prop_assert!(close(shape(base).0, shape(shifted).0, 1e-9) && close(shape(base).1, shape(shifted).1, 1e-9));
        prop_assert!(close(base.std.map(|std| std * 4.0), scaled.std, 1e-12));
        prop_assert!(close(base.q1.map(|q1| q1 * -4.0), scaled.q3, 1e-12));
        prop_assert!(close(base.skewness.map(|skewness| -skewness), scaled.skewness, 1e-9));
        prop_assert_eq!(base.outliers_iqr, scaled.outliers_iqr);
    }

    #[test]
    fn the_order_of_rows_changes_no_type_and_no_figure(
        cells in proptest::collection::vec(prop_oneof![
            Just("1"), Just("2.5"), Just("-3"), Just("NA"), Just(""), Just("007"), Just("true"), Just("2024-01-01"), Just("x y")
        ], 1..40),
    ) {
        let text = |cells: &[&str]| cells.iter().map(|cell| format!("{cell},1\n")).collect::<String>();
        let mut turned = cells.clone();
        turned.reverse();
        let (straight, turned) = (ingest(format!("v,w\n{}", text(&cells))), ingest(format!("v,w\n{}", text(&turned))));
        prop_assert_eq!(straight.outcome.profile, turned.outcome.profile);
    }

    #[test]
    fn doubling_every_row_doubles_the_counts_and_keeps_the_middle(values in proptest::collection::vec(-50_i32..50, 1..60)) {
        let floats: Vec<f64> = values.iter().map(|value| f64::from(*value)).collect();
        let doubled: Vec<f64> = floats.iter().chain(&floats).copied().collect();
        let (base, doubled) = (table(&floats), table(&doubled));
        let counts = |version: &Version| version.column("v").top.iter().map(|top| (top.value.clone(), top.count)).collect::<Vec<_>>();
        let twice: Vec<_> = counts(&base).into_iter().map(|(value, count)| (value, count * 2)).collect();
        prop_assert_eq!(twice, counts(&doubled));
        prop_assert_eq!(base.column("v").distinct, doubled.column("v").distinct);
        prop_assert!(close(base.numeric("v").mean, doubled.numeric("v").mean, 1e-13));
        prop_assert!(close(base.numeric("v").median, doubled.numeric("v").median, 1e-13));
    }
}

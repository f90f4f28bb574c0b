//! What must not change when data are shifted, scaled, permuted or doubled, and what happens at the edges.

use proptest::prelude::*;

use super::ranks::{Ranks, kruskal_wallis, mann_whitney, u_of_first};
use super::sample::{Spread, median, scale_for};
use super::t_tests::{student, welch};
use super::tables::{chi_square, fisher};
use super::variances::anova;
use crate::probability::Tail;

fn near(left: f64, right: f64) -> bool {
    (left.is_nan() && right.is_nan())
        || left == right
        || (left - right).abs() <= 1e-9 * left.abs().max(right.abs()).max(1e-6)
}

fn spreads(samples: &[Vec<f64>]) -> Vec<Spread> {
    samples.iter().map(|values| Spread::of(values)).collect()
}

fn sample() -> impl Strategy<Value = Vec<f64>> {
    proptest::collection::vec((-50_i32..50).prop_map(f64::from), 3..25)
}

proptest! {
    #[test]
    fn shifting_and_scaling_all_values_changes_no_test(left in sample(), right in sample(), shift in -1000_i32..1000, power in -20_i32..20) {
        let factor = 2.0_f64.powi(power);
        let before = vec![left, right];
        let after: Vec<Vec<f64>> = before.iter().map(|values| values.iter().map(|value| (value + f64::from(shift)) * factor).collect()).collect();
        let (a, b) = (spreads(&before), spreads(&after));
        for tail in [Tail::Both, Tail::Lower, Tail::Upper] {
            prop_assert!(near(welch(&a[0], &a[1], tail, 0.9).p, welch(&b[0], &b[1], tail, 0.9).p));
            prop_assert!(near(student(&a[0], &a[1], tail, 0.9).t, student(&b[0], &b[1], tail, 0.9).t));
        }
        prop_assert!(near(anova(&a).p, anova(&b).p));
        prop_assert_eq!(u_of_first(&Ranks::of(&before), a[0].n), u_of_first(&Ranks::of(&after), a[0].n));
    }

    #[test]
    fn the_order_of_values_and_of_samples_changes_nothing(left in sample(), right in sample(), third in sample()) {
        let before = vec![left, right, third];
        let mut after = before.clone();
        after.iter_mut().for_each(|values| values.reverse());
        after.rotate_left(1);
        let (a, b) = (spreads(&before), spreads(&after));
        prop_assert!(near(anova(&a).f, anova(&b).f));
        let counts = |spreads: &[Spread]| spreads.iter().map(|spread| spread.n).collect::<Vec<_>>();
        let (h, other) = (kruskal_wallis(&Ranks::of(&before), &counts(&a)).0, kruskal_wallis(&Ranks::of(&after), &counts(&b)).0);
        prop_assert!(near(h, other));
        let (forth, back) = (welch(&a[0], &a[1], Tail::Upper, 0.9), welch(&a[1], &a[0], Tail::Lower, 0.9));
        prop_assert!(near(forth.p, back.p) && near(forth.t, -back.t));
        let n = (a[0].n, a[1].n);
        let (forth, back) = (Ranks::of(&before[..2]), Ranks::of(&[before[1].clone(), before[0].clone()]));
        let (forth, back) = (mann_whitney(&forth, n.0, n.1, Tail::Both, true), mann_whitney(&back, n.1, n.0, Tail::Both, true));
        prop_assert!(near(forth.p, back.p) && near(forth.u, n.0 * n.1 - back.u));
    }

    #[test]
    fn doubling_the_data_doubles_squares_and_counts(values in sample()) {
        let once = Spread::of(&values);
        let twice = Spread::of(&[values.clone(), values].concat());
        prop_assert!(near(2.0 * once.squares, twice.squares) && near(once.mean, twice.mean));
    }

    #[test]
    fn doubling_a_table_doubles_its_chi_square(counts in proptest::collection::vec(1_u64..50, 6)) {
        let table = |factor: u64| vec![counts[..3].iter().map(|c| c * factor).collect::<Vec<_>>(), counts[3..].iter().map(|c| c * factor).collect()];
        let (once, twice) = (chi_square(&table(1), false), chi_square(&table(2), false));
        prop_assert!(near(2.0 * once.plain, twice.plain));
    }

    #[test]
    fn fisher_tails_cover_everything(a in 0_u64..30, b in 0_u64..30, c in 0_u64..30, d in 0_u64..30) {
        let table = [[a, b], [c, d]];
        let (lower, upper, both) = (fisher(table, Tail::Lower), fisher(table, Tail::Upper), fisher(table, Tail::Both));
        prop_assert!(lower + upper > 1.0 - 1e-12 && both <= 1.0 && both >= lower.min(upper) - 1e-12);
        let turned = fisher([[a, c], [b, d]], Tail::Both);
        prop_assert!(near(both, turned));
    }
}

#[test]
fn constants_and_single_values_have_no_test() {
    let constant = Spread::of(&[3.0; 5]);
    assert!(student(&constant, &constant, Tail::Both, 0.95).t.is_nan());
    assert!(anova(&[constant, constant]).f.is_nan());
    let other = Spread::of(&[4.0; 5]);
    assert_eq!((anova(&[constant, other]).f, anova(&[constant, other]).p), (f64::INFINITY, 0.0));
    let single = Spread::of(&[3.0]);
    assert!(single.variance().is_nan() && welch(&single, &other, Tail::Both, 0.95).p.is_nan());
    let ranks = Ranks::of(&[vec![1.0, 1.0], vec![1.0]]);
    assert!(kruskal_wallis(&ranks, &[2.0, 1.0]).0.is_nan());
    assert_eq!(mann_whitney(&ranks, 2.0, 1.0, Tail::Both, true).p, 1.0);
    assert_eq!(median(&mut [f64::MAX, -f64::MAX]), 0.0);
}

#[test]
fn huge_and_tiny_values_are_brought_near_one() {
    for size in [1e300, 1e-300, 5e-320] {
        let samples =
            vec![vec![1.0 * size, 2.0 * size, 4.0 * size], vec![2.0 * size, 5.0 * size, 7.0 * size, 9.0 * size]];
        let scale = scale_for(&samples);
        let scaled: Vec<Vec<f64>> =
            samples.iter().map(|values| values.iter().map(|value| value * scale).collect()).collect();
        let found = spreads(&scaled);
        let expected = spreads(&[vec![1.0, 2.0, 4.0], vec![2.0, 5.0, 7.0, 9.0]]);
        let (found, expected) =
            (welch(&found[0], &found[1], Tail::Both, 0.9), welch(&expected[0], &expected[1], Tail::Both, 0.9));
        assert!((found.p / expected.p - 1.0).abs() < if size < 1e-310 { 1e-2 } else { 1e-9 }, "{size}: {found:?}");
    }
    assert_eq!(scale_for(&[vec![0.0, 5.0]]), 1.0);
}

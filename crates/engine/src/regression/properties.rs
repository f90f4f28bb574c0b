//! What must hold of any fit, and what happens at the edges.

use proptest::prelude::*;

use super::design::Design;
use super::linear::fit;
use super::logistic;

fn design(columns: &[Vec<f64>]) -> Design {
    let mut design = Design::new(columns[0].len(), true);
    columns.iter().enumerate().for_each(|(i, column)| design.add_numbers(&format!("x{i}"), column.clone(), 1));
    design
}

fn near(left: f64, right: f64, size: f64) -> bool {
    (left - right).abs() <= 1e-8 * size.max(1.0)
}

proptest! {
    #[test]
    fn shifts_scales_order_and_doubling(
        rows in proptest::collection::vec((-100_i32..100, -100_i32..100, -100_i32..100), 6..30),
        power in -30_i32..30,
        shift in -100_i32..100,
    ) {
        let column = |pick: fn(&(i32, i32, i32)) -> i32| rows.iter().map(|row| f64::from(pick(row))).collect::<Vec<f64>>();
        let (a, b, y) = (column(|row| row.0), column(|row| row.1), column(|row| row.2));
        let before = fit(&design(&[a.clone(), b.clone()]), &y).unwrap();
        prop_assume!(before.rank == 3);
        let size = 100.0 * before.condition_number;
        let slope = |fit: &super::linear::Fit, term: usize| fit.estimates[term].unwrap().0;
        // Residuals are orthogonal to every column, and leverages sum to the rank.
        for column in [&a, &b] {
            let along: f64 = column.iter().zip(&before.residuals).map(|(x, e)| x * e).sum();
            prop_assert!(near(along, 0.0, 1e4 * rows.len() as f64), "{along}");
        }
        prop_assert!(near(before.leverages.iter().sum::<f64>(), 3.0, 1.0));
        let factor = 2.0_f64.powi(power);
        let scaled: Vec<f64> = y.iter().map(|y| (y + f64::from(shift)) * factor).collect();
        let after = fit(&design(&[a.clone(), b.clone()]), &scaled).unwrap();
        prop_assert!(near(slope(&after, 1) / factor, slope(&before, 1), size));
        prop_assert!(near(slope(&after, 0) / factor, slope(&before, 0) + f64::from(shift), size));
        let reversed = |values: &[f64]| values.iter().rev().copied().collect::<Vec<f64>>();
        let turned = fit(&design(&[reversed(&a), reversed(&b)]), &reversed(&y)).unwrap();
        prop_assert!(near(slope(&turned, 2), slope(&before, 2), size));
        let twice = |values: &[f64]| [values, values].concat();
        let doubled = fit(&design(&[twice(&a), twice(&b)]), &twice(&y)).unwrap();
        prop_assert!(near(slope(&doubled, 1), slope(&before, 1), size));
        prop_assert!(near(doubled.residual_squares, 2.0 * before.residual_squares, before.residual_squares));
    }
}

#[test]
fn combinations_of_other_columns_are_left_out() {
    let a: Vec<f64> = (0..10).map(f64::from).collect();
    let b: Vec<f64> = a.iter().map(|x| 3.0 * x - 2.0).collect();
    let constant = vec![7.0; 10];
    let y: Vec<f64> = a.iter().map(|x| 1.0 + 2.0 * x).collect();
    let found = fit(&design(&[a, b, constant]), &y).unwrap();
    assert_eq!(found.rank, 2);
    assert!(found.estimates[2].is_none() && found.estimates[3].is_none());
    assert!((found.estimates[1].unwrap().0 - 2.0).abs() < 1e-12);
}

#[test]
fn rounded_multiples_are_no_columns_of_their_own() {
    let a: Vec<f64> = (1..50).map(|i| f64::from(i) * 0.37).collect();
    let b: Vec<f64> = a.iter().map(|x| x * 0.1).collect();
    let y: Vec<f64> = a.iter().map(|x| x.sin()).collect();
    assert_eq!(fit(&design(&[a, b]), &y).unwrap().rank, 2);
}

#[test]
fn too_few_rows_and_none() {
    assert!(fit(&design(&[Vec::new()]), &[]).is_none());
    let single = fit(&design(&[vec![2.0]]), &[5.0]).unwrap();
    assert_eq!((single.rank, single.residual_squares), (1, 0.0));
    let zeros = fit(&design(&[vec![0.0; 4]]), &[1.0, 2.0, 3.0, 4.0]).unwrap();
    assert_eq!(zeros.rank, 1);
}

#[test]
fn huge_and_tiny_columns_are_brought_near_one() {
    for size in [1e300, 1e-300] {
        let a: Vec<f64> = [1.0, 2.0, 4.0, 7.0, 9.0].iter().map(|x| x * size).collect();
        let y = [1.0, 3.0, 4.0, 8.0, 9.0];
        let expected = fit(&design(&[vec![1.0, 2.0, 4.0, 7.0, 9.0]]), &y).unwrap();
        let design = design(&[a]);
        let found = fit(&design, &y).unwrap();
        let slope = found.estimates[1].unwrap().0 * design.unit(1) * size;
        assert!((slope / expected.estimates[1].unwrap().0 - 1.0).abs() < 1e-12, "{slope}");
    }
}

#[test]
fn separation_is_seen() {
    let x: Vec<f64> = (0..20).map(f64::from).collect();
    let complete: Vec<f64> = x.iter().map(|x| f64::from(u8::from(*x > 9.5))).collect();
    let found = logistic::fit(&design(std::slice::from_ref(&x)), &complete).unwrap();
    assert!(!found.converged && logistic::is_complete(&found, &complete), "{found:?}");
    // A category in which every row is a success, beside others of both kinds.
    let dummy: Vec<f64> = (0..20).map(|i| f64::from(u8::from(i % 4 == 0))).collect();
    let quasi: Vec<f64> = (0..20).map(|i| f64::from(u8::from(i % 4 == 0 || i % 3 == 0))).collect();
    let found = logistic::fit(&design(&[dummy]), &quasi).unwrap();
    assert!(!found.converged && !logistic::is_complete(&found, &quasi), "{found:?}");
    assert_eq!(found.diverging, [1]);
    let mixed: Vec<f64> = (0..20).map(|i| f64::from(u8::from(i % 3 == 0))).collect();
    assert!(logistic::fit(&design(&[x]), &mixed).unwrap().converged);
}

//! P-values corrected for being many.

use contract::analyses::correlation::Correction;

/// The corrected p-values, each in its place; what is not defined takes no part and stays undefined.
pub(crate) fn adjusted(p_values: &[Option<f64>], correction: Correction) -> Vec<Option<f64>> {
    let mut order: Vec<(usize, f64)> = p_values.iter().enumerate().filter_map(|(i, p)| p.map(|p| (i, p))).collect();
    order.sort_by(|left, right| left.1.total_cmp(&right.1));
    let tests = order.len() as f64;
    let mut found = vec![None; p_values.len()];
    let mut set = |place: usize, p: f64| {
        if let Some(slot) = found.get_mut(place) {
            *slot = Some(p.min(1.0));
        }
    };
    match correction {
        Correction::None => return found,
        Correction::Bonferroni => order.iter().for_each(|(place, p)| set(*place, p * tests)),
        // A larger p-value never gets a smaller correction than a smaller one.
        Correction::Holm => {
            let mut largest = 0.0_f64;
            for (rank, (place, p)) in order.iter().enumerate() {
                largest = largest.max(p * (tests - rank as f64));
                set(*place, largest);
            }
        }
        Correction::Bh => {
            let mut smallest = 1.0_f64;
            for (rank, (place, p)) in order.iter().enumerate().rev() {
                smallest = smallest.min(p * tests / (rank + 1) as f64);
                set(*place, smallest);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_corrections() {
        // statsmodels 0.15: multipletests([.01, .04, .03, .005], method=…)
        let p = [Some(0.01), None, Some(0.04), Some(0.03), Some(0.005)];
        let close = |correction, expected: [f64; 4]| {
            let found: Vec<f64> = adjusted(&p, correction).into_iter().flatten().collect();
            assert!(found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 1e-15), "{found:?}");
        };
        close(Correction::Bonferroni, [0.04, 0.16, 0.12, 0.02]);
        close(Correction::Holm, [0.03, 0.06, 0.06, 0.02]);
        close(Correction::Bh, [0.02, 0.04, 0.04, 0.02]);
        assert!(adjusted(&p, Correction::None).iter().all(Option::is_none));
    }
}

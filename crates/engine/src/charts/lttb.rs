//! Thinning lines by largest triangles in three buckets (Steinarsson, "Downsampling Time Series for Visual
//! Representation", University of Iceland, 2013): the shape stays, and every point kept is a point of the data.

/// The places of `keep` points of a line without gaps, in order; all of them where there are no more. The first and the
/// last point are always kept.
pub(super) fn thinned(x: &[f64], y: &[f64], keep: usize) -> Vec<usize> {
    let count = x.len().min(y.len());
    if keep >= count || count <= 2 {
        return (0..count).collect();
    }
    if keep < 3 {
        return vec![0, count - 1];
    }
    let width = (count - 2) as f64 / (keep - 2) as f64;
    let start = |bucket: usize| ((bucket as f64 * width) as usize + 1).min(count - 1);
    let mut kept = Vec::with_capacity(keep);
    kept.push(0);
    let mut last = 0;
    for bucket in 0..keep - 2 {
        let (from, to) = (start(bucket), start(bucket + 1));
        let next = to..start(bucket + 2).max(to + 1).min(count);
        let size = next.len().max(1) as f64;
        let (mean_x, mean_y) = (mean(&x[next.clone()], size), mean(&y[next], size));
        // Twice the area of the triangle of the point kept last, this one and the mean of the next bucket.
        let area = |at: usize| ((x[last] - mean_x) * (y[at] - y[last]) - (x[last] - x[at]) * (mean_y - y[last])).abs();
        let mut best = (from, -1.0);
        for at in from..to.max(from + 1) {
            let area = area(at);
            if area > best.1 {
                best = (at, area);
            }
        }
        last = best.0;
        kept.push(last);
    }
    kept.push(count - 1);
    kept
}

fn mean(values: &[f64], size: f64) -> f64 {
    values.iter().map(|value| value / size).sum()
}

/// The same of a line with gaps: every piece gets its part of the points, and gaps stay.
pub(super) fn thinned_with_gaps(x: &[f64], y: &[f64], keep: usize) -> Vec<usize> {
    let share = keep as f64 / x.len().max(1) as f64;
    let mut kept = Vec::with_capacity(keep);
    let mut from = 0;
    while from < y.len() {
        let to = y[from..].iter().position(|value| value.is_nan()).map_or(y.len(), |gap| from + gap);
        let part = (((to - from) as f64 * share).round() as usize).max(2);
        kept.extend(thinned(&x[from..to], &y[from..to], part).into_iter().map(|at| at + from));
        if to < y.len() && kept.last().is_some_and(|last| !y[*last].is_nan()) {
            kept.push(to);
        }
        from = to + 1;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peaks_stay_and_the_number_is_kept() {
        let x: Vec<f64> = (0..10_000).map(f64::from).collect();
        let mut y: Vec<f64> = x.iter().map(|x| (x / 500.0).sin()).collect();
        y[7777] = 30.0;
        let kept = thinned(&x, &y, 100);
        assert_eq!((kept.len(), kept[0], kept[99]), (100, 0, 9_999));
        assert!(kept.contains(&7777) && kept.is_sorted());
        assert_eq!(thinned(&x[..5], &y[..5], 10), [0, 1, 2, 3, 4]);
        assert_eq!(thinned(&x, &y, 2), [0, 9_999]);
    }

    #[test]
    fn the_triangles_of_a_small_line() {
        // Two buckets of two points each; the areas by hand: 2.5 against 0.5, then 3 against 1.
        let (x, y) = ([0.0, 1.0, 2.0, 3.0, 4.0, 5.0], [0.0, 2.0, 0.0, 1.0, 3.0, 0.0]);
        assert_eq!(thinned(&x, &y, 4), [0, 1, 4, 5]);
    }

    #[test]
    fn gaps_stay() {
        let x: Vec<f64> = (0..1000).map(f64::from).collect();
        let y: Vec<f64> = (0..1000).map(|i| if i % 100 == 50 { f64::NAN } else { f64::from(i % 7) }).collect();
        let kept = thinned_with_gaps(&x, &y, 100);
        assert_eq!(kept.iter().filter(|at| y[**at].is_nan()).count(), 10);
        assert!(kept.is_sorted() && kept.len() <= 125, "{}", kept.len());
        assert!(thinned_with_gaps(&[], &[], 10).is_empty());
        assert!(thinned_with_gaps(&[1.0], &[f64::NAN], 10).is_empty());
    }
}

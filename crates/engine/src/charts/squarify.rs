//! Where the rectangles of a treemap stand: squarified layout, level by level, each parent with room for its name.
//!
//! M. Bruls, K. Huizing, J. J. van Wijk: Squarified Treemaps. Proceedings of the Joint Eurographics and IEEE TCVG
//! Symposium on Visualization, 2000.

/// Left, top, right, bottom.
pub(super) type Place = [f64; 4];

/// The width of the panel that rectangles are made square for, in heights; a chart at rest is 800 × 500.
const ASPECT: f64 = 1.6;
/// The room of a parent's name, as a part of the panel's height.
const NAME_ROOM: f64 = 0.045;
/// No more of a rectangle than this is room for its name.
const MOST_OF_PARENT: f64 = 0.4;
/// Around the children, as a part of the panel's height.
const MARGIN: f64 = 0.006;

/// The place of each node as parts of the panel. `parents` tells the node above each, which stands before it; `sizes`
/// are not negative and at most those of the parents. Areas of siblings are in the proportion of their sizes; a node
/// without a size has an empty place.
pub(super) fn places(parents: &[Option<usize>], sizes: &[f64]) -> Vec<Place> {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); parents.len()];
    let mut top = Vec::new();
    for (node, parent) in parents.iter().enumerate() {
        match parent {
            Some(parent) => children[*parent].push(node),
            None => top.push(node),
        }
    }
    // In heights of the panel, so that squares are square.
    let mut found = vec![[0.0; 4]; parents.len()];
    lay_out(&top, sizes, [0.0, 0.0, ASPECT, 1.0], &mut found);
    for node in 0..parents.len() {
        if !children[node].is_empty() {
            lay_out(&children[node], sizes, inside(found[node]), &mut found);
        }
    }
    found.into_iter().map(|[left, top, right, bottom]| [left / ASPECT, top, right / ASPECT, bottom]).collect()
}

/// What is left of a parent for its children.
fn inside([left, top, right, bottom]: Place) -> Place {
    let (width, height) = (right - left, bottom - top);
    let margin = MARGIN.min(width * 0.1).min(height * 0.1);
    let name = NAME_ROOM.min(height * MOST_OF_PARENT);
    [left + margin, top + name, right - margin, bottom - margin]
}

/// Fills a place with nodes, the largest first.
fn lay_out(nodes: &[usize], sizes: &[f64], place: Place, found: &mut [Place]) {
    let mut order: Vec<usize> = nodes.iter().copied().filter(|node| sizes[*node] > 0.0).collect();
    order.sort_by(|left, right| sizes[*right].total_cmp(&sizes[*left]));
    let total: f64 = order.iter().map(|node| sizes[*node]).sum();
    let area = (place[2] - place[0]) * (place[3] - place[1]);
    if order.is_empty() || !(total.is_finite() && area > 0.0) {
        nodes.iter().for_each(|node| found[*node] = [place[0], place[1], place[0], place[1]]);
        return;
    }
    let areas: Vec<f64> = order.iter().map(|node| sizes[*node] / total * area).collect();
    let mut free = place;
    let mut start = 0;
    while start < order.len() {
        let side = (free[2] - free[0]).min(free[3] - free[1]);
        let count = row_length(&areas[start..], side);
        let end = start + count;
        let is_last = end == order.len();
        free = place_row(&order[start..end], &areas[start..end], free, is_last, found);
        start = end;
    }
}

/// How many rectangles make the next row: as long as its worst proportion does not become worse.
fn row_length(areas: &[f64], side: f64) -> usize {
    let mut sum = areas[0];
    let mut worst = worst_ratio(sum, areas[0], areas[0], side);
    for (count, area) in areas.iter().enumerate().skip(1) {
        // Areas descend, so the last is the smallest.
        let next = worst_ratio(sum + area, areas[0], *area, side);
        if next > worst {
            return count;
        }
        (sum, worst) = (sum + area, next);
    }
    areas.len()
}

/// The largest proportion of long to short side of the rectangles in a row along a side.
fn worst_ratio(sum: f64, largest: f64, smallest: f64, side: f64) -> f64 {
    let (sum, side) = (sum * sum, side * side);
    (side * largest / sum).max(sum / (side * smallest))
}

/// Puts a row along the shorter side of what is free, and returns what is free then.
fn place_row(nodes: &[usize], areas: &[f64], free: Place, is_last: bool, found: &mut [Place]) -> Place {
    let [left, top, right, bottom] = free;
    let (width, height) = (right - left, bottom - top);
    let is_column = width >= height;
    let side = if is_column { height } else { width };
    let sum: f64 = areas.iter().sum();
    let whole = if is_column { width } else { height };
    // The last row ends where the place ends, whatever was rounded before.
    let depth = if is_last { whole } else { (sum / side).min(whole) };
    let mut at = 0.0;
    for (position, (node, area)) in nodes.iter().zip(areas).enumerate() {
        let next = if position + 1 == nodes.len() { side } else { (at + area / sum * side).min(side) };
        found[*node] = if is_column {
            [left, top + at, left + depth, top + next]
        } else {
            [left + at, top, left + next, top + depth]
        };
        at = next;
    }
    if is_column { [left + depth, top, right, bottom] } else { [left, top + depth, right, bottom] }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn area([left, top, right, bottom]: Place) -> f64 {
        (right - left) * (bottom - top)
    }

    #[test]
    fn the_example_of_the_paper() {
        // Figure 4 there: 6, 6, 4, 3, 2, 2, 1 in a place of 6 × 4.
        let sizes = [6.0, 6.0, 4.0, 3.0, 2.0, 2.0, 1.0];
        let mut found = vec![[0.0; 4]; 7];
        lay_out(&[0, 1, 2, 3, 4, 5, 6], &sizes, [0.0, 0.0, 6.0, 4.0], &mut found);
        let third = 7.0 / 3.0;
        let expected = [
            [0.0, 0.0, 3.0, 2.0],
            [0.0, 2.0, 3.0, 4.0],
            [3.0, 0.0, 3.0 + 12.0 / 7.0, third],
            [3.0 + 12.0 / 7.0, 0.0, 6.0, third],
        ];
        for (node, place) in expected.iter().enumerate() {
            let is_near = (0..4).all(|side| (place[side] - found[node][side]).abs() < 1e-12);
            assert!(is_near, "{node}: {:?}", found[node]);
        }
        assert!(found.iter().zip(sizes).all(|(place, size)| (area(*place) - size).abs() < 1e-12));
    }

    #[test]
    fn children_lie_below_the_name_of_their_parent() {
        let found = places(&[None, None, Some(0), Some(0)], &[3.0, 1.0, 2.0, 1.0]);
        let ([left, top, right, bottom], children) = (found[0], &found[2..]);
        assert!((area(found[0]) - 0.75).abs() < 1e-12 && (area(found[1]) - 0.25).abs() < 1e-12);
        assert!(children.iter().all(|c| c[0] > left && c[1] >= top + 0.04 && c[2] < right && c[3] < bottom));
        assert!((area(children[0]) / area(children[1]) - 2.0).abs() < 1e-9);
    }

    #[test]
    fn nothing_and_nodes_without_a_size() {
        assert!(places(&[], &[]).is_empty());
        assert_eq!(places(&[None], &[0.0])[0], [0.0; 4]);
        let found = places(&[None, None, Some(1)], &[1.0, 0.0, 0.0]);
        assert_eq!((area(found[0]), area(found[1]), area(found[2])), (1.0, 0.0, 0.0));
    }

    proptest! {
        #[test]
        fn rectangles_fill_the_panel_and_do_not_overlap(sizes in proptest::collection::vec(1e-3..1e3_f64, 1..40)) {
            let found = places(&vec![None; sizes.len()], &sizes);
            let total: f64 = sizes.iter().sum();
            for (at, place) in found.iter().enumerate() {
                prop_assert!((area(*place) - sizes[at] / total).abs() < 1e-9);
                prop_assert!(place.iter().all(|side| (-1e-9..=1.0 + 1e-9).contains(side)));
                for other in &found[..at] {
                    let width = place[2].min(other[2]) - place[0].max(other[0]);
                    let height = place[3].min(other[3]) - place[1].max(other[1]);
                    prop_assert!(width < 1e-9 || height < 1e-9);
                }
            }
        }
    }
}

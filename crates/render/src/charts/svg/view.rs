//! A camera that looks at a box of side 1 around the origin.

use super::canvas::Rect;

type Point = [f64; 3];

pub(crate) struct View {
    eye: Point,
    right: Point,
    up: Point,
    forward: Point,
    /// CSS pixels for each unit of the projection.
    scale: f64,
    across: f64,
    down: f64,
}

impl View {
    /// From `eye`, in units of the box, with z upwards; the box as large as the area allows.
    pub(crate) fn new(eye: Point, area: Rect) -> Self {
        let is_usable = eye.iter().all(|part| part.is_finite()) && length(eye) > 0.95;
        let eye = if is_usable { eye } else { [1.25, 1.25, 1.25] };
        let forward = unit(eye.map(|part| -part));
        let above = if forward[2].abs() > 0.999 { [0.0, 1.0, 0.0] } else { [0.0, 0.0, 1.0] };
        let right = unit(cross(forward, above));
        let up = cross(right, forward);
        let mut view = Self { eye, right, up, forward, scale: 1.0, across: 0.0, down: 0.0 };
        let corners =
            (0..8).map(|corner| view.at([0, 1, 2].map(|side| if corner >> side & 1 == 0 { -0.5 } else { 0.5 })));
        let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for corner in corners {
            for side in 0..2 {
                low[side] = low[side].min(corner[side]);
                high[side] = high[side].max(corner[side]);
            }
        }
        view.scale = (area.width / (high[0] - low[0])).min(area.height / (high[1] - low[1])).max(1.0);
        view.across = area.x + area.width / 2.0 - view.scale * (low[0] + high[0]) / 2.0;
        view.down = area.y + area.height / 2.0 - view.scale * (low[1] + high[1]) / 2.0;
        view
    }

    /// Where a point of the box is seen.
    pub(crate) fn at(&self, point: Point) -> [f64; 2] {
        let from_eye = [0, 1, 2].map(|side| point[side] - self.eye[side]);
        let depth = dot(from_eye, self.forward).max(0.05);
        let (x, y) = (dot(from_eye, self.right) / depth, -dot(from_eye, self.up) / depth);
        [self.across + self.scale * x, self.down + self.scale * y]
    }

    pub(crate) fn depth(&self, point: Point) -> f64 {
        dot([0, 1, 2].map(|side| point[side] - self.eye[side]), self.forward)
    }

    /// Which end of an axis lies behind.
    pub(crate) fn far_side(&self, side: usize) -> f64 {
        if self.eye[side] > 0.0 { -0.5 } else { 0.5 }
    }

    /// A point on the edge that an axis is labelled at; its own coordinate does not matter.
    pub(crate) fn label_edge(&self, side: usize) -> Point {
        let near = |side: usize| -self.far_side(side);
        match side {
            0 => [0.0, near(1), self.far_side(2)],
            1 => [near(0), 0.0, self.far_side(2)],
            _ => {
                let one = [near(0), self.far_side(1), 0.0];
                let other = [self.far_side(0), near(1), 0.0];
                if self.at(one)[0] < self.at(other)[0] { one } else { other }
            }
        }
    }
}

fn dot(one: Point, other: Point) -> f64 {
    one[0] * other[0] + one[1] * other[1] + one[2] * other[2]
}

fn cross(one: Point, other: Point) -> Point {
    [
        one[1] * other[2] - one[2] * other[1],
        one[2] * other[0] - one[0] * other[2],
        one[0] * other[1] - one[1] * other[0],
    ]
}

fn length(point: Point) -> f64 {
    dot(point, point).sqrt()
}

fn unit(point: Point) -> Point {
    let length = length(point).max(1e-12);
    point.map(|part| part / length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nearer_is_seen_larger_and_the_box_fits() {
        let area = Rect::new(10.0, 20.0, 300.0, 200.0);
        let view = View::new([1.25, 1.25, 1.25], area);
        let edge = |x: f64, y: f64| {
            let [a, b] = [view.at([x, y, -0.5]), view.at([x, y, 0.5])];
            (a[0] - b[0]).hypot(a[1] - b[1])
        };
        assert!(edge(0.5, 0.5) > edge(-0.5, -0.5) * 1.2);
        assert!(view.depth([0.5, 0.5, 0.5]) < view.depth([-0.5, -0.5, -0.5]));
        for corner in 0..8 {
            let [x, y] = view.at([0, 1, 2].map(|side| if corner >> side & 1 == 0 { -0.5 } else { 0.5 }));
            assert!((9.9..=310.1).contains(&x) && (19.9..=220.1).contains(&y), "{x} {y}");
        }
        // Within the box, without a direction: seen as if nothing had been said.
        assert_eq!(View::new([0.0, 0.0, 0.0], area).at([0.1, 0.2, 0.3]), view.at([0.1, 0.2, 0.3]));
    }
}

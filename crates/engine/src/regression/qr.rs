//! Householder's QR decomposition, column by column, leaving out columns that are combinations of those before them.

use super::twofold::Number;

/// `columns` hold the reflectors below the diagonal; `r` the upper triangle by column, of the columns that are kept.
pub(super) struct Qr<T> {
    columns: Vec<Vec<T>>,
    r: Vec<Vec<T>>,
    /// Positions of the columns that are kept, in order.
    pub(super) kept: Vec<usize>,
}

impl<T: Number> Qr<T> {
    /// Decomposes columns of equal length; at most as many can be kept as there are rows.
    pub(super) fn of(columns: Vec<Vec<T>>) -> Self {
        let mut qr = Self { columns: Vec::new(), r: Vec::new(), kept: Vec::new() };
        for (position, mut column) in columns.into_iter().enumerate() {
            let before = norm(&column);
            qr.reflect(&mut column);
            let diagonal = qr.columns.len();
            let rest = column.get(diagonal..).map_or(0.0, |below| norm(below).float());
            if rest.is_nan() || rest <= T::NEGLIGIBLE * before.float() || rest == 0.0 {
                continue;
            }
            let below = &mut column[diagonal..];
            let mut length = norm(below);
            if below[0].float() > 0.0 {
                length = T::of(0.0).minus(length);
            }
            // The reflector v = x − length · e, scaled so that v · v = 2.
            below[0] = below[0].minus(length);
            let scale = T::of(2.0).over(dot(below, below)).root();
            below.iter_mut().for_each(|value| *value = value.times(scale));
            let mut upper: Vec<T> = column[..diagonal].to_vec();
            upper.push(length);
            qr.r.push(upper);
            qr.columns.push(column);
            qr.kept.push(position);
        }
        qr
    }

    pub(super) fn rank(&self) -> usize {
        self.kept.len()
    }

    /// Multiplies by Qᵀ, in place.
    pub(super) fn reflect(&self, values: &mut [T]) {
        for (k, reflector) in self.columns.iter().enumerate() {
            let (Some(reflector), Some(below)) = (reflector.get(k..), values.get_mut(k..)) else { return };
            let along = dot(reflector, below);
            for (value, part) in below.iter_mut().zip(reflector) {
                *value = value.minus(along.times(*part));
            }
        }
    }

    /// Multiplies by Q, in place.
    pub(super) fn reflect_back(&self, values: &mut [T]) {
        for (k, reflector) in self.columns.iter().enumerate().rev() {
            let (Some(reflector), Some(below)) = (reflector.get(k..), values.get_mut(k..)) else { return };
            let along = dot(reflector, below);
            for (value, part) in below.iter_mut().zip(reflector) {
                *value = value.minus(along.times(*part));
            }
        }
    }

    /// Solves R b = c for the first `rank` values of c.
    pub(super) fn solve(&self, reflected: &[T]) -> Vec<T> {
        let mut solution = reflected[..self.rank()].to_vec();
        for j in (0..self.rank()).rev() {
            solution[j] = solution[j].over(self.r[j][j]);
            for i in 0..j {
                solution[i] = solution[i].minus(self.r[j][i].times(solution[j]));
            }
        }
        solution
    }

    /// The columns of R⁻¹.
    pub(super) fn inverse(&self) -> Vec<Vec<T>> {
        (0..self.rank())
            .map(|j| {
                let mut unit = vec![T::of(0.0); self.rank()];
                unit[j] = T::of(1.0);
                self.solve(&unit)
            })
            .collect()
    }

    /// The diagonal of (RᵀR)⁻¹.
    pub(super) fn inverse_squares(&self) -> Vec<T> {
        let inverse = self.inverse();
        let square_of_row =
            |i: usize| inverse.iter().fold(T::of(0.0), |sum, column| sum.plus(column[i].times(column[i])));
        (0..self.rank()).map(square_of_row).collect()
    }

    /// The leverage of each row: the diagonal of Q₁Q₁ᵀ.
    pub(super) fn leverages(&self, rows: usize) -> Vec<f64> {
        let mut leverages = vec![0.0; rows];
        for k in 0..self.rank() {
            let mut unit = vec![T::of(0.0); rows];
            unit[k] = T::of(1.0);
            self.reflect_back(&mut unit);
            for (leverage, value) in leverages.iter_mut().zip(&unit) {
                *leverage += value.float() * value.float();
            }
        }
        leverages
    }

    /// Largest over smallest singular value of R with its columns scaled to length 1, by one-sided Jacobi rotations.
    pub(super) fn condition_number(&self) -> f64 {
        let rank = self.rank();
        let mut columns: Vec<Vec<f64>> = self
            .r
            .iter()
            .map(|column| {
                let length = norm(column);
                let mut scaled: Vec<f64> = column.iter().map(|value| value.over(length).float()).collect();
                scaled.resize(rank, 0.0);
                scaled
            })
            .collect();
        for _ in 0..60 {
            if !rotate(&mut columns) {
                break;
            }
        }
        let lengths = columns.iter().map(|column| dot(column, column).sqrt());
        let (least, most) =
            lengths.fold((f64::INFINITY, 0.0_f64), |(least, most), length| (least.min(length), most.max(length)));
        most / least
    }
}

/// One sweep over all pairs of columns; false when all are orthogonal.
fn rotate(columns: &mut [Vec<f64>]) -> bool {
    let mut rotated = false;
    for j in 1..columns.len() {
        for i in 0..j {
            let (before, from_j) = columns.split_at_mut(j);
            let (left, right) = (&mut before[i], &mut from_j[0]);
            let (a, b, c) = (dot(left, left), dot(right, right), dot(left, right));
            if c.abs() <= 1e-15 * (a * b).sqrt() {
                continue;
            }
            rotated = true;
            let zeta = (b - a) / (2.0 * c);
            let tangent = zeta.signum() / (zeta.abs() + (1.0 + zeta * zeta).sqrt());
            let tangent = if zeta == 0.0 { 1.0 } else { tangent };
            let cosine = 1.0 / (1.0 + tangent * tangent).sqrt();
            let sine = cosine * tangent;
            for (x, y) in left.iter_mut().zip(right.iter_mut()) {
                (*x, *y) = (cosine * *x - sine * *y, sine * *x + cosine * *y);
            }
        }
    }
    rotated
}

/// Four sums at once: the processor need not wait for one addition to begin the next.
fn dot<T: Number>(left: &[T], right: &[T]) -> T {
    let mut sums = [T::of(0.0); 4];
    let (left_parts, right_parts) = (left.chunks_exact(4), right.chunks_exact(4));
    let rest = left_parts.remainder().iter().zip(right_parts.remainder());
    let rest = rest.fold(T::of(0.0), |sum, (x, y)| sum.plus(x.times(*y)));
    for (x, y) in left_parts.zip(right_parts) {
        for i in 0..4 {
            sums[i] = sums[i].plus(x[i].times(y[i]));
        }
    }
    sums.into_iter().fold(rest, T::plus)
}

fn norm<T: Number>(values: &[T]) -> T {
    dot(values, values).root()
}

//! Logistic regression by iteratively reweighted least squares, which tells when there is no finite estimate.

use super::design::Design;
use super::qr::Qr;

const MOST_STEPS: u32 = 60;
/// Beyond this distance from 0 a probability no longer differs from 0 or 1 in a way that the data could show.
const FAR: f64 = 25.0;

#[derive(Clone, Debug, Default)]
pub(crate) struct LogisticFit {
    /// Estimate and standard error of each column that is kept.
    pub(crate) estimates: Vec<Option<(f64, f64)>>,
    pub(crate) rank: usize,
    pub(crate) deviance: f64,
    /// The log-odds of each row.
    pub(crate) scores: Vec<f64>,
    pub(crate) steps: u32,
    pub(crate) converged: bool,
    /// Columns whose estimates grow without end.
    pub(crate) diverging: Vec<usize>,
}

/// `successes` are 0 or 1. `None` if no column has a coefficient.
pub(crate) fn fit(design: &Design, successes: &[f64]) -> Option<LogisticFit> {
    let columns = design.columns::<f64>();
    let kept = Qr::of(columns.clone()).kept;
    if kept.is_empty() {
        return None;
    }
    let columns: Vec<Vec<f64>> = kept.iter().filter_map(|position| columns.get(*position).cloned()).collect();
    let mut state = State::new(&columns, successes);
    while state.steps < MOST_STEPS && state.step() && state.moves() > 1e-11 {}
    let mut fit = LogisticFit {
        estimates: vec![None; design.width()],
        rank: kept.len(),
        deviance: state.deviance,
        steps: state.steps,
        ..LogisticFit::default()
    };
    for (k, position) in kept.iter().enumerate() {
        if state.move_of(k) > 1e-5 {
            fit.diverging.push(*position);
        }
        fit.estimates[*position] = Some((state.estimates[k], state.errors.get(k).copied().unwrap_or(f64::NAN)));
    }
    fit.converged = fit.diverging.is_empty();
    fit.scores = state.scores;
    Some(fit)
}

struct State<'a> {
    columns: &'a [Vec<f64>],
    successes: &'a [f64],
    estimates: Vec<f64>,
    errors: Vec<f64>,
    /// The errors of the first step: the size of each coefficient's unit, which stays where the errors run away.
    sizes: Vec<f64>,
    last_moves: Vec<f64>,
    scores: Vec<f64>,
    deviance: f64,
    steps: u32,
}

impl<'a> State<'a> {
    fn new(columns: &'a [Vec<f64>], successes: &'a [f64]) -> Self {
        let scores = vec![0.0; successes.len()];
        let deviance = deviance(&scores, successes);
        let zeros = vec![0.0; columns.len()];
        let (sizes, errors) = (Vec::new(), Vec::new());
        Self {
            columns,
            successes,
            estimates: zeros.clone(),
            errors,
            sizes,
            last_moves: zeros,
            scores,
            deviance,
            steps: 0,
        }
    }

    /// How far the last step moved a coefficient, beside its own size.
    fn move_of(&self, k: usize) -> f64 {
        let size = self.sizes.get(k).copied().unwrap_or(1.0) + self.estimates[k].abs();
        let share = self.last_moves[k].abs() / size;
        if share.is_nan() { f64::INFINITY } else { share }
    }

    fn moves(&self) -> f64 {
        (0..self.columns.len()).map(|k| self.move_of(k)).fold(0.0, f64::max)
    }

    /// One step of Newton's method, halved until the deviance does not rise; false if there is none to take.
    fn step(&mut self) -> bool {
        self.steps += 1;
        let weights: Vec<f64> =
            self.scores.iter().map(|score| (probability(*score) * probability(-*score)).sqrt()).collect();
        let weighted =
            self.columns.iter().map(|column| column.iter().zip(&weights).map(|(x, weight)| x * weight).collect());
        let qr = Qr::<f64>::of(weighted.collect());
        if qr.rank() < self.columns.len() {
            return false;
        }
        let parts = self.scores.iter().zip(self.successes).zip(&weights);
        let mut rest: Vec<f64> = parts
            .map(|((score, success), weight)| {
                // (y − p) without the cancellation near 0 and 1.
                let surprise = if *success > 0.5 { probability(-*score) } else { -probability(*score) };
                if *weight > 0.0 { surprise / weight } else { 0.0 }
            })
            .collect();
        qr.reflect(&mut rest);
        let direction = qr.solve(&rest);
        self.errors = qr.inverse_squares().into_iter().map(f64::sqrt).collect();
        if self.sizes.is_empty() {
            self.sizes = self.errors.clone();
        }
        let mut length = 1.0;
        for _ in 0..30 {
            let estimates: Vec<f64> =
                self.estimates.iter().zip(&direction).map(|(estimate, step)| estimate + length * step).collect();
            let scores = scores(self.columns, &estimates);
            let found = deviance(&scores, self.successes);
            if found.is_finite() && found <= self.deviance * (1.0 + 1e-12) {
                self.last_moves = direction.iter().map(|step| length * step).collect();
                (self.estimates, self.scores, self.deviance) = (estimates, scores, found);
                return true;
            }
            length *= 0.5;
        }
        // Nothing is lower than here by more than rounding.
        false
    }
}

/// 1 / (1 + e^−score), without overflow.
pub(crate) fn probability(score: f64) -> f64 {
    if score >= 0.0 {
        1.0 / (1.0 + (-score).exp())
    } else {
        let power = score.exp();
        power / (1.0 + power)
    }
}

fn scores(columns: &[Vec<f64>], estimates: &[f64]) -> Vec<f64> {
    let mut scores = vec![0.0; columns.first().map_or(0, Vec::len)];
    for (column, estimate) in columns.iter().zip(estimates) {
        scores.iter_mut().zip(column).for_each(|(score, value)| *score += estimate * value);
    }
    scores
}

/// −2 times the log-likelihood.
fn deviance(scores: &[f64], successes: &[f64]) -> f64 {
    let loss = |score: f64| if score > 0.0 { score + (-score).exp().ln_1p() } else { score.exp().ln_1p() };
    let mut sum = crate::summary::ExactSum::default();
    scores
        .iter()
        .zip(successes)
        .for_each(|(score, success)| sum.add(if *success > 0.5 { loss(-score) } else { loss(*score) }));
    2.0 * sum.value()
}

/// Whether every row is told right, and none is near the border.
pub(crate) fn is_complete(fit: &LogisticFit, successes: &[f64]) -> bool {
    let right = |(score, success): (&f64, &f64)| (*score > 0.0) == (*success > 0.5) && score.abs() > 0.3 * FAR;
    fit.scores.iter().zip(successes).all(right)
}

/// The area under the receiver operating characteristic: the share of pairs that the scores put in the right order.
pub(crate) fn auc(scores: &[f64], successes: &[f64]) -> f64 {
    let of = |wanted: bool| -> Vec<f64> {
        let rows = scores.iter().zip(successes).filter(|(_, success)| (**success > 0.5) == wanted);
        rows.map(|(score, _)| *score).collect()
    };
    let samples = [of(true), of(false)];
    let (left, right) = (samples[0].len() as f64, samples[1].len() as f64);
    let ranks = crate::compare::ranks::Ranks::of(&samples);
    crate::compare::ranks::u_of_first(&ranks, left) / (left * right)
}

//! The analysis `compare`: tests whether samples differ, with effect sizes and assumptions.

use contract::analyses::compare::{
    Alternative, Assumption, CompareOutcome, CompareParams, Interval, NamedFigure, RankMethod, SampleFigures, Test,
    VarianceTable,
};
use contract::errors::{ErrorCode, Failure};

use crate::Result;
use crate::compare::sample::{Spread, jarque_bera, median, scale_for};
use crate::compare::samples::{Samples, read};
use crate::compare::t_tests::{TTest, paired, student, welch};
use crate::compare::variances::{anova, brown_forsythe};
use crate::compare::{categories, effects, empty, ranks};
use crate::probability::Tail;
use crate::progress::Stage;
use crate::scalars::figure;
use crate::table::Table;

const EIGHT: usize = 8;
const MOST_EXACT_PAIRS: usize = 10_000;

pub(crate) fn run(params: &CompareParams, table: &Table, stage: &Stage) -> Result<CompareOutcome> {
    let tail = match params.alternative {
        Alternative::TwoSided => Tail::Both,
        Alternative::Less => Tail::Lower,
        Alternative::Greater => Tail::Upper,
    };
    if matches!(params.test, Test::ChiSquare | Test::FisherExact) {
        return categories::run(params, table, tail);
    }
    let mut samples = read(params, table)?;
    stage.report(1, 2, samples.rows);
    let scale = scale_for(&samples.values);
    if scale != 1.0 {
        samples.values.iter_mut().flatten().for_each(|value| *value *= scale);
    }
    let mut comparison =
        Comparison { params, tail, scale, outcome: empty(params, samples.rows - samples.left_out, samples.left_out) };
    comparison.describe(&samples);
    let enough = samples.values.len() >= 2 && samples.values.iter().all(|values| !values.is_empty());
    if !enough {
        comparison.note("There are fewer than two samples with values, so there is nothing to compare.");
        return Ok(comparison.outcome);
    }
    let spreads: Vec<Spread> = samples.values.iter().map(|values| Spread::of(values)).collect();
    match params.test {
        Test::Student | Test::Welch => comparison.two_means(&samples.values, &spreads),
        Test::Paired => comparison.pairs(&samples.values),
        Test::MannWhitney => comparison.two_ranks(&samples.values)?,
        Test::KruskalWallis => comparison.many_ranks(&samples.values),
        _ => comparison.many_means(&samples.values, &spreads),
    }
    Ok(comparison.outcome)
}

/// An outcome in the making. Values are multiplied by `scale`; what has their unit is divided by it again.
struct Comparison<'a> {
    params: &'a CompareParams,
    tail: Tail,
    scale: f64,
    outcome: CompareOutcome,
}

impl Comparison<'_> {
    fn describe(&mut self, samples: &Samples) {
        for (name, values) in samples.names.iter().zip(&samples.values) {
            let spread = Spread::of(values);
            let present = !values.is_empty();
            self.outcome.samples.push(SampleFigures {
                sample: name.clone(),
                count: values.len() as u64,
                mean: figure(if present { spread.mean / self.scale } else { f64::NAN }),
                std: figure(spread.variance().sqrt() / self.scale),
                median: figure(median(&mut values.clone()) / self.scale),
                mean_rank: None,
            });
        }
    }

    fn two_means(&mut self, values: &[Vec<f64>], spreads: &[Spread]) {
        let (left, right) = (&spreads[0], &spreads[1]);
        let equal = self.params.test == Test::Student;
        let test = if equal { student } else { welch }(left, right, self.tail, self.params.confidence);
        self.add_t_test(&test);
        let d = effects::cohens_d(left, right);
        self.effect("cohens_d", d);
        self.effect("hedges_g", d * effects::hedges_factor(left.n + right.n - 2.0));
        self.assume("Values are independent, within and between the samples.", None, None);
        self.assume_normal(values);
        if equal {
            self.assume_equal_variances(values);
        }
    }

    fn pairs(&mut self, values: &[Vec<f64>]) {
        let differences: Vec<f64> = values[0].iter().zip(&values[1]).map(|(left, right)| left - right).collect();
        let spread = Spread::of(&differences);
        self.add_t_test(&paired(&spread, self.tail, self.params.confidence));
        let d = (spread.mean + spread.rest) / spread.variance().sqrt();
        self.effect("cohens_d_z", d);
        self.effect("hedges_g_z", d * effects::hedges_factor(spread.n - 1.0));
        self.assume("Pairs are independent of each other.", None, None);
        self.assume_normal(&[differences]);
    }

    fn add_t_test(&mut self, test: &TTest) {
        self.statistic("t", test.t);
        self.outcome.degrees_of_freedom = figure(test.df).into_iter().collect();
        self.outcome.p_value = figure(test.p);
        self.outcome.estimate = Some(Interval {
            name: "difference_of_means".to_owned(),
            value: figure(test.difference / self.scale),
            confidence: Some(self.params.confidence),
            low: figure(test.low / self.scale),
            high: figure(test.high / self.scale),
        });
        if test.t.is_nan() {
            self.note("The values do not vary, or a sample has a single one, so there is no t.");
        }
    }

    fn many_means(&mut self, values: &[Vec<f64>], spreads: &[Spread]) {
        let found = anova(spreads);
        self.statistic("f", found.f);
        self.outcome.degrees_of_freedom = vec![found.df_between, found.df_within];
        self.outcome.p_value = figure(found.p);
        self.effect("omega_squared", effects::omega_squared(&found));
        self.effect("eta_squared", effects::eta_squared(&found));
        let unit = self.scale * self.scale;
        self.outcome.variance_table = Some(VarianceTable {
            between_squares: figure(found.between / unit),
            within_squares: figure(found.within / unit),
            total_squares: figure((found.between + found.within) / unit),
            between_mean_square: figure(found.between / found.df_between / unit),
            within_mean_square: figure(found.within / found.df_within / unit),
        });
        if found.f.is_nan() {
            self.note("The values do not vary, or each sample has a single one, so there is no F.");
        } else if found.f.is_infinite() {
            self.note("Values vary between the samples only, so F is infinite.");
        }
        self.assume("Values are independent, within and between the samples.", None, None);
        self.assume_normal(values);
        self.assume_equal_variances(values);
    }

    fn two_ranks(&mut self, values: &[Vec<f64>]) -> Result<()> {
        let (left, right) = (values[0].len(), values[1].len());
        let found = ranks::Ranks::of(values);
        let exact = match self.params.method {
            RankMethod::Exact => true,
            RankMethod::Asymptotic => false,
            RankMethod::Auto => left.min(right) <= EIGHT && left * right <= MOST_EXACT_PAIRS && found.ties == 0.0,
        };
        if exact && left * right > MOST_EXACT_PAIRS {
            let detail = format!(
                "Exact p-values are found for at most {MOST_EXACT_PAIRS} pairs; these samples have {}.",
                left * right
            );
            return Err(
                Failure::new(ErrorCode::InvalidParameters, detail).advice("Use the method `auto` or `asymptotic`.")
            );
        }
        let test = if exact {
            ranks::mann_whitney_exact(&found, left, right, self.tail)
        } else {
            ranks::mann_whitney(&found, left as f64, right as f64, self.tail, self.params.correction)
        };
        self.statistic("u", test.u);
        self.outcome.p_value = figure(test.p);
        let r = effects::rank_biserial(test.u, left as f64, right as f64);
        self.effect("rank_biserial", r);
        self.effect("share_of_pairs_larger", 0.5 * (r + 1.0));
        self.add_mean_ranks(&found);
        self.note(if exact {
            "The p-value is exact."
        } else {
            "The p-value is by the normal distribution, corrected for ties."
        });
        self.assume("Values are independent, within and between the samples.", None, None);
        let ties = found.ties > 0.0;
        if exact {
            self.assume("No two values are equal.", Some(!ties), None);
        }
        Ok(())
    }

    fn many_ranks(&mut self, values: &[Vec<f64>]) {
        let found = ranks::Ranks::of(values);
        let counts: Vec<f64> = values.iter().map(|values| values.len() as f64).collect();
        let (h, p) = ranks::kruskal_wallis(&found, &counts);
        self.statistic("h", h);
        self.outcome.degrees_of_freedom = vec![counts.len() as f64 - 1.0];
        self.outcome.p_value = figure(p);
        self.effect("epsilon_squared", effects::epsilon_squared(h, found.n));
        self.add_mean_ranks(&found);
        if h.is_nan() {
            self.note("All values are equal, so there is no H.");
        }
        self.assume("Values are independent, within and between the samples.", None, None);
        let least = counts.iter().copied().fold(f64::INFINITY, f64::min);
        let evidence = format!("The smallest sample has {least} values.");
        self.assume("Each sample has at least five values, as chi-square wants.", Some(least >= 5.0), Some(evidence));
    }

    fn add_mean_ranks(&mut self, found: &ranks::Ranks) {
        for (sample, sum) in self.outcome.samples.iter_mut().zip(&found.sums) {
            sample.mean_rank = figure(sum / sample.count as f64);
        }
    }

    fn assume_normal(&mut self, values: &[Vec<f64>]) {
        let tests = values.iter().filter_map(|values| jarque_bera(values));
        let least = tests.map(|(_, p)| p).fold(f64::NAN, f64::min);
        let text = "Values are normally distributed, or samples are large.".to_owned();
        let large = values.iter().all(|values| values.len() >= 30);
        let evidence = if large {
            "Jarque–Bera, least p-value; every sample has 30 values or more."
        } else {
            "Jarque–Bera, least p-value."
        };
        let p_value = figure(least);
        let holds = p_value.map(|p| large || p >= 0.05);
        self.outcome.assumptions.push(Assumption { text, holds, evidence: Some(evidence.to_owned()), p_value });
    }

    fn assume_equal_variances(&mut self, values: &[Vec<f64>]) {
        let p_value = brown_forsythe(values).and_then(|(_, p)| figure(p));
        self.outcome.assumptions.push(Assumption {
            text: "All samples have the same variance.".to_owned(),
            holds: p_value.map(|p| p >= 0.05),
            evidence: Some("Brown–Forsythe (Levene's test around medians).".to_owned()),
            p_value,
        });
    }

    fn assume(&mut self, text: &str, holds: Option<bool>, evidence: Option<String>) {
        self.outcome.assumptions.push(Assumption { text: text.to_owned(), holds, evidence, p_value: None });
    }

    fn statistic(&mut self, name: &str, value: f64) {
        self.outcome.statistic = Some(NamedFigure { name: name.to_owned(), value: figure(value) });
    }

    fn effect(&mut self, name: &str, value: f64) {
        self.outcome.effects.push(Interval { name: name.to_owned(), value: figure(value), ..Interval::default() });
    }

    fn note(&mut self, text: &str) {
        self.outcome.notes.push(text.to_owned());
    }
}

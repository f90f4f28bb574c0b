//! The analysis `regression`: least squares or logistic regression on columns of a table.

use contract::analyses::compare::{Interval, NamedFigure};
use contract::analyses::regression::{
    Coefficient, Diagnostics, InfluentialRow, LinearFit, LogisticFit, Model, PseudoRSquared, RegressionOutcome,
    RegressionParams, Separation, TestFigures,
};

use crate::Result;
use crate::compare::sample::jarque_bera;
use crate::probability::{Tail, chi_square_upper, f_upper, normal_p, normal_quantile, t_p, t_quantile};
use crate::progress::Stage;
use crate::regression::diagnostics::{breusch_pagan, durbin_watson, influential};
use crate::regression::reading::{Prepared, prepare};
use crate::regression::{linear, logistic};
use crate::scalars::figure;
use crate::summary::quantile_of_sorted;
use crate::table::Table;

pub(crate) fn run(params: &RegressionParams, table: &Table, stage: &Stage) -> Result<RegressionOutcome> {
    let prepared = prepare(params, table)?;
    stage.report(1, 2, prepared.rows.len() as u64);
    Ok(match params.model {
        Model::Linear => least_squares(params, &prepared),
        Model::Logistic => log_odds(params, &prepared),
    })
}

fn empty(params: &RegressionParams, prepared: &Prepared, rank: usize) -> RegressionOutcome {
    let width = prepared.design.width();
    let mut notes = prepared.notes.clone();
    if rank < width && !prepared.rows.is_empty() {
        let detail = "Columns that are combinations of others have no coefficient: their figures are null.";
        notes.push(detail.to_owned());
    }
    RegressionOutcome {
        model: params.model,
        rows: prepared.rows.len() as u64,
        rows_left_out: prepared.left_out,
        coefficients: (0..width).map(|term| coefficient(prepared, term)).collect(),
        residual_degrees_of_freedom: prepared.rows.len() as f64 - rank as f64,
        log_likelihood: None,
        aic: None,
        bic: None,
        linear: None,
        logistic: None,
        notes,
    }
}

fn coefficient(prepared: &Prepared, term: usize) -> Coefficient {
    Coefficient {
        term: prepared.design.terms[term].0.clone(),
        estimate: None,
        std_error: None,
        statistic: None,
        p_value: None,
        low: None,
        high: None,
        vif: None,
        odds_ratio: None,
    }
}

fn least_squares(params: &RegressionParams, prepared: &Prepared) -> RegressionOutcome {
    let design = &prepared.design;
    let Some(fit) = linear::fit(design, &prepared.target) else {
        let mut outcome = empty(params, prepared, 0);
        outcome.notes.push("No row has a value in every column, so there is nothing to fit.".to_owned());
        return outcome;
    };
    let mut outcome = empty(params, prepared, fit.rank);
    let (n, p) = (prepared.target.len() as f64, fit.rank as f64);
    let df = n - p;
    // The target was multiplied by `scale`; its figures are divided by it again.
    let scale = prepared.target_scale;
    let mean_square = if df > 0.0 { fit.residual_squares / df } else { f64::NAN };
    if df <= 0.0 {
        outcome.notes.push("There are no more rows than coefficients, so nothing can be said about errors.".to_owned());
    }
    let reach = t_quantile(0.5 + 0.5 * params.confidence, df);
    for (term, found) in fit.estimates.iter().enumerate() {
        let Some((estimate, inverse)) = found else { continue };
        let unit = design.unit(term) / scale;
        let error = (inverse * mean_square).sqrt();
        let coefficient = &mut outcome.coefficients[term];
        coefficient.estimate = figure(estimate * unit);
        coefficient.std_error = figure(error * unit);
        coefficient.statistic = figure(estimate / error);
        coefficient.p_value = figure(t_p(estimate / error, df, Tail::Both));
        coefficient.low = figure((estimate - reach * error) * unit);
        coefficient.high = figure((estimate + reach * error) * unit);
        if design.intercept && term > 0 {
            coefficient.vif = figure(inverse * design.centred_squares(term));
        }
    }
    let log_likelihood =
        -0.5 * n * ((fit.residual_squares / n / scale / scale).ln() + (2.0 * std::f64::consts::PI).ln() + 1.0);
    outcome.log_likelihood = figure(log_likelihood);
    outcome.aic = figure(2.0 * p - 2.0 * log_likelihood);
    outcome.bic = figure(p * n.ln() - 2.0 * log_likelihood);
    outcome.linear = Some(linear_fit(params, prepared, &fit, mean_square));
    outcome
}

fn linear_fit(params: &RegressionParams, prepared: &Prepared, fit: &linear::Fit, mean_square: f64) -> LinearFit {
    let (n, p, scale) = (prepared.target.len() as f64, fit.rank as f64, prepared.target_scale);
    let intercept = f64::from(u8::from(prepared.design.intercept));
    let (df, df_model) = (n - p, p - intercept);
    let r_squared = 1.0 - fit.residual_squares / fit.total_squares;
    let model_squares = (fit.total_squares - fit.residual_squares).max(0.0);
    let f = model_squares / df_model / mean_square;
    LinearFit {
        r_squared: figure(r_squared),
        adjusted_r_squared: figure(1.0 - (1.0 - r_squared) * (n - intercept) / df),
        f: figure(f),
        f_degrees_of_freedom: vec![df_model, df],
        f_p_value: figure(f_upper(f, df_model, df)),
        residual_std_error: figure(mean_square.sqrt() / scale),
        residual_squares: figure(fit.residual_squares / scale / scale),
        model_squares: figure(model_squares / scale / scale),
        diagnostics: diagnostics(params, prepared, fit, mean_square),
    }
}

fn diagnostics(params: &RegressionParams, prepared: &Prepared, fit: &linear::Fit, mean_square: f64) -> Diagnostics {
    let mut sorted = fit.residuals.clone();
    sorted.sort_unstable_by(f64::total_cmp);
    let shares = [("min", 0.0), ("q1", 0.25), ("median", 0.5), ("q3", 0.75), ("max", 1.0)];
    let residual = |(name, share): (&str, f64)| NamedFigure {
        name: name.to_owned(),
        value: quantile_of_sorted(&sorted, share).and_then(|value| figure(value / prepared.target_scale)),
    };
    let rows = influential(&fit.residuals, &fit.leverages, mean_square, fit.rank, params.top as usize);
    let influential = rows.into_iter().map(|row| InfluentialRow {
        row: prepared.rows[row.position],
        residual: figure(fit.residuals[row.position] / prepared.target_scale),
        studentized_residual: figure(row.studentized),
        leverage: figure(fit.leverages[row.position]),
        cooks_distance: figure(row.cooks_distance),
    });
    let varied = prepared.design.intercept && fit.rank > 1 && mean_square > 0.0;
    let breusch_pagan = varied.then(|| breusch_pagan(fit.squared_residuals_explained, prepared.rows.len(), fit.rank));
    Diagnostics {
        durbin_watson: figure(durbin_watson(&fit.residuals)),
        jarque_bera: jarque_bera(&fit.residuals).map(test_figures),
        breusch_pagan: breusch_pagan.map(test_figures),
        condition_number: figure(fit.condition_number),
        residuals: shares.into_iter().map(residual).collect(),
        influential: influential.collect(),
    }
}

fn test_figures((statistic, p_value): (f64, f64)) -> TestFigures {
    TestFigures { statistic: figure(statistic), p_value: figure(p_value) }
}

fn log_odds(params: &RegressionParams, prepared: &Prepared) -> RegressionOutcome {
    let design = &prepared.design;
    let successes: f64 = prepared.target.iter().sum();
    let n = prepared.target.len() as f64;
    let fit = (successes > 0.0 && successes < n).then(|| logistic::fit(design, &prepared.target)).flatten();
    let Some(fit) = fit else {
        let mut outcome = empty(params, prepared, 0);
        outcome.notes.push("Success and failure must both occur in rows with a value in every column.".to_owned());
        return outcome;
    };
    let mut outcome = empty(params, prepared, fit.rank);
    let reach = normal_quantile(0.5 + 0.5 * params.confidence);
    for (term, found) in fit.estimates.iter().enumerate() {
        let Some((estimate, error)) = *found else { continue };
        if fit.diverging.contains(&term) {
            continue;
        }
        let unit = design.unit(term);
        let (estimate, error) = (estimate * unit, error * unit);
        let (low, high) = (estimate - reach * error, estimate + reach * error);
        let coefficient = &mut outcome.coefficients[term];
        coefficient.estimate = figure(estimate);
        coefficient.std_error = figure(error);
        coefficient.statistic = figure(estimate / error);
        coefficient.p_value = figure(normal_p(estimate / error, Tail::Both));
        (coefficient.low, coefficient.high) = (figure(low), figure(high));
        coefficient.odds_ratio = Some(Interval {
            name: "odds_ratio".to_owned(),
            value: figure(estimate.exp()),
            confidence: Some(params.confidence),
            low: figure(low.exp()),
            high: figure(high.exp()),
        });
    }
    let separation = (!fit.converged).then(|| match logistic::is_complete(&fit, &prepared.target) {
        true => Separation::Complete,
        false => Separation::QuasiComplete,
    });
    if separation.is_some() {
        let names: Vec<&str> = fit.diverging.iter().map(|term| design.terms[*term].0.as_str()).collect();
        outcome.notes.push(format!(
            "Success and failure are told apart without error by {}: their coefficients grow without end and are null.",
            names.join(", ")
        ));
    }
    let p = fit.rank as f64;
    outcome.log_likelihood = figure(-0.5 * fit.deviance);
    outcome.aic = figure(fit.deviance + 2.0 * p);
    outcome.bic = figure(fit.deviance + p * n.ln());
    outcome.logistic = Some(logistic_fit(prepared, &fit, successes, separation));
    outcome
}

fn logistic_fit(
    prepared: &Prepared,
    fit: &logistic::LogisticFit,
    successes: f64,
    separation: Option<Separation>,
) -> LogisticFit {
    let n = prepared.target.len() as f64;
    let share = successes / n;
    let null_deviance = -2.0 * (successes * share.ln() + (n - successes) * (1.0 - share).ln());
    let gain = (null_deviance - fit.deviance).max(0.0);
    let df = fit.rank as f64 - 1.0;
    let cox_snell = -(-gain / n).exp_m1();
    let right = fit.scores.iter().zip(&prepared.target).filter(|(score, success)| (**score > 0.0) == (**success > 0.5));
    LogisticFit {
        success: prepared.success.clone(),
        successes: successes as u64,
        failures: (n - successes) as u64,
        deviance: figure(fit.deviance),
        null_deviance: figure(null_deviance),
        likelihood_ratio: (prepared.design.intercept && df > 0.0)
            .then(|| test_figures((gain, chi_square_upper(gain, df)))),
        pseudo_r_squared: PseudoRSquared {
            mcfadden: figure(1.0 - fit.deviance / null_deviance),
            cox_snell: figure(cox_snell),
            nagelkerke: figure(cox_snell / -(-null_deviance / n).exp_m1()),
        },
        auc: figure(logistic::auc(&fit.scores, &prepared.target)),
        accuracy: figure(right.count() as f64 / n),
        separation,
        iterations: fit.steps,
    }
}

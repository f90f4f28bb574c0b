//! The analysis `timeseries`: a column in equal periods, its trend, autocorrelation, seasonality and changes of level.

use contract::analyses::regression::TestFigures;
use contract::analyses::timeseries::{
    Autocorrelation, ChangePoint, Gaps, Lag, MannKendall, Point, Seasonality, TheilSen, TimeseriesOutcome,
    TimeseriesParams, Trend,
};
use contract::columns::ColumnType;
use contract::errors::{ErrorCode, Failure};
use contract::granularity::Granularity;

use crate::Result;
use crate::calendar::MICROS_PER_DAY;
use crate::columns::{column_type, floats, position};
use crate::compare::sample::scale_for;
use crate::filters::mask;
use crate::periods::period_text;
use crate::probability::normal_quantile;
use crate::progress::Stage;
use crate::scalars::figure;
use crate::series::resample::{Moment, Series, fill, resample, span, usual};
use crate::series::{autocorrelation, change_points, seasonality, trend};
use crate::table::Table;

const MOST_PERIODS: u64 = 20_000;
const MOST_FOR_PAIRS: usize = 3_000;

pub(crate) fn run(params: &TimeseriesParams, table: &Table, stage: &Stage) -> Result<TimeseriesOutcome> {
    let (moments, all) = read(params, table)?;
    stage.report(1, 2, all);
    let every = params.every.unwrap_or_else(|| usual(&moments));
    if span(&moments, every) > MOST_PERIODS {
        return Err(too_long(span(&moments, every), every));
    }
    let mut series = resample(&moments, every, params.aggregate);
    let empty = series.values.iter().filter(|value| value.is_nan()).count();
    fill(&mut series, params.gaps);
    let mut outcome = TimeseriesOutcome {
        every,
        aggregate: params.aggregate,
        rows: moments.len() as u64,
        rows_left_out: all - moments.len() as u64,
        gaps: empty as u64,
        points: points(&series, every),
        trend: None,
        autocorrelation: None,
        seasonality: None,
        change_points: Vec::new(),
        notes: Vec::new(),
    };
    if series.values.is_empty() {
        outcome.notes.push("No row has a time and a value, so there is no series.".to_owned());
        return Ok(outcome);
    }
    let mut scaled = [series.values.iter().copied().filter(|value| !value.is_nan()).collect::<Vec<f64>>()];
    let scale = scale_for(&scaled);
    scaled.iter_mut().flatten().for_each(|value| *value *= scale);
    let positions: Vec<f64> =
        series.values.iter().enumerate().filter(|(_, value)| !value.is_nan()).map(|(at, _)| at as f64).collect();
    outcome.trend = trend_of(params, &positions, &scaled[0], scale, &mut outcome.notes);
    if empty > 0 && params.gaps == Gaps::Null {
        fill(&mut series, Gaps::Linear);
        let detail = "For autocorrelation, seasonality and changes of level, gaps are bridged by straight lines.";
        outcome.notes.push(detail.to_owned());
    }
    let values: Vec<f64> = series.values.iter().map(|value| value * scale).collect();
    outcome.autocorrelation = autocorrelation_of(params, &values, &mut outcome.notes);
    add_seasonality(params, &values, scale, &mut outcome);
    outcome.change_points = changes(params, &series, &values, scale, every);
    Ok(outcome)
}

/// Rows with a time and a value, in order of time, and how many rows there were.
fn read(params: &TimeseriesParams, table: &Table) -> Result<(Vec<Moment>, u64)> {
    let mask = mask(&params.filter, table)?;
    let at = position(table, &params.time)?;
    let unit = if column_type(table, at) == ColumnType::Date { MICROS_PER_DAY as f64 } else { 1.0 };
    let times = floats(table, at, mask.as_ref())?.values;
    let values = match &params.value {
        Some(value) => floats(table, position(table, value)?, mask.as_ref())?.values,
        None => vec![1.0; times.len()],
    };
    let rows = times.iter().zip(&values).filter(|(time, value)| !time.is_nan() && !value.is_nan());
    let mut moments: Vec<Moment> = rows.map(|(time, value)| ((time * unit) as i64, *value)).collect();
    if !moments.is_sorted_by_key(|moment| moment.0) {
        moments.sort_by_key(|moment| moment.0);
    }
    Ok((moments, times.len() as u64))
}

fn too_long(periods: u64, every: Granularity) -> Failure {
    let every = format!("{every:?}").to_lowercase();
    let detail = format!("The rows span {periods} periods of a {every}; at most {MOST_PERIODS} can be shown.");
    Failure::new(ErrorCode::InvalidParameters, detail).advice("Choose a longer period in `every`, or filter the rows.")
}

fn points(series: &Series, every: Granularity) -> Vec<Point> {
    let one = |at: usize| Point {
        time: period_text(series.first + at as i64, every),
        value: figure(series.values[at]),
        rows: series.rows[at],
        filled: series.filled[at],
        trend: None,
        seasonal: None,
        residual: None,
    };
    (0..series.values.len()).map(one).collect()
}

fn trend_of(
    params: &TimeseriesParams,
    positions: &[f64],
    values: &[f64],
    scale: f64,
    notes: &mut Vec<String>,
) -> Option<Trend> {
    if values.len() < 3 {
        notes.push("Fewer than three periods have a value, so there is no trend.".to_owned());
        return None;
    }
    let line = trend::line(positions, values, params.confidence);
    let kendall = trend::mann_kendall(values);
    let pairs =
        (values.len() <= MOST_FOR_PAIRS).then(|| trend::theil_sen(positions, values, params.confidence)).flatten();
    Some(Trend {
        slope: figure(line.slope / scale),
        low: figure(line.low / scale),
        high: figure(line.high / scale),
        intercept: figure(line.intercept / scale),
        p_value: figure(line.p),
        r_squared: figure(line.r_squared),
        mann_kendall: MannKendall {
            s: kendall.s,
            tau: figure(kendall.tau),
            z: figure(kendall.z),
            p_value: figure(kendall.p),
        },
        theil_sen: pairs.map(|[slope, intercept, low, high]| TheilSen {
            slope: figure(slope / scale),
            intercept: figure(intercept / scale),
            low: figure(low / scale),
            high: figure(high / scale),
        }),
    })
}

fn autocorrelation_of(params: &TimeseriesParams, values: &[f64], notes: &mut Vec<String>) -> Option<Autocorrelation> {
    let n = values.len();
    let most = (params.lags as usize).min(n.saturating_sub(1) / 2);
    let correlations = autocorrelation::autocorrelations(values, most);
    if most == 0 || correlations.is_empty() {
        notes.push("The series is too short or does not vary, so it has no autocorrelation.".to_owned());
        return None;
    }
    let partial = autocorrelation::partial(&correlations);
    let tested = most.min(10.max(most / 4));
    let (statistic, p_value) = autocorrelation::ljung_box(&correlations, n, tested);
    let lags = correlations.iter().zip(&partial).enumerate().map(|(lag, (autocorrelation, partial))| Lag {
        lag: lag as u64,
        autocorrelation: figure(*autocorrelation),
        partial: figure(*partial),
    });
    Some(Autocorrelation {
        bound: figure(normal_quantile(0.5 + 0.5 * params.confidence) / (n as f64).sqrt()),
        lags: lags.collect(),
        ljung_box: TestFigures { statistic: figure(statistic), p_value: figure(p_value) },
        ljung_box_lags: tested as u64,
    })
}

fn add_seasonality(params: &TimeseriesParams, values: &[f64], scale: f64, outcome: &mut TimeseriesOutcome) {
    let Some(season) = params.season.or(outcome.every.season()) else { return };
    let Some(found) = seasonality::decompose(values, season as usize) else {
        outcome
            .notes
            .push(format!("There are fewer than two seasons of {season} periods, so there is no seasonality."));
        return;
    };
    for (at, point) in outcome.points.iter_mut().enumerate() {
        point.trend = figure(found.trend[at] / scale);
        point.seasonal = figure(found.pattern[at % season as usize] / scale);
        point.residual = figure(found.rest[at] / scale);
    }
    outcome.seasonality = Some(Seasonality {
        season: u64::from(season),
        strength: figure(found.strength),
        trend_strength: figure(found.trend_strength),
        pattern: found.pattern.iter().map(|value| figure(value / scale)).collect(),
    });
}

fn changes(
    params: &TimeseriesParams,
    series: &Series,
    values: &[f64],
    scale: f64,
    every: Granularity,
) -> Vec<ChangePoint> {
    let penalty = params.penalty.unwrap_or_else(|| 3.0 * (values.len() as f64).ln());
    let found = change_points::change_points(values, change_points::noise_variance(values), penalty);
    let mean = |from: usize, to: usize| values[from..to].iter().sum::<f64>() / (to - from) as f64 / scale;
    let edges: Vec<usize> = std::iter::once(0).chain(found).chain([values.len()]).collect();
    edges
        .windows(3)
        .map(|around| ChangePoint {
            time: period_text(series.first + around[1] as i64, every),
            position: around[1] as u64,
            mean_before: figure(mean(around[0], around[1])),
            mean_after: figure(mean(around[1], around[2])),
        })
        .collect()
}

//! Series of values in equal periods: resampling, trend, autocorrelation, seasonality and changes of level.

pub(crate) mod autocorrelation;
pub(crate) mod change_points;
pub(crate) mod resample;
pub(crate) mod seasonality;
pub(crate) mod trend;

#[cfg(test)]
mod golden;

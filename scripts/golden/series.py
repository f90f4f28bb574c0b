"""Figures of time series by SciPy 1.17 and statsmodels 0.15: writes tests/fixtures/golden/series.json."""

import json
import pathlib

import numpy as np
from scipy import stats
from statsmodels.stats.diagnostic import acorr_ljungbox
from statsmodels.tsa.seasonal import seasonal_decompose
from statsmodels.tsa.stattools import acf, pacf

rng = np.random.default_rng(3)
t = np.arange(72.0)
SERIES = {
    "seasonal": (20 + 0.3 * t + 5 * np.sin(2 * np.pi * t / 12) + rng.normal(0, 1, 72), 12),
    "odd season": (rng.normal(0, 1, 50) + np.tile([0, 1, 2, 0, -1, 3, 1.5], 8)[:50], 7),
    "walk": (np.cumsum(rng.normal(0, 1, 90)), 4),
    "tied": (rng.integers(0, 5, 40).astype(float), 5),
}


def listed(values):
    return [None if not np.isfinite(value) else float(value) for value in values]


def mann_kendall(x):
    """By the definition of Mann (1945) and Kendall (1975), pair by pair."""
    n = len(x)
    s = sum(np.sign(x[j] - x[i]) for i in range(n) for j in range(i + 1, n))
    ties = np.unique(x, return_counts=True)[1].astype(float)
    variance = (n * (n - 1) * (2 * n + 5) - (ties * (ties - 1) * (2 * ties + 5)).sum()) / 18
    z = (s - np.sign(s)) / np.sqrt(variance)
    return [float(s), float(s / (n * (n - 1) / 2)), float(z), float(2 * stats.norm.sf(abs(z)))]


CASES = []
for name, (y, season) in SERIES.items():
    x = np.arange(float(len(y)))
    line = stats.linregress(x, y)
    reach = stats.t.ppf(0.95, len(y) - 2) * line.stderr
    sen = stats.theilslopes(y, x, 0.9)
    box = acorr_ljungbox(y, lags=[10])
    parts = seasonal_decompose(y, period=season, model="additive")
    keep = np.isfinite(parts.resid)
    rest, trend, seasonal = parts.resid[keep], parts.trend[keep], parts.seasonal[keep]
    CASES.append({
        "name": name, "season": season, "values": listed(y),
        "line": listed([line.slope, line.slope - reach, line.slope + reach, line.intercept, line.pvalue, line.rvalue**2]),
        "kendall": mann_kendall(y), "theil_sen": listed([sen.slope, sen.intercept, sen.low_slope, sen.high_slope]),
        "acf": listed(acf(y, nlags=15)), "pacf": listed(pacf(y, nlags=15, method="ldb")),
        "ljung_box": listed([box["lb_stat"].iloc[0], box["lb_pvalue"].iloc[0]]),
        "trend": listed(parts.trend), "pattern": listed(parts.seasonal[:season]), "rest": listed(parts.resid),
        "strengths": listed([max(0, 1 - rest.var() / (rest + seasonal).var()), max(0, 1 - rest.var() / (rest + trend).var())]),
    })
target = pathlib.Path(__file__).parents[2] / "tests/fixtures/golden/series.json"
target.write_text(json.dumps(CASES, separators=(",", ":")).replace('},{"name"', '},\n{"name"') + "\n")

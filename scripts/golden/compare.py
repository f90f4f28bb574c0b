"""Tests of samples by SciPy 1.17: writes tests/fixtures/golden/compare.json."""

import json
import pathlib

import numpy as np
import statsmodels.api as sm
from scipy import special, stats
from statsmodels.stats.contingency_tables import Table

rng = np.random.default_rng(5)
CASES = []
SAMPLES = {
    "normal": (rng.normal(10, 2, 14), rng.normal(11, 3, 9)),
    "tied": (rng.integers(0, 6, 25).astype(float), rng.integers(1, 8, 31).astype(float)),
    "small": (np.array([1.5, 2.25, 7.0]), np.array([0.5, 2.5, 3.5, 9.75, 12.0])),
    # Not farther out: SciPy itself keeps seven digits of t at 1e9.
    "shifted": (100 + rng.normal(0, 1, 40), 100.3 + rng.normal(0, 1, 55)),
    "far": (rng.normal(0, 1, 60), rng.normal(4, 1, 60)),
    "equal": (np.array([1.0, 2.0, 3.0, 4.0]), np.array([1.0, 2.0, 3.0, 4.0])),
}
SIDES = {"two_sided": "two-sided", "less": "less", "greater": "greater"}


def number(value):
    value = float(value)
    return value if np.isfinite(value) else None


def hedges(df):
    """The exact factor of Hedges 1981, by the beta function."""
    return np.sqrt(2 * np.pi / df) / special.beta((df - 1) / 2, 0.5)


def effects(name, samples):
    """Effect sizes, each by another way than the product's: from t, from counted pairs, from the dummies' regression, from F and H."""
    sizes = [len(s) for s in samples]
    if name in ("student", "welch"):
        d = stats.ttest_ind(*samples).statistic * np.sqrt(1 / sizes[0] + 1 / sizes[1])
        return {"cohens_d": number(d), "hedges_g": number(d * hedges(sum(sizes) - 2))}
    if name == "paired":
        d = stats.ttest_rel(*samples).statistic / np.sqrt(sizes[0])
        return {"cohens_d_z": number(d), "hedges_g_z": number(d * hedges(sizes[0] - 1))}
    if name.startswith("mann_whitney"):
        pairs = np.sign(np.subtract.outer(*samples))
        return {"rank_biserial": number(pairs.mean()), "share_of_pairs_larger": number((pairs > 0).mean() + (pairs == 0).mean() / 2)}
    if name == "anova":
        f, between = stats.f_oneway(*samples).statistic, len(samples) - 1
        dummies = np.repeat(np.eye(len(samples)), sizes, axis=0)
        fit = sm.OLS(np.concatenate(samples), dummies, hasconst=True).fit()
        return {"omega_squared": number(between * (f - 1) / (between * (f - 1) + sum(sizes))), "eta_squared": number(fit.rsquared)}
    if name == "kruskal_wallis":
        return {"epsilon_squared": number(stats.kruskal(*samples).statistic / (sum(sizes) - 1))}
    return {}


def variance_table(name, samples):
    if name != "anova":
        return None
    mean, n = np.concatenate(samples).mean(), sum(map(len, samples))
    between = sum(len(s) * (s.mean() - mean) ** 2 for s in samples)
    within = sum(((s - s.mean()) ** 2).sum() for s in samples)
    return {"between_squares": number(between), "within_squares": number(within), "total_squares": number(between + within),
            "between_mean_square": number(between / (len(samples) - 1)), "within_mean_square": number(within / (n - len(samples)))}


def mean_ranks(samples):
    ranks = np.split(stats.rankdata(np.concatenate(samples)), np.cumsum([len(s) for s in samples])[:-1])
    return [number(r.mean()) for r in ranks]


def add(name, case, side, samples, result, **more):
    more.update(effects=effects(name, samples), variance_table=variance_table(name, samples), mean_ranks=mean_ranks(samples))
    CASES.append({"test": name, "case": case, "alternative": side, "samples": [list(map(float, s)) for s in samples],
                  "statistic": number(result.statistic), "p": number(result.pvalue), **more})


for case, (x, y) in SAMPLES.items():
    for side, scipy_side in SIDES.items():
        for name, equal in (("student", True), ("welch", False)):
            result = stats.ttest_ind(x, y, equal_var=equal, alternative=scipy_side)
            interval = result.confidence_interval(0.9)
            add(name, case, side, (x, y), result, df=number(result.df), low=number(interval.low), high=number(interval.high))
        n = min(len(x), len(y))
        if case not in ("shifted", "equal"):
            result = stats.ttest_rel(x[:n], y[:n], alternative=scipy_side)
            interval = result.confidence_interval(0.9)
            add("paired", case, side, (x[:n], y[:n]), result, df=number(result.df), low=number(interval.low), high=number(interval.high))
        for correction in (True, False):
            result = stats.mannwhitneyu(x, y, use_continuity=correction, alternative=scipy_side, method="asymptotic")
            add("mann_whitney", case, side, (x, y), result, correction=correction)
        if len(x) * len(y) <= 10_000:
            add("mann_whitney_exact", case, side, (x, y), stats.mannwhitneyu(x, y, alternative=scipy_side, method="exact"))

GROUPS = {
    "three": (rng.normal(5, 1, 12), rng.normal(5.5, 1, 7), rng.normal(6, 2, 20)),
    "tied": tuple(rng.integers(0, 5, n).astype(float) for n in (10, 15, 6, 9)),
    "offset": tuple(1000 + rng.normal(m, 1, 30) for m in (0, 0.5, 1)),
    "two": SAMPLES["normal"],
}
for case, groups in GROUPS.items():
    add("anova", case, "two_sided", groups, stats.f_oneway(*groups))
    add("kruskal_wallis", case, "two_sided", groups, stats.kruskal(*groups))
    add("brown_forsythe", case, "two_sided", groups, stats.levene(*groups, center="median"))
    for group in groups:
        add("jarque_bera", case, "two_sided", (group,), stats.jarque_bera(group))

TABLES = [
    [[10, 20], [30, 25]], [[3, 1], [1, 3]], [[12, 5, 7], [3, 9, 14]], [[100, 2], [80, 1]],
    [[5, 9, 1, 2], [4, 4, 8, 3], [7, 2, 2, 11]], [[1200, 1300], [1250, 1100]], [[0, 7], [9, 3]],
]
for table in TABLES:
    for correction in (True, False):
        result = stats.chi2_contingency(table, correction=correction)
        CASES.append({"test": "chi_square", "table": table, "correction": correction, "statistic": number(result.statistic),
                      "p": number(result.pvalue), "df": float(result.dof), "expected": result.expected_freq.tolist(),
                      "residuals": Table(np.array(table), shift_zeros=False).standardized_resids.tolist(),
                      "v": float(stats.contingency.association(np.array(table), method="cramer"))})
    if len(table) == 2 and len(table[0]) == 2:
        for side, scipy_side in SIDES.items():
            result = stats.fisher_exact(table, alternative=scipy_side)
            sample = stats.contingency.odds_ratio(table, kind="sample")
            interval = sample.confidence_interval(0.9)
            CASES.append({"test": "fisher_exact", "table": table, "alternative": side, "statistic": number(sample.statistic),
                          "p": number(result.pvalue), "low": number(interval.low), "high": number(interval.high)})

target = pathlib.Path(__file__).parents[2] / "tests/fixtures/golden/compare.json"
target.write_text(json.dumps(CASES, indent=None, separators=(",", ":")).replace('},{"test"', '},\n{"test"') + "\n")

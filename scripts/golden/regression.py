"""Regressions by statsmodels 0.15: writes tests/fixtures/golden/regression.json."""

import json
import pathlib

import numpy as np
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.diagnostic import het_breuschpagan
from statsmodels.stats.outliers_influence import variance_inflation_factor
from statsmodels.stats.stattools import durbin_watson, jarque_bera

rng = np.random.default_rng(11)
CASES = []


def listed(values):
    return [float(value) for value in values]


def linear(name, columns, y, intercept):
    x = np.column_stack(columns)
    exog = sm.add_constant(x) if intercept else x
    fit = sm.OLS(y, exog).fit()
    influence = fit.get_influence()
    interval = fit.conf_int(0.1)
    case = {"model": "linear", "name": name, "intercept": intercept, "columns": [listed(c) for c in columns], "y": listed(y),
            "params": listed(fit.params), "bse": listed(fit.bse), "t": listed(fit.tvalues), "p": listed(fit.pvalues),
            "low": listed(interval[:, 0]), "high": listed(interval[:, 1]), "r2": fit.rsquared, "adjusted": fit.rsquared_adj,
            "f": fit.fvalue, "f_p": fit.f_pvalue, "llf": fit.llf, "aic": fit.aic, "bic": fit.bic, "rss": fit.ssr,
            "dw": durbin_watson(fit.resid), "jb": listed(jarque_bera(fit.resid)[:2]),
            "hat": listed(influence.hat_matrix_diag), "cooks": listed(influence.cooks_distance[0]),
            "student": listed(influence.resid_studentized_external), "ess": fit.ess, "s": float(np.sqrt(fit.mse_resid)),
            "df": [fit.df_model, fit.df_resid], "residuals": listed(np.percentile(fit.resid, [0, 25, 50, 75, 100]))}
    scaled = exog / np.sqrt((exog**2).sum(axis=0))
    case["condition"] = float(np.linalg.cond(scaled))
    if intercept:
        case["bp"] = listed(het_breuschpagan(fit.resid, exog)[:2])
        case["vif"] = [float(variance_inflation_factor(exog, i)) for i in range(1, exog.shape[1])]
    CASES.append(case)


def logistic(name, columns, y, intercept):
    x = np.column_stack(columns)
    exog = sm.add_constant(x) if intercept else x
    fit = sm.Logit(y, exog).fit(method="newton", tol=1e-14, maxiter=200, disp=0)
    interval = fit.conf_int(0.1)
    chances, n, k = fit.predict(), len(y), sum(y)
    # statsmodels searches for the likelihood of the intercept alone, which keeps nine digits; it has a closed form.
    null = float(k * np.log(k / n) + (n - k) * np.log(1 - k / n))
    ratio, cox_snell = 2 * (fit.llf - null), -np.expm1(2 * (null - fit.llf) / n)
    # The area under the curve is the share of pairs that the Mann-Whitney statistic counts.
    auc = stats.mannwhitneyu(chances[y == 1], chances[y == 0]).statistic / (sum(y == 1) * sum(y == 0))
    CASES.append({"model": "logistic", "name": name, "intercept": intercept, "columns": [listed(c) for c in columns], "y": listed(y),
                  "params": listed(fit.params), "bse": listed(fit.bse), "z": listed(fit.tvalues), "p": listed(fit.pvalues),
                  "low": listed(interval[:, 0]), "high": listed(interval[:, 1]), "llf": fit.llf, "llnull": null,
                  "llr_p": stats.chi2.sf(ratio, fit.df_model), "mcfadden": 1 - fit.llf / null, "aic": fit.aic, "bic": fit.bic,
                  "llr": ratio, "cox_snell": cox_snell, "nagelkerke": cox_snell / -np.expm1(2 * null / n), "auc": auc,
                  "accuracy": float(np.mean((chances > 0.5) == (y == 1))), "df": fit.df_resid,
                  "odds": np.exp(np.column_stack([fit.params, interval])).tolist()})


n = 40
a, b, c = rng.normal(0, 1, n), rng.uniform(5, 9, n), rng.integers(0, 2, n).astype(float)
linear("plain", [a, b, c], 3 + 2 * a - b + 0.5 * c + rng.normal(0, 1, n), True)
linear("no intercept", [a, b], 2 * a + b + rng.normal(0, 1, n), False)
linear("one column", [b], 1 + b + rng.normal(0, b, n), True)
linear("collinear", [a, a + rng.normal(0, 0.01, n), b], 1 + a + rng.normal(0, 1, n), True)
linear("trend", [np.arange(60.0), np.arange(60.0) ** 2], 5 + np.arange(60.0) * 0.3 + rng.normal(0, 4, 60), True)
for name, columns, intercept in (("plain", [a, b, c], True), ("no intercept", [a, c], False), ("one column", [a], True)):
    chance = 1 / (1 + np.exp(-(0.3 + 0.9 * a)))
    logistic(name, columns, (rng.uniform(0, 1, n) < chance).astype(float), intercept)
big = rng.normal(0, 1, 300)
logistic("many", [big, big**2], (rng.uniform(0, 1, 300) < 1 / (1 + np.exp(-big))).astype(float), True)

target = pathlib.Path(__file__).parents[2] / "tests/fixtures/golden/regression.json"
target.write_text(json.dumps(CASES, separators=(",", ":")).replace('},{"model"', '},\n{"model"') + "\n")

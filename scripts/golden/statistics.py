"""Correlations, tests, fits and densities by SciPy, statsmodels and pandas: writes tests/fixtures/golden/statistics.json."""

import json
import math
import pathlib

import numpy as np
import pandas as pd
from scipy import optimize, special, stats
from statsmodels.stats.diagnostic import normal_ad
from statsmodels.stats.multitest import multipletests

ROOT = pathlib.Path(__file__).parents[2]
REAL = ROOT / "tests/fixtures/real"


def plain(value):
    """Floats that JSON can hold."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (float, np.floating)):
        return float(value) if math.isfinite(value) else None
    return int(value) if isinstance(value, np.integer) else value


def table(name):
    return pd.read_json(REAL / name) if name.endswith(".json") else pd.read_csv(REAL / name)


def kendall_interval(tau, n):
    reach = stats.norm.ppf(0.975) * math.sqrt(0.437 / (n - 4))
    return math.tanh(math.atanh(tau) - reach), math.tanh(math.atanh(tau) + reach)


def spearman_interval(rho, n):
    reach = stats.norm.ppf(0.975) * math.sqrt((1 + rho * rho / 2) / (n - 3))
    return math.tanh(math.atanh(rho) - reach), math.tanh(math.atanh(rho) + reach)


def numeric_pair(x, y):
    pearson = stats.pearsonr(x, y)
    interval = pearson.confidence_interval(0.95)
    spearman, kendall = stats.spearmanr(x, y), stats.kendalltau(x, y)
    n = len(x)
    return dict(
        n=n,
        pearson=[pearson.statistic, pearson.pvalue, interval.low, interval.high],
        spearman=[spearman.statistic, spearman.pvalue, *spearman_interval(spearman.statistic, n)],
        kendall=[kendall.statistic, kendall.pvalue, *kendall_interval(kendall.statistic, n)],
    )


def numeric_pairs(name, columns):
    frame = table(name)
    found = []
    for i, left in enumerate(columns):
        for right in columns[i + 1 :]:
            both = frame[[left, right]].dropna()
            found.append(dict(left=left, right=right, **numeric_pair(both[left].to_numpy(float), both[right].to_numpy(float))))
    p = [pair["pearson"][1] for pair in found]
    adjusted = {ours: list(multipletests(p, method=theirs)[1]) for ours, theirs in [("bonferroni", "bonferroni"), ("holm", "holm"), ("bh", "fdr_bh")]}
    return dict(file=name, columns=columns, pairs=found, adjusted=adjusted)


def category_pairs(name, columns):
    frame = table(name)
    found = []
    for i, left in enumerate(columns):
        for right in columns[i + 1 :]:
            both = frame[[left, right]].dropna()
            counts = pd.crosstab(both[left], both[right]).to_numpy()
            chi = stats.chi2_contingency(counts, correction=False)
            g = stats.chi2_contingency(counts, correction=False, lambda_="log-likelihood")
            n = counts.sum()
            entropies = [stats.entropy(counts.sum(axis=axis)) for axis in (0, 1)]
            found.append(dict(
                left=left, right=right, n=n,
                cramers_v=[stats.contingency.association(counts, method="cramer"), chi.statistic, chi.dof, chi.pvalue],
                mutual_information=[g.statistic / 2 / n, g.statistic, g.dof, g.pvalue],
                share=g.statistic / 2 / n / np.mean(entropies),
            ))
    return dict(file=name, columns=columns, pairs=found)


def point_biserial(name, category, positive, number):
    frame = table(name)[[category, number]].dropna()
    found = stats.pointbiserialr(frame[category] == positive, frame[number])
    return dict(file=name, category=category, positive=positive, number=number, n=len(frame), value=[found.statistic, found.pvalue])


def partial(name, left, right, control):
    """By the definition: Pearson of the residuals of two regressions; of the ranks for Spearman."""
    frame = table(name)[[left, right, *control]].dropna()
    found = {}
    for method, data in [("pearson", frame), ("spearman", frame.rank())]:
        design = np.column_stack([np.ones(len(data)), data[control].to_numpy(float)])
        rest = [data[c] - design @ np.linalg.lstsq(design, data[c], rcond=None)[0] for c in (left, right)]
        r = np.corrcoef(*rest)[0, 1]
        df = len(data) - 2 - len(control)
        found[method] = [r, 2 * stats.t.sf(abs(r) * math.sqrt(df / (1 - r * r)), df)]
    return dict(file=name, left=left, right=right, control=control, n=len(frame), **found)


def exact_kendall():
    found = []
    generator = np.random.default_rng(7)
    for n in (3, 5, 12, 33, 34):
        x, y = np.arange(n), generator.permutation(n)
        result = stats.kendalltau(x, y)
        found.append(dict(y=y.tolist(), tau=result.statistic, p=result.pvalue))
    return found


FITS = dict(
    normal=(stats.norm, {}, ("mean", "std")),
    log_normal=(stats.lognorm, dict(floc=0), None),
    exponential=(stats.expon, dict(floc=0), None),
    shifted_exponential=(stats.expon, {}, None),
    gamma=(stats.gamma, dict(floc=0), None),
    weibull=(stats.weibull_min, dict(floc=0), None),
    uniform=(stats.uniform, {}, None),
    beta=(stats.beta, dict(floc=0, fscale=1), None),
)


def likeliest(name, x):
    """The parameters of greatest likelihood as the product names them, and SciPy's distribution with them. SciPy's searches stop
    before the last digits, so the likelihood equations of gamma, Weibull and beta are solved here."""
    logs = np.log(x) if x.min() > 0 else None
    if name == "gamma":
        s = -np.log1p((x - x.mean()) / x.mean()).mean()
        shape = optimize.brentq(lambda k: np.log(k) - special.digamma(k) - s, 1e-8, 1e9, xtol=1e-300, rtol=1e-15, maxiter=500)
        return dict(shape=shape, scale=x.mean() / shape), stats.gamma(shape, scale=x.mean() / shape)
    if name == "weibull":
        rest = logs - logs.max()
        slope = lambda k: (np.exp(k * rest) * rest).sum() / np.exp(k * rest).sum() - 1 / k - rest.mean()
        shape = optimize.brentq(slope, 1e-6, 1e6, xtol=1e-300, rtol=1e-15, maxiter=500)
        scale = np.exp(np.log(np.exp(shape * rest).mean()) / shape + logs.max())
        return dict(shape=shape, scale=scale), stats.weibull_min(shape, scale=scale)
    if name == "beta":
        left, right = logs.mean(), np.log1p(-x).mean()
        equations = lambda p: [special.digamma(p[0]) - special.digamma(sum(p)) - left, special.digamma(p[1]) - special.digamma(sum(p)) - right]
        a, b = stats.beta.fit(x, floc=0, fscale=1)[:2]
        for _ in range(50):
            both = special.polygamma(1, a + b)
            matrix = [[special.polygamma(1, a) - both, -both], [-both, special.polygamma(1, b) - both]]
            a, b = np.array([a, b]) - np.linalg.solve(matrix, equations((a, b)))
        return dict(a=a, b=b), stats.beta(a, b)
    if name == "normal":
        return dict(mean=x.mean(), std=x.std()), stats.norm(x.mean(), x.std())
    if name == "log_normal":
        return dict(mu=logs.mean(), sigma=logs.std()), stats.lognorm(logs.std(), scale=np.exp(logs.mean()))
    if name == "exponential":
        return dict(scale=x.mean()), stats.expon(scale=x.mean())
    if name == "shifted_exponential":
        return dict(location=x.min(), scale=(x - x.min()).mean()), stats.expon(x.min(), (x - x.min()).mean())
    return dict(low=x.min(), high=x.max()), stats.uniform(x.min(), x.max() - x.min())


def ecdf(x):
    """The distribution function at about twenty of its steps; None where the product lists some of them only."""
    found = stats.ecdf(x).cdf
    count = len(found.quantiles)
    at = {str(i): [found.quantiles[i], found.probabilities[i]] for i in range(0, count, count // 20 + 1)}
    return dict(count=count, at=at) if count <= 1000 else None


def fits(x):
    found = {}
    for name, (family, fixed, _) in FITS.items():
        if name in ("log_normal", "gamma", "weibull") and x.min() <= 0 or name == "exponential" and x.min() < 0:
            continue
        if name == "beta" and not (x.min() > 0 and x.max() < 1):
            continue
        parameters = family.fit(x, **fixed)
        best, fitted = likeliest(name, x)
        likelihood = fitted.logpdf(x).sum()
        test = stats.kstest(x, fitted.cdf)
        found[name] = dict(
            log_likelihood=family.logpdf(x, *parameters).sum(), parameters=best, ks=test.statistic, p=test.pvalue,
            aic=2 * len(best) - 2 * likelihood, bic=len(best) * np.log(len(x)) - 2 * likelihood)
    return found


def distribution(label, x):
    x = np.asarray(x, float)
    x = x[np.isfinite(x)]
    n = len(x)
    k2, jb = stats.normaltest(x), stats.jarque_bera(x)
    ad = normal_ad(x)
    tests = dict(dagostino_k2=[k2.statistic, k2.pvalue], jarque_bera=[jb.statistic, jb.pvalue], anderson_darling=list(ad))
    if n <= 5000:
        sw = stats.shapiro(x)
        tests["shapiro_wilk"] = [sw.statistic, sw.pvalue]
    places = np.linspace(x.min(), x.max(), 9)
    density = {}
    for rule in ("scott", "silverman"):
        kde = stats.gaussian_kde(x, bw_method=rule)
        width = kde.factor * x.std(ddof=1)
        grid = x.min() - 3 * width + (x.max() - x.min() + 6 * width) / 511 * np.arange(512)
        density[rule] = dict(bandwidth=width, at={str(i): kde(grid[i])[0] for i in range(0, 512, 73)})
    histogram = {rule: np.histogram_bin_edges(x, bins=numpy).size - 1 for rule, numpy in (("freedman_diaconis", "fd"), ("scott", "scott"), ("sturges", "sturges"))}
    (theoretical, ordered), (slope, intercept, r) = stats.probplot(x)
    mad = stats.median_abs_deviation(x)
    scaled = stats.median_abs_deviation(x, scale="normal")
    q1, q3 = np.percentile(x, [25, 75])
    outliers = dict(
        iqr=np.flatnonzero((x < q1 - 1.5 * (q3 - q1)) | (x > q3 + 1.5 * (q3 - q1))).size,
        z_score=np.flatnonzero(np.abs((x - x.mean()) / x.std(ddof=1)) > 3).size,
        mad=np.flatnonzero(np.abs(x - np.median(x)) / scaled > 3.5).size if mad > 0 else 0,
    )
    qq = dict(first=theoretical[0], last=theoretical[-1], slope=slope, intercept=intercept, r=r) if n <= 1000 else None
    return dict(n=n, tests=tests, fits=fits(x), ecdf=ecdf(x), density=density, bins=histogram, outliers=outliers, qq=qq, **label)


def of_file(name, column):
    return distribution(dict(file=name, column=column), table(name)[column])


def made(label, values):
    values = [float(repr(float(value))) for value in values]
    return distribution(dict(values=values, column="v"), values)


def main():
    generator = np.random.default_rng(20)
    found = dict(
        numeric=[
            numeric_pairs("penguins.json", ["Beak Length (mm)", "Beak Depth (mm)", "Flipper Length (mm)", "Body Mass (g)"]),
            numeric_pairs("sm_longley.csv", ["TOTEMP", "GNPDEFL", "GNP", "UNEMP", "ARMED", "POP"]),
            numeric_pairs("weather.csv", ["precipitation", "temp_max", "temp_min", "wind"]),
            numeric_pairs("sm_star98.csv", ["LOWINC", "PERASIAN", "PERBLACK", "PERHISP", "PCTCHRT"]),
        ],
        categories=[
            category_pairs("penguins.json", ["Species", "Island", "Sex"]),
            category_pairs("birdstrikes.csv", ["Phase of flight", "Wildlife Size", "Time of day", "Origin State"]),
        ],
        point_biserial=[
            point_biserial("weather.csv", "location", "Seattle", "temp_max"),
            point_biserial("weather.csv", "location", "Seattle", "wind"),
        ],
        partial=[
            partial("sm_longley.csv", "TOTEMP", "UNEMP", ["GNP", "POP"]),
            partial("penguins.json", "Beak Length (mm)", "Beak Depth (mm)", ["Body Mass (g)"]),
        ],
        exact_kendall=exact_kendall(),
        distribution=[
            of_file("penguins.json", "Body Mass (g)"),
            of_file("sm_nile.csv", "volume"),
            of_file("sm_sunspots.csv", "SUNACTIVITY"),
            of_file("weather.csv", "wind"),
            of_file("weather.csv", "temp_max"),
            of_file("sm_star98.csv", "LOWINC"),
            of_file("sm_co2.csv", "co2"),
            made("lognormal", generator.lognormal(1, 0.7, 60)),
            made("beta", generator.beta(0.8, 3, 150)),
            made("weibull", generator.weibull(2.5, 200) * 40),
            made("few", generator.normal(5, 2, 9)),
        ],
    )
    target = ROOT / "tests/fixtures/golden/statistics.json"
    target.write_text(json.dumps(plain(found), indent=1, ensure_ascii=False) + "\n")


main()

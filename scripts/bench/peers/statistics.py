"""One statistics task in one library: statistics.py pandas|polars|duckdb TASK FILE.parquet

Prints one line of JSON: seconds from opening the file to the figures, peak memory in MB and a digest of the figures.
Imports are not timed. All libraries use as many threads as they like.
"""

import json
import resource
import sys
import time

PERCENTILES = [1, 10, 90, 95, 99]


def described_by_pandas(path):
    import pandas as pd

    yield
    frame = pd.read_parquet(path)
    digest = {}
    for name in frame.columns:
        column = frame[name]
        figures = [column.count(), column.isna().sum(), column.nunique(), column.value_counts().head(10).iloc[0]]
        if pd.api.types.is_numeric_dtype(column) and column.dtype != bool:
            figures += [column.mean(), column.std(), column.min(), column.max(), column.skew(), column.kurt(), column.sum()]
            figures += list(column.quantile([p / 100 for p in [25, 50, 75, *PERCENTILES]]))
        digest[name] = figures
    yield digest


def described_by_polars(path):
    import polars as pl

    yield
    frame = pl.read_parquet(path)
    numbers = [name for name, kind in frame.schema.items() if kind.is_numeric()]
    c, x = pl.all(), pl.col(numbers)
    counts = frame.lazy().select(c.count().name.suffix("|n"), c.null_count().name.suffix("|0"), c.n_unique().name.suffix("|u"))
    figures = frame.lazy().select(
        x.mean().name.suffix("|mean"), x.std().name.suffix("|std"), x.min().name.suffix("|min"), x.max().name.suffix("|max"),
        x.skew(bias=False).name.suffix("|skew"), x.kurtosis(bias=False).name.suffix("|kurt"), x.sum().name.suffix("|sum"),
        *[x.quantile(p / 100, "linear").name.suffix(f"|{p}") for p in [25, 50, 75, *PERCENTILES]],
    )
    counts, figures = pl.collect_all([counts, figures])
    digest = {}
    for name in frame.columns:
        top = frame[name].drop_nulls().value_counts().top_k(10, by="count")["count"][0]
        missing = counts[f"{name}|0"][0]
        digest[name] = [counts[f"{name}|n"][0], missing, counts[f"{name}|u"][0] - (missing > 0), top]
        if name in numbers:
            keys = ["mean", "std", "min", "max", "skew", "kurt", "sum", 25, 50, 75, *PERCENTILES]
            digest[name] += [figures[f"{name}|{key}"][0] for key in keys]
    yield digest


def described_by_duckdb(path):
    import duckdb

    yield
    db = duckdb.connect()
    schema = db.execute("describe select * from read_parquet(?)", [path]).fetchall()
    shares = [p / 100 for p in [25, 50, 75, *PERCENTILES]]
    parts = []
    for name, kind, *_ in schema:
        c = f'"{name}"'
        parts += [f"count({c})", f"count(*) - count({c})", f"count(distinct {c})", f"(select max(n) from (select count(*) n from t where {c} is not null group by {c}))"]
        if kind in ("BIGINT", "DOUBLE"):
            parts += [f"avg({c})", f"stddev({c})", f"min({c})", f"max({c})", f"skewness({c})", f"kurtosis({c})", f"sum({c})", f"quantile_cont({c}, {shares})"]
    db.execute("create temp table t as select * from read_parquet(?)", [path])
    row = list(db.execute(f"select {', '.join(parts)} from t").fetchone())
    digest = {}
    for name, kind, *_ in schema:
        digest[name], row = row[:4], row[4:]
        if kind in ("BIGINT", "DOUBLE"):
            digest[name] += row[:7] + list(row[7])
            row = row[8:]
    yield digest


def correlated_by_pandas(path):
    import pandas as pd

    yield
    frame = pd.read_parquet(path)
    yield {"pearson": frame.corr("pearson").iloc[0].tolist(), "spearman": frame.corr("spearman").iloc[0].tolist()}


def correlated_by_polars(path):
    import polars as pl

    yield
    frame = pl.read_parquet(path)
    first = frame.columns[0]
    yield {"pearson": frame.corr()[first].to_list(), "spearman": frame.select(pl.all().rank()).corr()[first].to_list()}


def distributed_by_pandas(path):
    """The tests, closed forms and searches of SciPy, as its documentation has them; location 0 where ours is."""
    import numpy as np
    import pandas as pd
    from scipy import stats

    yield
    x = pd.read_parquet(path, columns=["revenue"])["revenue"].to_numpy()
    n = len(x)
    k2, jb = stats.normaltest(x).statistic, stats.jarque_bera(x).statistic
    # As statsmodels' normal_ad; scipy.stats.anderson has no p-value of its own.
    s, i = np.sort(x), np.arange(1, n + 1)
    z = (s - x.mean()) / x.std(ddof=1)
    ad = -n - np.sum((2 * i - 1) / n * (stats.norm.logcdf(z) + stats.norm.logsf(z[::-1])))
    fits = {}
    for name, family, fixed in [
        ("normal", stats.norm, {}), ("log_normal", stats.lognorm, {"floc": 0}), ("exponential", stats.expon, {"floc": 0}),
        ("shifted_exponential", stats.expon, {}), ("gamma", stats.gamma, {"floc": 0}),
        ("weibull", stats.weibull_min, {"floc": 0}), ("uniform", stats.uniform, {}),
    ]:
        parameters = family.fit(x, **fixed)
        fits[name] = [family.logpdf(x, *parameters).sum(), stats.kstest(x, family.cdf, args=parameters).statistic]
    counts = np.histogram(x, bins=50)[0]
    q1, q3 = np.percentile(x, [25, 75])
    median = np.median(x)
    outliers = [
        ((x < q1 - 1.5 * (q3 - q1)) | (x > q3 + 1.5 * (q3 - q1))).sum(),
        (np.abs(z) > 3).sum(),
        (np.abs(x - median) / stats.median_abs_deviation(x, scale="normal") > 3.5).sum(),
    ]
    yield {"first": counts[0], "tests": [k2, jb, ad], "fits": fits, "outliers": outliers}


KEYS = ["category", "country"]
READ = [*KEYS, "ordered_at", "revenue", "customer_id"]


def grouped_digest(groups, columns):
    """How many groups, and the sum over them of every figure."""
    return {"groups": groups, "sums": [sum(column) for column in columns]}


def grouped_by_pandas(path):
    import pandas as pd

    yield
    frame = pd.read_parquet(path, columns=READ)
    groups = frame.groupby([*KEYS, frame["ordered_at"].dt.to_period("M")])
    revenue = groups["revenue"]
    figures = [revenue.count(), revenue.sum(), revenue.mean(), revenue.median(), revenue.std(), revenue.min(), revenue.max(),
               groups["customer_id"].nunique()]
    yield grouped_digest(len(figures[0]), figures)


def grouped_by_polars(path):
    import polars as pl

    yield
    x = pl.col("revenue")
    figures = [x.count(), x.sum(), x.mean(), x.median(), x.std(), x.min(), x.max(), pl.col("customer_id").n_unique()]
    figures = [figure.alias(str(i)) for i, figure in enumerate(figures)]
    by = [*KEYS, pl.col("ordered_at").dt.truncate("1mo")]
    found = pl.scan_parquet(path).group_by(by).agg(figures).sort(*KEYS, "ordered_at").collect()
    yield grouped_digest(found.height, [found[str(i)] for i in range(len(figures))])


def grouped_by_duckdb(path):
    import duckdb

    yield
    x = "revenue"
    rows = duckdb.connect().execute(
        f"select category, country, date_trunc('month', ordered_at) as month, count({x}), sum({x}), avg({x}), median({x}), stddev({x}), "
        f"min({x}), max({x}), count(distinct customer_id) from read_parquet(?) group by all order by all", [path]).fetchall()
    yield grouped_digest(len(rows), list(zip(*rows))[3:])


def kendall_by_scipy(path):
    import pandas as pd
    from scipy import stats

    yield
    frame = pd.read_parquet(path, columns=["unit_price", "revenue"])
    yield {"tau": stats.kendalltau(frame["unit_price"], frame["revenue"]).statistic}


TASKS = {
    ("pandas", "descriptive"): described_by_pandas,
    ("polars", "descriptive"): described_by_polars,
    ("duckdb", "descriptive"): described_by_duckdb,
    ("pandas", "correlation"): correlated_by_pandas,
    ("polars", "correlation"): correlated_by_polars,
    ("pandas", "distribution"): distributed_by_pandas,
    ("pandas", "grouped"): grouped_by_pandas,
    ("polars", "grouped"): grouped_by_polars,
    ("duckdb", "grouped"): grouped_by_duckdb,
    ("pandas", "kendall"): kendall_by_scipy,
}


def plain(value):
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return float(value)


def main():
    _, library, task, path = sys.argv
    steps = TASKS[library, task](path)
    next(steps)
    start = time.perf_counter()
    digest = next(steps)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak_mb": peak, "digest": plain(digest)}))


main()

"""What people do with a CSV file in pandas: read it with its dates, write it as Parquet, describe it.

Usage: tables.py CSV PARQUET. Prints the seconds of the whole with the figures that a profile has of each column, the
seconds with the eight figures of `DataFrame.describe` of the numeric columns alone, and the peak memory.
"""

import json
import resource
import sys
import time

import pandas

QUARTILES = [0.25, 0.5, 0.75]


def figures(column):
    counts = column.value_counts()
    found = {"count": column.count(), "nulls": column.isna().sum(), "distinct": len(counts), "top": counts.head(10).to_dict()}
    if pandas.api.types.is_bool_dtype(column):
        return found
    if pandas.api.types.is_datetime64_any_dtype(column):
        return found | {"min": column.min(), "max": column.max()}
    if not pandas.api.types.is_numeric_dtype(column):
        lengths = column.str.len()
        return found | {"shortest": lengths.min(), "longest": lengths.max(), "mean_length": lengths.mean()}
    return found | {
        "min": column.min(), "max": column.max(), "mean": column.mean(), "std": column.std(), "skewness": column.skew(),
        "kurtosis": column.kurt(), "quartiles": column.quantile(QUARTILES).tolist(),
    }


source, target = sys.argv[1:3]
start = time.perf_counter()
table = pandas.read_csv(source, parse_dates=["ordered_at"])
table.to_parquet(target, compression="zstd")
stored = time.perf_counter()
table.describe()
described = time.perf_counter()
profile = {name: figures(table[name]) for name in table}
profiled = time.perf_counter()
print(json.dumps({
    "seconds": profiled - described + stored - start,
    "seconds_of_describe": described - start,
    "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3,
    "rows": len(table),
    "mean": profile["revenue"]["mean"],
    "distinct": profile["customer_id"]["distinct"],
}))

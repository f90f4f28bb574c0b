"""What people do with a CSV file in pandas: read it, write it as Parquet, describe it. Prints seconds and peak memory."""

import json
import resource
import sys
import time

import pandas

source, target = sys.argv[1:3]
start = time.perf_counter()
table = pandas.read_csv(source)
table.to_parquet(target, compression="zstd")
table.describe()
seconds = time.perf_counter() - start
print(json.dumps({
    "seconds": seconds,
    "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3,
    "rows": len(table),
}))

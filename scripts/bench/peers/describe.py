"""ydata-profiling in its minimal mode on a CSV file. Prints the seconds of the report alone, and its sections."""

import json
import sys
import time
import warnings

warnings.simplefilter("ignore")

import pandas
from ydata_profiling import ProfileReport

table = pandas.read_csv(sys.argv[1])
start = time.perf_counter()
report = ProfileReport(table, minimal=True, progress_bar=False)
page = report.to_html()
seconds = time.perf_counter() - start
description = report.get_description()
columns = description.variables
sections = {
    "table": sorted(description.table),
    "numeric": sorted(next(v for v in columns.values() if v["type"] == "Numeric")),
    "alerts": len(description.alerts),
    "html_bytes": len(page),
}
print(json.dumps({"seconds": seconds, "sections": sections}))

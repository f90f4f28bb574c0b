"""PNGs of four charts as scripts draw them: matplotlib, or Plotly with kaleido, whose browser starts inside the timed call.

Usage: charts.py LIBRARY CHART PARQUET PARQUET_OF_100_000. The data is in memory before the clock starts. Prints bytes,
seconds, and of matplotlib's histogram also the seconds with its classes counted before (`drawn`), as ours are.
"""

import io
import json
import sys
import time

import pandas

library, chart, orders, few = sys.argv[1:5]
if chart == "scatter":
    table = pandas.read_parquet(few, columns=["unit_price", "revenue"])
    x, y = table["unit_price"].to_numpy(), table["revenue"].to_numpy()
elif chart == "histogram":
    x = pandas.read_parquet(orders, columns=["revenue"])["revenue"].to_numpy()
elif chart == "line":
    table = pandas.read_parquet(orders, columns=["ordered_at", "revenue"])
    daily = table.groupby(table["ordered_at"].dt.date)["revenue"].sum()
    x, y = pandas.to_datetime(daily.index).to_numpy(), daily.to_numpy()
else:
    table = pandas.read_parquet(orders, columns=["category", "revenue"])
    sums = table.groupby("category")["revenue"].sum()
    x, y = sums.index.to_list(), sums.to_numpy()


def matplotlib_png(counted=False):
    figure, axes = pyplot.subplots(figsize=(10, 6), dpi=100)
    if chart == "scatter":
        axes.scatter(x, y, s=4, alpha=0.4)
    elif chart == "histogram" and counted:
        axes.stairs(*classes, fill=True)
    elif chart == "histogram":
        axes.hist(x, bins=50)
    elif chart == "line":
        axes.plot(x, y)
    else:
        axes.bar(x, y)
    axes.set_title(chart)
    axes.grid(alpha=0.3)
    out = io.BytesIO()
    figure.savefig(out, format="png")
    pyplot.close(figure)
    return len(out.getvalue())


def plotly_png():
    trace = {
        "scatter": lambda: graph.Scattergl(x=x, y=y, mode="markers", marker_size=3),
        "histogram": lambda: graph.Histogram(x=x, nbinsx=50),
        "line": lambda: graph.Scatter(x=x, y=y),
        "bar": lambda: graph.Bar(x=x, y=y),
    }[chart]()
    return len(graph.Figure(trace).to_image(format="png", width=1000, height=600))


def seconds_of(draw, rounds):
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        draw()
        times.append(time.perf_counter() - start)
    return sorted(times)[len(times) // 2]


if library == "matplotlib":
    import matplotlib
    import numpy

    matplotlib.use("Agg")
    from matplotlib import pyplot

    size = matplotlib_png()
    seconds = drawn = seconds_of(matplotlib_png, 3)
    if chart == "histogram":
        classes = numpy.histogram(x, bins=50)
        drawn = seconds_of(lambda: matplotlib_png(counted=True), 3)
else:
    from plotly import graph_objects as graph

    size = 0
    seconds = drawn = seconds_of(plotly_png, 1)
print(json.dumps({"seconds": seconds, "drawn": drawn, "bytes": size}))

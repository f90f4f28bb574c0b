"""Charts beyond the examples of the kinds: facets, annotations, trends, bands, scales, stacks, sampling and zones.

Each has a name, a spec without dataset and title, and what must hold of its figure as Plotly reads it.
"""

DAY, MONTH = {"column": "ordered_on", "granularity": "day"}, {"column": "ordered_on", "granularity": "month"}
PRICE, QUANTITY = {"column": "unit_price"}, {"column": "quantity"}
SUM, MEAN = {"column": "unit_price", "aggregate": "sum"}, {"column": "unit_price", "aggregate": "mean"}
COUNTRY = {"column": "country"}


def types(figure):
    return [trace.type for trace in figure.data]


def named(figure):
    return [trace.name for trace in figure.data if trace.showlegend]


def axes(figure, letter):
    return [name for name in figure.layout if name.startswith(f"{letter}axis")]


def texts(figure):
    return [annotation.text for annotation in figure.layout.annotations]


SPECS = [
    ("line-facets", {"kind": "line", "x": MONTH, "y": [SUM], "facet": COUNTRY},
     lambda f: len(axes(f, "x")) == 5 and "<b>country: Japan</b>" in texts(f)),
    ("line-annotations", {"kind": "line", "x": MONTH, "y": [SUM], "annotations": [
        {"kind": "line", "axis": "y", "at": 2000, "text": "Goal <2,000>"},
        {"kind": "region", "axis": "x", "from": "2023-06-01", "to": "2023-08-31", "text": "Summer"},
        {"kind": "text", "x": "2024-01-01", "y": 1500, "text": "New shop & more"}]},
     lambda f: len(f.layout.shapes) == 2 and texts(f) == ["Goal &lt;2,000&gt;", "Summer", "New shop &amp; more"]),
    ("line-trend", {"kind": "line", "x": MONTH, "y": [SUM], "options": {"trend": {"method": "linear"}}},
     lambda f: "Linear trend" in named(f) and any(trace.line.dash == "dash" for trace in f.data)),
    ("line-theil-sen", {"kind": "line", "x": MONTH, "y": [SUM], "options": {"trend": {"method": "theil_sen"}}},
     lambda f: "Theil–Sen trend" in named(f)),
    ("line-average", {"kind": "line", "x": DAY, "y": [SUM], "options": {"trend": {"method": "moving_average", "window": 28}}},
     lambda f: len(f.data) >= 2),
    ("line-band", {"kind": "line", "x": MONTH, "y": [MEAN], "options": {"band": {"kind": "confidence"}, "points": True}},
     lambda f: any(trace.fill == "tonexty" for trace in f.data) and any(trace.mode == "lines+markers" for trace in f.data)),
    ("line-range", {"kind": "line", "x": MONTH, "y": [MEAN], "color": COUNTRY, "options": {"band": {"kind": "range"}}},
     lambda f: sum(trace.fill == "tonexty" for trace in f.data) >= 5 and len(named(f)) == 5),
    ("line-log", {"kind": "line", "x": MONTH, "y": [SUM | {"scale": "log"}]},
     lambda f: f.layout.yaxis.type == "log" and f.layout.yaxis.range[0] < 10),
    ("line-all-days", {"kind": "line", "x": DAY, "y": [SUM, {"aggregate": "count"}], "options": {"sample": "none", "gaps": "zero"}},
     lambda f: len(f.data) == 2 and len(f.data[0].x) == 730),
    ("line-zone", {"kind": "line", "x": {"column": "placed_at", "granularity": "hour", "time_zone": "Asia/Kathmandu"},
                   "y": [{"aggregate": "count"}], "filter": [{"column": "ordered_on", "op": "lt", "value": "2023-03-01"}]},
     # 45 minutes past every hour in UTC are half past in Kathmandu, in the hour that begins there.
     lambda f: f.layout.xaxis.type == "date" and all(":00:00" in str(at) or len(str(at)) == 10 for at in f.data[0].x)),
    ("bar-grouped", {"kind": "bar", "x": MONTH, "y": [SUM], "color": COUNTRY, "options": {"stack": "grouped"}},
     lambda f: types(f) == ["bar"] * 5 and len({str(trace.x[0]) for trace in f.data}) == 5),
    ("bar-stacked", {"kind": "bar", "x": COUNTRY, "y": [SUM], "color": {"column": "note"}, "options": {"stack": "stacked", "values": True}},
     lambda f: len(f.data) == 2 and max(f.data[1].base) > 0 and len(f.data[0].text) == 5),
    ("bar-percent", {"kind": "bar", "x": COUNTRY, "y": [SUM], "color": {"column": "note"},
                     "options": {"stack": "percent", "orientation": "horizontal"}},
     lambda f: f.data[0].orientation == "h" and f.layout.xaxis.ticktext[-1] == "100 %"),
    ("bar-log-facets", {"kind": "bar", "x": COUNTRY, "y": [SUM | {"scale": "log"}], "facet": {"column": "note"}},
     lambda f: f.layout.yaxis.type == "log" and len(axes(f, "y")) == 2),
    ("histogram-log", {"kind": "histogram", "x": PRICE | {"scale": "log", "bin": {"count": 12}}, "color": COUNTRY},
     lambda f: f.layout.xaxis.type == "log" and len(f.data) == 5),
    ("scatter-trend", {"kind": "scatter", "x": QUANTITY, "y": [PRICE], "color": COUNTRY, "size": QUANTITY, "label": {"column": "order_id"},
                       "options": {"trend": {"method": "linear"}, "opacity": 0.4}},
     lambda f: any(trace.mode == "markers" for trace in f.data) and any(trace.mode == "lines" for trace in f.data)),
    ("scatter-times", {"kind": "scatter", "x": {"column": "placed_at", "time_zone": "Europe/Berlin"}, "y": [PRICE | {"scale": "log"}],
                       "color": PRICE, "options": {"color_scale": "diverging"}},
     lambda f: f.layout.xaxis.type == "date" and f.layout.coloraxis.cmin == -f.layout.coloraxis.cmax),
    ("density-rectangles", {"kind": "density", "x": PRICE, "y": [QUANTITY], "options": {"shape": "rectangle"}},
     lambda f: types(f) == ["heatmap"]),
    ("density-hexagons", {"kind": "density", "x": {"column": "longitude"}, "y": [{"column": "latitude"}], "options": {"shape": "hexagon"}},
     lambda f: any(trace.fill == "toself" for trace in f.data)),
    ("heatmap-diverging", {"kind": "heatmap", "x": MONTH, "y": [COUNTRY], "color": {"column": "longitude", "aggregate": "mean"},
                           "options": {"color_scale": "diverging"}, "facet": {"column": "note"}},
     lambda f: f.layout.coloraxis.cmin == -f.layout.coloraxis.cmax and types(f) == ["heatmap"] * 2),
    ("box-horizontal", {"kind": "box", "x": COUNTRY, "y": [PRICE], "color": {"column": "note"}, "options": {"orientation": "horizontal"}},
     lambda f: types(f) == ["box"] * 2 and f.data[0].orientation == "h"),
    ("area-percent", {"kind": "area", "x": MONTH, "y": [SUM], "color": COUNTRY, "options": {"stack": "percent"}},
     lambda f: f.layout.yaxis.ticktext[-1] == "100 %" and len(named(f)) == 5),
    ("pivot-scale", {"kind": "pivot", "rows": [COUNTRY], "columns": [{"column": "note"}], "y": [SUM, MEAN],
                     "options": {"totals": True, "color_scale": "sequential"}},
     lambda f: types(f) == ["table"] and f.data[0].cells.values[0][-1] == "<b>Total</b>"),
]

"""Tail probabilities and quantiles by SciPy: writes tests/fixtures/golden/probability.csv."""

import csv
import pathlib

from scipy import special, stats

ROWS = []
for z in (-30, -8.2, -3, -1, -0.1, 0, 0.3, 1.96, 5, 12, 37):
    ROWS.append(("normal_upper", z, "", "", stats.norm.sf(z)))
for p in (1e-12, 1e-4, 0.025, 0.3, 0.8, 0.975, 0.995, 0.9999):
    ROWS.append(("normal_quantile", p, "", "", stats.norm.ppf(p)))
for df in (1, 2, 3.7, 10, 57.25, 1000, 123456.5, 2e6):
    for t in (-4, -0.5, 0.01, 1, 2.5, 6, 20):
        ROWS.append(("t_upper", t, df, "", stats.t.sf(t, df)))
    for p in (0.01, 0.4, 0.9, 0.975, 0.995):
        ROWS.append(("t_quantile", p, df, "", stats.t.ppf(p, df)))
for a, b in ((1, 1), (2, 9), (5, 3), (1, 999998), (40, 60), (7, 123456), (1000, 2000)):
    for f in (0.2, 0.9, 1.05, 1.5, 3, 12):
        ROWS.append(("f_upper", f, a, b, stats.f.sf(f, a, b)))
for df in (1, 2, 5, 30, 400, 20000):
    for x in (0.1, 0.7, 0.97, 1.1, 1.6, 3):
        ROWS.append(("chi_square_upper", x * df, df, "", stats.chi2.sf(x * df, df)))
for a, b in ((0.5, 0.5), (0.03, 4), (2.5, 1.25), (30, 70), (800, 0.7)):
    for x in (0.001, 0.2, 0.5, 0.9, 0.999):
        ROWS.append(("beta_lower", x, a, b, special.betainc(a, b, x)))
for a in (0.05, 0.5, 1, 7.3, 120, 5000):
    for x in (0.3, 0.9, 1.0, 1.2, 2):
        ROWS.append(("gamma_lower", x * a, a, "", special.gammainc(a, x * a)))

target = pathlib.Path(__file__).parents[2] / "tests/fixtures/golden/probability.csv"
with target.open("w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(("function", "x", "a", "b", "value"))
    writer.writerows((name, repr(float(x)), a, b, repr(float(value))) for name, x, a, b, value in ROWS)

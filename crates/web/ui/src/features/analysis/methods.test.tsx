import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import document from "../../../../../../docs/openapi.json";
import { Markdown } from "./Markdown";
import { index, methodOf, methodsOf } from "./methods";

const KINDS = document.paths
  ? Object.keys(document.paths).flatMap((path) => /^\/api\/v1\/analysis\/([a-z_]+)$/.exec(path)?.[1] ?? [])
  : [];

test("every kind of the API has a text about its methods, which shows without its marks", () => {
  const kinds = KINDS.filter((kind) => kind !== "kinds");
  expect(kinds.length).toBeGreaterThanOrEqual(7);
  for (const kind of kinds) {
    expect(methodsOf(kind).length, kind).toBeGreaterThan(200);
    const { container, unmount } = render(<Markdown text={methodsOf(kind)} />);
    expect(container.textContent, kind).not.toMatch(/`|\| ---/);
    unmount();
  }
});

// The figures that the views show, by the names in the answers. A renamed one loses its text, and fails here.
test.each([
  [
    "descriptive",
    [
      "count",
      "nulls",
      "distinct",
      "mean",
      "median",
      "mode",
      "std",
      "variance",
      "min",
      "max",
      "q1",
      "q3",
      "iqr",
      "sum",
      "range",
      "skewness",
      "kurtosis",
      "zeros",
      "negatives",
      "outliers_iqr",
      "outliers_z",
      "trimmed_mean",
      "geometric_mean",
      "harmonic_mean",
      "mad",
      "gini",
      "entropy",
      "share_true",
      "median_length",
      "std_length",
    ],
  ],
  [
    "grouped",
    ["count", "n_unique", "sum", "mean", "std", "var", "median", "quantile", "mode", "min", "max", "first", "last"],
  ],
  [
    "correlation",
    ["pearson", "spearman", "kendall", "point_biserial", "cramers_v", "mutual_information", "missing", "corrected"],
  ],
  [
    "distribution",
    [
      "dagostino_k2",
      "jarque_bera",
      "anderson_darling",
      "shapiro_wilk",
      "ks",
      "normal",
      "gamma",
      "weibull",
      "beta",
      "iqr",
      "z_score",
      "mad",
    ],
  ],
  [
    "compare",
    [
      "student",
      "welch",
      "paired",
      "mann_whitney",
      "anova",
      "kruskal_wallis",
      "chi_square",
      "fisher_exact",
      "effect sizes",
      "assumptions",
    ],
  ],
  [
    "regression",
    [
      "estimate",
      "std_error",
      "statistic",
      "p_value",
      "low",
      "high",
      "r_squared",
      "adjusted_r_squared",
      "f",
      "log_likelihood",
      "aic",
      "bic",
      "durbin_watson",
      "jarque_bera",
      "breusch_pagan",
      "condition_number",
      "vif",
      "leverage",
      "cooks_distance",
      "studentized_residual",
      "deviance",
      "null_deviance",
      "likelihood_ratio",
      "auc",
      "accuracy",
      "separation",
    ],
  ],
  ["timeseries", ["trend", "autocorrelation", "seasonality", "gaps"]],
])("every figure of %s says how it is computed", (kind, figures) => {
  expect(figures.filter((figure) => !methodOf(kind, figure))).toEqual([]);
});

test("a row of a table belongs to every name in its first cell, and its other cells keep their heads", () => {
  const methods = index("| figure | definition | null or edge |\n| --- | --- | --- |\n| `a`, `b` | \\|x\\| | n < 2 |");
  expect(methods.get("b")).toEqual({ text: "|x|", more: [{ head: "null or edge", text: "n < 2" }] });
});

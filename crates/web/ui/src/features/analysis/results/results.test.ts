import { expect, test } from "vitest";
import type { Schemas } from "../../../api/client";
import { density, lnGamma } from "./densities";
import { boxOf } from "./quartiles";
import { sortRows } from "./SortableTable";
import { csvOf, formatOf, probability, tabsOf, thinned, withInterval } from "./values";

test("a column has one precision, at most four decimals; p-values and shares are written as usual", () => {
  expect([1.5, 20, 3.25].map(formatOf("mean", [1.5, 20, 3.25]))).toEqual(["1.50", "20.00", "3.25"]);
  expect([1, 20_000].map(formatOf("count", [1, 20_000]))).toEqual(["1", "20,000"]);
  expect([1 / 3, 1.2e-9].map(formatOf("std", [1 / 3, 1.2e-9]))).toEqual(["0.3333", "1.2 × 10⁻⁹"]);
  expect([0.0004, 0.5, null].map(formatOf("p_value", []))).toEqual(["< 0.001", "0.500", "–"]);
  expect([0.25].map(formatOf("units share", []))).toEqual(["25 %"]);
  expect(probability(undefined)).toBe("–");
  expect(withInterval(1, null, 2.5)).toBe("1 (−∞ to 2.5)");
});

test("missing values stay last both ways, numbers are compared as numbers", () => {
  const rows = [{ a: 10 }, { a: null }, { a: 9 }, {}];
  expect(sortRows(rows, "a", false).map(({ a }) => a ?? null)).toEqual([9, 10, null, null]);
  expect(sortRows(rows, "a", true).map(({ a }) => a ?? null)).toEqual([10, 9, null, null]);
});

test("CSV keeps all digits, quotes what needs it, and nothing in it is a formula", () => {
  const table = {
    columns: ["name", "x"],
    rows: [
      { name: "=HYPERLINK(1)", x: -0.1 + 0.3 },
      { name: 'a "b", c', x: null },
      { name: "-5", x: 2 },
    ],
  };
  expect(csvOf(table)).toBe('name,x\r\n\'=HYPERLINK(1),0.19999999999999998\r\n"a ""b"", c",\r\n-5,2\r\n');
  expect(tabsOf({ columns: ["a", "b"], rows: [{ a: "x\ty", b: 1 }] })).toBe("a\tb\nx y\t1");
});

test("ln gamma and the densities agree with SciPy", () => {
  expect(lnGamma(0.5)).toBeCloseTo(0.5723649429247001, 12);
  expect(lnGamma(10)).toBeCloseTo(12.801827480081469, 12);
  const at = (distribution: string, parameters: Record<string, number>, x: number) =>
    density({ distribution, parameters } as Schemas["Fit"])?.(x);
  expect(at("normal", { mean: 1, std: 2 }, 2)).toBeCloseTo(0.17603266338214976, 12);
  expect(at("gamma", { shape: 2.5, scale: 1.5 }, 2)).toBeCloseTo(0.2035266746686656, 12);
  expect(at("weibull", { shape: 1.5, scale: 2 }, 1)).toBeCloseTo(0.37239168821942203, 12);
  expect(at("beta", { a: 2, b: 3 }, 0.25)).toBeCloseTo(1.6875, 10);
  expect(at("uniform", { low: 0, high: 4 }, 5)).toBe(0);
  expect(at("exponential", {}, 1)).toBeUndefined();
});

test("the box of a box plot is that of the values, by type 7", () => {
  const values = [1, 2, 2, 3, 4, 50];
  const distinct = [...new Set(values)];
  const shares = distinct.map((value) => values.filter((one) => one <= value).length / values.length);
  const rule = { low: -1, high: 7, count: 1, rows: [{ row: 5, value: 50 }] };
  const outcome = {
    column: "a",
    rows: 6,
    count: 6,
    ecdf: { values: distinct, shares, complete: true },
    outliers: { iqr: rule, z_score: rule, mad: rule },
  };
  expect(boxOf(outcome)).toEqual({ q1: 2, median: 2.5, q3: 3.75, low: 1, high: 4, outliers: [50] });
});

test("a thinned curve keeps its ends", () => {
  const thin = thinned(
    Array.from({ length: 5_000 }, (_, i) => i),
    100,
  );
  expect([thin.length, thin[0], thin.at(-1)]).toEqual([100, 0, 4_999]);
});

// @vitest-environment node
import { expect, test } from "vitest";
import { bytes, full, percent, short } from "./numbers";

test("full values keep their digits and separators", () => {
  expect([1234567.891, -0.5, 0, null, Number.NaN].map((value) => full(value))).toEqual([
    "1,234,567.891",
    "−0.5",
    "0",
    "–",
    "–",
  ]);
  expect(full(-0.003, 2)).toBe("0");
  expect(full("-9007199254740993")).toBe("−9007199254740993");
  expect([0.000012, -3.21e18].map((value) => full(value))).toEqual(["1.2 × 10⁻⁵", "−3.21 × 10¹⁸"]);
});

test("short values have one to three digits and a unit", () => {
  expect([950, 1234, 18234, 642_000, 1.3e6, 8.2e9, -1500, 999_600].map(short)).toEqual([
    "950",
    "1.2k",
    "18k",
    "642k",
    "1.3M",
    "8.2B",
    "−1.5k",
    "1M",
  ]);
});

test("bytes and shares", () => {
  expect([0, 640, 1500, 104_857_600].map(bytes)).toEqual(["0 B", "640 B", "1.5 kB", "105 MB"]);
  expect([0.4182, 1, null].map((share) => percent(share))).toEqual(["41.8 %", "100 %", "–"]);
});

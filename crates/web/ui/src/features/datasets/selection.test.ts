// @vitest-environment node
import { expect, test } from "vitest";
import { asTable, isWithin, rangeOf, sizeOf } from "./selection";

test("a selection is the same whichever corner it began in", () => {
  const range = rangeOf({ anchor: { row: 5, column: 3 }, active: { row: 2, column: 1 } });
  expect(range).toEqual({ firstRow: 2, lastRow: 5, firstColumn: 1, lastColumn: 3 });
  expect(sizeOf(range)).toBe(12);
  expect(isWithin(range, 2, 3)).toBe(true);
  expect(isWithin(range, 6, 3)).toBe(false);
});

test("cells are copied with their headers, and what would break a table is quoted", () => {
  const rows = [
    [1.5, null, 'a "b"'],
    [true, "tab\there", "two\nlines"],
  ];
  expect(asTable(["x", "y", "z"], rows)).toBe('x\ty\tz\n1.5\t\t"a ""b"""\ntrue\t"tab\there"\t"two\nlines"');
});

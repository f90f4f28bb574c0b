// @vitest-environment node
import { expect, test } from "vitest";
import {
  clampTop,
  type Extent,
  isScaled,
  MAX_SCROLL,
  ROW_HEIGHT,
  scrollFor,
  scrollHeight,
  topFor,
  topToShow,
  visibleRows,
} from "./window";

const small: Extent = { rows: 1_000, height: 560 };
const huge: Extent = { rows: 5_000_000, height: 560 };

test("a small table scrolls pixel by pixel", () => {
  expect(isScaled(small)).toBe(false);
  expect(topFor(123, small)).toBe(123);
  expect(scrollFor(123, small)).toBe(123);
});

test("the end of the scroll bar is exactly the last row, of five million too", () => {
  for (const extent of [small, huge]) {
    const end = topFor(scrollHeight(extent) - extent.height, extent);
    expect(end).toBe(extent.rows * ROW_HEIGHT - extent.height);
    expect(visibleRows(end, extent, 0).last).toBe(extent.rows);
  }
  expect(scrollHeight(huge)).toBe(MAX_SCROLL);
});

test("paging through a huge table skips no row", () => {
  const page = Math.floor(huge.height / ROW_HEIGHT) * ROW_HEIGHT;
  let top = 0;
  for (let i = 0; i < 1_000; i++) {
    const before = visibleRows(top, huge, 0);
    top = clampTop(top + page, huge);
    expect(visibleRows(top, huge, 0).first).toBeLessThanOrEqual(before.last);
  }
  expect(top).toBe(1_000 * page);
});

test("the scroll bar and the rows agree both ways", () => {
  for (const top of [0, 1_000_000, 77_000_000, 139_999_440]) {
    expect(Math.abs(topFor(scrollFor(top, huge), huge) - top)).toBeLessThan(0.001);
  }
});

test("a row is brought into view by the least movement", () => {
  expect(topToShow(5, 0, small)).toBe(0);
  expect(topToShow(25, 0, small)).toBe(26 * ROW_HEIGHT - small.height);
  expect(topToShow(3, 500, small)).toBe(3 * ROW_HEIGHT);
});

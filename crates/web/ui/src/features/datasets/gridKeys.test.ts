// @vitest-environment node
import { expect, test } from "vitest";
import { placeAfter } from "./gridKeys";
import type { Extent } from "./window";

const extent: Extent = { rows: 1_000_000, height: 560 };
const key = (name: string, ctrlKey = false) => ({ key: name, ctrlKey, metaKey: false });

test("keys lead where people expect and never beyond the table", () => {
  const at = { row: 10, column: 2 };
  expect(placeAfter(key("End"), at, extent, 5)).toEqual({ row: 999_999, column: 2 });
  expect(placeAfter(key("ArrowRight", true), at, extent, 5)).toEqual({ row: 10, column: 4 });
  expect(placeAfter(key("ArrowUp"), { row: 0, column: 0 }, extent, 5)).toEqual({ row: 0, column: 0 });
  expect(placeAfter(key("PageDown"), at, extent, 5)).toEqual({ row: 29, column: 2 });
  expect(placeAfter(key("x"), at, extent, 5)).toBeNull();
  expect(placeAfter(key("End"), at, { ...extent, rows: 0 }, 5)).toBeNull();
});

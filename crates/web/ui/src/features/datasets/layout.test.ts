// @vitest-environment node
import { expect, test } from "vitest";
import { inView, layOut, NO_LAYOUT, NUMBER_WIDTH, withHidden, withPinned, withWidth } from "./layout";

const names = ["a", "b", "c", "d"];

test("columns stand one after the other", () => {
  const layout = layOut(names, NO_LAYOUT);
  expect(layout.loose.map(({ left }) => left)).toEqual([0, 150, 300, 450]);
  expect(layout.width).toBe(NUMBER_WIDTH + 600);
});

test("a pinned column comes first, a hidden one not at all, a wide one moves the others", () => {
  const layout = layOut(names, withWidth(withHidden(withPinned(NO_LAYOUT, "c"), "a"), "c", 300));
  expect(layout.pinned).toEqual([{ index: 2, left: 0, width: 300 }]);
  expect(layout.loose.map(({ index, left }) => [index, left])).toEqual([
    [1, 0],
    [3, 150],
  ]);
  expect(layout.pinnedWidth).toBe(300);
});

test("widths stay within bounds, and pinning twice is as before", () => {
  expect(withWidth(NO_LAYOUT, "a", -5).widths.a).toBe(56);
  expect(withWidth(NO_LAYOUT, "a", 5_000).widths.a).toBe(900);
  expect(withPinned(withPinned(NO_LAYOUT, "a"), "a")).toEqual(NO_LAYOUT);
});

test("of many columns only those in view are drawn", () => {
  const { loose } = layOut(
    Array.from({ length: 10_000 }, (_, i) => `c${i}`),
    NO_LAYOUT,
  );
  const seen = inView(loose, 150_000, 151_000).map(({ index }) => index);
  expect(seen[0]).toBe(999);
  expect(seen.length).toBeLessThan(12);
  expect(inView(loose, 1_499_000, 1_500_000).at(-1)?.index).toBe(9_999);
});

test("a column may have the name of something that every object has", () => {
  expect(layOut(["constructor", "toString", "__proto__"], NO_LAYOUT).loose.map(({ width }) => width)).toEqual([
    150, 150, 150,
  ]);
});

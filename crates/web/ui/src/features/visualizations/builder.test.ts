// The rules of the builder: which channels take a column, where encodings go with another kind, undo, addresses, errors.
import { describe, expect, it } from "vitest";
import { aggregatesOf, refusal } from "./accepting";
import { packed, unpacked } from "./address";
import { begun, recorded, redone, undone } from "./history";
import { bestSlot, movedTo } from "./moving";
import { errorsOf } from "./problems";
import { added, canonical, lacking, withoutEncoding } from "./spec";
import type { Channel, ChartKindInfo, ChartName, ChartSpec, Column, ColumnType, Slot } from "./types";

const column = (name: string, type: ColumnType): Column => ({ name, type, nulls: 0, encoding: "plain" });
const COLUMNS = [
  column("ordered_on", "date"),
  column("country", "text"),
  column("price", "float"),
  column("units", "integer"),
];
const slot = (channel: Channel, least: number, most: number, more: Partial<Slot> = {}): Slot => ({
  channel,
  least,
  most,
  accepts: "any",
  aggregates: "never",
  help: "",
  ...more,
});
const kind = (name: ChartName, channels: Slot[], options: string[] = [], has_axes = true): ChartKindInfo => ({
  name,
  title: name,
  summary: "",
  channels,
  options,
  has_axes,
  example: {},
});
const FIGURE = { aggregates: "always" as const };
const BAR = kind("bar", [slot("x", 1, 1), slot("y", 0, 20, FIGURE), slot("color", 0, 1)], ["stack", "opacity"]);
const PIE = kind("pie", [slot("x", 1, 1), slot("y", 0, 1, FIGURE)], ["hole"], false);
const TREEMAP = kind("treemap", [slot("rows", 1, 5), slot("size", 0, 1, FIGURE)], ["values"], false);
const SCATTER = kind("scatter", [
  slot("x", 1, 1, { accepts: "numbers_or_times" }),
  slot("y", 1, 1, { accepts: "numbers_or_times" }),
  slot("color", 0, 1),
]);
const SPEC: ChartSpec = {
  kind: "bar",
  dataset_id: "d",
  x: { column: "country", sort: "-value" },
  y: [{ column: "price", aggregate: "mean" }],
  color: { column: "ordered_on", granularity: "year" },
  options: { stack: "stacked", opacity: 0.5 },
  annotations: [{ kind: "line", axis: "y", at: 10 }],
};

describe("accepting columns", () => {
  it("refuses a type with the reason", () => {
    const numbers = slot("x", 1, 1, { accepts: "numbers" });
    expect(refusal(numbers, column("country", "text"))).toBe("country holds text values; this takes numbers.");
    expect(refusal(numbers, column("price", "decimal"))).toBeNull();
    expect(refusal(slot("x", 1, 1, { accepts: "times" }), column("t", "time"))).toContain("takes dates");
  });
  it("takes every column as a count where figures are shown", () => {
    const figure = slot("color", 0, 1, { accepts: "numbers", ...FIGURE });
    expect(refusal(figure, column("country", "text"))).not.toBeNull();
    expect(refusal(figure, column("country", "text"), "n_unique")).toBeNull();
  });
  it("offers the figures that a type has", () => {
    expect(aggregatesOf(undefined)).toEqual(["count"]);
    expect(aggregatesOf(column("a", "text"))).not.toContain("sum");
    expect(aggregatesOf(column("a", "boolean"))).toContain("mean");
    expect(aggregatesOf(column("a", "integer"))).toContain("quantile");
  });
});

describe("changing the kind", () => {
  it("keeps what the new kind takes, and the options that it knows", () => {
    const moved = movedTo(SPEC, PIE, COLUMNS);
    expect(moved).toEqual({ kind: "pie", dataset_id: "d", x: SPEC.x, y: SPEC.y });
  });
  it("moves encodings to channels of their kin", () => {
    const moved = movedTo(SPEC, TREEMAP, COLUMNS);
    expect(moved.rows?.map(({ column: name }) => name)).toEqual(["country", "ordered_on"]);
    expect(moved.size).toEqual({ column: "price", aggregate: "mean" });
    expect(moved.x).toBeUndefined();
  });
  it("leaves out what does not fit, and the figure of values that are shown as they are", () => {
    const moved = movedTo(SPEC, SCATTER, COLUMNS);
    expect(moved.y).toEqual([{ column: "price" }]);
    expect(moved.x).toBeUndefined();
    expect(lacking(moved, SCATTER).map(({ channel }) => channel)).toEqual(["x"]);
  });
  it("adds a column where it suits best", () => {
    const empty: ChartSpec = { kind: "bar", dataset_id: "d" };
    expect(bestSlot(empty, BAR, column("country", "text"))?.channel).toBe("x");
    expect(bestSlot({ ...empty, x: { column: "country" } }, BAR, column("price", "float"))?.channel).toBe("y");
  });
});

describe("a channel", () => {
  it("gives its last encoding up when it is full", () => {
    const full = added(SPEC, slot("x", 1, 1), { column: "units" });
    expect(full.x).toEqual({ column: "units" });
    expect(added(SPEC, slot("y", 0, 2), { column: "units" }).y).toHaveLength(2);
  });
  it("is gone without encodings", () => {
    expect("y" in withoutEncoding(SPEC, "y", 0)).toBe(false);
  });
});

describe("the address", () => {
  it("holds any spec, shorter than its JSON", () => {
    const unicode: ChartSpec = {
      ...SPEC,
      title: 'Größe — 東京 🎉 "quoted"',
      filter: [{ column: "ö", op: "in", values: ["a"] }],
    };
    for (const spec of [SPEC, unicode, { kind: "table", dataset_id: "d" } as ChartSpec]) {
      const text = packed(spec);
      expect(text).toMatch(/^[\w-]+$/);
      expect(unpacked(text, "d")).toEqual(spec);
    }
    expect(packed(SPEC).length).toBeLessThan(JSON.stringify(SPEC).length);
  });
  it("holds long specs, too", () => {
    const rows = Array.from({ length: 50 }, (_, i) => ({ column: `column number ${i * 7919}`, title: `t${i}` }));
    const spec: ChartSpec = { kind: "table", dataset_id: "d", rows };
    expect(unpacked(packed(spec), "d")).toEqual(spec);
  });
  it("is no spec when somebody wrote something else there", () => {
    for (const text of [undefined, 7, "", "s", "sA", "s!!!", "xABC", packed(SPEC).slice(0, -9), `${packed(SPEC)}AAAA`])
      expect(() => unpacked(text, "d")).not.toThrow();
    expect(unpacked("s!!", "d")).toBeUndefined();
    expect(unpacked(packed(SPEC).slice(0, -9), "d")).toBeUndefined();
  });
});

describe("undo and redo", () => {
  it("goes back and forth, and forgets what was undone at the next change", () => {
    let history = recorded(recorded(begun(1), 2), 3);
    history = undone(undone(history));
    expect(history.now).toBe(1);
    expect(undone(history).now).toBe(1);
    history = redone(history);
    expect(history.now).toBe(2);
    history = recorded(history, 9);
    expect(redone(history).now).toBe(9);
    expect(undone(history).now).toBe(2);
  });
  it("takes one movement as one step", () => {
    let history = recorded(begun(0), 1, "slider", 1_000);
    history = recorded(history, 2, "slider", 1_500);
    history = recorded(history, 3, "slider", 2_200);
    expect(undone(history).now).toBe(0);
    history = recorded(history, 4, "slider", 9_000);
    expect(undone(history).now).toBe(3);
    expect(undone(recorded(history, 5, "other", 9_100)).now).toBe(4);
  });
});

describe("errors of the server", () => {
  it("find their places", () => {
    const errors = errorsOf([
      { pointer: "/charts/0/x/column", detail: "a" },
      { pointer: "/charts/0/y/1/aggregate", detail: "b" },
      { pointer: "/chart/y", detail: "c" },
      { pointer: "/charts/0/options/trend/window", detail: "d" },
      { pointer: "/charts/0/filter/2/value", detail: "e" },
      { pointer: "/charts/0/annotations/0/text", detail: "f" },
      { pointer: "/charts", detail: "g" },
    ]);
    expect(errors.wells).toEqual([
      { channel: "x", at: 0, field: "column", detail: "a" },
      { channel: "y", at: 1, field: "aggregate", detail: "b" },
      { channel: "y", at: -1, field: "", detail: "c" },
    ]);
    expect(errors.options).toEqual({ trend: "d" });
    expect(errors.filter).toEqual([{ at: 2, detail: "e" }]);
    expect(errors.annotations).toEqual([{ at: 0, detail: "f" }]);
    expect(errors.others).toEqual(["g"]);
  });
});

describe("two specs", () => {
  it("are the same whatever the order of their parts, and with empty parts", () => {
    const other = { ...SPEC, size: undefined, rows: [], y: [{ aggregate: "mean", column: "price" }] } as ChartSpec;
    expect(canonical(other)).toBe(canonical(SPEC));
    expect(canonical({ ...SPEC, x: { column: "units" } })).not.toBe(canonical(SPEC));
  });
});

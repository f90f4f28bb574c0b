// A click on a mark as conditions on rows.
import { describe, expect, it } from "vitest";
import { conditionsOf, withPicked } from "./picking";
import type { ChartAnswer, ChartSpec, Column, ColumnType } from "./types";

const column = (name: string, type: ColumnType): Column => ({ name, type, nulls: 0, encoding: "plain" });
const COLUMNS = [column("ordered_on", "date"), column("country", "text"), column("price", "float")];
const answer = (trace: object, layout: object = {}): ChartAnswer => ({
  kind: "bar",
  figure: { data: [trace as Record<string, unknown>], layout: layout as Record<string, unknown> },
  sentence: "",
  notes: [],
  table: { columns: [], rows: [], is_cut: false },
});
const mark = (pointNumber: number) => ({ curveNumber: 0, pointNumber });
const spec = (part: Partial<ChartSpec>): ChartSpec => ({ kind: "bar", dataset_id: "d", ...part });

describe("a mark", () => {
  it("of a category is that category", () => {
    const bars = answer({ type: "bar", x: ["Chile", "A &lt; B"], y: [1, 2] }, { xaxis: { type: "category" } });
    const chart = spec({ x: { column: "country" } });
    expect(conditionsOf(chart, bars, COLUMNS, mark(1))).toEqual([{ column: "country", op: "eq", value: "A < B" }]);
  });
  it("of lying bars stands on the other axis", () => {
    const bars = answer(
      { type: "bar", orientation: "h", y: ["Chile", "Peru"], x: [1, 2] },
      { yaxis: { type: "category" }, xaxis: { type: "linear" } },
    );
    expect(conditionsOf(spec({ x: { column: "country" } }), bars, COLUMNS, mark(0))).toEqual([
      { column: "country", op: "eq", value: "Chile" },
    ]);
  });
  it("of a class lies between its ends", () => {
    const bars = answer({ type: "bar", x: [5, 15], y: [1, 2], width: [10, 10] }, { xaxis: { type: "linear" } });
    expect(conditionsOf(spec({ kind: "histogram", x: { column: "price" } }), bars, COLUMNS, mark(1))).toEqual([
      { column: "price", op: "ge", value: 10 },
      { column: "price", op: "lt", value: 20 },
    ]);
  });
  it("of a month goes to the next month, wherever in it the mark stands, though others may lack", () => {
    const starts = ["2025-01-01", "2025-02-01", "2025-05-01"];
    const drawn = answer({ type: "bar", x: ["2025-01-16", "2025-02-15", "2025-05-16"] }, { xaxis: { type: "date" } });
    drawn.table = { columns: [column("ordered_on", "date")], rows: starts.map((start) => [start]), is_cut: false };
    const chart = spec({ x: { column: "ordered_on" } });
    expect(conditionsOf(chart, drawn, COLUMNS, mark(1))).toEqual([
      { column: "ordered_on", op: "ge", value: "2025-02-01" },
      { column: "ordered_on", op: "lt", value: "2025-03-01" },
    ]);
    const quarters = spec({ x: { column: "ordered_on", granularity: "quarter" } });
    expect(conditionsOf(quarters, drawn, COLUMNS, mark(0))[1]?.value).toBe("2025-04-01");
    const byValue = answer(
      { type: "bar", x: ["May 2025", "Jan 2025", "Feb 2025"] },
      { xaxis: { type: "category", categoryarray: ["May 2025", "Jan 2025", "Feb 2025"] } },
    );
    byValue.table = { ...drawn.table, rows: [["2025-05-01"], ["2025-01-01"], ["2025-02-01"]] };
    expect(conditionsOf(chart, byValue, COLUMNS, mark(0))[0]?.value).toBe("2025-05-01");
  });
  it("of a number that is a category is that number", () => {
    const bars = answer({ type: "bar", x: ["−1,200"], y: [1] }, { xaxis: { type: "category" } });
    expect(conditionsOf(spec({ x: { column: "price" } }), bars, COLUMNS, mark(0))[0]?.value).toBe(-1200);
  });
  it("of a country is what the column calls it", () => {
    const map = answer({ type: "choropleth", locations: ["CHL"], hovertext: ["Chile<br>3"] });
    const chart = spec({ kind: "choropleth", x: { column: "country" } });
    expect(conditionsOf(chart, map, COLUMNS, mark(0))[0]?.values).toEqual(["Chile", "CHL", "CL"]);
    expect(conditionsOf(chart, map, COLUMNS, mark(0), () => ["PER", "CHL"])).toEqual([
      { column: "country", op: "eq", value: "CHL" },
    ]);
  });
  it("of a series is also that series; what is missing, and what stands for others, is told as such", () => {
    const series = (name: string) =>
      conditionsOf(
        spec({ x: { column: "price" }, color: { column: "country" } }),
        answer({ type: "scatter", name, x: [1], y: [2] }, { xaxis: { type: "linear" } }),
        COLUMNS,
        mark(0),
      )[1];
    expect(series("Peru")).toEqual({ column: "country", op: "eq", value: "Peru" });
    expect(series("(missing)")).toEqual({ column: "country", op: "is_null" });
    expect(series("Other")).toBeUndefined();
  });
  it("of a treemap is its path", () => {
    const tiles = answer({ type: "treemap", ids: ["0", "1"], labels: ["2025", "Chile"], parents: ["", "0"] });
    const chart = spec({ kind: "treemap", rows: [{ column: "price" }, { column: "country" }] });
    expect(conditionsOf(chart, tiles, COLUMNS, mark(1)).map(({ value }) => value)).toEqual([2025, "Chile"]);
  });
});

describe("a filter", () => {
  const eq = (value: unknown) => ({ column: "country", op: "eq" as const, value });
  it("takes a click in the place of what it said of the column", () => {
    const other = { column: "price", op: "gt" as const, value: 1 };
    expect(withPicked([eq("Peru"), other], [[eq("Chile")]])).toEqual([other, eq("Chile")]);
  });
  it("takes several marks as a list, several periods as one span", () => {
    expect(withPicked([], [[eq("Chile")], [eq("Peru")]])).toEqual([
      { column: "country", op: "in", values: ["Chile", "Peru"] },
    ]);
    const month = (from: string, to: string) => [
      { column: "t", op: "ge" as const, value: from },
      { column: "t", op: "lt" as const, value: to },
    ];
    expect(withPicked([], [month("2025-03-01", "2025-04-01"), month("2025-01-01", "2025-02-01")])).toEqual(
      month("2025-01-01", "2025-04-01"),
    );
  });
});

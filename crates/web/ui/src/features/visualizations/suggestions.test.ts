// Which charts are suggested for which columns.
import { describe, expect, it } from "vitest";
import { areCountries } from "./countries";
import { type Facts, roleOf, suggestions, telling } from "./suggestions";
import type { Column, ColumnType } from "./types";

const column = (name: string, type: ColumnType): Column => ({ name, type, nulls: 0, encoding: "plain" });
const FACTS = new Map<string, Facts>([
  ["product", { distinct: 6, rows: 600 }],
  ["region", { distinct: 4, rows: 600 }],
  ["customer", { distinct: 90, rows: 600 }],
]);
const TIME = column("ordered_on", "date");
const PRICE = column("price", "float");
const UNITS = column("units", "integer");
const PRODUCT = column("product", "text");
const REGION = column("region", "text");
const first = (...columns: Column[]) => suggestions("d", columns, FACTS)[0]?.spec;
const kinds = (...columns: Column[]) => suggestions("d", columns, FACTS).map(({ spec }) => spec.kind);

describe("suggestions", () => {
  it("a time and a number are a line of sums by month", () => {
    expect(first(TIME, PRICE)).toEqual({
      kind: "line",
      dataset_id: "d",
      x: { column: "ordered_on", granularity: "month" },
      y: [{ column: "price", aggregate: "sum" }],
    });
  });
  it("with a group, one line for each", () => {
    expect(first(TIME, PRICE, PRODUCT)?.color).toEqual({ column: "product" });
    expect(first(TIME, column("customer", "text"))?.color).toEqual({ column: "customer", limit: 7 });
  });
  it("a category and a number are bars, the longest first", () => {
    expect(first(PRODUCT, PRICE)).toMatchObject({ kind: "bar", x: { column: "product", sort: "-value" } });
    expect(kinds(column("customer", "text"), PRICE)).not.toContain("pie");
    expect(first(column("customer", "text"), PRICE)?.x).toEqual({ column: "customer", sort: "-value", limit: 20 });
  });
  it("a number is a histogram, two are a scatter chart, three have sizes", () => {
    expect(first(PRICE)?.kind).toBe("histogram");
    expect(first(PRICE, UNITS)).toMatchObject({ kind: "scatter", x: { column: "price" }, y: [{ column: "units" }] });
    expect(kinds(PRICE, UNITS, column("rating", "float"))).toContain("scatter_3d");
  });
  it("two categories are a heat map", () => {
    expect(first(PRODUCT, REGION)?.kind).toBe("heatmap");
    expect(first(PRODUCT, REGION, PRICE)?.color).toEqual({ column: "price", aggregate: "sum" });
  });
  it("countries are a map, by name or by values", () => {
    expect(first(column("country", "text"))?.kind).toBe("choropleth");
    const byValues = new Map<string, Facts>([["place", { top: ["Chile", "Peru", "Norway", "?"] }]]);
    expect(suggestions("d", [column("place", "text"), PRICE], byValues)[0]?.spec.kind).toBe("choropleth");
    expect(areCountries(["red", "green", "CL"])).toBe(false);
  });
  it("longitude and latitude are points on a map", () => {
    expect(first(column("latitude", "float"), column("lon", "float"))).toMatchObject({
      kind: "point_map",
      x: { column: "lon" },
      y: [{ column: "latitude" }],
    });
  });
  it("numbers that name something are not summed", () => {
    expect(roleOf(column("order_id", "integer"))).toBe("key");
    expect(roleOf(column("year", "integer"), { distinct: 12 })).toBe("category");
    expect(roleOf(column("note", "text"), { distinct: 590, rows: 600 })).toBe("key");
    expect(first(column("order_id", "integer"))).toMatchObject({ kind: "number", y: [{ aggregate: "n_unique" }] });
  });
  it("has something for every set of columns, each title once", () => {
    for (const set of [
      [TIME],
      [PRICE, PRODUCT, REGION],
      [TIME, TIME],
      [column("a", "boolean")],
      [UNITS, TIME, PRICE],
    ]) {
      const titles = suggestions("d", set, FACTS).map(({ title }) => title);
      expect(titles.length).toBeGreaterThan(0);
      expect(new Set(titles).size).toBe(titles.length);
    }
  });
  it("begins with a time, a number and a small group", () => {
    const all = [column("order_id", "integer"), TIME, column("customer", "text"), PRODUCT, PRICE];
    expect(telling(all, FACTS).map(({ name }) => name)).toEqual(["ordered_on", "price", "product"]);
  });
});

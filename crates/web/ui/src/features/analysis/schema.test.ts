import { expect, test } from "vitest";
import document from "../../../../../../docs/openapi.json";
import type { Column } from "../datasets/queries";
import { errorAt, paramsOf, scalarOf, shownValues } from "./params";
import { complete, type Field, fieldsOf, type Schema } from "./schema";

const columns = [
  { name: "id", type: "integer" },
  { name: "price", type: "float" },
  { name: "region", type: "text" },
  { name: "day", type: "date" },
] as Column[];

const known = document.components.schemas as unknown as Record<string, Schema>;
const kinds = Object.keys(known)
  .filter((name) => name.endsWith("Params") && known[name]?.properties?.dataset_id)
  .filter((name) => `${name.slice(0, -6)}Outcome` in known);
const fieldsFor = (name: string) => fieldsOf(complete(known[name] ?? {}, known), columns);
const field = (kind: string, name: string) => {
  const found = fieldsFor(kind).find((one) => one.name === name);
  if (!found) throw new Error(`${kind} has no ${name}`);
  return found;
};
const choices = (one: Field) =>
  "choices" in one ? one.choices.map((choice) => (typeof choice === "string" ? choice : choice.value)) : [];

test("no kind of the API needs JSON to be typed, at any depth", () => {
  const sorts = (fields: Field[], at: string): string[] =>
    fields.flatMap((one) => [
      ...(one.sort === "json" ? [`${at}.${one.name}`] : []),
      ...("fields" in one ? sorts(one.fields, `${at}.${one.name}`) : []),
      ...("item" in one ? sorts([one.item], `${at}.${one.name}`) : []),
    ]);
  expect(kinds.length).toBeGreaterThanOrEqual(7);
  expect(kinds.flatMap((name) => sorts(fieldsFor(name), name))).toEqual([]);
});

test("columns are offered by the types that suit the parameter", () => {
  expect(choices(field("DistributionParams", "column"))).toEqual(["id", "price"]);
  expect(choices(field("TimeseriesParams", "time"))).toEqual(["day"]);
  expect(choices(field("TimeseriesParams", "value"))).toEqual(["id", "price"]);
  expect(choices(field("CompareParams", "by"))).toEqual(["id", "price", "region", "day"]);
  expect(choices(field("RegressionParams", "categorical"))).toEqual(["id", "price", "day"]);
  expect(choices(field("DescriptiveParams", "weights"))).toEqual(["id", "price"]);
  expect(field("GroupedParams", "by").sort).toBe("list");
  expect(field("GroupedParams", "filter").sort).toBe("conditions");
  expect(field("RegressionParams", "powers").sort).toBe("map");
  expect(field("DistributionParams", "histogram").sort).toBe("variant");
  expect(field("CorrelationParams", "methods").sort).toBe("choices");
});

test("what must be given stands first and begins with a column that suits", () => {
  const fields = fieldsFor("TimeseriesParams");
  expect(fields[0]?.name).toBe("time");
  expect(shownValues(fields).time).toBe("day");
  expect(shownValues(fieldsFor("DistributionParams")).column).toBe("price");
});

test("a form says what was given, and nothing else", () => {
  const fields = fieldsFor("DescriptiveParams");
  const { params, errors } = paramsOf(fields, {
    ...shownValues(fields),
    percentiles: "5, 50;95",
    by: ["region"],
    top: 3,
  });
  expect(errors.size).toBe(0);
  expect(params).toEqual({
    percentiles: [5, 50, 95],
    by: ["region"],
    top: 3,
    confidence: 0.95,
    trim: 0.1,
    exact: false,
  });
});

test("the parameters of an earlier request come back as they were", () => {
  const asked: Record<string, Record<string, unknown>> = {
    GroupedParams: {
      by: [{ column: "day", every: "month" }],
      measures: [{ function: "quantile", column: "price", quantile: 0.9, share: false }],
      filter: [{ column: "region", op: "in", values: ["North", "South"] }],
      limit: 1000,
      totals: true,
      other: false,
    },
    RegressionParams: {
      target: "price",
      columns: ["region", "id"],
      model: "linear",
      powers: { id: 2 },
      reference: { region: "North" },
      intercept: true,
      confidence: 0.9,
      top: 10,
    },
    DistributionParams: {
      column: "price",
      histogram: { edges: [0, 1, 10] },
      bandwidth: { width: 0.5 },
      points: 64,
      iqr_factor: 2,
      z_limit: 3,
      mad_limit: 3.5,
      outlier_rows: 10,
    },
  };
  for (const [kind, params] of Object.entries(asked)) {
    const fields = fieldsFor(kind);
    expect(paramsOf(fields, shownValues(fields, params)).params).toEqual(params);
  }
});

test("what cannot be read is told where it stands, and the server's errors are found there", () => {
  const fields = fieldsFor("DistributionParams");
  const { errors } = paramsOf(fields, { ...shownValues(fields), histogram: { edges: "1, x" } });
  expect([...errors]).toEqual([["/histogram/edges", "“x” is not a number."]]);
  const told = new Map([["/percentiles/1", "too large"]]);
  expect(errorAt(told, "/percentiles", true)).toBe("too large");
  expect(errorAt(told, "/percentiles")).toBeUndefined();
});

test("values of conditions are read as JSON has them, and large integers keep their digits", () => {
  expect(["12.5", "true", "North", '"12"', "9007199254740993", "", "-3"].map(scalarOf)).toEqual([
    12.5,
    true,
    "North",
    "12",
    "9007199254740993",
    "",
    -3,
  ]);
});

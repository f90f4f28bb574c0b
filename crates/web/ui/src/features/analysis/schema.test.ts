import { expect, test } from "vitest";
import type { Column } from "../datasets/queries";
import { fieldsOf, type Schema, typedValue } from "./schema";

const columns = [{ name: "price" }, { name: "region" }] as Column[];
const schema: Schema = {
  required: ["dataset_id", "by"],
  properties: {
    dataset_id: { type: "string" },
    columns: { type: ["array", "null"], items: { type: "string" }, description: "Which." },
    by: { type: "string" },
    percentiles: { type: "array", items: { type: "number" }, default: [5, 95] },
    top: { type: "integer", minimum: 0, maximum: 1000 },
    method: { oneOf: [{ type: "null" }, { type: "string", enum: ["a", "b"] }] },
    exact: { type: "boolean" },
    filter: { type: "array", items: { type: "object" } },
  },
};

test("each property becomes the field that suits it", () => {
  const sorts = fieldsOf(schema, columns).map(({ name, sort, isRequired }) => [name, sort, isRequired]);
  expect(sorts).toEqual([
    ["columns", "columns", false],
    ["by", "column", true],
    ["percentiles", "numbers", false],
    ["top", "number", false],
    ["method", "choice", false],
    ["exact", "switch", false],
    ["filter", "json", false],
  ]);
});

test("what is typed becomes the parameter, and nothing is left out", () => {
  const [, , percentiles, top, , , filter] = fieldsOf(schema, columns);
  if (!percentiles || !top || !filter) throw new Error("fields are missing");
  expect(typedValue(percentiles, "5, 50;95")).toEqual([5, 50, 95]);
  expect(() => typedValue(percentiles, "5, x")).toThrow("“x” is not a number.");
  expect(typedValue(top, "")).toBeUndefined();
  expect(typedValue(filter, '[{"column":"price"}]')).toEqual([{ column: "price" }]);
});

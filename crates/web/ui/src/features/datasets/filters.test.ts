// @vitest-environment node
import { expect, test } from "vitest";
import { condition, conditionsOf, inWords, listed, operatorsFor } from "./filters";

test("conditions carry what their operator takes", () => {
  expect(condition("price", "ge", " 10 ", "")).toEqual({ column: "price", op: "ge", value: "10" });
  expect(condition("price", "between", "1", "5")).toEqual({ column: "price", op: "between", values: ["1", "5"] });
  expect(condition("price", "is_null", "ignored", "")).toEqual({ column: "price", op: "is_null" });
  expect(condition("name", "contains", " a ", "")).toEqual({ column: "name", op: "contains", value: " a " });
  expect(condition("name", "in", 'North, "a, ""b"""', "").values).toEqual(["North", 'a, "b"']);
});

test("lists may be empty or quoted", () => {
  expect(listed("")).toEqual([]);
  expect(listed('a,,"b,c"')).toEqual(["a", "b,c"]);
});

test("conditions read as sentences", () => {
  expect(inWords({ column: "region", op: "in", values: ["North", "South"] })).toBe("region is one of North, South");
  expect(inWords({ column: "price", op: "between", values: [1, 5] })).toBe("price is between 1 – 5");
  expect(inWords({ column: "price", op: "is_null" })).toBe("price is missing");
});

test("truth values have no order, and text alone has parts", () => {
  expect(operatorsFor("boolean")).not.toContain("lt");
  expect(operatorsFor("text")).toContain("contains");
  expect(operatorsFor("float")).not.toContain("contains");
});

test("an address that holds nonsense filters nothing", () => {
  expect(conditionsOf("x")).toEqual([]);
  expect(conditionsOf([null, 3, { column: "a" }, { column: "a", op: "is_null" }])).toEqual([
    { column: "a", op: "is_null" },
  ]);
});

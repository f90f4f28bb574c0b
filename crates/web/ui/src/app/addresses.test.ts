// @vitest-environment node
import { expect, test } from "vitest";
import { adminSearch, datasetSearch } from "./addresses";

test("an address of a dataset keeps what is known and drops the rest", () => {
  const filter = [{ column: "a", op: "is_null" }];
  expect(datasetSearch({ tab: "columns", sort: "-a", filter, version: 2 })).toEqual({
    tab: "columns",
    sort: "-a",
    filter,
    version: 2,
  });
  expect(datasetSearch({ tab: "<img>", sort: 3, filter: "x", version: -1, other: 1 })).toEqual({});
});

test("an address of the administration does so too", () => {
  expect(adminSearch({ tab: "jobs", status: "failed", dead: true, lane: "batch", q: "" })).toEqual({
    tab: "jobs",
    status: "failed",
    dead: true,
    lane: "batch",
  });
  expect(adminSearch({ status: "unknown", dead: "yes" })).toEqual({});
});

// @vitest-environment node
import { expect, test } from "vitest";
import { NO_CHOICES, NONE, optionsFor, optionsOf } from "./parse";

test("nothing chosen asks for nothing, so that everything is detected", () => {
  expect(optionsOf(NO_CHOICES)).toEqual({});
  expect(optionsOf({ fields: { delimiter: "", quote: "" }, columns: {} })).toEqual({});
});

test("texts become what the server takes", () => {
  const fields = {
    header: "false",
    delimiter: "tab",
    quote: NONE,
    compression: NONE,
    skip_rows: "3",
    quarantine_percent: "2.5",
    null_values: "-, n.a.",
  } as const;
  expect(optionsOf({ fields, columns: { zip: "text" } })).toEqual({
    header: false,
    delimiter: "tab",
    quote: "",
    compression: "none",
    skip_rows: 3,
    quarantine_percent: 2.5,
    null_values: ["-", "n.a."],
    columns: { zip: "text" },
  });
});

test("a kind of file has the options that mean something for it", () => {
  expect(optionsFor("csv")).toContain("delimiter");
  expect(optionsFor("xlsx")).toContain("sheet");
  expect(optionsFor("xlsx")).not.toContain("delimiter");
  expect(optionsFor("parquet")).toEqual(["format", "compression", "quarantine_percent"]);
});

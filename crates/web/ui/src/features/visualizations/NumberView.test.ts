// A single number is told in the server's own words.
import { expect, it } from "vitest";
import { numberOf, runsOf } from "./NumberView";
import type { ChartAnswer } from "./types";

const answer = (trace: Record<string, unknown>): ChartAnswer => ({
  kind: "number",
  figure: { data: [trace], layout: {} },
  sentence: "",
  notes: [],
  table: { columns: [], rows: [], is_cut: false },
});

it("the text, the comparison and the course are those of the figure", () => {
  const meta = {
    text: "8.2B &lt;",
    label: "Sum of price, Mar 2025",
    comparison: "+12 % against Feb 2025",
    is_up: true,
    course: [1, null, 3],
    periods: ["Jan 2025", "Feb 2025", "Mar 2025"],
  };
  expect(numberOf(answer({ type: "indicator", value: 8.2e9, meta }))).toEqual({
    text: "8.2B <",
    label: "Sum of price, Mar 2025",
    comparison: "+12 % against Feb 2025",
    isUp: true,
    course: [1, null, 3],
    periods: ["Jan 2025", "Feb 2025", "Mar 2025"],
  });
  const alone = { text: "3", label: "Number of rows", comparison: null, is_up: null, course: [], periods: [] };
  expect(numberOf(answer({ type: "indicator", meta: alone }))).toMatchObject({
    comparison: undefined,
    isUp: undefined,
    course: [],
  });
});

it("a figure that holds only Plotly's words is left to Plotly", () => {
  expect(numberOf(answer({ type: "indicator", value: 1 }))).toBeNull();
  expect(numberOf(answer({ type: "bar" }))).toBeNull();
});

it("a course is broken where a period has no figure", () => {
  expect(runsOf([null, 1, 2, null, 3])).toEqual([
    { from: 1, run: [1, 2] },
    { from: 4, run: [3] },
  ]);
});

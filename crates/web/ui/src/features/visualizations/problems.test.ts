// Errors of the engine at their fields, by the names that the app has for them.
import { describe, expect, it } from "vitest";
import { Problem } from "../../api/problems";
import { errorsOf, inLabels, listOfErrors, problemOf, worded } from "./problems";

const failure = (message: string, advice?: string) => ({ code: "invalid_parameters" as const, message, advice });

describe("a chart that cannot be computed", () => {
  it("is wrong at its field, which has the app's name for it", () => {
    const advice = "Correct the chart at /x/column and send the request again.";
    const { fields, message } = problemOf(failure("No value names a country.", advice));
    expect(message).toBe("No value names a country.");
    const errors = errorsOf(fields);
    expect(errors.wells).toEqual([{ channel: "x", at: 0, field: "column", detail: "No value names a country." }]);
    expect(listOfErrors(errors)).toEqual(["X axis: No value names a country."]);
  });
  it("is wrong in an option or an annotation, which may be out of sight", () => {
    const at = (pointer: string) =>
      listOfErrors(
        errorsOf(problemOf(failure("No.", `Correct the chart at ${pointer} and send the request again.`)).fields),
      );
    expect(at("/options/sample")).toEqual(["Draw every row: No."]);
    expect(at("/annotations/0/at")).toEqual(["Annotations: No."]);
    expect(at("/y")).toEqual(["Y axis: No."]);
  });
  it("keeps other advice", () => {
    const within = "422: Too many. Correct the chart at /x/bin and send the request again.";
    expect(problemOf(failure(within)).fields).toEqual([{ pointer: "/x/bin", detail: "Too many." }]);
    expect(problemOf(failure("Too much.", "Filter it.")).message).toBe("Too much. Filter it.");
  });
  it("that is saved tells the field in words", () => {
    const detail = "A `x` of no use. Correct the chart at /x/column and send the request again.";
    const told = inLabels(new Problem(422, { title: "Wrong", detail }, "r1")) as Problem;
    expect(told.message).toBe("A X axis of no use. Change the field “X axis” of the chart.");
    expect(told.requestId).toBe("r1");
    expect((inLabels(new Problem(422, { detail: "Filter it." })) as Problem).message).toBe("Filter it.");
  });
});

it("names of the API lose their marks", () => {
  expect(worded("`color` needs `sample: none`.")).toBe("Colour needs sample: none.");
});

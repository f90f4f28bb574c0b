// @vitest-environment node
import { expect, test } from "vitest";
import { duration, when } from "./dates";

test("times are relative for a day", () => {
  const now = Date.parse("2026-03-02T12:00:00Z");
  const told = (iso: string) => when(iso, now);
  expect(told("2026-03-02T11:59:40Z")).toBe("just now");
  expect(told("2026-03-02T11:55:00Z")).toBe("5 minutes ago");
  expect(told("2026-03-02T09:00:00Z")).toBe("3 hours ago");
  expect(told("2026-02-20T12:00:00Z")).toBe("20 Feb 2026");
});

test("durations choose their unit", () => {
  expect([0.0004, 0.25, 4.25, 42, 125, 7_300].map(duration)).toEqual([
    "1 ms",
    "250 ms",
    "4.3 s",
    "42 s",
    "2 min 5 s",
    "2 h 1 min",
  ]);
});

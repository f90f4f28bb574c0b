// Where an error of the server belongs: `/charts/0/y/1/column` is the second encoding of y.
import type { FieldProblem } from "../../api/problems";
import { CHANNELS, isList } from "./spec";
import type { Channel } from "./types";

export interface ChartErrors {
  /** By channel, and by position where one encoding is meant. */
  wells: { channel: Channel; at: number; field: string; detail: string }[];
  /** By name. */
  options: Record<string, string>;
  filter: { at: number; detail: string }[];
  annotations: { at: number; detail: string }[];
  /** What belongs to the chart as a whole. */
  others: string[];
}

export function errorsOf(problems: FieldProblem[]): ChartErrors {
  const errors: ChartErrors = { wells: [], options: {}, filter: [], annotations: [], others: [] };
  for (const { pointer, detail } of problems) {
    const parts = pointer
      .replace(/^\/charts\/\d+/, "")
      .replace(/^\/chart(?=\/|$)/, "")
      .split("/")
      .slice(1);
    const [part = "", second = ""] = parts;
    const channel = CHANNELS.find((known) => known === part);
    if (channel && isList(channel)) {
      const at = /^\d+$/.test(second) ? Number(second) : -1;
      errors.wells.push({ channel, at, field: parts[2] ?? "", detail });
    } else if (channel) errors.wells.push({ channel, at: second === "" ? -1 : 0, field: second, detail });
    else if (part === "options" && second !== "") errors.options[second] = detail;
    else if (part === "filter") errors.filter.push({ at: Number(second || -1), detail });
    else if (part === "annotations") errors.annotations.push({ at: Number(second || -1), detail });
    else errors.others.push(detail);
  }
  return errors;
}

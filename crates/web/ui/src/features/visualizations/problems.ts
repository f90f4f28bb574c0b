// Where an error of the server belongs, and what that is called: `/charts/0/y/1/column` is the second encoding of y.
import type { Schemas } from "../../api/client";
import { type FieldProblem, Problem } from "../../api/problems";
import { isTextKey, t } from "../../text";
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

/** What the engine advises where a chart cannot be computed; it names the place as programs do. */
const ADVICE = / ?Correct the chart at (\/\S*) and send the request again\./;

/** A chart that cannot be computed as an error at its field, where it has one. */
export function problemOf(failure: Schemas["Failure"] | null | undefined): Problem {
  // The server may tell the status and the advice within the message.
  const text = [failure?.message, failure?.advice]
    .filter(Boolean)
    .join(" ")
    .replace(/^\d{3}: /, "");
  const pointer = ADVICE.exec(text)?.[1];
  const detail = text.replace(ADVICE, "");
  return new Problem(422, { title: detail, detail, errors: pointer === undefined ? [] : [{ pointer, detail }] });
}

/** The same for a saved chart, which has no fields: the place by the name of its field. */
export function inLabels(error: unknown): unknown {
  if (!(error instanceof Problem) || !ADVICE.test(error.detail)) return error;
  const detail = error.detail.replace(ADVICE, (_, pointer: string) => {
    const label = labelAt(pointer);
    return label ? ` ${t("builder.correct", { field: label })}` : "";
  });
  return new Problem(error.status, { title: error.title, detail: worded(detail) }, error.requestId);
}

/** What the app calls the place of a pointer. */
export function labelAt(pointer: string): string | undefined {
  const [, part = "", name = ""] = pointer.split("/");
  const key = part === "options" ? `option.${name}` : `channel.${part}`;
  if (part === "annotations") return t("builder.annotations");
  return isTextKey(key) ? t(key) : undefined;
}

/** Channels by the names of their fields; other names of the API without their marks. */
export const worded = (detail: string) =>
  detail.replace(/`([^`]*)`/g, (_, name: string) => {
    const key = `channel.${name}`;
    return isTextKey(key) ? t(key) : name;
  });

/** Every error with the name of its field, for where the fields are out of sight. */
export function listOfErrors({ wells, options, annotations }: ChartErrors): string[] {
  const at = (label: string | undefined, detail: string) => (label ? `${label}: ${worded(detail)}` : worded(detail));
  return [
    ...wells.map(({ channel, detail }) => at(labelAt(`/${channel}`), detail)),
    ...Object.entries(options).map(([name, detail]) => at(labelAt(`/options/${name}`), detail)),
    ...annotations.map(({ detail }) => at(t("builder.annotations"), detail)),
  ];
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

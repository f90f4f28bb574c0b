// A mark that was clicked as conditions on rows: what its category, period, class or series says.

import { listOf } from "../../charts/figures";
import type { Picked } from "../../charts/Plot";
import { plainly } from "../../charts/places";
import { isNumeric, isTime } from "./accepting";
import { codeOf } from "./countries";
import { encodingsOf } from "./spec";
import type { Channel, ChartAnswer, ChartSpec, Column, Condition, Encoding, Granularity } from "./types";

type Trace = Record<string, unknown>;

/** What the builder knows of a column's values; none is fine. */
type ValuesOf = (column: string) => unknown[];

/** The conditions that a mark stands for; empty where it tells no value of a column. */
export function conditionsOf(
  spec: ChartSpec,
  answer: ChartAnswer,
  columns: Column[],
  mark: Picked,
  valuesOf: ValuesOf = () => [],
): Condition[] {
  const trace = answer.figure.data[mark.curveNumber] ?? {};
  const columnOf = (encoding: Encoding | undefined) =>
    encoding?.aggregate ? undefined : columns.find(({ name }) => name === encoding?.column);
  const on = (channel: Channel, at = 0) => columnOf(encodingsOf(spec, channel)[at]);
  // The name of a period does not say where it begins and ends.
  const named = (column: Column | undefined, label: unknown) =>
    column && !isTime(column.type) ? conditionFor(column, label) : [];
  if (trace.type === "pie") return named(on("x"), mark.label ?? listOf(trace.labels)[mark.pointNumber]);
  if (trace.type === "treemap") return pathOf(trace, mark).flatMap((label, level) => named(on("rows", level), label));
  if (trace.type === "choropleth") {
    const column = on("x");
    return column ? ofCountry(column, trace, mark, valuesOf(column.name)) : [];
  }
  const isAcross = trace.orientation === "h";
  const found = ofAxis(spec, answer, trace, mark, isAcross ? "y" : "x", "x", on("x"));
  if (spec.kind === "heatmap" || spec.kind === "density")
    return [...found, ...ofAxis(spec, answer, trace, mark, "y", "y", on("y"))];
  // Of several figures, the name of a series is that of a figure.
  const isSeries = typeof trace.name === "string" && trace.name !== "" && (spec.y?.length ?? 0) < 2;
  return isSeries ? [...found, ...named(on("color"), plainly(String(trace.name)))] : found;
}

/** A label of the chart as a value of its column. */
function conditionFor({ name: column, type }: Column, label: unknown): Condition[] {
  if (label === null || label === undefined || label === "Other") return [];
  if (label === "(missing)") return [{ column, op: "is_null" }];
  if (label === "(empty)") return [{ column, op: "eq", value: "" }];
  if (typeof label !== "string" || !isNumeric(type)) return [{ column, op: "eq", value: label }];
  const value = Number(label.replaceAll(",", "").replace("−", "-"));
  return Number.isFinite(value) ? [{ column, op: "eq", value }] : [];
}

/** A country by whichever of its names the column holds. */
function ofCountry({ name: column }: Column, trace: Trace, mark: Picked, values: unknown[]): Condition[] {
  const code = String(mark.location ?? listOf(trace.locations)[mark.pointNumber] ?? "");
  const [name = ""] = String(listOf(trace.hovertext)[mark.pointNumber] ?? "").split(/<br\s*\/?>/);
  const wanted = [plainly(name), code, codeOf(plainly(name)) ?? ""].filter((one) => one !== "");
  const held = values.filter((value) => wanted.some((one) => one.toLowerCase() === String(value).toLowerCase()));
  const all = held.length > 0 ? held : wanted;
  if (all.length === 0) return [];
  return [all.length === 1 ? { column, op: "eq", value: all[0] } : { column, op: "in", values: all }];
}

/** The names from the first level of a treemap down to a tile. */
function pathOf(trace: Trace, mark: Picked): unknown[] {
  const [labels, parents, ids] = [listOf(trace.labels), listOf(trace.parents), listOf(trace.ids)];
  const path: unknown[] = [];
  let at = mark.pointNumber;
  for (let level = 0; level < 10 && at >= 0; level++) {
    path.unshift(labels[at]);
    const parent = parents[at];
    if (parent === "" || parent === undefined) break;
    at = ids.length > 0 ? ids.indexOf(parent) : labels.indexOf(parent);
  }
  return path;
}

/** What stands at a mark on an axis: a name, a period, a class, or a value. */
function ofAxis(
  spec: ChartSpec,
  answer: ChartAnswer,
  trace: Trace,
  mark: Picked,
  letter: "x" | "y",
  channel: Channel,
  column: Column | undefined,
): Condition[] {
  if (!column) return [];
  const id = String(trace[`${letter}axis`] ?? letter);
  const axis = (answer.figure.layout[`${letter}axis${id.slice(1)}`] ?? {}) as Trace;
  const list = listOf(trace[letter]);
  const point = Array.isArray(mark.pointNumber) ? mark.pointNumber[letter === "x" ? 1 : 0] : mark.pointNumber;
  const value = mark[letter] ?? list[point];
  if (value === undefined || value === null) return [];
  const [encoding] = encodingsOf(spec, channel);
  if (isTime(column.type) && spec.kind !== "scatter") {
    const starts = startsOf(answer, column);
    const labels = listOf(axis.categoryarray);
    const from = axis.type === "category" ? startOf(starts, labels, value) : lastBefore(starts, timeOf(value));
    return from === undefined
      ? []
      : between(column, written(from), written(endOf(from, starts, encoding?.granularity)));
  }
  if (axis.type === "category") return conditionFor(column, plainly(String(value)));
  const width = listOf(trace.width)[point];
  if (typeof value === "number" && typeof width === "number") {
    const half = width / 2 / (spec.kind === "histogram" ? 1 : PLACE_FILLED);
    return between(column, value - half, value + half);
  }
  return conditionFor(column, value);
}

/** How much of its place a bar fills, except in histograms. */
const PLACE_FILLED = 0.8;

const between = ({ name: column }: Column, from: unknown, to: unknown): Condition[] => [
  { column, op: "ge", value: from },
  { column, op: "lt", value: to },
];

/** The beginnings of the periods of a chart, which its table holds. */
function startsOf({ table }: ChartAnswer, { name }: Column): number[] {
  const at = table.columns.findIndex((column) => column.name === name);
  return [...new Set(table.rows.map((row) => row[at]))]
    .filter((value) => typeof value === "string")
    .map(timeOf)
    .filter(Number.isFinite);
}

const startOf = (starts: number[], labels: unknown[], label: unknown) =>
  starts.length === labels.length ? starts[labels.indexOf(label)] : undefined;

/** A bar may stand in the middle of its period. */
const lastBefore = (starts: number[], time: number) => {
  const before = starts.filter((start) => start <= time);
  return before.length > 0 ? Math.max(...before) : undefined;
};

const DAY_MS = 86_400_000;

/** Where a period ends: by the calendar, as its granularity says or, where none is given, the least distance of two. */
function endOf(from: number, starts: number[], given: Granularity | undefined): number {
  const sorted = [...starts].sort((a, b) => a - b);
  const gaps = sorted.slice(1).map((start, i) => start - (sorted[i] ?? start));
  const granularity = given ?? granularityOf(Math.min(...gaps));
  const date = new Date(from);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  switch (granularity) {
    case "year":
      return Date.UTC(year + 1, month, day);
    case "quarter":
      return Date.UTC(year, month + 3, day);
    case "month":
      return Date.UTC(year, month + 1, day);
    case "week":
      return from + 7 * DAY_MS;
    case "day":
      return from + DAY_MS;
    case "hour":
      return from + DAY_MS / 24;
    case "minute":
      return from + 60_000;
  }
}

function granularityOf(gap: number): Granularity {
  const days = gap / DAY_MS;
  if (!Number.isFinite(days)) return "day";
  if (days > 360) return "year";
  if (days > 88) return "quarter";
  if (days > 27) return "month";
  if (days > 6.5) return "week";
  if (days > 0.9) return "day";
  return days > 0.04 ? "hour" : "minute";
}

/** Milliseconds of a time as the server and Plotly write it; without a zone it is taken as it stands. */
function timeOf(value: unknown): number {
  const text = String(value).trim().replace(" ", "T");
  if (text.length <= 10) return Date.parse(`${text}T00:00:00Z`);
  return Date.parse(/[zZ]$|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`);
}

function written(time: number): string {
  const text = new Date(time).toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text.slice(0, 19);
}

/**
 * A filter with the conditions of a click: they take the place of what the filter said of the same columns. Several
 * marks of one column become one list.
 */
export function withPicked(filter: Condition[], picked: Condition[][]): Condition[] {
  const touched = new Set(picked.flat().map(({ column }) => column));
  const kept = filter.filter(({ column }) => !touched.has(column));
  const [only] = picked;
  if (picked.length === 1 && only) return [...kept, ...only];
  const byColumn = new Map<string, Condition[]>();
  for (const one of picked.flat()) byColumn.set(one.column, [...(byColumn.get(one.column) ?? []), one]);
  const merged = [...byColumn].flatMap(([column, conditions]): Condition[] => {
    const values = [...new Set(conditions.filter(({ op }) => op === "eq").map(({ value }) => value))];
    if (values.length === conditions.length || values.length > 1) return [{ column, op: "in", values }];
    if (values.length === 1) return [{ column, op: "eq", value: values[0] }];
    return spanOf(column, conditions);
  });
  return [...kept, ...merged];
}

/** Classes and periods together: from the first beginning to the last end. */
function spanOf(column: string, conditions: Condition[]): Condition[] {
  const ends = (op: "ge" | "lt") => conditions.filter((one) => one.op === op).map(({ value }) => value);
  const [first] = ends("ge").sort(inOrder);
  const last = ends("lt").sort(inOrder).at(-1);
  if (first === undefined || last === undefined) return conditions.slice(0, 1);
  return [
    { column, op: "ge", value: first },
    { column, op: "lt", value: last },
  ];
}

const inOrder = (a: unknown, b: unknown) =>
  typeof a === "number" && typeof b === "number" ? a - b : String(a) < String(b) ? -1 : 1;

// A mark that was clicked as conditions on rows: what its category, period, class or series says.

import { listOf } from "../../charts/figures";
import type { Picked } from "../../charts/Plot";
import { plainly } from "../../charts/places";
import { isNumeric, isTime } from "./accepting";
import { encodingsOf } from "./spec";
import type { Channel, ChartAnswer, ChartSpec, Column, Condition, Encoding } from "./types";

type Trace = Record<string, unknown>;

/** The conditions that a mark stands for; empty where it tells no value of a column. */
export function conditionsOf(spec: ChartSpec, answer: ChartAnswer, columns: Column[], mark: Picked): Condition[] {
  const trace = answer.figure.data[mark.curveNumber] ?? {};
  const found: Condition[] = [];
  const columnOf = (encoding: Encoding | undefined) => columns.find(({ name }) => name === encoding?.column);
  const take = (channel: Channel, value: unknown, near?: Near) => {
    const [encoding] = encodingsOf(spec, channel);
    const column = columnOf(encoding);
    if (!encoding || encoding.aggregate || !column) return;
    found.push(...conditionFor(column, value, near));
  };
  if (trace.type === "pie" || trace.type === "treemap") {
    const path = trace.type === "pie" ? [labelOf(trace, mark)] : pathOf(trace, mark);
    const channel: Channel = trace.type === "pie" ? "x" : "rows";
    for (const [at, label] of path.entries()) {
      const column = columnOf(encodingsOf(spec, channel)[at]);
      if (column && label !== undefined) found.push(...conditionFor(column, label));
    }
    return found;
  }
  if (trace.type === "choropleth") {
    take("x", listOf(trace.customdata)[mark.pointNumber] ?? listOf(trace.text)[mark.pointNumber] ?? mark.location);
    return found;
  }
  const isAcross = trace.orientation === "h";
  const x = placeOn(answer, trace, mark, isAcross ? "y" : "x");
  if (x) take("x", x.value, x.near);
  if (spec.kind === "heatmap" || spec.kind === "density") {
    const y = placeOn(answer, trace, mark, "y");
    if (y) take("y", y.value, y.near);
  } else if (typeof trace.name === "string" && spec.color) take("color", plainly(trace.name));
  return found;
}

/** The ends of the class or period that a mark stands for: from the first to below the second. */
type Near = { from: unknown; to: unknown } | undefined;

function conditionFor(column: Column, value: unknown, near?: Near): Condition[] {
  if (value === null || value === undefined || value === "Other") return [];
  if (value === "null" || value === "(missing)" || value === "missing") return [{ column: column.name, op: "is_null" }];
  if (near && (isNumeric(column.type) || isTime(column.type))) {
    return [
      { column: column.name, op: "ge", value: near.from },
      { column: column.name, op: "lt", value: near.to },
    ];
  }
  return [{ column: column.name, op: "eq", value }];
}

const labelOf = (trace: Trace, mark: Picked) => mark.label ?? listOf(trace.labels)[mark.pointNumber];

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

/** What stands at a mark on an axis: a name, or a value with the ends of its class or period. */
function placeOn(answer: ChartAnswer, trace: Trace, mark: Picked, letter: "x" | "y") {
  const id = String(trace[`${letter}axis`] ?? letter);
  const axis = (answer.figure.layout[`${letter}axis${id.slice(1)}`] ?? {}) as Trace;
  const list = listOf(trace[letter]);
  const point = Array.isArray(mark.pointNumber) ? mark.pointNumber[letter === "x" ? 1 : 0] : mark.pointNumber;
  const value = list[point] ?? mark[letter];
  if (value === undefined || value === null) return undefined;
  const text = listOf(axis.ticktext)[listOf(axis.tickvals).indexOf(value)];
  if (axis.type === "category") return { value: plainly(String(value)) };
  if (axis.type === "date") return { value, near: periodAt(value, list) };
  const width = listOf(trace.width)[point];
  if (typeof value === "number" && typeof width === "number" && text === undefined)
    return { value, near: { from: value - width / 2, to: value + width / 2 } };
  return { value: text !== undefined ? plainly(String(text)) : value };
}

/** A period from its beginning to that of the next one; the last is as long as the one before it. */
function periodAt(value: unknown, all: unknown[]): Near {
  const times = [...new Set(all.map((one) => Date.parse(utc(one))))].filter(Number.isFinite).sort((a, b) => a - b);
  const from = Date.parse(utc(value));
  const at = times.indexOf(from);
  if (at < 0 || times.length < 2) return undefined;
  const to = times[at + 1] ?? after(from, times);
  return { from: written(from), to: written(to) };
}

const DAY_MS = 86_400_000;

function after(from: number, times: number[]): number {
  const gaps = times.slice(1).map((time, i) => time - (times[i] ?? time));
  const least = Math.min(...gaps);
  if (least < 28 * DAY_MS) return from + least;
  const months = Math.max(1, Math.round(least / (30.44 * DAY_MS)));
  const date = new Date(from);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, date.getUTCDate());
}

const utc = (value: unknown) => {
  const text = String(value).replace(" ", "T");
  return /[zZ]|[+-]\d\d:?\d\d$/.test(text.slice(10)) ? text : text.length === 10 ? `${text}T00:00:00Z` : `${text}Z`;
};

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

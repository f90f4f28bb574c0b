// What stands at a place of a chart's axes: a name, a period, a class, a number; `null` where nobody can tell.
import { listOf } from "../../charts/figures";
import { isNumeric, isTime } from "./accepting";
import { between, conditionsNamed, conditionsOfValue, type Shown } from "./naming";
import { timeOf } from "./periods";
import type { ChartAnswer, ChartSpec, Condition } from "./types";

export type Trace = Record<string, unknown>;
type Letter = "x" | "y";

/** A trace of a chart, in which marks have numbers. */
export interface Drawn {
  spec: ChartSpec;
  answer: ChartAnswer;
  trace: Trace;
}

export function axisOf({ answer, trace }: Drawn, letter: Letter): Trace {
  const id = String(trace[`${letter}axis`] ?? letter);
  return (answer.figure.layout[`${letter}axis${id.slice(1)}`] ?? {}) as Trace;
}

/** What stands where a bar, a point of a line, or a box is. */
export function ofAxis(drawn: Drawn, letter: Letter, point: number, shown: Shown): Condition[] | null {
  const value = listOf(drawn.trace[letter])[point];
  if (value === undefined || value === null) return null;
  const axis = axisOf(drawn, letter);
  const { column } = shown;
  if (axis.type === "category") return conditionsNamed(shown, String(value));
  if (isNamedByTicks(drawn, shown)) return ofTick(axis, shown, Number(value));
  if (shown.isInClasses) return ofClass(drawn, letter, point, shown);
  if (isTime(column.type)) return conditionsOfValue(shown, nearest(shown.values, timeOf(value)));
  if (column.type === "time") return [{ column: column.name, op: "eq", value: clockOf(value) }];
  const isKnown = drawn.answer.table.is_cut || shown.values.includes(value);
  return isNumeric(column.type) && isKnown ? conditionsOfValue(shown, value) : null;
}

/** Names that are not all different, or that marks stand between, are told by ticks at whole places. */
const isNamedByTicks = ({ spec }: Drawn, { column }: Shown) =>
  spec.kind === "box" || spec.kind === "violin" || column.type === "text" || column.type === "boolean";

function ofTick(axis: Trace, shown: Shown, place: number): Condition[] | null {
  const at = listOf(axis.tickvals).indexOf(Math.round(place));
  const name = listOf(axis.ticktext)[at];
  return typeof name === "string" ? conditionsNamed(shown, name) : null;
}

export const clockOf = (time: unknown) => String(time).slice(11) || "00:00:00";

/** Bars of several series stand beside the beginning of their period. */
function nearest(values: unknown[], time: number): unknown {
  const far = (value: unknown) => Math.abs(timeOf(value) - time);
  const starts = values.filter((value) => typeof value === "string" && Number.isFinite(timeOf(value)));
  return starts.reduce<unknown>((best, next) => (best === undefined || far(next) < far(best) ? next : best), undefined);
}

/** The class of a bar by the place that all bars of a class share, that of a point by what the chart says of classes. */
function ofClass(drawn: Drawn, letter: Letter, point: number, shown: Shown): Condition[] | null {
  const { trace } = drawn;
  const { bin } = shown.encoding;
  const at = Number(listOf(trace[letter])[point]);
  if (typeof bin === "object" && "edges" in bin) return ofEdges(shown, bin.edges, middleOf(drawn, letter, point) ?? at);
  const axis = axisOf(drawn, letter);
  const ends = listOf(axis.range).map(Number);
  const [first, last] = (axis.type === "log" ? ends.map((end) => 10 ** end) : ends) as [number, number];
  const place = placeOf(drawn, letter, point);
  if (place) return between(shown, neat(place[0]), neat(place[1]), isAt(place[1], last, place));
  const width = typeof bin === "object" ? ("width" in bin ? bin.width : (last - first) / bin.count) : undefined;
  if (width === undefined || axis.type === "log" || !Number.isFinite(at)) return null;
  const sides: [number, number] = [at - width / 2, at + width / 2];
  return between(shown, neat(sides[0]), neat(sides[1]), isAt(sides[1], last, sides));
}

const isAt = (edge: number, last: number, [low, high]: [number, number]) => Math.abs(edge - last) < (high - low) * 1e-6;

/** The ends of the place that the bars of all series share. */
function placeOf({ spec, answer, trace }: Drawn, letter: Letter, point: number): [number, number] | null {
  const partAt = (name: string) => Number(listOf(trace[name])[point] ?? Number.NaN);
  const [at, width, offset] = [partAt(letter), partAt("width"), partAt("offset")];
  if (!Number.isFinite(at) || !Number.isFinite(width)) return null;
  const left = at + (Number.isFinite(offset) ? offset : -width / 2);
  const stack = spec.options?.stack ?? (spec.kind === "histogram" ? "stacked" : "grouped");
  // Every series is in the legend, also one that has no bar here.
  const series = answer.figure.data.filter(({ showlegend }) => showlegend === true);
  const rank = series.find(({ name }) => name === trace.name)?.legendrank;
  if (stack !== "grouped" || series.length < 2 || typeof rank !== "number") return [left, left + width];
  const from = left - (rank - 1) * width;
  return [from, from + series.length * width];
}

const middleOf = (drawn: Drawn, letter: Letter, point: number) => {
  const place = placeOf(drawn, letter, point);
  return place && (place[0] + place[1]) / 2;
};

function ofEdges(shown: Shown, edges: number[], at: number): Condition[] | null {
  const i = edges.findIndex((edge, i) => edge <= at && at < (edges[i + 1] ?? Number.NEGATIVE_INFINITY));
  return i < 0 ? null : between(shown, edges[i], edges[i + 1], i + 2 === edges.length);
}

/** Edges are told by middles and widths, whose last digits are noise. */
const neat = (edge: number) => Number(edge.toPrecision(12));

/** What stands along one side of a cell of a heat map or a density. */
export function ofCell(drawn: Drawn, letter: Letter, cell: number, shown: Shown): Condition[] | null {
  const list = listOf(drawn.trace[letter]);
  const axis = axisOf(drawn, letter);
  const { type } = shown.column;
  if (axis.type === "category") return conditionsNamed(shown, String(list[cell]));
  const [from, to] = [list[cell], list[cell + 1]];
  if (from === undefined || to === undefined || from === null || to === null) return null;
  const isHeatmap = drawn.spec.kind === "heatmap";
  const isByName = isHeatmap && !isTime(type) && !shown.isInClasses;
  if (isByName) return ofTick(axis, shown, (Number(from) + Number(to)) / 2);
  // The last class holds its upper end; the last period ends where the next one begins.
  const isLast = cell + 2 === list.length && !(isHeatmap && isTime(type));
  return between(shown, from, to, isLast);
}

/** What stands along one side of a surface, of which every number or class is told. */
export function ofSide(drawn: Drawn, letter: Letter, value: unknown, shown: Shown): Condition[] | null {
  const list = listOf(drawn.trace[letter]).map(Number);
  const at = list.indexOf(Number(value));
  if (at < 0) return null;
  if (!shown.isInClasses) return conditionsOfValue(shown, list[at]);
  const { bin } = shown.encoding;
  const middle = list[at] as number;
  if (typeof bin === "object" && "edges" in bin) return ofEdges(shown, bin.edges, middle);
  const half = ((list[1] ?? Number.NaN) - (list[0] ?? Number.NaN)) / 2;
  if (!Number.isFinite(half)) return null;
  return between(shown, neat(middle - half), neat(middle + half), at === list.length - 1);
}

// A mark that was clicked as conditions on rows, by its number in the figure and by the chart's table: what its category,
// period or class, its series and its small chart say. No conditions where nobody can tell.
import { listOf } from "../../charts/figures";
import type { Picked } from "../../charts/Plot";
import { plainly } from "../../charts/places";
import { isNumeric, isTime } from "./accepting";
import { codeOf } from "./countries";
import { atTime, conditionsNamed, conditionsOfValue, escaped, type Shown, shownOf } from "./naming";
import { clockOf, type Drawn, ofAxis, ofCell, ofSide, type Trace } from "./positions";
import { encodingsOf } from "./spec";
import type { Channel, ChartAnswer, ChartSpec, Column, Condition } from "./types";

/** What the builder knows of a column's values; none is fine. */
type ValuesOf = (column: string) => unknown[];
/** `null` where nobody can tell. */
type Told = Condition[] | null;

interface Mark extends Drawn {
  picked: Picked;
  /** How the column of a channel is shown; nothing for channels without one, and for figures of a column. */
  on: (channel: Channel, at?: number) => Shown | undefined;
  valuesOf: ValuesOf;
}

/** The conditions that a mark stands for; empty where it tells no value of a column. */
export function conditionsOf(
  spec: ChartSpec,
  answer: ChartAnswer,
  columns: Column[],
  picked: Picked,
  valuesOf: ValuesOf = () => [],
): Condition[] {
  const trace = answer.figure.data[picked.curveNumber];
  if (!trace) return [];
  const on = (channel: Channel, at = 0) => {
    const encoding = encodingsOf(spec, channel)[at];
    const column = encoding?.aggregate ? undefined : columns.find(({ name }) => name === encoding?.column);
    return column && encoding && shownOf(answer, column, encoding, spec.rows?.length ?? 0);
  };
  const mark: Mark = { spec, answer, trace, picked, on, valuesOf };
  const place = placeOf(mark);
  if (place === null) return [];
  const all = [...place, ...(seriesOf(mark) ?? []), ...(facetOf(mark) ?? [])];
  const texts = all.map((condition) => JSON.stringify(condition));
  return all.filter((_, i) => texts.indexOf(texts[i] ?? "") === i);
}

/** What a mark says by where it stands. */
function placeOf(mark: Mark): Told {
  const { spec, trace } = mark;
  const point = mark.picked.pointNumber;
  if (trace.type === "pie") return named(mark.on("x"), listOf(trace.labels)[point]);
  if (trace.type === "treemap") return ofTile(mark);
  if (trace.type === "choropleth") return ofCountry(mark);
  if (trace.type === "heatmap") return ofCells(mark);
  if (trace.type === "surface") return both(mark, (letter, shown) => ofSide(mark, letter, mark.picked[letter], shown));
  switch (spec.kind) {
    case "funnel":
    case "waterfall":
      return ofStep(mark);
    case "scatter":
    case "point_map":
    case "scatter_3d":
      return ofPoint(mark);
    // Hexagons, whose rows no conditions tell.
    case "density":
      return null;
    default: {
      const isAcross =
        trace.orientation === "h" || (spec.kind === "violin" && spec.options?.orientation === "horizontal");
      const shown = mark.on("x");
      return shown ? ofAxis(mark, isAcross ? "y" : "x", pointOf(mark, isAcross ? "y" : "x"), shown) : [];
    }
  }
}

/** Boxes are told by their name, all other marks by their number. */
function pointOf({ picked, trace }: Mark, letter: "x" | "y"): number {
  return trace.type === "box" && picked[letter] !== undefined
    ? listOf(trace[letter]).indexOf(picked[letter])
    : picked.pointNumber;
}

const named = (shown: Shown | undefined, name: unknown): Told =>
  shown && typeof name === "string" ? conditionsNamed(shown, name) : null;

/** Both sides of a mark, where both can be told. */
function both(mark: Mark, side: (letter: "x" | "y", shown: Shown) => Told): Told {
  const [x, y] = [mark.on("x"), mark.on("y")];
  const [across, up] = [x ? side("x", x) : null, y ? side("y", y) : null];
  return across && up && [...across, ...up];
}

/** Plotly tells a cell of a heat map by its line and its column. */
function ofCells(mark: Mark): Told {
  const at = mark.picked.pointNumber as unknown;
  if (!Array.isArray(at)) return null;
  return both(mark, (letter, shown) => ofCell(mark, letter, at[letter === "x" ? 1 : 0], shown));
}

/** Steps stand in the order of the table; behind the last change is the total. */
function ofStep({ answer, trace, picked, on }: Mark): Told {
  const shown = on("x");
  const at = answer.table.columns.findIndex(({ name }) => name === shown?.column.name);
  const row = answer.table.rows[picked.pointNumber];
  return shown && row && at >= 0 && trace.type === "bar" ? conditionsOfValue(shown, row[at]) : null;
}

const PLACES: Record<string, [name: string, channel: Channel][]> = {
  scatter: [
    ["x", "x"],
    ["y", "y"],
  ],
  point_map: [
    ["lon", "x"],
    ["lat", "y"],
  ],
  scatter_3d: [
    ["x", "x"],
    ["y", "y"],
    ["z", "z"],
  ],
};

/** A point is the rows at its place; those of bins and trends are no rows. */
function ofPoint({ spec, answer, trace, picked, on }: Mark): Told {
  const told = (PLACES[spec.kind] ?? []).map(([name, channel]): Told => {
    const shown = on(channel);
    const value = listOf(trace[name])[picked.pointNumber];
    const isRow = answer.table.columns.some((column) => column.name === shown?.column.name);
    if (!shown || !isRow || value === undefined || value === null) return null;
    const { column } = shown;
    if (isNumeric(column.type)) return conditionsOfValue(shown, value);
    if (typeof value !== "string") return null;
    if (isTime(column.type)) return atTime(shown, value);
    return [{ column: column.name, op: "eq", value: clockOf(value) }];
  });
  const isPoint = trace.mode === "markers" && !told.includes(null);
  return isPoint ? told.flatMap((one) => one ?? []) : null;
}

/** The values from the first level of a treemap down to a tile: they stand in the row of a tile without smaller ones. */
function ofTile({ spec, answer, trace, picked, on }: Mark): Told {
  const [ids, parents, labels] = [listOf(trace.ids), listOf(trace.parents), listOf(trace.labels)];
  const pathOf = (node: number) => {
    const path: number[] = [];
    for (let at = node; at >= 0 && path.length <= ids.length; at = ids.indexOf(parents[at])) path.unshift(at);
    return path;
  };
  const path = pathOf(picked.pointNumber);
  const leaves = ids.map((_, at) => at).filter((at) => !parents.includes(ids[at]));
  const row = answer.table.rows[leaves.findIndex((leaf) => pathOf(leaf).includes(picked.pointNumber))];
  if (!row || path.length > (spec.rows?.length ?? 0)) return null;
  const told = path.map((node, level): Told => {
    const shown = on("rows", level);
    return shown ? ofLevel(shown, row[level], String(labels[node])) : null;
  });
  return told.includes(null) ? null : told.flatMap((one) => one ?? []);
}

/** A tile for several values has their number in its label. */
const ofLevel = (shown: Shown, value: unknown, label: string): Told =>
  value === "Other" && label !== "Other" ? null : conditionsOfValue(shown, value);

/** A country by whichever of its names the column holds. */
function ofCountry({ trace, picked, on, valuesOf }: Mark): Told {
  const shown = on("x");
  if (!shown) return null;
  const column = shown.column.name;
  const code = String(listOf(trace.locations)[picked.pointNumber] ?? "");
  const hover = plainly(String(listOf(trace.hovertext)[picked.pointNumber] ?? "").split(/<br\s*\/?>/)[0] ?? "");
  const name = hover.replace(/: [^:]*$/, "");
  const wanted = [name, code, codeOf(name) ?? ""].filter((one) => one !== "");
  const held = valuesOf(column).filter((value) =>
    wanted.some((one) => one.toLowerCase() === String(value).toLowerCase()),
  );
  const all = held.length > 0 ? held : wanted;
  if (all.length === 0) return null;
  return [all.length === 1 ? { column, op: "eq", value: all[0] } : { column, op: "in", values: all }];
}

/** The value of the colour, by the name of its series; of several figures it stands before that of the figure. */
function seriesOf({ spec, answer, trace, on }: Mark): Told {
  const shown = on("color");
  if (!shown || typeof trace.name !== "string" || ["funnel", "waterfall"].includes(spec.kind)) return null;
  const { name } = trace;
  const isScale = spec.kind in PLACES && (isNumeric(shown.column.type) || isTime(shown.column.type));
  if (isScale && !shown.encoding.granularity) return null;
  if (shown.hasNames) return conditionsOfValue(shown, plainly(name));
  const figures = spec.y?.length ?? 0;
  if (figures < 2) return conditionsNamed(shown, name);
  const titles = answer.table.columns.slice(-figures).map((column) => ` · ${escaped(column.name)}`);
  const title = titles.find((one) => name.endsWith(one));
  return title === undefined ? null : conditionsNamed(shown, name.slice(0, -title.length));
}

/** The value of the small chart that a mark stands in, by the name above it. */
function facetOf({ answer, trace, on }: Mark): Told {
  const shown = on("facet");
  if (!shown) return null;
  const { layout } = answer.figure;
  const domainOf = (letter: "x" | "y") => {
    const own = (trace.domain as Trace | undefined)?.[letter];
    const axis = layout[`${letter}axis${String(trace[`${letter}axis`] ?? letter).slice(1)}`] as Trace | undefined;
    return listOf(own ?? axis?.domain);
  };
  const [left, top] = [domainOf("x")[0], domainOf("y")[1]];
  const start = `<b>${escaped(shown.column.name)}: `;
  const titles = (listOf(layout.annotations) as Trace[]).filter(
    ({ xref, x, y, text }) => xref === "paper" && x === left && y === top && String(text).startsWith(start),
  );
  const [title] = titles;
  return titles.length === 1 && title
    ? conditionsNamed(shown, String(title.text).slice(start.length, -"</b>".length))
    : null;
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
  const ends = (...ops: Condition["op"][]) =>
    conditions.filter(({ op }) => ops.includes(op)).sort((a, b) => inOrder(a.value, b.value));
  const [first] = ends("ge");
  const last = ends("lt", "le").at(-1);
  if (first === undefined || last === undefined) return conditions.slice(0, 1);
  return [first, { column, op: last.op, value: last.value }];
}

const inOrder = (a: unknown, b: unknown) =>
  typeof a === "number" && typeof b === "number" ? a - b : String(a) < String(b) ? -1 : 1;

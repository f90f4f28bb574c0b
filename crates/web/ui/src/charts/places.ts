// The values of a figure in words, for the cursor: one for each mark, of many marks every so many.
import { thinned } from "../features/analysis/results/values";
import { full } from "../format/numbers";
import type { Place } from "./Cursor";
import { listOf, type ServerFigure } from "./figures";

type Trace = Record<string, unknown>;
const MOST = 200;

export function placesOf({ data, layout }: ServerFigure): Place[] {
  const told = data.map((trace) => tellerOf(trace, layout));
  const marks = told.flatMap(({ count }, trace) => Array.from({ length: count }, (_, point) => ({ trace, point })));
  return thinned(marks, MOST)
    .map(({ trace, point }) => ({ trace, point, text: told[trace]?.textAt(point) ?? "" }))
    .filter(({ text }) => text !== "");
}

/** Charts whose marks have no number of their own. */
const WHOLE = ["surface", "heatmap", "table", "indicator"];
const NOTHING = { count: 0, textAt: () => "" };

/** How many marks a trace has, and what a hover says of one, without its tags, or its position in words. */
function tellerOf(trace: Trace, layout: Trace): { count: number; textAt: (i: number) => string } {
  if (trace.hoverinfo === "skip" || trace.visible === false || WHOLE.includes(String(trace.type))) return NOTHING;
  const lists = Object.fromEntries(
    ["x", "y", "z", "text", "hovertext", "customdata", "labels", "values", "locations", "lon", "lat"].map((name) => [
      name,
      listOf(trace[name]),
    ]),
  );
  const at = (name: string, i: number) => lists[name]?.[i];
  const count = Math.max(0, ...["x", "y", "labels", "locations", "lon"].map((name) => lists[name]?.length ?? 0));
  const template = typeof trace.hovertemplate === "string" ? trace.hovertemplate : undefined;
  const textAt = (i: number) => {
    if (template) return plainly(filled(template, (name) => valueAt(name, i, at, trace, layout)));
    const told = at("hovertext", i) ?? at("text", i);
    if (typeof told === "string" && told !== "" && trace.hoverinfo === "text") return plainly(told);
    if (lists.labels?.length)
      return `${plainly(String(at("labels", i)))}: ${inWords(at("values", i) ?? at("text", i))}`;
    const name = typeof trace.name === "string" && trace.name !== "" ? `${plainly(trace.name)}, ` : "";
    if (at("x", i) === undefined || at("y", i) === null || at("y", i) === undefined) return "";
    return `${name}${named("x", at("x", i), trace, layout)}: ${named("y", at("y", i), trace, layout)}`;
  };
  return { count, textAt };
}

type At = (name: string, i: number) => unknown;

function valueAt(name: string, i: number, at: At, trace: Trace, layout: Trace): unknown {
  const [, base = name, index] = /^(\w+)(?:\[(\d+)\])?$/.exec(name.replace(/^fullData\./, "")) ?? [];
  if (base === "name") return trace.name;
  if (base === "label") return at("labels", i);
  if (base === "value") return at("values", i);
  if (base === "location") return at("locations", i);
  const value = at(base, i);
  if (index !== undefined && Array.isArray(value)) return value[Number(index)];
  return base === "x" || base === "y" ? named(base, value, trace, layout) : value;
}

/** `%{x}` and its like filled; formats behind a colon are not ours to follow, numbers are written as usual. */
function filled(template: string, partAt: (name: string) => unknown): string {
  return template
    .replace(/<extra>.*?<\/extra>/gs, "")
    .replace(/%\{([^}:|]+)(?:[:|][^}]*)?\}/g, (_, name: string) => inWords(partAt(name)));
}

/** A position of an axis: the name that stands there where the axis has names. */
function named(letter: "x" | "y", value: unknown, trace: Trace, layout: Trace): string {
  const id = String(trace[`${letter}axis`] ?? letter);
  const axis = (layout[`${letter}axis${id.slice(1)}`] ?? {}) as Trace;
  const values = listOf(axis.tickvals);
  const at = values.indexOf(value);
  const text = at >= 0 ? listOf(axis.ticktext)[at] : undefined;
  return text !== undefined && text !== "" ? plainly(String(text)) : inWords(value);
}

const inWords = (value: unknown) => (typeof value === "number" ? full(value) : plainly(String(value ?? "–")));

/** Without tags and character references. */
export const plainly = (text: string) =>
  text
    .replace(/<br\s*\/?>/g, ", ")
    .replace(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

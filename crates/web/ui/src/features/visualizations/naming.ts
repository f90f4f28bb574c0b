// Which value of a column a name on a chart stands for: names are the server's, values stand in the chart's table.
import { isNumeric, isTime } from "./accepting";
import { endOf, granularityOf, inUtc, isWholeMinute, labelOf, startOf, timeOf, written } from "./periods";
import type { ChartAnswer, Column, Condition, Encoding } from "./types";

/** The column of a channel, how it is shown, and which of its values the chart has. */
export interface Shown {
  column: Column;
  encoding: Encoding;
  /** As the chart's table holds them; the beginnings of periods, the names of classes. */
  values: unknown[];
  /** Whether the table holds names in the place of values. */
  hasNames: boolean;
  /** Whether its numbers stand in classes. */
  isInClasses: boolean;
  /** Whether "Other" is the name of the rest and not of a value. */
  hasRest: boolean;
}

/** `levels` is how many columns of the table are the levels of a treemap. */
export function shownOf(answer: ChartAnswer, column: Column, encoding: Encoding, levels: number): Shown {
  const { columns, rows } = answer.table;
  const at = columns.findIndex(({ name }) => name === column.name);
  const values = at < 0 ? [] : [...new Set(rows.map((row) => row[at]))];
  const hasRest = answer.notes.some((note) => note.endsWith(`of "${column.name}" stand together as "Other".`));
  const isText = (value: unknown) => typeof value === "string" && !Number.isFinite(Number(value)) && value !== "Other";
  // Where some tiles of a treemap stand for several values, all of them have names.
  const isTree = levels > 0 && columns.slice(0, levels).every(({ type }) => type === "text");
  const hasNames = isTree || answer.kind === "box" || answer.kind === "violin";
  const isInClasses = isNumeric(column.type) && (encoding.bin !== undefined || (!hasNames && values.some(isText)));
  return { column, encoding, values, hasNames, isInClasses, hasRest };
}

/** A text as the server writes it into a figure, where Plotly would take some letters for tags. */
export const escaped = (text: string) =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/[\n\r\t]/g, " ")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what the server leaves out.
    .replace(/[\u0000-\u001f\u007f-\u009f]/g, "");

/** What the value of this name asks of its column; `null` where the name stands for no one value, or for several. */
export function conditionsNamed(shown: Shown, name: string): Condition[] | null {
  const { column, encoding, values, isInClasses, hasNames, hasRest } = shown;
  if (isInClasses || (hasRest && name === "Other")) return null;
  if (hasNames) return ofName(shown, String(values.find((value) => escaped(String(value)) === name) ?? ""));
  const starts = isTime(column.type) ? values.filter((value) => typeof value === "string").map(timeOf) : [];
  const every = granularityOf(starts, encoding.granularity);
  const isMeant = (value: unknown) => {
    if (value === null || value === undefined) return name === "(missing)";
    if (value === "") return name === "(empty)";
    if (isNumeric(column.type)) return isNumberNamed(Number(value), name);
    // The only period of a chart has this name, whichever it is.
    if (isTime(column.type)) return every ? labelOf(timeOf(value), every) === name : name !== "(missing)";
    return escaped(String(value)) === name;
  };
  const meant = values.filter(isMeant);
  return meant.length === 1 ? conditionsOfValue(shown, meant[0]) : null;
}

/** Numbers are named with separators, a few decimals and perhaps a unit. */
function isNumberNamed(value: number, name: string): boolean {
  const digits = /\d[\d,]*(\.\d+)?/.exec(name);
  if (!digits || !Number.isFinite(value) || name.includes("×")) return false;
  const size = Math.abs(value);
  const told = size.toLocaleString("en-US", { maximumFractionDigits: size >= 1_000 ? 2 : 6 });
  return told === digits[0] && value < 0 === /^\D*[−-]/.test(name);
}

/** What a value of the chart's table asks of its column. */
export function conditionsOfValue(shown: Shown, value: unknown): Condition[] | null {
  const { column, encoding, values, isInClasses, hasNames, hasRest } = shown;
  const { name, type } = column;
  if (value === null) return [{ column: name, op: "is_null" }];
  if (hasNames && value !== "") return typeof value === "string" ? ofName(shown, value) : null;
  if (value === undefined || isInClasses || (hasRest && value === "Other")) return null;
  if (!isTime(type))
    return isNumeric(type) && !Number.isFinite(Number(value)) ? null : [{ column: name, op: "eq", value }];
  const starts = values.filter((start) => typeof start === "string");
  // Times within some minutes are drawn as they are, others by their period.
  if (!encoding.granularity && type === "datetime" && !starts.every(isWholeMinute)) return atTime(shown, String(value));
  const every = granularityOf(starts.map(timeOf), encoding.granularity);
  if (!every) return [];
  const from = timeOf(value);
  return Number.isFinite(from) ? between(shown, written(from), written(endOf(from, every))) : null;
}

/** What a name asks of its column, where the chart holds nothing but names. Names of fractions are rounded. */
function ofName(shown: Shown, name: string): Condition[] | null {
  const { column, encoding, values, isInClasses, hasRest } = shown;
  if (name === "" || isInClasses || (hasRest && name === "Other")) return null;
  const is = (value: unknown): Condition[] => [{ column: column.name, op: "eq", value }];
  if (name === "(missing)" && column.nulls > 0) return [{ column: column.name, op: "is_null" }];
  if (column.type === "text") return is(name === "(empty)" ? "" : name);
  if (column.type === "boolean") return is(name === "true");
  if (column.type === "time") return is(name);
  if (column.type === "integer") {
    const value = Number(name.replaceAll(",", "").replace("−", "-"));
    return Number.isSafeInteger(value) ? is(value) : null;
  }
  if (!isTime(column.type)) return null;
  const starts = values.map((value) => startOf(String(value))).filter(Number.isFinite);
  const every = granularityOf(starts, encoding.granularity);
  const from = startOf(name);
  return every && Number.isFinite(from) ? between(shown, written(from), written(endOf(from, every))) : null;
}

/** A moment, as the column holds it. */
export const atTime = (shown: Shown, time: string): Condition[] => [
  { column: shown.column.name, op: "eq", value: timeIn(shown, time) },
];

/** From an edge up to another one, which belongs to the last class only. */
export function between(shown: Shown, from: unknown, to: unknown, isLast = false): Condition[] {
  const column = shown.column.name;
  return [
    { column, op: "ge", value: edgeIn(shown, from, true) },
    { column, op: isLast ? "le" : "lt", value: edgeIn(shown, to, !isLast) },
  ];
}

const timeIn = ({ column, encoding }: Shown, time: string) =>
  column.type === "datetime" && encoding.time_zone && encoding.time_zone !== "UTC"
    ? inUtc(time, encoding.time_zone)
    : time;

const DAY_MS = 86_400_000;

/** An edge as the column's type has it: days are whole, times of day have no day. */
function edgeIn(shown: Shown, edge: unknown, isUp: boolean): unknown {
  const { type } = shown.column;
  if (typeof edge !== "string") return type === "decimal" ? inDigits(Number(edge)) : edge;
  if (type === "time") return edge > "1970-01-01T24" ? "23:59:59.999999" : edge.slice(11) || "00:00:00";
  if (type !== "date") return timeIn(shown, edge);
  const days = timeOf(edge) / DAY_MS;
  return written((isUp ? Math.ceil(days) : Math.floor(days)) * DAY_MS).slice(0, 10);
}

/** A decimal has no exponent. */
const inDigits = (value: number) => (String(value).includes("e") ? value.toFixed(20).replace(/\.?0+$/, "") : value);

// Calendar periods of charts: where one begins and ends, what the server calls it, and clocks of a zone as times of UTC.
// Times are milliseconds on the chart's clock.
import type { Granularity } from "./types";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Milliseconds of a time as the server and Plotly write it; without a zone it is taken as it stands. */
export function timeOf(value: unknown): number {
  const text = String(value).trim().replace(" ", "T");
  if (text.length <= 10) return Date.parse(`${text}T00:00:00Z`);
  return Date.parse(/[zZ]$|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`);
}

/** As a condition has it: a date alone at midnight. */
export function written(time: number): string {
  const text = new Date(time).toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text.slice(0, 19);
}

/** Where a period ends, by the calendar. */
export function endOf(from: number, every: Granularity): number {
  const date = new Date(from);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  switch (every) {
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
      return from + HOUR_MS;
    case "minute":
      return from + MINUTE_MS;
  }
}

/** The name of a period as the server writes it on axes and in legends. */
export function labelOf(start: number, every: Granularity): string {
  const date = new Date(start);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const day = `${date.getUTCDate()} ${MONTHS[month]} ${year}`;
  switch (every) {
    case "year":
      return String(year);
    case "quarter":
      return `Q${Math.floor(month / 3) + 1} ${year}`;
    case "month":
      return `${MONTHS[month]} ${year}`;
    case "week":
    case "day":
      return day;
    case "hour":
    case "minute":
      return `${day} ${date.toISOString().slice(11, start % MINUTE_MS === 0 ? 16 : 19)}`;
  }
}

/** Where the period of such a name begins; NaN for other texts. */
export function startOf(label: string): number {
  const [, quarter, year] = /^Q([1-4]) (\d+)$/.exec(label) ?? [];
  if (quarter) return Date.UTC(Number(year), (Number(quarter) - 1) * 3, 1);
  const [found, day, month, of, hour, minute] =
    /^(?:(?:(\d+) )?([A-Z][a-z]{2}) )?(\d+)(?: (\d\d):(\d\d))?$/.exec(label) ?? [];
  const at = month === undefined ? 0 : MONTHS.indexOf(month);
  if (!found || at < 0) return Number.NaN;
  return Date.UTC(Number(of), at, Number(day ?? 1), Number(hour ?? 0), Number(minute ?? 0));
}

/**
 * The granularity of a chart that has these periods. Where none is given, the server takes one of which at least every
 * second period has rows, so that the least distance of two tells it; nothing is known of a single period.
 */
export function granularityOf(starts: number[], given: Granularity | undefined): Granularity | undefined {
  if (given || starts.length < 2) return given;
  const sorted = [...starts].sort((a, b) => a - b);
  const days = Math.min(...sorted.slice(1).map((start, i) => start - (sorted[i] ?? start))) / DAY_MS;
  if (days > 360) return "year";
  if (days > 88) return "quarter";
  if (days > 27) return "month";
  if (days > 6.5) return "week";
  if (days > 0.9) return "day";
  return days > 0.04 ? "hour" : "minute";
}

/** Whether a time is told to the minute, as every beginning of a period is. */
export const isWholeMinute = (text: unknown) => {
  const time = String(text);
  return time.length <= 16 || /T\d\d:\d\d:00$/.test(time);
};

/**
 * A time on the clocks of a zone as a time of UTC, to the microsecond. Of two times that are told as one the earlier;
 * a time that no clock shows is when the clocks were put forward, or as much later.
 */
export function inUtc(local: string, zone: string): string {
  const time = timeOf(local);
  const [early, late] = [-DAY_MS, DAY_MS].map((step) => offsetAt(time + step, zone)) as [number, number];
  const fitting = [early, late].filter((offset) => offsetAt(time - offset, zone) === offset);
  const offset = fitting.length > 0 ? Math.max(...fitting) : early;
  const fraction = /\.\d+/.exec(local)?.[0] ?? "";
  return `${new Date(Math.floor(time / 1_000) * 1_000 - offset).toISOString().slice(0, 19)}${fraction}Z`;
}

/** How far the clocks of a zone are ahead of UTC. */
function offsetAt(time: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(time);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value ?? 0);
  const shown = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return shown - Math.floor(time / 1_000) * 1_000;
}

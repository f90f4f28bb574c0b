// Which columns a channel takes, and what is said of one that it does not take.
import { t } from "../../text";
import type { Accepts, AggregateFunction, Column, ColumnType, Encoding, Slot } from "./types";

export const isNumeric = (type: ColumnType) => type === "integer" || type === "float" || type === "decimal";
export const isTime = (type: ColumnType) => type === "date" || type === "datetime";

export function takes(accepts: Accepts, type: ColumnType): boolean {
  switch (accepts) {
    case "any":
      return true;
    case "numbers":
      return isNumeric(type);
    case "numbers_or_times":
      return isNumeric(type) || isTime(type) || type === "time";
    case "times":
      return isTime(type);
  }
}

const counts = (aggregate: AggregateFunction | undefined) => aggregate === "count" || aggregate === "n_unique";

/** Why a channel does not take a column; `null` when it does. A count takes every column. */
export function refusal(slot: Slot, column: Column, aggregate?: AggregateFunction): string | null {
  if (takes(slot.accepts, column.type) || (slot.aggregates !== "never" && counts(aggregate))) return null;
  return t(`chart.refuses.${slot.accepts}`, { column: column.name, type: column.type });
}

const OF_NUMBERS: AggregateFunction[] = ["sum", "mean", "median", "min", "max", "std", "var", "quantile"];
const OF_ALL: AggregateFunction[] = ["count", "n_unique", "mode", "first", "last"];

/** The figures that can be made of a column; without a column only the count of rows. */
export function aggregatesOf(column: Column | undefined): AggregateFunction[] {
  if (!column) return ["count"];
  if (isNumeric(column.type)) return [...OF_NUMBERS, ...OF_ALL];
  if (column.type === "boolean") return ["mean", ...OF_ALL];
  return ["count", "n_unique", "min", "max", "mode", "first", "last"];
}

/** What the server takes where a channel must have a figure and none is named. */
export function usualAggregate(slot: Slot, column: Column | undefined): AggregateFunction | undefined {
  if (slot.aggregates !== "always") return undefined;
  return column && isNumeric(column.type) ? "sum" : "count";
}

/** An encoding that was made for another channel, without what this one does not know. */
export function fitted(encoding: Encoding, slot: Slot, column: Column | undefined): Encoding | null {
  const { aggregate, quantile, ...rest } = encoding;
  const keeps = slot.aggregates !== "never" && aggregate !== undefined && aggregatesOf(column).includes(aggregate);
  const kept: Encoding = keeps ? { ...rest, aggregate, ...(aggregate === "quantile" ? { quantile } : {}) } : rest;
  if (!column) return kept.aggregate === "count" ? kept : null;
  return refusal(slot, column, kept.aggregate) === null ? kept : null;
}

// Conditions on rows: which operators a type has, how a person reads them, and what the server takes.
import type { Schemas } from "../../api/client";
import { type TextKey, t } from "../../text";

export type Condition = Schemas["Condition"];
export type Operator = Schemas["Operator"];
type ColumnType = Schemas["ColumnType"];

const NULLS: Operator[] = ["is_null", "not_null"];
const ORDER: Operator[] = ["eq", "ne", "lt", "le", "gt", "ge", "between"];
const PARTS: Operator[] = ["contains", "starts_with", "ends_with"];

export function operatorsFor(type: ColumnType): Operator[] {
  if (type === "text") return ["eq", "ne", "in", "not_in", ...PARTS, "lt", "gt", ...NULLS];
  if (type === "boolean") return ["eq", "ne", ...NULLS];
  return [...ORDER, "in", "not_in", ...NULLS];
}

export const takesNothing = (op: Operator) => NULLS.includes(op);
export const takesTwo = (op: Operator) => op === "between";
export const takesMany = (op: Operator) => op === "in" || op === "not_in";

/** A condition from what was typed; the server reads the texts by the type of the column. */
export function condition(column: string, op: Operator, first: string, second: string): Condition {
  if (takesNothing(op)) return { column, op };
  if (takesTwo(op)) return { column, op, values: [first.trim(), second.trim()] };
  if (takesMany(op)) return { column, op, values: listed(first) };
  return { column, op, value: PARTS.includes(op) ? first : first.trim() };
}

/** Texts separated by commas; one that holds a comma stands in double quotes. */
export function listed(text: string): string[] {
  const parts = text.match(/\s*"(?:[^"]|"")*"\s*|[^,]+/g) ?? [];
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part) => (part.startsWith('"') && part.endsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part));
}

/** `region is one of North, South` */
export function inWords({ column, op, value, values }: Condition): string {
  const given = takesTwo(op) ? (values ?? []).map(String).join(" – ") : (values ?? [value]).map(shown).join(", ");
  return `${column} ${t(`filter.${op}` as TextKey)}${takesNothing(op) ? "" : ` ${given}`}`;
}

const shown = (value: unknown) => (value === "" ? "“”" : String(value));

/** The conditions of an address; what is none of ours is left out. */
export function conditionsOf(value: unknown): Condition[] {
  if (!Array.isArray(value)) return [];
  return value.filter(
    (entry): entry is Condition =>
      typeof entry === "object" && entry !== null && typeof entry.column === "string" && typeof entry.op === "string",
  );
}

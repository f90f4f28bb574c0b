// Between the parameters of a request and what a form holds: lists of numbers are typed as text, everything else as it is.
import type { Field } from "./schema";

export type Values = Record<string, unknown>;
export type Errors = Map<string, string>;

/** What a form shows at first: the parameters of an earlier request, otherwise defaults and what suits the columns. */
export function shownValues(fields: Field[], params: Values = {}): Values {
  const isNew = Object.keys(params).length === 0;
  return Object.fromEntries(fields.map((field) => [field.name, shown(field, params[field.name], isNew)]));
}

function shown(field: Field, given: unknown, isNew: boolean): unknown {
  // What a request leaves out is computed with its default.
  const value = given ?? field.initial;
  switch (field.sort) {
    case "choices":
      // All of them is what is meant when none is named.
      if (Array.isArray(value) && value.length === field.choices.length && !field.isRequired) return [];
      return Array.isArray(value) ? value.map(String) : [];
    case "columns":
      return Array.isArray(value) ? value.map(String) : [];
    case "numbers":
    case "texts":
    case "anys":
      return Array.isArray(value) ? value.map(String).join(", ") : "";
    case "switch":
      return value === true;
    case "conditions":
      return Array.isArray(value) ? value : [];
    case "list": {
      if (Array.isArray(value) && value.length > 0)
        return value.map((item) => shownValues(field.fields, item as Values));
      return field.isRequired ? [newRow(field)] : [];
    }
    case "object":
      return value ? shownValues(field.fields, value as Values) : null;
    case "map":
      return Object.entries((value as Values | undefined) ?? {}).map(([key, one]) => ({ key, value: one }));
    case "column":
      return value ?? (isNew && field.isRequired ? usualColumn(field) : null);
    case "choice":
      return value ?? (field.isRequired ? (field.choices[0] ?? null) : null);
    case "variant":
      return value ?? null;
    case "json":
      return value === undefined ? "" : JSON.stringify(value);
    case "any":
      return value === undefined ? "" : String(value);
    default:
      return value ?? "";
  }
}

/** What a new row begins with: groups are of categories, measures of numbers. */
export function newRow(list: Extract<Field, { sort: "list" }>): Values {
  const row = shownValues(list.fields);
  const column = list.fields.find(({ name }) => name === "column");
  if (column?.sort !== "column") return row;
  return { ...row, column: usualColumn(column, list.name === "by" ? ["text", "boolean", "date", "integer"] : []) };
}

/** Numbers with decimals are measured more often than whole ones, which may be ids. */
function usualColumn(field: Extract<Field, { sort: "column" | "columns" }>, first: string[] = []): string | null {
  const types = [...first, "float", "decimal", "datetime", "date", "text", "boolean", "integer"];
  const rank = ({ type }: { type: string }) => (types.includes(type) ? types.indexOf(type) : types.length);
  const [best] = [...field.choices].sort((a, b) => rank(a) - rank(b));
  return best?.value ?? null;
}

/** The parameters that a form says, and what is wrong with it by JSON pointer. */
export function paramsOf(fields: Field[], values: Values, at = ""): { params: Values; errors: Errors } {
  const params: Values = {};
  const errors: Errors = new Map();
  for (const field of fields) {
    const pointer = `${at}/${escaped(field.name)}`;
    try {
      const value = typed(field, values[field.name], pointer, errors);
      if (value !== undefined) params[field.name] = value;
    } catch (error) {
      errors.set(pointer, error instanceof Error ? error.message : String(error));
    }
  }
  return { params, errors };
}

function typed(field: Field, value: unknown, pointer: string, errors: Errors): unknown {
  if (value === undefined || value === null || value === "") return undefined;
  switch (field.sort) {
    case "numbers":
      return parts(value, /[\s,;]+/).map(numberOf);
    case "texts":
      return parts(value, /,/);
    case "anys":
      return parts(value, /,/).map(scalarOf);
    case "any":
      return scalarOf(String(value));
    case "json":
      return typeof value === "string" ? JSON.parse(value) : value;
    case "list": {
      const rows = value as Values[];
      return rows.length === 0 ? undefined : rows.map((row, i) => nested(field.fields, row, `${pointer}/${i}`, errors));
    }
    case "object":
      return nested(field.fields, value as Values, pointer, errors);
    case "map": {
      const pairs = (value as { key: string; value: unknown }[]).filter(({ key }) => key);
      const inner = pairs.map(({ key, value: one }) => [
        key,
        typed(field.item, one, `${pointer}/${escaped(key)}`, errors),
      ]);
      return pairs.length === 0 ? undefined : Object.fromEntries(inner);
    }
    case "variant": {
      if (typeof value !== "object") return value;
      return nested(
        field.fields.filter(({ name }) => name in (value as Values)),
        value as Values,
        pointer,
        errors,
      );
    }
    default:
      return Array.isArray(value) && value.length === 0 ? undefined : value;
  }
}

function nested(fields: Field[], values: Values, pointer: string, errors: Errors): Values {
  const inner = paramsOf(fields, values, pointer);
  for (const [where, message] of inner.errors) errors.set(where, message);
  return inner.params;
}

const parts = (value: unknown, separator: RegExp) =>
  String(value)
    .split(separator)
    .map((part) => part.trim())
    .filter(Boolean);

function numberOf(part: string): number {
  const number = Number(part);
  if (Number.isNaN(number)) throw new Error(`“${part}” is not a number.`);
  return number;
}

/** A value as JSON has it: `true`, `12.5`, or else text. Quotes keep a number a text. */
export function scalarOf(text: string): unknown {
  const plain = text.trim();
  if (/^".*"$/.test(plain)) return plain.slice(1, -1);
  if (plain === "true" || plain === "false") return plain === "true";
  // An integer that a float cannot hold stays a text, as the server takes it.
  if (/^-?\d+$/.test(plain) && !Number.isSafeInteger(Number(plain))) return plain;
  return plain !== "" && Number.isFinite(Number(plain)) ? Number(plain) : plain;
}

/** A part of a JSON pointer (RFC 6901). */
export const escaped = (name: string) => name.replaceAll("~", "~0").replaceAll("/", "~1");

/** What is wrong at this place; with `isDeep` also at places within it. */
export function errorAt(errors: Errors, pointer: string, isDeep = false): string | undefined {
  const own = errors.get(pointer);
  if (own || !isDeep) return own;
  return [...errors].find(([where]) => where.startsWith(`${pointer}/`))?.[1];
}

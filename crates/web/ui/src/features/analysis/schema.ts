// A form from a kind's JSON schema: each property becomes a field of a simple sort; what is none is written as JSON.
import type { Column } from "../datasets/queries";

export interface Schema {
  type?: string | string[];
  description?: string;
  enum?: unknown[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  oneOf?: Schema[];
  $ref?: string;
}

export type Field = { name: string; description: string; isRequired: boolean; initial: unknown } & (
  | { sort: "column" | "columns"; choices: string[] }
  | { sort: "choice"; choices: string[] }
  | { sort: "number"; minimum?: number; maximum?: number; isWhole: boolean }
  | { sort: "numbers" | "texts" | "text" | "switch" | "json" }
);

/** The schema with everything it refers to in place; depth is bounded, since schemas may refer to themselves. */
export function complete(schema: Schema, known: Record<string, Schema>, depth = 6): Schema {
  if (depth === 0) return {};
  if (schema.$ref) {
    const { $ref, ...own } = schema;
    return { ...complete(known[$ref.split("/").pop() ?? ""] ?? {}, known, depth - 1), ...own };
  }
  const inner = (one: Schema) => complete(one, known, depth - 1);
  return {
    ...schema,
    ...(schema.items && { items: inner(schema.items) }),
    ...(schema.oneOf && { oneOf: schema.oneOf.map(inner) }),
    ...(schema.properties && {
      properties: Object.fromEntries(Object.entries(schema.properties).map(([name, one]) => [name, inner(one)])),
    }),
  };
}

/** The fields of a kind, `dataset_id` aside. Columns are recognised by the names that parameters use for them. */
export function fieldsOf(schema: Schema, columns: Column[]): Field[] {
  return Object.entries(schema.properties ?? {})
    .filter(([name]) => name !== "dataset_id")
    .map(([name, property]) => fieldOf(name, property, schema.required?.includes(name) ?? false, columns));
}

function fieldOf(name: string, given: Schema, isRequired: boolean, columns: Column[]): Field {
  const schema = withoutNull(given);
  const base = { name, description: given.description ?? schema.description ?? "", isRequired, initial: given.default };
  const type = typeOf(schema);
  const names = columns.map((column) => column.name);
  if (type === "array" && typeOf(schema.items ?? {}) === "string" && isAboutColumns(name))
    return { ...base, sort: "columns", choices: names };
  if (type === "string" && schema.enum) return { ...base, sort: "choice", choices: schema.enum.map(String) };
  if (type === "string" && isAboutColumns(name)) return { ...base, sort: "column", choices: names };
  if (type === "string") return { ...base, sort: "text" };
  if (type === "boolean") return { ...base, sort: "switch" };
  if (type === "integer" || type === "number") {
    return { ...base, sort: "number", isWhole: type === "integer", minimum: schema.minimum, maximum: schema.maximum };
  }
  if (type === "array" && ["number", "integer"].includes(typeOf(schema.items ?? {})))
    return { ...base, sort: "numbers" };
  if (type === "array" && typeOf(schema.items ?? {}) === "string" && !schema.items?.enum)
    return { ...base, sort: "texts" };
  return { ...base, sort: "json" };
}

const COLUMN_NAMES = /^(columns?|x|y|by|group|weights?|value|values|time|target|predictors|first|second|controls)$/;
const isAboutColumns = (name: string) =>
  COLUMN_NAMES.test(name) || name.endsWith("_column") || name.endsWith("_columns");

/** The schema of the value itself, where `null` only means that nothing is given. */
function withoutNull(schema: Schema): Schema {
  const some = schema.oneOf?.filter((one) => one.type !== "null");
  return some?.length === 1 && some[0]
    ? { ...some[0], description: schema.description ?? some[0].description }
    : schema;
}

function typeOf(schema: Schema): string {
  const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== "null") : schema.type;
  return type ?? (schema.enum ? "string" : "object");
}

/** What the person typed as the value of a parameter; `undefined` leaves it out. Throws what is wrong. */
export function typedValue(field: Field, typed: unknown): unknown {
  if (typed === undefined || typed === null || typed === "") return undefined;
  if (Array.isArray(typed)) return typed.length > 0 ? typed : undefined;
  switch (field.sort) {
    case "numbers":
      return String(typed)
        .split(/[\s,;]+/)
        .filter(Boolean)
        .map((part) => {
          const number = Number(part);
          if (Number.isNaN(number)) throw new Error(`“${part}” is not a number.`);
          return number;
        });
    case "texts":
      return String(typed)
        .split(",")
        .map((part) => part.trim())
        .filter(Boolean);
    case "json":
      return typeof typed === "string" ? JSON.parse(typed) : typed;
    default:
      return typed;
  }
}

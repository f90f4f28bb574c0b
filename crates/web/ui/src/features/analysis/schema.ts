// A form from a kind's JSON schema: each property becomes a field of a simple sort, nested ones fields within it.
import type { Column } from "../datasets/queries";

export interface Schema {
  type?: string | string[];
  description?: string;
  enum?: unknown[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  required?: string[];
  oneOf?: Schema[];
  $ref?: string;
  $defs?: Record<string, Schema>;
}

export interface Choice {
  value: string;
  label: string;
  type: string;
}

export type Field = { name: string; description: string; isRequired: boolean; initial: unknown } & (
  | { sort: "column" | "columns"; choices: Choice[] }
  | { sort: "choice" | "choices"; choices: string[] }
  | { sort: "number"; minimum?: number; maximum?: number; isWhole: boolean }
  | { sort: "numbers" | "texts" | "text" | "switch" | "any" | "anys" | "json" }
  | { sort: "variant"; choices: string[]; fields: Field[] }
  | { sort: "list"; fields: Field[] }
  | { sort: "object"; fields: Field[] }
  | { sort: "map"; choices: Choice[]; item: Field }
  | { sort: "conditions"; choices: Choice[]; operators: string[] }
);

/** The schema with everything it refers to in place; depth is bounded, since schemas may refer to themselves. */
export function complete(schema: Schema, known: Record<string, Schema> = schema.$defs ?? {}, depth = 8): Schema {
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
    ...(typeof schema.additionalProperties === "object" && {
      additionalProperties: inner(schema.additionalProperties),
    }),
    ...(schema.properties && {
      properties: Object.fromEntries(Object.entries(schema.properties).map(([name, one]) => [name, inner(one)])),
    }),
  };
}

/** What a reader decides first; documents of the API name properties by the alphabet. */
const ORDER = [
  "test",
  "model",
  "target",
  "time",
  "value",
  "column",
  "columns",
  "by",
  "measures",
  "groups",
  "methods",
  "function",
  "op",
];
const LAST = ["filter"];

/** The fields of a kind, `dataset_id` aside: what must be given first. */
export function fieldsOf(schema: Schema, columns: Column[]): Field[] {
  const fields = Object.entries(schema.properties ?? {})
    .filter(([name]) => name !== "dataset_id")
    .map(([name, property]) => fieldOf(name, property, schema.required?.includes(name) ?? false, columns));
  const rank = ({ name, isRequired }: Field) =>
    (isRequired ? 0 : 100) + (LAST.includes(name) ? 50 : ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  return fields.sort((a, b) => rank(a) - rank(b));
}

/** Whether a field is shown at once; the others wait under "more options". */
export const isMain = ({ sort, isRequired }: Field) =>
  isRequired || ["column", "columns", "choice", "choices", "list", "conditions"].includes(sort);

function fieldOf(name: string, given: Schema, isRequired: boolean, columns: Column[]): Field {
  const schema = withoutNull(given);
  const description = given.description ?? schema.description ?? "";
  const base = { name, description, isRequired, initial: given.default ?? undefined };
  const type = typeOf(schema);
  const choices = () => columnsFor(description, columns);
  if (type === "array") {
    const items = schema.items ?? {};
    if (items.enum) return { ...base, sort: "choices", choices: items.enum.map(String) };
    if (items.properties?.op && items.properties.column) {
      const operators = (items.properties.op.enum ?? []).map(String);
      return { ...base, sort: "conditions", choices: columnsFor("", columns), operators };
    }
    if (items.properties) return { ...base, sort: "list", fields: fieldsOf(items, columns) };
    if (typeOf(items) === "string")
      return isAboutColumns(name, description)
        ? { ...base, sort: "columns", choices: choices() }
        : { ...base, sort: "texts" };
    return { ...base, sort: ["number", "integer"].includes(typeOf(items)) ? "numbers" : "anys" };
  }
  if (schema.oneOf) return variant(base, schema.oneOf, columns);
  if (type === "string" && schema.enum) return { ...base, sort: "choice", choices: schema.enum.map(String) };
  if (type === "string")
    return isAboutColumns(name, description)
      ? { ...base, sort: "column", choices: choices() }
      : { ...base, sort: "text" };
  if (type === "boolean") return { ...base, sort: "switch" };
  if (type === "integer" || type === "number") {
    const minimum = schema.minimum ?? schema.exclusiveMinimum;
    const maximum = schema.maximum ?? schema.exclusiveMaximum;
    return { ...base, sort: "number", isWhole: type === "integer", minimum, maximum };
  }
  if (schema.properties) return { ...base, sort: "object", fields: fieldsOf(schema, columns) };
  if (typeof schema.additionalProperties === "object") {
    return {
      ...base,
      sort: "map",
      choices: choices(),
      item: fieldOf(name, schema.additionalProperties, true, columns),
    };
  }
  return { ...base, sort: type === "any" ? "any" : "json" };
}

/** A name, or one of several objects with a single property: `"scott"` or `{"width": 0.5}`. */
function variant(base: Omit<Field, "sort">, some: Schema[], columns: Column[]): Field {
  const choices = some.flatMap((one) => (one.enum ?? []).map(String));
  const fields = some.flatMap((one) => (one.properties ? fieldsOf(one, columns) : []));
  return { ...base, sort: "variant", choices, fields } as Field;
}

const COLUMN_NAMES = /^(columns?|x|y|by|group|weights?|value|time|target|predictors|control|categorical)$/;
const isAboutColumns = (name: string, description: string) =>
  COLUMN_NAMES.test(name) && !description.includes("measure");

const NUMBERS = ["integer", "float", "decimal"];
const TIMES = ["date", "datetime"];

/** The columns of the types that the description asks for. */
function columnsFor(description: string, columns: Column[]): Choice[] {
  const types = /\bnumeric or date columns?\b/i.test(description)
    ? [...NUMBERS, ...TIMES]
    : /\bnumeric columns?\b/i.test(description)
      ? NUMBERS
      : /\bdates or datetimes\b/i.test(description)
        ? TIMES
        : null;
  return columns
    .filter(({ type }) => !types || types.includes(type))
    .map(({ name, type }) => ({ value: name, label: name, type }));
}

/** The schema of the value itself, where `null` only means that nothing is given. */
function withoutNull(schema: Schema): Schema {
  const some = schema.oneOf?.filter((one) => one.type !== "null");
  if (!some || some.length === schema.oneOf?.length) return schema;
  const [only] = some;
  return some.length === 1 && only
    ? { ...only, description: schema.description ?? only.description }
    : { ...schema, oneOf: some };
}

function typeOf(schema: Schema): string {
  const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== "null") : schema.type;
  if (type) return type;
  return schema.enum ? "string" : schema.properties ? "object" : "any";
}

// The options of reading a file as the form holds them: texts, of which an empty one means "as detected".
import { queryOptions } from "@tanstack/react-query";
import { api, body, type Schemas } from "../../api/client";

export type ParseOptions = Partial<Schemas["ParseOptions"]>;
export type ParsePreview = Schemas["ParsePreview"];
export type SourceKind = Schemas["SourceKind"];
export type ColumnType = Schemas["ColumnType"];

/** What the form holds: an option by its name, as text. `NONE` is "there is none". */
export interface Choices {
  fields: Partial<Record<OptionName, string>>;
  columns: Record<string, ColumnType>;
}
export type OptionName = Exclude<keyof Schemas["ParseOptions"], "columns">;

export const NONE = "none";
export const NO_CHOICES: Choices = { fields: {}, columns: {} };

const NUMBERS: ReadonlySet<OptionName> = new Set(["skip_rows", "quarantine_percent"]);

/** What the server is asked: only what the person chose. */
export function optionsOf({ fields, columns }: Choices): ParseOptions {
  const options: Record<string, unknown> = {};
  for (const [name, text] of Object.entries(fields) as [OptionName, string][]) {
    if (text === "") continue;
    if (name === "header") options[name] = text === "true";
    else if (name === "null_values") options[name] = text.split(",").map((value) => value.trim());
    else if (NUMBERS.has(name)) options[name] = Number(text);
    else options[name] = text === NONE && name !== "compression" ? "" : text;
  }
  if (Object.keys(columns).length > 0) options.columns = columns;
  return options as ParseOptions;
}

const TEXT: OptionName[] = ["encoding", "delimiter", "quote", "escape", "line_end", "header", "comment", "skip_rows"];
const VALUES: OptionName[] = ["decimal_mark", "thousands_mark", "date_order", "null_values"];
const ALWAYS: OptionName[] = ["format", "compression", "quarantine_percent"];

/** The options that mean something for a kind of file, in the order of the form. */
export function optionsFor(kind: SourceKind): OptionName[] {
  switch (kind) {
    case "csv":
      return ["format", ...TEXT, ...VALUES, "compression", "quarantine_percent"];
    case "xlsx":
    case "ods":
      return ["format", "sheet", "header", "skip_rows", ...VALUES, "quarantine_percent"];
    case "json":
    case "ndjson":
      return ["format", "encoding", ...VALUES, "compression", "quarantine_percent"];
    default:
      return ALWAYS;
  }
}

export const previewQuery = (id: string, options: ParseOptions) =>
  queryOptions({
    queryKey: ["dataset", id, "parse-preview", options],
    queryFn: () =>
      body(
        api.POST("/api/v1/datasets/{id}/parse-preview", {
          params: { path: { id } },
          body: options as Schemas["ParseOptions"],
        }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });

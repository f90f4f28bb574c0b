// The parameters of a kind, as a form drawn from its schema; wrong ones are told at their fields.
import { MultiSelect, NumberInput, Select, Switch, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import type { Problem } from "../../api/problems";
import { t } from "../../text";
import type { Column } from "../datasets/queries";
import { StartButton } from "./AnalysisPage";
import { type Field, fieldsOf, type Schema, typedValue } from "./schema";

interface Props {
  schema: Schema;
  columns: Column[];
  isBusy: boolean;
  problem: Problem | null;
  onStart: (params: Record<string, unknown>) => void;
}

type Values = Record<string, string | number | boolean | string[] | null>;

export function ParamsForm({ schema, columns, isBusy, problem, onStart }: Props) {
  const fields = fieldsOf(schema, columns);
  const form = useForm<Values>({
    initialValues: Object.fromEntries(fields.map((field) => [field.name, shown(field)])),
  });
  const submit = (values: Values) => {
    const params: Record<string, unknown> = {};
    for (const field of fields) {
      try {
        const value = typedValue(field, values[field.name]);
        if (value !== undefined) params[field.name] = value;
      } catch (error) {
        return form.setFieldError(field.name, error instanceof Error ? error.message : String(error));
      }
    }
    onStart(params);
  };
  const told =
    problem?.fields.filter(({ pointer }) => !fields.some(({ name }) => pointer.split("/")[1] === name)) ?? [];
  return (
    <form onSubmit={form.onSubmit(submit)}>
      {fields.map((field) => {
        const error = problem?.fields.find(({ pointer }) => pointer.split("/")[1] === field.name)?.detail;
        const input = form.getInputProps(field.name);
        return <FieldInput key={field.name} field={field} input={{ ...input, error: input.error ?? error }} />;
      })}
      {problem && (told.length > 0 || problem.fields.length === 0) && (
        <p role="alert" className="status bad">
          {told.map(({ detail }) => detail).join(" ") || problem.message}
        </p>
      )}
      <StartButton isBusy={isBusy} />
    </form>
  );
}

function FieldInput({ field, input }: { field: Field; input: object }) {
  const text = { label: label(field.name), description: field.description, required: field.isRequired, mt: "sm" };
  switch (field.sort) {
    case "columns":
      return (
        <MultiSelect
          {...text}
          {...input}
          data={field.choices}
          searchable
          clearable
          placeholder={field.isRequired ? "" : t("analysis.columns.all")}
        />
      );
    case "column":
    case "choice":
      return <Select {...text} {...input} data={field.choices} searchable clearable={!field.isRequired} />;
    case "number":
      return <NumberInput {...text} {...input} min={field.minimum} max={field.maximum} allowDecimal={!field.isWhole} />;
    case "switch":
      return (
        <Switch
          label={text.label}
          description={text.description}
          mt="sm"
          {...input}
          defaultChecked={field.initial === true}
        />
      );
    case "json":
      return <Textarea {...text} {...input} autosize minRows={2} className="mono" />;
    default:
      return <TextInput {...text} {...input} />;
  }
}

/** A default as the field shows it. */
function shown({ sort, initial }: Field): string | number | boolean | string[] | null {
  if (sort === "columns") return Array.isArray(initial) ? initial.map(String) : [];
  if (sort === "switch") return initial === true;
  if (sort === "column" || sort === "choice") return typeof initial === "string" ? initial : null;
  if (Array.isArray(initial) && sort !== "json") return initial.join(", ");
  if (typeof initial === "number" || typeof initial === "string") return initial;
  return initial === undefined || initial === null ? "" : JSON.stringify(initial);
}

const label = (name: string) => (name[0] ?? "").toUpperCase() + name.slice(1).replace(/_/g, " ");

// Which rows to take: conditions on columns, each with an operator and the value that suits it.
import { Button, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { t } from "../../text";
import { FieldGroup } from "./FieldGroup";
import type { InputProps } from "./FieldInput";
import { errorAt, scalarOf } from "./params";
import type { Field } from "./schema";

interface Condition {
  column: string;
  op: string;
  value?: unknown;
  values?: unknown[];
}

const LABELS: Record<string, string> = {
  eq: "=",
  ne: "≠",
  lt: "<",
  le: "≤",
  gt: ">",
  ge: "≥",
  in: "is one of",
  not_in: "is none of",
  between: "is between",
  contains: "contains",
  starts_with: "starts with",
  ends_with: "ends with",
  is_null: "is missing",
  not_null: "is not missing",
};
const MANY = ["in", "not_in", "between"];
const ALONE = ["is_null", "not_null"];
const OF_TEXT = ["contains", "starts_with", "ends_with"];

type Props = Omit<InputProps, "field"> & { field: Extract<Field, { sort: "conditions" }> };

export function Conditions({ field, pointer, value, errors, onChange }: Props) {
  const conditions = (value as Condition[] | undefined) ?? [];
  const change = (at: number, part: Partial<Condition>) =>
    onChange(conditions.map((one, i) => (i === at ? { ...one, ...part } : one)));
  const add = () => onChange([...conditions, { column: field.choices[0]?.value ?? "", op: "eq", value: "" }]);
  return (
    <FieldGroup name={field.name} description={field.description} error={errorAt(errors, pointer)}>
      {conditions.map((condition, i) => {
        const type = field.choices.find((choice) => choice.value === condition.column)?.type ?? "text";
        const operators = field.operators.filter((op) => type === "text" || !OF_TEXT.includes(op));
        const at = `${pointer}/${i}`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no name; they are added at the end.
          <div key={i} className="fields-row condition">
            <Select
              label={t("analysis.column")}
              data={field.choices}
              value={condition.column}
              searchable
              allowDeselect={false}
              error={errorAt(errors, `${at}/column`)}
              onChange={(column) => column && change(i, { column })}
            />
            <Select
              label={t("analysis.operator")}
              data={operators.map((op) => ({ value: op, label: LABELS[op] ?? op }))}
              value={condition.op}
              allowDeselect={false}
              error={errorAt(errors, `${at}/op`)}
              onChange={(op) => op && change(i, operandsFor(op))}
            />
            {!ALONE.includes(condition.op) && (
              <Operand
                key={`${condition.op} ${type}`}
                condition={condition}
                isText={!["integer", "float", "decimal", "boolean"].includes(type)}
                error={
                  errorAt(errors, `${at}/value`, true) ?? errorAt(errors, `${at}/values`, true) ?? errorAt(errors, at)
                }
                onChange={(part) => change(i, part)}
              />
            )}
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={() => onChange(conditions.filter((_, other) => other !== i))}
            >
              {t("analysis.removeOf", { name: t("analysis.condition", { number: i + 1 }) })}
            </Button>
          </div>
        );
      })}
      <Button size="compact-sm" variant="default" mt="xs" disabled={field.choices.length === 0} onClick={add}>
        {t("analysis.addCondition")}
      </Button>
    </FieldGroup>
  );
}

/** A new operator begins without a value where the old one does not fit. */
function operandsFor(op: string): Partial<Condition> {
  if (ALONE.includes(op)) return { op, value: undefined, values: undefined };
  return MANY.includes(op) ? { op, value: undefined, values: [] } : { op, value: "", values: undefined };
}

interface OperandProps {
  condition: Condition;
  isText: boolean;
  error: string | undefined;
  onChange: (part: Partial<Condition>) => void;
}

/** The value as it is typed; what the column's type makes of it goes into the request. */
function Operand({ condition: { op, value, values }, isText, error, onChange }: OperandProps) {
  const isMany = MANY.includes(op);
  const [typed, setTyped] = useState(() => (isMany ? (values ?? []).map(String).join(", ") : String(value ?? "")));
  const typedAs = (part: string) => (isText ? part : scalarOf(part));
  const change = (text: string) => {
    setTyped(text);
    if (!isMany) return onChange({ value: typedAs(text) });
    const all = text.split(",").map((part) => part.trim());
    onChange({ values: all.filter(Boolean).map(typedAs) });
  };
  return (
    <TextInput
      label={op === "between" ? t("analysis.fromTo") : isMany ? t("analysis.values") : t("analysis.value")}
      value={typed}
      error={error}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}

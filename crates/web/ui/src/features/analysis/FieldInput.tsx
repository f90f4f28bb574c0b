// One field of a form: the input that suits its sort, its help, and what is wrong with it.
import { Button, Fieldset, MultiSelect, NumberInput, Select, Switch, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { t } from "../../text";
import { Conditions } from "./Conditions";
import { FieldGroup, title } from "./FieldGroup";
import { inline } from "./Markdown";
import { type Errors, errorAt, escaped, newRow, shownValues, type Values } from "./params";
import { words } from "./results/values";
import type { Choice, Field } from "./schema";

export interface InputProps {
  field: Field;
  /** Where the value stands in the request. */
  pointer: string;
  value: unknown;
  errors: Errors;
  onChange: (value: unknown) => void;
}

export function FieldInput({ field, pointer, value, errors, onChange }: InputProps) {
  const error = errorAt(errors, pointer, !["list", "object", "conditions", "map", "variant"].includes(field.sort));
  const common = {
    label: title(field.name),
    description: inline(field.description),
    required: field.isRequired,
    mt: "sm",
    error,
  };
  switch (field.sort) {
    case "columns":
      return (
        <MultiSelect
          {...common}
          data={known(field.choices, value)}
          renderOption={({ option }) => <ColumnOption option={option} choices={field.choices} />}
          value={value as string[]}
          onChange={onChange}
          searchable
          clearable
          nothingFoundMessage={t("analysis.columns.none")}
          placeholder={(value as string[]).length > 0 || field.isRequired ? "" : emptyColumns(field)}
        />
      );
    case "column":
      return (
        <Select
          {...common}
          data={known(field.choices, value)}
          renderOption={({ option }) => <ColumnOption option={option} choices={field.choices} />}
          value={(value as string) ?? null}
          onChange={onChange}
          searchable
          clearable={!field.isRequired}
          nothingFoundMessage={t("analysis.columns.none")}
        />
      );
    case "choices":
      return (
        <MultiSelect
          {...common}
          data={field.choices.map((choice) => ({ value: choice, label: words(choice) }))}
          value={value as string[]}
          onChange={onChange}
          clearable
        />
      );
    case "choice":
      return (
        <Select
          {...common}
          data={field.choices.map((choice) => ({ value: choice, label: words(choice) }))}
          value={(value as string) ?? null}
          onChange={onChange}
          clearable={!field.isRequired && field.initial === undefined}
          allowDeselect={!field.isRequired && field.initial === undefined}
          placeholder={t("analysis.usual")}
        />
      );
    case "number":
      return (
        <NumberInput
          {...common}
          value={value as number | string}
          onChange={onChange}
          allowDecimal={!field.isWhole}
          step={field.maximum !== undefined && field.maximum <= 1 ? 0.05 : 1}
          placeholder={field.isRequired ? "" : t("analysis.usual")}
        />
      );
    case "switch":
      return (
        <Switch
          label={common.label}
          description={inline(field.description)}
          error={error}
          mt="sm"
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case "variant":
      return <Variant {...{ field, pointer, value, errors, onChange }} />;
    case "list":
      return <List {...{ field, pointer, value, errors, onChange }} />;
    case "object":
      return <Inner {...{ field, pointer, value, errors, onChange }} />;
    case "map":
      return <Pairs {...{ field, pointer, value, errors, onChange }} />;
    case "conditions":
      return <Conditions {...{ field, pointer, value, errors, onChange }} />;
    case "json":
      return (
        <Textarea
          {...common}
          value={value as string}
          onChange={(event) => onChange(event.currentTarget.value)}
          autosize
        />
      );
    default:
      return (
        <TextInput
          {...common}
          value={value as string}
          onChange={(event) => onChange(event.currentTarget.value)}
          placeholder={
            field.sort === "numbers" || field.sort === "anys" || field.sort === "texts" ? t("analysis.commas") : ""
          }
        />
      );
  }
}

/** A request may leave columns out where "all" is meant; elsewhere nothing is meant. */
const emptyColumns = (field: Field) =>
  field.name === "columns" ? t("analysis.columns.all") : t("analysis.columns.no");

/** The choices, and what is chosen though it is none of them: the server says what is wrong with it. */
function known(choices: Choice[], value: unknown): Choice[] {
  const chosen = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "string" && one !== "");
  const others = chosen.filter((one) => !choices.some((choice) => choice.value === one));
  return [...choices, ...others.map((one) => ({ value: one, label: one, type: "" }))];
}

function ColumnOption({ option, choices }: { option: { value: string; label: string }; choices: Choice[] }) {
  return (
    <span className="column-option">
      <span>{option.label}</span>
      <span className="mono">{choices.find(({ value }) => value === option.value)?.type}</span>
    </span>
  );
}

type Of<Sort> = Omit<InputProps, "field"> & { field: Extract<Field, { sort: Sort }> };

/** A rule by name, or a value of one's own. */
function Variant({ field, pointer, value, errors, onChange }: Of<"variant">) {
  const own = typeof value === "object" && value !== null ? Object.keys(value)[0] : undefined;
  const inner = field.fields.find(({ name }) => name === own);
  const choose = (choice: string | null) => {
    const chosen = field.fields.find(({ name }) => `own ${name}` === choice);
    onChange(chosen ? { [chosen.name]: "" } : choice);
  };
  const held = own === undefined ? undefined : (value as Values)[own];
  return (
    <>
      <Select
        label={title(field.name)}
        description={inline(field.description.replace(/, or (`\{.*)/, ".").replace(/:? ?a rule by name\.?/, "."))}
        mt="sm"
        error={errorAt(errors, pointer)}
        data={[
          ...field.choices.map((choice) => ({ value: choice, label: words(choice) })),
          ...field.fields.map(({ name }) => ({
            value: `own ${name}`,
            label: t("analysis.own", { name: words(name) }),
          })),
        ]}
        value={own === undefined ? ((value as string) ?? null) : `own ${own}`}
        onChange={choose}
        allowDeselect={false}
        placeholder={t("analysis.usual")}
      />
      {inner && (
        <FieldInput
          field={inner}
          pointer={`${pointer}/${inner.name}`}
          value={Array.isArray(held) ? held.join(", ") : held}
          errors={errors}
          onChange={(next) => onChange({ [inner.name]: next })}
        />
      )}
    </>
  );
}

/** Several things of one sort, each with fields of its own. */
function List({ field, pointer, value, errors, onChange }: Of<"list">) {
  const rows = (value as Values[] | undefined) ?? [];
  const change = (at: number, name: string, next: unknown) =>
    onChange(rows.map((row, i) => (i === at ? { ...row, [name]: next } : row)));
  return (
    <FieldGroup name={field.name} description={field.description} error={errorAt(errors, pointer)}>
      {rows.map((row, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name; they are added at the end.
        <div key={i} className="fields-row">
          <Few
            fields={field.fields}
            pointer={`${pointer}/${i}`}
            values={row}
            errors={errors}
            onChange={(name, next) => change(i, name, next)}
          />
          {(rows.length > 1 || !field.isRequired) && (
            <Button
              size="compact-xs"
              variant="subtle"
              aria-label={t("analysis.removeOf", { name: `${words(field.name)} ${i + 1}` })}
              onClick={() => onChange(rows.filter((_, other) => other !== i))}
            >
              {t("analysis.remove")}
            </Button>
          )}
        </div>
      ))}
      <Button size="compact-sm" variant="default" mt="xs" onClick={() => onChange([...rows, newRow(field)])}>
        {t("analysis.add")} <span className="sr">{title(field.name)}</span>
      </Button>
    </FieldGroup>
  );
}

interface FewProps {
  fields: Field[];
  pointer: string;
  values: Values;
  errors: Errors;
  onChange: (name: string, value: unknown) => void;
}

/** The fields of one thing: what it is at once, what is seldom needed behind a word. */
function Few({ fields, pointer, values, errors, onChange }: FewProps) {
  const input = (inner: Field) => (
    <FieldInput
      key={inner.name}
      field={inner}
      pointer={`${pointer}/${escaped(inner.name)}`}
      value={values[inner.name]}
      errors={errors}
      onChange={(next) => onChange(inner.name, next)}
    />
  );
  const isSeldom = ({ name, isRequired, sort }: Field) => !isRequired && sort !== "column" && !values[name];
  const [seldom, setSeldom] = useState(() => new Set(fields.filter(isSeldom).map(({ name }) => name)));
  const isHidden = ({ name }: Field) => seldom.has(name) && !errorAt(errors, `${pointer}/${escaped(name)}`, true);
  return (
    <>
      {fields.filter((inner) => !isHidden(inner)).map(input)}
      {fields.some(isHidden) && (
        <Button size="compact-xs" variant="subtle" onClick={() => setSeldom(new Set())}>
          {t("analysis.more")}
        </Button>
      )}
    </>
  );
}

/** A thing that may be left out. */
function Inner({ field, pointer, value, errors, onChange }: Of<"object">) {
  const values = value as Values | null;
  return (
    <Fieldset legend={title(field.name)} mt="sm" className="fields">
      <Switch
        label={field.description || title(field.name)}
        checked={values !== null && values !== undefined}
        onChange={(event) => onChange(event.currentTarget.checked ? shownValues(field.fields) : null)}
      />
      {values && (
        <Few
          fields={field.fields}
          pointer={pointer}
          values={values}
          errors={errors}
          onChange={(name, next) => onChange({ ...values, [name]: next })}
        />
      )}
    </Fieldset>
  );
}

/** A value for each of some columns. */
function Pairs({ field, pointer, value, errors, onChange }: Of<"map">) {
  const pairs = (value as { key: string; value: unknown }[] | undefined) ?? [];
  const change = (at: number, part: object) =>
    onChange(pairs.map((pair, i) => (i === at ? { ...pair, ...part } : pair)));
  return (
    <FieldGroup name={field.name} description={field.description}>
      {pairs.map((pair, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name; they are added at the end.
        <div key={i} className="fields-row">
          <Select
            label={t("analysis.column")}
            data={known(field.choices, pair.key)}
            value={pair.key || null}
            searchable
            onChange={(key) => change(i, { key: key ?? "" })}
          />
          <FieldInput
            field={{ ...field.item, name: "value", description: "" }}
            pointer={`${pointer}/${escaped(pair.key)}`}
            value={pair.value}
            errors={errors}
            onChange={(next) => change(i, { value: next })}
          />
          <Button size="compact-xs" variant="subtle" onClick={() => onChange(pairs.filter((_, other) => other !== i))}>
            {t("analysis.removeOf", { name: pair.key || `${i + 1}` })}
          </Button>
        </div>
      ))}
      <Button size="compact-sm" variant="default" mt="xs" onClick={() => onChange([...pairs, { key: "", value: "" }])}>
        {t("analysis.add")} <span className="sr">{title(field.name)}</span>
      </Button>
    </FieldGroup>
  );
}

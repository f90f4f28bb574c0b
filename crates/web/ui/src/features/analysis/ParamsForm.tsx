// The parameters of a kind, as a form drawn from its schema; wrong ones are told at their fields, the server's too.
import { Button } from "@mantine/core";
import { type FormEvent, useMemo, useState } from "react";
import type { Problem } from "../../api/problems";
import { t } from "../../text";
import type { Column } from "../datasets/queries";
import { useIsViewer } from "../session/session";
import { FieldInput } from "./FieldInput";
import { type Errors, escaped, paramsOf, shownValues, type Values } from "./params";
import { fieldsOf, isMain, type Schema } from "./schema";

interface Props {
  schema: Schema;
  columns: Column[];
  /** What the form shows at first: the parameters in the address. */
  given: Values | undefined;
  isBusy: boolean;
  problem: Problem | null;
  onStart: (params: Values) => void;
}

export function ParamsForm({ schema, columns, given, isBusy, problem, onStart }: Props) {
  const fields = useMemo(() => fieldsOf(schema, columns), [schema, columns]);
  const [values, setValues] = useState<Values>(() => shownValues(fields, given));
  const [own, setOwn] = useState<Errors>(new Map());
  const errors = useMemo(() => new Map([...serverErrors(problem), ...own]), [problem, own]);
  const isViewer = useIsViewer();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isViewer) return;
    const { params, errors: wrong } = paramsOf(fields, values);
    setOwn(wrong);
    if (wrong.size === 0) onStart(params);
  };
  const input = (field: (typeof fields)[number]) => (
    <FieldInput
      key={field.name}
      field={field}
      pointer={`/${escaped(field.name)}`}
      value={values[field.name]}
      errors={errors}
      onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
    />
  );
  const more = fields.filter((field) => !isMain(field));
  const isMoreWrong = more.some(({ name }) =>
    [...errors.keys()].some((where) => where.split("/")[1] === escaped(name)),
  );
  const placed = new Set(fields.map(({ name }) => escaped(name)));
  const elsewhere = [...errors].filter(([where]) => !placed.has(where.split("/")[1] ?? "")).map(([, detail]) => detail);
  const told = elsewhere.length > 0 ? elsewhere.join(" ") : problem && errors.size === 0 ? problem.message : "";
  return (
    <form onSubmit={submit} noValidate className="params">
      {fields.filter(isMain).map(input)}
      {more.length > 0 && (
        <details className="more" open={isMoreWrong || undefined}>
          <summary>{t("analysis.more")}</summary>
          {more.map(input)}
        </details>
      )}
      {told && (
        <p role="alert" className="status bad wrap">
          {told}
        </p>
      )}
      {isViewer ? (
        <p className="note">{t("role.viewer.explains")}</p>
      ) : (
        <Button type="submit" mt="md" loading={isBusy} fullWidth>
          {t("analysis.start")}
        </Button>
      )}
    </form>
  );
}

function serverErrors(problem: Problem | null): Errors {
  return new Map((problem?.fields ?? []).map(({ pointer, detail }) => [pointer, detail]));
}

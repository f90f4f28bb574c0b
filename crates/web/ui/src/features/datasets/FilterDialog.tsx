// One condition: a column, an operator that its type has, and the values that the operator takes.
import { Button, Group, Modal, NativeSelect, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Schemas } from "../../api/client";
import { type TextKey, t } from "../../text";
import { type Condition, condition, type Operator, operatorsFor, takesMany, takesNothing, takesTwo } from "./filters";
import type { Column } from "./queries";

interface Props {
  columns: Column[];
  profile: Schemas["Profile"] | undefined;
  /** The column to begin with; the first one for an empty text. */
  first: string;
  onAdd: (condition: Condition) => void;
  onClose: () => void;
}

export function FilterDialog({ columns, profile, first, onAdd, onClose }: Props) {
  const [name, setName] = useState(first || columns[0]?.name || "");
  const [chosen, setOp] = useState<Operator>("eq");
  const [one, setOne] = useState("");
  const [two, setTwo] = useState("");
  const column = columns.find((other) => other.name === name);
  const operators = operatorsFor(column?.type ?? "text");
  const op = operators.includes(chosen) ? chosen : (operators[0] ?? "eq");
  const top = profile?.columns.find((summary) => summary.name === name)?.top ?? [];
  const values = column?.type === "boolean" ? ["true", "false"] : top.slice(0, 20).map(({ value }) => String(value));
  const isComplete =
    takesNothing(op) || (one !== "" && (!takesTwo(op) || two !== "")) || (op === "eq" && column?.type === "text");
  return (
    <Modal opened onClose={onClose} title={t("grid.filter")} closeButtonProps={{ "aria-label": t("app.close") }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isComplete) return;
          onAdd(condition(name, op, one, two));
          onClose();
        }}
      >
        <Select
          label={t("quarantine.column")}
          data={columns.map((other) => other.name)}
          value={name}
          onChange={(next) => next && setName(next)}
          searchable
          limit={200}
          allowDeselect={false}
          mb="sm"
        />
        <NativeSelect
          label={t("filter.operator")}
          data={operators.map((value) => ({ value, label: t(`filter.${value}` as TextKey) }))}
          value={op}
          onChange={(event) => setOp(event.currentTarget.value as Operator)}
          mb="sm"
        />
        {!takesNothing(op) && (
          <Group grow align="start" mb="sm">
            <TextInput
              label={takesTwo(op) ? t("filter.lowest") : t("filter.value")}
              description={takesMany(op) ? t("filter.list") : undefined}
              placeholder={PATTERN[column?.type ?? "text"]}
              value={one}
              onChange={(event) => setOne(event.currentTarget.value)}
              list="filter-values"
              data-autofocus
            />
            {takesTwo(op) && (
              <TextInput
                label={t("filter.highest")}
                placeholder={PATTERN[column?.type ?? "text"]}
                value={two}
                onChange={(event) => setTwo(event.currentTarget.value)}
              />
            )}
          </Group>
        )}
        <datalist id="filter-values">
          {values.map((value) => (
            <option key={value} value={value} />
          ))}
        </datalist>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button type="submit" disabled={!isComplete}>
            {t("grid.filter.add")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

/** How a value of a type is written. */
const PATTERN: Record<Column["type"], string | undefined> = {
  integer: "100",
  float: "2.5",
  decimal: "2.50",
  boolean: "true",
  date: "2026-03-01",
  datetime: "2026-03-01 14:05",
  time: "14:05",
  text: undefined,
};

// The columns of the dataset: dragged onto a well, or chosen to see which charts suit them.
import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { t } from "../../text";
import { useDragSource } from "./dragging";
import { TypeIcon } from "./pictures";
import type { Column } from "./types";

/** Fewer columns are found without searching. */
const MANY = 10;
const MOST = 300;

interface Props {
  columns: Column[];
  chosen: string[];
  onChoose: (chosen: string[]) => void;
  /** Puts a column where it suits best. */
  onAdd: (column: Column) => void;
}

export function ColumnList({ columns, chosen, onChoose, onAdd }: Props) {
  const [query, setQuery] = useState("");
  const wanted = query.trim().toLowerCase();
  const found = columns.filter(({ name }) => name.toLowerCase().includes(wanted));
  return (
    <section className="builder-columns" aria-label={t("builder.columns")}>
      <h2 className="builder-head">{t("builder.columns")}</h2>
      {columns.length > MANY && (
        <TextInput
          size="xs"
          type="search"
          aria-label={t("builder.findColumn")}
          placeholder={t("builder.findColumn")}
          leftSection={<IconSearch size={14} aria-hidden />}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          mb={6}
        />
      )}
      <ul className="builder-list">
        {found.slice(0, MOST).map((column) => (
          <ColumnItem
            key={column.name}
            column={column}
            isChosen={chosen.includes(column.name)}
            onToggle={() =>
              onChoose(
                chosen.includes(column.name) ? chosen.filter((name) => name !== column.name) : [...chosen, column.name],
              )
            }
            onAdd={() => onAdd(column)}
          />
        ))}
      </ul>
      {found.length === 0 && <p className="note">{t("app.search.nothing")}</p>}
      <p className="builder-hint">{t("builder.columns.hint")}</p>
    </section>
  );
}

interface ItemProps {
  column: Column;
  isChosen: boolean;
  onToggle: () => void;
  onAdd: () => void;
}

function ColumnItem({ column, isChosen, onToggle, onAdd }: ItemProps) {
  const source = useDragSource({ encoding: { column: column.name } });
  return (
    <li>
      <button
        type="button"
        className="column-pill"
        aria-pressed={isChosen}
        title={`${column.name} (${column.type})`}
        onClick={onToggle}
        onDoubleClick={onAdd}
        {...source}
      >
        <TypeIcon type={column.type} />
        <span className="column-name">{column.name}</span>
        <span className="sr">{column.type}</span>
      </button>
    </li>
  );
}

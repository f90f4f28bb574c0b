// The head of a grid column: its name and type; a click sorts by it, up, down, and back to the file's own order.
import { t } from "../../text";
import { isNumeric } from "./GridCell";
import type { Column } from "./queries";

interface Props {
  column: Column;
  index: number;
  sort: string | undefined;
  onSort: (sort: string | undefined) => void;
  left: number;
  width: number;
}

export function GridHead({ column, index, sort, onSort, left, width }: Props) {
  const key = sortKey(column.name);
  const isUp = sort === key;
  const isDown = sort === `-${key}`;
  const next = isUp ? `-${key}` : isDown ? undefined : key;
  return (
    <div
      role="columnheader"
      aria-colindex={index + 2}
      aria-sort={isUp ? "ascending" : isDown ? "descending" : "none"}
      className={isNumeric(column) ? "number" : undefined}
      style={{ position: "absolute", insetInlineStart: left, width }}
    >
      <button
        type="button"
        className="grid-name"
        title={t("dataset.grid.sort", { name: column.name })}
        onClick={() => onSort(next)}
      >
        {column.name} {isUp ? "▲" : isDown ? "▼" : ""}
      </button>
      <span className="type">{column.type}</span>
    </div>
  );
}

/** The name as lists of columns take it: in double quotes where it holds a comma or a quote. */
function sortKey(name: string): string {
  return /[",]|^-/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}

// A table of results, sorted by a click on a head; missing values stay last both ways.
import { useMemo, useState } from "react";
import { text, words } from "./ResultView";

type Row = Record<string, unknown>;

export function SortableTable({ columns, rows }: { columns: string[]; rows: Row[] }) {
  const [order, setOrder] = useState<{ column: string; isDown: boolean } | null>(null);
  const sorted = useMemo(() => (order ? sortRows(rows, order.column, order.isDown) : rows), [rows, order]);
  return (
    <div className="scroll-x">
      <table className="plain results">
        <thead>
          <tr>
            {columns.map((column) => {
              const isOrder = order?.column === column;
              return (
                <th
                  key={column}
                  scope="col"
                  className={isNumber(rows, column) ? "number" : undefined}
                  aria-sort={isOrder ? (order.isDown ? "descending" : "ascending") : "none"}
                >
                  <button type="button" onClick={() => setOrder({ column, isDown: isOrder && !order.isDown })}>
                    {words(column)} {isOrder ? (order.isDown ? "▼" : "▲") : ""}
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a result have no other name.
            <tr key={i}>
              {columns.map((column) => (
                <td key={column} className={typeof row[column] === "number" ? "number" : undefined}>
                  {text(row[column])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const isNumber = (rows: Row[], column: string) => rows.some((row) => typeof row[column] === "number");

export function sortRows(rows: Row[], column: string, isDown: boolean): Row[] {
  const sign = isDown ? -1 : 1;
  return [...rows].sort((one, other) => {
    const [a, b] = [one[column], other[column]];
    if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
    if (typeof a === "number" && typeof b === "number") return sign * (a - b);
    return sign * String(a).localeCompare(String(b), "en", { numeric: true });
  });
}

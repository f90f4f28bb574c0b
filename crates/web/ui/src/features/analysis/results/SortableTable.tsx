// A table of results, sorted by a click on a head; missing values stay last both ways. Heads tell how figures are computed.
import { Button } from "@mantine/core";
import { useMemo, useState } from "react";
import { t } from "../../../text";
import { Explain } from "../Explain";
import { formatOf, type NamedTable, type Row, words } from "./values";

/** More rows than this are shown on request: nobody reads them, and they make the page slow. */
const FIRST_ROWS = 100;

interface Props {
  table: NamedTable;
  /** Heads that say more than the name of the figure. */
  heads?: Record<string, string>;
  /** Whether heads open how their figure is computed. */
  isExplained?: boolean;
  /** The column whose cells name a figure or test of their own. */
  named?: string;
}

/** Columns that say what a row is, and compute nothing. */
const NAMES = [
  "name",
  "note",
  "distribution",
  "row",
  "rank",
  "column",
  "left",
  "right",
  "term",
  "sample",
  "effect",
  "columns",
];

export function SortableTable({ table: { name, columns, rows }, heads = {}, isExplained = true, named }: Props) {
  const [order, setOrder] = useState<{ column: string; isDown: boolean } | null>(null);
  const [isWhole, setWhole] = useState(false);
  const sorted = useMemo(() => (order ? sortRows(rows, order.column, order.isDown) : rows), [rows, order]);
  const looks = useMemo(() => columns.map((column) => lookOf(column, rows)), [columns, rows]);
  const shown = isWhole ? sorted : sorted.slice(0, FIRST_ROWS);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div className="scroll-x" tabIndex={0} role="region" aria-label={name}>
      <table className="plain results">
        <thead>
          <tr>
            {looks.map(({ column, isNumber }) => {
              const isOrder = order?.column === column;
              return (
                <th
                  key={column}
                  scope="col"
                  className={isNumber ? "number" : undefined}
                  aria-sort={isOrder ? (order.isDown ? "descending" : "ascending") : "none"}
                >
                  <button
                    type="button"
                    onClick={() => setOrder({ column, isDown: isOrder ? !order.isDown : isNumber })}
                  >
                    {heads[column] ?? words(column)} {isOrder ? (order.isDown ? "▼" : "▲") : ""}
                  </button>
                  {isExplained && !NAMES.includes(column) && <Explain figure={column} />}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {shown.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a result have no other name.
            <tr key={i}>
              {looks.map(({ column, isNumber, format }) => (
                <td key={column} className={isNumber ? "number" : undefined} title={titleOf(row[column])}>
                  {column === named ? <Named figure={String(row[column])} /> : format(row[column])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < sorted.length && (
        <Button mt="xs" size="compact-sm" variant="default" onClick={() => setWhole(true)}>
          {t("result.allRows", { count: sorted.length })}
        </Button>
      )}
    </div>
  );
}

function Named({ figure }: { figure: string }) {
  return (
    <>
      {words(figure)} <Explain figure={figure} />
    </>
  );
}

function lookOf(column: string, rows: Row[]) {
  const values = rows.map((row) => row[column]);
  const isNumber =
    values.some((value) => typeof value === "number") &&
    !values.some((value) => typeof value === "string" && value !== "");
  return { column, isNumber, format: formatOf(column, values) };
}

/** All digits of a number, and long texts, on hover. */
function titleOf(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value.length > 40 ? value : undefined;
}

const isMissing = (value: unknown) => value === undefined || value === null;

export function sortRows(rows: Row[], column: string, isDown: boolean): Row[] {
  const sign = isDown ? -1 : 1;
  return [...rows].sort((one, other) => {
    const [a, b] = [one[column], other[column]];
    if (isMissing(a) || isMissing(b)) return Number(isMissing(a)) - Number(isMissing(b));
    if (typeof a === "number" && typeof b === "number") return sign * (a - b);
    return sign * String(a).localeCompare(String(b), "en", { numeric: true });
  });
}

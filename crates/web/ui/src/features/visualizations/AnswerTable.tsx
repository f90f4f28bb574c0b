// The figures of a chart as a table that can be sorted, and charts that are tables themselves.
import { useMemo } from "react";
import { listOf } from "../../charts/figures";
import { plainly } from "../../charts/places";
import { t } from "../../text";
import { SortableTable } from "../analysis/results/SortableTable";
import { isNumeric } from "./accepting";
import type { ChartAnswer } from "./types";

export function AnswerTable({ answer, name }: { answer: ChartAnswer; name: string }) {
  const table = useMemo(() => tableOf(answer, name), [answer, name]);
  return (
    <>
      <SortableTable table={table} heads={table.heads} isExplained={false} />
      {answer.table.is_cut && <p className="note">{t("chart.tableCut")}</p>}
    </>
  );
}

/** Rows by name of column; names that stand twice are told apart by their number. */
function tableOf({ table: { columns, rows } }: ChartAnswer, name: string) {
  const keys = columns.map((column, at) => `${at}: ${column.name}`);
  const heads = Object.fromEntries(columns.map((column, at) => [keys[at] ?? "", column.name]));
  const numbers = columns.map(({ type, encoding }) => isNumeric(type) && encoding !== "string");
  const cells = rows.map((row) =>
    Object.fromEntries(
      row.map((value, at) => [keys[at] ?? "", numbers[at] && typeof value === "string" ? Number(value) : value]),
    ),
  );
  return { name, columns: keys, rows: cells, heads };
}

/** A table of the figure itself: heads in one or more rows, totals, and cells with the colours that it gives them. */
export function Sheet({ answer, name }: { answer: ChartAnswer; name: string }) {
  const sheet = useMemo(() => sheetOf(answer), [answer]);
  if (!sheet) return <AnswerTable answer={answer} name={name} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div className="scroll-x sheet" tabIndex={0} role="region" aria-label={name}>
      <table className="plain results">
        <thead>
          {sheet.heads.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of heads have no name.
            <tr key={at}>
              {row.map(({ text, span }, column) => (
                <th
                  // biome-ignore lint/suspicious/noArrayIndexKey: nor have columns of a pivot table.
                  key={column}
                  scope={span > 1 ? "colgroup" : "col"}
                  colSpan={span}
                  className={
                    sheet.isNumber[row.slice(0, column).reduce((sum, one) => sum + one.span, 0)] ? "number" : undefined
                  }
                >
                  {text}
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {sheet.rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a table have no name.
            <tr key={at}>
              {row.map(({ text, isTotal, fill, ink }, column) => (
                <td
                  // biome-ignore lint/suspicious/noArrayIndexKey: nor have its columns.
                  key={column}
                  className={sheet.isNumber[column] ? "number" : undefined}
                  style={fill ? { background: fill, color: ink } : undefined}
                >
                  {isTotal ? <strong>{text}</strong> : text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {answer.table.is_cut && <p className="note">{t("chart.tableCut")}</p>}
    </div>
  );
}

interface Head {
  text: string;
  span: number;
}

export function sheetOf(answer: ChartAnswer) {
  const trace = answer.figure.data.find(({ type }) => type === "table");
  if (!trace) return null;
  const header = (trace.header ?? {}) as Record<string, unknown>;
  const cells = (trace.cells ?? {}) as Record<string, unknown>;
  // Plotly's table has one row of heads: those of several rows stand in it as lines.
  const names = listOf(header.values).map((name) => String(name).split(/<br\s*\/?>/));
  const columns = listOf(cells.values).map(listOf);
  const depth = Math.max(1, ...names.map((name) => name.length));
  const align = listOf(cells.align);
  const fills = listOf((cells.fill as Record<string, unknown> | undefined)?.color);
  const inks = listOf((cells.font as Record<string, unknown> | undefined)?.color);
  const of = (list: unknown[], column: number, row: number) => {
    const part = list[column];
    const one = Array.isArray(part) ? part[row] : undefined;
    return typeof one === "string" ? one : undefined;
  };
  const heads = Array.from({ length: depth }, (_, level) => {
    const row: Head[] = [];
    for (const name of names) {
      const text = plainly(name[level] ?? "");
      const last = row.at(-1);
      // Equal neighbours of an upper row stand together.
      if (last && level < depth - 1 && text !== "" && last.text === text) last.span += 1;
      else row.push({ text, span: 1 });
    }
    return row;
  });
  const rows = Array.from({ length: Math.max(0, ...columns.map((column) => column.length)) }, (_, row) =>
    columns.map((column, at) => ({
      text: plainly(String(column[row] ?? "")),
      isTotal: String(column[row] ?? "").startsWith("<b>"),
      fill: of(fills, at, row),
      ink: of(inks, at, row),
    })),
  );
  return { heads, rows, isNumber: columns.map((_, at) => align[at] === "right") };
}

// Copies a range of a grid with its headers; rows that were not seen yet are asked for first.
import type { QueryClient } from "@tanstack/react-query";
import { t } from "../../text";
import { quoted } from "./columnNames";
import { fetchRows, PAGE_ROWS, type RowsView, rowsQuery } from "./queries";
import { asTable, copyText, MOST_CELLS, type Range, sizeOf } from "./selection";

/** Up to this many rows the pages of the grid are used, which may be there already. */
const ROWS_BY_PAGE = 2_000;
const ROWS_AT_ONCE = 1_000;

export async function copyRange(queries: QueryClient, view: RowsView, range: Range, shown: number[]): Promise<void> {
  if (sizeOf(range) > MOST_CELLS) {
    throw new Error(t("grid.tooMuch", { count: sizeOf(range), most: MOST_CELLS }));
  }
  const indices = shown.slice(range.firstColumn, range.lastColumn + 1);
  const names = indices.map((index) => view.version.columns[index]?.name ?? "");
  const rows =
    range.lastRow - range.firstRow < ROWS_BY_PAGE
      ? (await byPage(queries, view, range)).map((row) => indices.map((index) => row[index]))
      : await atOnce(view, range, names);
  await copyText(asTable(names, rows));
}

async function byPage(queries: QueryClient, view: RowsView, { firstRow, lastRow }: Range): Promise<unknown[][]> {
  const rows: unknown[][] = [];
  for (let page = Math.floor(firstRow / PAGE_ROWS); page * PAGE_ROWS <= lastRow; page++) {
    const answer = await queries.ensureQueryData(rowsQuery(view, page));
    const begin = page * PAGE_ROWS;
    rows.push(...answer.rows.slice(Math.max(0, firstRow - begin), lastRow + 1 - begin));
  }
  return rows;
}

async function atOnce(view: RowsView, { firstRow, lastRow }: Range, names: string[]): Promise<unknown[][]> {
  const rows: unknown[][] = [];
  const columns = names.map(quoted).join(",");
  for (let row = firstRow; row <= lastRow; row += ROWS_AT_ONCE) {
    const answer = await fetchRows(view, row, Math.min(ROWS_AT_ONCE, lastRow + 1 - row), columns);
    rows.push(...answer.rows);
  }
  return rows;
}

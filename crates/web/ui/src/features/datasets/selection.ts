// The cells that are selected in a grid, and copying them with their headers.
export interface Place {
  row: number;
  /** Among the columns that are shown, pinned ones first. */
  column: number;
}
export interface Selection {
  anchor: Place;
  active: Place;
}
export interface Range {
  firstRow: number;
  lastRow: number;
  firstColumn: number;
  lastColumn: number;
}

/** More cells than these do not fit a clipboard well; a download does. */
export const MOST_CELLS = 200_000;

export function rangeOf({ anchor, active }: Selection): Range {
  return {
    firstRow: Math.min(anchor.row, active.row),
    lastRow: Math.max(anchor.row, active.row),
    firstColumn: Math.min(anchor.column, active.column),
    lastColumn: Math.max(anchor.column, active.column),
  };
}

export const sizeOf = (range: Range) =>
  (range.lastRow - range.firstRow + 1) * (range.lastColumn - range.firstColumn + 1);

export const isWithin = (range: Range, row: number, column: number) =>
  row >= range.firstRow && row <= range.lastRow && column >= range.firstColumn && column <= range.lastColumn;

/** Lines of cells between tabs, as spreadsheets paste them; a missing cell is empty. */
export function asTable(names: string[], rows: unknown[][]): string {
  return [names, ...rows].map((row) => row.map(cell).join("\t")).join("\n");
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  const text = String(value);
  return /["\t\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Puts a text in the clipboard, on pages too that came over plain HTTP, where browsers know no `clipboard`. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  const focused = document.activeElement;
  field.value = text;
  field.className = "sr";
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  if (!isCopied) throw new Error("The browser does not let this page copy.");
}

// Where keys lead in a grid, and which cell lies under the pointer.
import type { Place } from "./selection";
import { type Extent, ROW_HEIGHT } from "./window";

interface Key {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
}

/** The place that a key leads to; null for a key that is none of the grid's. */
export function placeAfter(
  { key, ctrlKey, metaKey }: Key,
  { row, column }: Place,
  extent: Extent,
  columns: number,
): Place | null {
  if (extent.rows === 0 || columns === 0) return null;
  const page = Math.max(1, Math.floor(extent.height / ROW_HEIGHT) - 1);
  const far = ctrlKey || metaKey;
  const at = (nextRow: number, nextColumn = column) => ({
    row: Math.min(Math.max(0, nextRow), extent.rows - 1),
    column: Math.min(Math.max(0, nextColumn), columns - 1),
  });
  switch (key) {
    case "ArrowDown":
      return at(far ? extent.rows - 1 : row + 1);
    case "ArrowUp":
      return at(far ? 0 : row - 1);
    case "ArrowRight":
      return at(row, far ? columns - 1 : column + 1);
    case "ArrowLeft":
      return at(row, far ? 0 : column - 1);
    case "PageDown":
      return at(row + page);
    case "PageUp":
      return at(row - page);
    case "End":
      return at(extent.rows - 1);
    case "Home":
      return at(0);
    default:
      return null;
  }
}

/** The cell that holds what the pointer is on. */
export function placeUnder(target: EventTarget | null): Place | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[data-place]") : null;
  const [row, column] = (cell?.dataset.place ?? "").split("-").map(Number);
  return row === undefined || column === undefined ? null : { row, column };
}

// One cell: numbers to the right, text as text, and `null` unlike an empty text.
import { full } from "../../format/numbers";
import type { Column } from "./queries";

interface Props {
  row: number;
  /** The column's place among those that are shown. */
  place: number;
  column: Column | undefined;
  value: unknown;
  isLoaded: boolean;
  /** The column's place in the table. */
  index: number;
  isActive: boolean;
  isSelected: boolean;
  left: number;
  width: number;
}

export function GridCell({ row, place, column, value, isLoaded, index, isActive, isSelected, left, width }: Props) {
  const isMissing = isLoaded && value === null;
  const kind = isMissing ? "missing" : isNumeric(column) ? "number" : undefined;
  const text = !isLoaded ? "" : isMissing ? "null" : shown(value, column);
  return (
    <div
      id={`cell-${row}-${index}`}
      role="gridcell"
      aria-colindex={index + 2}
      aria-selected={isSelected}
      data-place={`${row}-${place}`}
      data-active={isActive || undefined}
      data-selected={isSelected || undefined}
      className={kind}
      style={{ position: "absolute", insetInlineStart: left, width }}
      title={text.length * 8 > width ? text : undefined}
    >
      {text}
    </div>
  );
}

export function isNumeric(column: Column | undefined): boolean {
  return column?.type === "integer" || column?.type === "float" || column?.type === "decimal";
}

export function shown(value: unknown, column: Column | undefined): string {
  if (typeof value === "number")
    return column?.type === "integer" ? value.toLocaleString("en-US").replace(/^-/, "−") : full(value);
  return String(value);
}

// One cell: numbers to the right, text as text, and `null` unlike an empty text.
import { full } from "../../format/numbers";
import type { Column } from "./queries";

interface Props {
  id: string;
  column: Column | undefined;
  value: unknown;
  isLoaded: boolean;
  index: number;
  isActive: boolean;
  onPick: () => void;
  left: number;
  width: number;
}

export function GridCell({ id, column, value, isLoaded, index, isActive, onPick, left, width }: Props) {
  const isMissing = isLoaded && value === null;
  const kind = isMissing ? "missing" : isNumeric(column) ? "number" : undefined;
  const text = !isLoaded ? "" : isMissing ? "null" : shown(value, column);
  return (
    <div
      id={id}
      role="gridcell"
      aria-colindex={index + 2}
      aria-selected={isActive}
      data-active={isActive || undefined}
      className={kind}
      style={{ position: "absolute", insetInlineStart: left, width }}
      title={text.length > 18 ? text : undefined}
      onClick={onPick}
    >
      {text}
    </div>
  );
}

export function isNumeric(column: Column | undefined): boolean {
  return column?.type === "integer" || column?.type === "float" || column?.type === "decimal";
}

function shown(value: unknown, column: Column | undefined): string {
  if (typeof value === "number")
    return column?.type === "integer" ? value.toLocaleString("en-US").replace(/^-/, "−") : full(value);
  return String(value);
}

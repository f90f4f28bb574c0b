// One row of a grid: its number and the pinned cells stay in view, the others scroll sideways.
import { memo } from "react";
import { GridCell } from "./GridCell";
import { type Layout, NUMBER_WIDTH, type Placed } from "./layout";
import type { Column } from "./queries";
import type { Range } from "./selection";

interface Props {
  row: number;
  y: number;
  columns: Column[];
  layout: Layout;
  /** The loose columns in view. */
  seen: Placed[];
  cells: unknown[] | undefined;
  /** The active column, if the active cell is in this row. */
  active: number | undefined;
  /** The selection, if it reaches this row. */
  range: Range | undefined;
}

export const GridRow = memo(function GridRow({ row, y, columns, layout, seen, cells, active, range }: Props) {
  const firstLoose = seen[0] ? layout.loose.indexOf(seen[0]) + layout.pinned.length : 0;
  const held = NUMBER_WIDTH + layout.pinnedWidth;
  const cell = ({ index, left, width }: Placed, place: number, offset: number) => (
    <GridCell
      key={index}
      row={row}
      place={place}
      column={columns[index]}
      value={cells?.[index]}
      isLoaded={cells !== undefined}
      index={index}
      isActive={active === place}
      isSelected={range !== undefined && place >= range.firstColumn && place <= range.lastColumn}
      left={offset + left}
      width={width}
    />
  );
  return (
    <div role="row" aria-rowindex={row + 2} className="grid-row" style={{ transform: `translateY(${y}px)` }}>
      <div role="presentation" className="grid-held" style={{ width: held }} data-pinned={layout.pinned.length > 0}>
        <div role="rowheader" aria-colindex={1} className="row-number" style={{ width: NUMBER_WIDTH }}>
          {(row + 1).toLocaleString("en-US")}
        </div>
        {layout.pinned.map((placed, i) => cell(placed, i, NUMBER_WIDTH))}
      </div>
      {seen.map((placed, i) => cell(placed, firstLoose + i, held))}
    </div>
  );
});

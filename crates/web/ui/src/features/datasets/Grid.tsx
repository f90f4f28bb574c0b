// All rows of a version: only what is seen is drawn and asked for, with keyboard, and missing values that look missing.
import { useElementSize } from "@mantine/hooks";
import { useQueries } from "@tanstack/react-query";
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from "react";
import type { Schemas } from "../../api/client";
import { t } from "../../text";
import { GridCell } from "./GridCell";
import { GridHead } from "./GridHead";
import { type Dataset, PAGE_ROWS, rowsQuery } from "./queries";
import {
  clampTop,
  type Extent,
  isScaled,
  ROW_HEIGHT,
  scrollFor,
  scrollHeight,
  topFor,
  topToShow,
  visibleRows,
} from "./window";

const COLUMN_WIDTH = 150;
const HEAD_HEIGHT = 47;
const NUMBER_WIDTH = 84;

type Version = Schemas["DatasetVersion"];
interface Place {
  row: number;
  column: number;
}

export function Grid({ dataset, version }: { dataset: Dataset; version: Version }) {
  const [sort, setSort] = useState<string>();
  const box = useRef<HTMLDivElement>(null);
  const size = useElementSize();
  const [top, setTop] = useState(0);
  const [left, setLeft] = useState(0);
  const [active, setActive] = useState<Place>({ row: 0, column: 0 });
  const extent: Extent = { rows: version.rows, height: Math.max(ROW_HEIGHT, size.height - HEAD_HEIGHT) };
  const rows = visibleRows(top, extent);
  const columns = visibleColumns(left, size.width, version.columns.length);
  const cells = useRows(dataset.id, version.content_hash, rows, sort);

  const moveTo = (next: number) => {
    const wanted = clampTop(next, extent);
    setTop(wanted);
    if (box.current) box.current.scrollTop = scrollFor(wanted, extent);
  };
  useWheel(box, isScaled(extent), (pixels) => moveTo(top + pixels));

  const pressed = (event: KeyboardEvent) => {
    const next = placeAfter(event, active, extent, version.columns.length);
    if (!next) return;
    event.preventDefault();
    setActive(next);
    const wanted = topToShow(next.row, top, extent);
    if (wanted !== top) moveTo(wanted);
    showColumn(box.current, next.column);
  };

  return (
    <div
      className="grid"
      role="grid"
      tabIndex={0}
      aria-label={t("dataset.grid", { name: dataset.name })}
      aria-rowcount={version.rows + 1}
      aria-colcount={version.columns.length + 1}
      aria-activedescendant={`cell-${active.row}-${active.column}`}
      ref={(element) => {
        box.current = element;
        size.ref(element);
      }}
      onKeyDown={pressed}
      onScroll={({ currentTarget }) => {
        setLeft(currentTarget.scrollLeft);
        // Our own movements come back as scroll events, rounded; they must not move the rows again.
        if (Math.abs(currentTarget.scrollTop - scrollFor(top, extent)) >= 1)
          setTop(topFor(currentTarget.scrollTop, extent));
      }}
    >
      <div
        style={{
          height: scrollHeight(extent) + HEAD_HEIGHT,
          width: NUMBER_WIDTH + version.columns.length * COLUMN_WIDTH,
        }}
      >
        <div className="grid-window" style={{ height: size.height || "100%" }}>
          <div className="grid-head" role="row" aria-rowindex={1} style={{ height: HEAD_HEIGHT }}>
            {columns.map((i) => {
              const column = version.columns[i];
              const left = NUMBER_WIDTH + i * COLUMN_WIDTH;
              return (
                column && (
                  <GridHead
                    key={i}
                    column={column}
                    index={i}
                    sort={sort}
                    onSort={setSort}
                    left={left}
                    width={COLUMN_WIDTH}
                  />
                )
              );
            })}
          </div>
          {range(rows.first, rows.last).map((row) => (
            <div
              key={row}
              role="row"
              aria-rowindex={row + 2}
              className="grid-row"
              style={{ transform: `translateY(${HEAD_HEIGHT + row * ROW_HEIGHT - top}px)` }}
            >
              <div role="rowheader" className="row-number" style={{ width: NUMBER_WIDTH }}>
                {(row + 1).toLocaleString("en-US")}
              </div>
              {columns.map((i) => (
                <GridCell
                  key={i}
                  id={`cell-${row}-${i}`}
                  column={version.columns[i]}
                  value={cells(row)?.[i]}
                  isLoaded={cells(row) !== undefined}
                  index={i}
                  isActive={active.row === row && active.column === i}
                  onPick={() => setActive({ row, column: i })}
                  left={NUMBER_WIDTH + i * COLUMN_WIDTH}
                  width={COLUMN_WIDTH}
                />
              ))}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

/** The cells of a row among the pages that are seen; `undefined` while its page is on the way. */
function useRows(id: string, contentHash: string, rows: { first: number; last: number }, sort: string | undefined) {
  const firstPage = Math.floor(rows.first / PAGE_ROWS);
  const lastPage = Math.floor(Math.max(rows.first, rows.last - 1) / PAGE_ROWS);
  const pages = useQueries({
    queries: range(firstPage, lastPage + 1).map((page) => rowsQuery(id, contentHash, page, sort)),
  });
  return (row: number) => pages[Math.floor(row / PAGE_ROWS) - firstPage]?.data?.rows[row % PAGE_ROWS];
}

/** A wheel turns rows, not pixels of a scaled scroll bar. React's own wheel listener could not prevent the scrolling. */
function useWheel(box: { current: HTMLDivElement | null }, isOwn: boolean, move: (pixels: number) => void) {
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || !isOwn) return;
    const turned = (event: WheelEvent) => {
      if (event.ctrlKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
      event.preventDefault();
      move(event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * ROW_HEIGHT : event.deltaY);
    };
    element.addEventListener("wheel", turned, { passive: false });
    return () => element.removeEventListener("wheel", turned);
  });
}

function placeAfter(
  { key, ctrlKey, metaKey }: KeyboardEvent,
  { row, column }: Place,
  extent: Extent,
  columns: number,
): Place | null {
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

function showColumn(box: HTMLDivElement | null, column: number) {
  if (!box) return;
  const begin = column * COLUMN_WIDTH;
  const room = box.clientWidth - NUMBER_WIDTH;
  if (begin < box.scrollLeft) box.scrollLeft = begin;
  else if (begin + COLUMN_WIDTH > box.scrollLeft + room) box.scrollLeft = begin + COLUMN_WIDTH - room;
}

function visibleColumns(left: number, width: number, count: number): number[] {
  const first = Math.max(0, Math.floor(left / COLUMN_WIDTH) - 1);
  const last = Math.min(count, Math.ceil((left + (width || 1_200)) / COLUMN_WIDTH) + 1);
  return range(first, last);
}

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
}

// The grid itself: only what is seen is drawn and asked for; moved by keyboard, wheel and scroll bar; cells are selected
// with the mouse or Shift and copied with their headers.
import { useElementSize } from "@mantine/hooks";
import { useQueries, useQueryClient } from "@tanstack/react-query";
import { type KeyboardEvent, type MouseEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Schemas } from "../../api/client";
import { tell, tellError } from "../../app/tell";
import { t } from "../../text";
import type { Condition } from "./filters";
import { GridHead } from "./GridHead";
import { GridRow } from "./GridRow";
import { copyRange } from "./gridCopy";
import { placeAfter, placeUnder } from "./gridKeys";
import { type ColumnLayout, inView, type Layout, NUMBER_WIDTH } from "./layout";
import { PAGE_ROWS, type RowsView, rowsQuery } from "./queries";
import { type Place, rangeOf, type Selection, sizeOf } from "./selection";
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

const HEAD_HEIGHT = 80;
const START: Place = { row: 0, column: 0 };

interface Props {
  name: string;
  view: RowsView;
  rows: number;
  layout: Layout;
  columnLayout: ColumnLayout;
  onLayout: (layout: ColumnLayout) => void;
  onSort: (sort: string | undefined) => void;
  onFilter: (condition: Condition) => void;
  onAskFilter: (column: string) => void;
  profile: Schemas["Profile"] | undefined;
}

export function GridTable({ name, view, rows: count, layout, columnLayout, onLayout, profile, ...asks }: Props) {
  const { columns } = view.version;
  const queries = useQueryClient();
  const box = useRef<HTMLDivElement>(null);
  const outer = useElementSize();
  const size = useInnerSize(box, outer);
  const [top, setTop] = useState(0);
  const [left, setLeft] = useState(0);
  const [selection, setSelection] = useState<Selection>({ anchor: START, active: START });
  const { active } = selection;
  const range = rangeOf(selection);
  const shown = useMemo(() => [...layout.pinned, ...layout.loose].map(({ index }) => index), [layout]);
  const extent: Extent = { rows: count, height: Math.max(ROW_HEIGHT, size.height - HEAD_HEIGHT) };
  const rows = visibleRows(top, extent);
  const room = (size.width || 1_200) - NUMBER_WIDTH - layout.pinnedWidth;
  const seen = inView(layout.loose, left, left + room);
  const cells = useRows(view, rows);

  const moveTo = (next: number) => {
    const wanted = clampTop(next, extent);
    setTop(wanted);
    if (box.current) box.current.scrollTop = scrollFor(wanted, extent);
  };
  useWheel(box, isScaled(extent), (pixels) => moveTo(top + pixels));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another order or filter begins at its first row.
  useEffect(() => {
    setSelection({ anchor: START, active: START });
    moveTo(0);
  }, [view]);

  const go = (next: Place, isExtending: boolean) => {
    setSelection((old) => ({ anchor: isExtending ? old.anchor : next, active: next }));
    const wanted = topToShow(next.row, top, extent);
    if (wanted !== top) moveTo(wanted);
    showColumn(box.current, layout, next.column, room);
  };
  const copy = () =>
    copyRange(queries, view, range, shown).then(
      () => tell(t("grid.copied", { count: sizeOf(range) })),
      (error: Error) => tellError(error.message),
    );
  const pressed = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "c") {
      event.preventDefault();
      void copy();
      return;
    }
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "a") {
      event.preventDefault();
      setSelection({ anchor: START, active: { row: count - 1, column: shown.length - 1 } });
      return;
    }
    const next = placeAfter(event, active, extent, shown.length);
    if (!next) return;
    event.preventDefault();
    go(next, event.shiftKey);
  };
  const picked = (event: MouseEvent, isDragging: boolean) => {
    const place = placeUnder(event.target);
    if (!place || (isDragging && event.buttons !== 1)) return;
    setSelection((old) => ({ anchor: event.shiftKey || isDragging ? old.anchor : place, active: place }));
  };

  const head = (place: { index: number; left: number; width: number }, offset: number) => {
    const column = columns[place.index];
    return (
      column && (
        <GridHead
          key={place.index}
          column={column}
          summary={profile?.columns[place.index]}
          index={place.index}
          sort={view.sort}
          left={offset + place.left}
          width={place.width}
          layout={columnLayout}
          onLayout={onLayout}
          {...asks}
        />
      )
    );
  };
  const held = NUMBER_WIDTH + layout.pinnedWidth;
  return (
    <div
      className="grid"
      role="grid"
      tabIndex={0}
      aria-label={t("dataset.grid", { name })}
      aria-rowcount={count + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable
      aria-activedescendant={count > 0 ? `cell-${active.row}-${shown[active.column]}` : undefined}
      aria-busy={cells.isLoading}
      ref={(element) => {
        box.current = element;
        outer.ref(element);
      }}
      onKeyDown={pressed}
      onMouseDown={(event) => event.button === 0 && picked(event, false)}
      onMouseMove={(event) => event.buttons === 1 && picked(event, true)}
      onScroll={({ currentTarget }) => {
        setLeft(currentTarget.scrollLeft);
        // Our own movements come back as scroll events, rounded; they must not move the rows again.
        if (Math.abs(currentTarget.scrollTop - scrollFor(top, extent)) >= 1)
          setTop(topFor(currentTarget.scrollTop, extent));
      }}
    >
      <div role="presentation" style={{ height: scrollHeight(extent) + HEAD_HEIGHT, width: layout.width }}>
        <div role="presentation" className="grid-window" style={{ height: size.height || "100%" }}>
          <div className="grid-head" role="row" aria-rowindex={1} style={{ height: HEAD_HEIGHT }}>
            <div
              role="presentation"
              className="grid-held"
              style={{ width: held }}
              data-pinned={layout.pinned.length > 0}
            >
              <div role="columnheader" aria-colindex={1} className="row-number" style={{ width: NUMBER_WIDTH }}>
                <span className="sr">{t("dataset.grid.row")}</span>
              </div>
              {layout.pinned.map((place) => head(place, NUMBER_WIDTH))}
            </div>
            {seen.map((place) => head(place, held))}
          </div>
          {Array.from({ length: rows.last - rows.first }, (_, i) => rows.first + i).map((row) => (
            <GridRow
              key={row}
              row={row}
              y={HEAD_HEIGHT + row * ROW_HEIGHT - top}
              columns={columns}
              layout={layout}
              seen={seen}
              cells={cells.of(row)}
              active={active.row === row ? active.column : undefined}
              range={row >= range.firstRow && row <= range.lastRow ? range : undefined}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

/** The size without border and scroll bars, which alone shows rows. */
function useInnerSize(box: { current: HTMLDivElement | null }, outer: { width: number; height: number }) {
  const [size, setSize] = useState({ width: 0, height: 0 });
  // After every drawing: a wider column may have brought a scroll bar.
  useLayoutEffect(() => {
    const { clientWidth: width = 0, clientHeight: height = 0 } = outer.width > 0 && box.current ? box.current : {};
    if (width !== size.width || height !== size.height) setSize({ width, height });
  });
  return size;
}

/** The cells of a row among the pages that are seen; `undefined` while its page is on the way. */
function useRows(view: RowsView, rows: { first: number; last: number }) {
  const firstPage = Math.floor(rows.first / PAGE_ROWS);
  const lastPage = Math.floor(Math.max(rows.first, rows.last - 1) / PAGE_ROWS);
  const pages = useQueries({
    queries: Array.from({ length: lastPage + 1 - firstPage }, (_, i) => rowsQuery(view, firstPage + i)),
  });
  return {
    of: (row: number) => pages[Math.floor(row / PAGE_ROWS) - firstPage]?.data?.rows[row % PAGE_ROWS],
    isLoading: pages.some((page) => page.isPending),
  };
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

/** Scrolls sideways as little as needed; a pinned column is always in view. */
function showColumn(box: HTMLDivElement | null, layout: Layout, column: number, room: number) {
  const place = layout.loose[column - layout.pinned.length];
  if (!box || !place) return;
  if (place.left < box.scrollLeft) box.scrollLeft = place.left;
  else if (place.left + place.width > box.scrollLeft + room) box.scrollLeft = place.left + place.width - room;
}

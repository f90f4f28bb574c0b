// The head of a grid column: name, type and a small picture of its values. A click sorts by it, up, down, and back to the
// file's own order; its menu pins, hides, filters and changes the width, which the edge does with the mouse.
import { ActionIcon, Menu } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { type PointerEvent, useRef } from "react";
import { type TextKey, t } from "../../text";
import { Bars } from "./Bars";
import { quoted } from "./columnNames";
import type { Condition } from "./filters";
import { isNumeric } from "./GridCell";
import { type ColumnLayout, withHidden, withPinned, withWidth } from "./layout";
import type { Column, ColumnSummary } from "./queries";

/** What a step of the menu's "wider" is. */
const WIDTH_STEP = 60;

interface Props {
  column: Column;
  summary: ColumnSummary | undefined;
  index: number;
  sort: string | undefined;
  left: number;
  width: number;
  layout: ColumnLayout;
  onLayout: (layout: ColumnLayout) => void;
  onSort: (sort: string | undefined) => void;
  onFilter: (condition: Condition) => void;
  onAskFilter: (column: string) => void;
}

export function GridHead(props: Props) {
  const { column, summary, index, sort, left, width, onSort } = props;
  const key = quoted(column.name);
  const isUp = sort === key;
  const isDown = sort === `-${key}`;
  const next = isUp ? `-${key}` : isDown ? undefined : key;
  return (
    <div
      role="columnheader"
      aria-colindex={index + 2}
      aria-sort={isUp ? "ascending" : isDown ? "descending" : "none"}
      className={isNumeric(column) ? "number" : undefined}
      style={{ position: "absolute", insetInlineStart: left, width }}
    >
      <button
        type="button"
        className="grid-name"
        title={t("dataset.grid.sort", { name: column.name })}
        onClick={() => onSort(next)}
      >
        {column.name} {isUp ? "▲" : isDown ? "▼" : ""}
      </button>
      <span className="type">{column.unit ? `${column.type}, ${column.unit}` : column.type}</span>
      <HeadMenu {...props} />
      {summary && <HeadPicture summary={summary} />}
      <Edge {...props} />
    </div>
  );
}

/** A histogram, or how often the most frequent values stand there. */
function HeadPicture({ summary: { name, histogram, top } }: { summary: ColumnSummary }) {
  const counts = histogram?.counts ?? top.slice(0, 12).map(({ count }) => count);
  if (counts.length === 0) return <div className="bars" style={{ height: 24 }} />;
  const label: TextKey = histogram ? "grid.picture.bins" : "grid.picture.values";
  return <Bars counts={counts} height={24} label={t(label, { name, count: counts.length })} />;
}

function HeadMenu({ column, sort, layout, onLayout, onSort, onFilter, onAskFilter, width }: Props) {
  const { name } = column;
  const key = quoted(name);
  const isPinned = layout.pinned.includes(name);
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon className="grid-menu" size={24} variant="subtle" color="gray" aria-label={t("grid.menu", { name })}>
          <IconChevronDown size={14} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onSort(key)}>{t("grid.sort.up")}</Menu.Item>
        <Menu.Item onClick={() => onSort(`-${key}`)}>{t("grid.sort.down")}</Menu.Item>
        {sort !== undefined && <Menu.Item onClick={() => onSort(undefined)}>{t("grid.sort.none")}</Menu.Item>}
        <Menu.Divider />
        <Menu.Item onClick={() => onAskFilter(name)}>{t("grid.filter.ask")}</Menu.Item>
        {column.nulls > 0 && (
          <>
            <Menu.Item onClick={() => onFilter({ column: name, op: "is_null" })}>{t("grid.filter.missing")}</Menu.Item>
            <Menu.Item onClick={() => onFilter({ column: name, op: "not_null" })}>{t("grid.filter.present")}</Menu.Item>
          </>
        )}
        <Menu.Divider />
        <Menu.Item onClick={() => onLayout(withPinned(layout, name))}>
          {t(isPinned ? "grid.unpin" : "grid.pin")}
        </Menu.Item>
        <Menu.Item onClick={() => onLayout(withHidden(layout, name))}>{t("grid.hide")}</Menu.Item>
        <Menu.Item closeMenuOnClick={false} onClick={() => onLayout(withWidth(layout, name, width + WIDTH_STEP))}>
          {t("grid.wider")}
        </Menu.Item>
        <Menu.Item closeMenuOnClick={false} onClick={() => onLayout(withWidth(layout, name, width - WIDTH_STEP))}>
          {t("grid.narrower")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** The edge that is dragged; by keyboard the menu does the same. */
function Edge({ column, width, layout, onLayout }: Props) {
  const grip = useRef<{ x: number; width: number } | null>(null);
  const moved = (event: PointerEvent) => {
    if (!grip.current) return;
    onLayout(withWidth(layout, column.name, grip.current.width + event.clientX - grip.current.x));
  };
  return (
    <div
      className="grid-edge"
      aria-hidden
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        grip.current = { x: event.clientX, width };
      }}
      onPointerMove={moved}
      onPointerUp={() => {
        grip.current = null;
      }}
    />
  );
}

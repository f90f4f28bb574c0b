// Above the grid: how many rows, which filters hold, and the columns that are hidden.
import { ActionIcon, Button, Menu, ScrollArea } from "@mantine/core";
import { IconColumns3, IconFilter, IconX } from "@tabler/icons-react";
import { t } from "../../text";
import { type Condition, inWords } from "./filters";
import type { ColumnLayout } from "./layout";
import { NO_LAYOUT, withHidden } from "./layout";
import type { Column } from "./queries";

interface Props {
  columns: Column[];
  /** Rows that the filter keeps; absent while they are counted. */
  found: number | undefined;
  total: number;
  filter: Condition[];
  onFilter: (filter: Condition[]) => void;
  onAsk: () => void;
  layout: ColumnLayout;
  onLayout: (layout: ColumnLayout) => void;
}

export function GridBar({ columns, found, total, filter, onFilter, onAsk, layout, onLayout }: Props) {
  const rows =
    filter.length === 0
      ? t("dataset.rows", { count: total })
      : t("grid.found", { found: found?.toLocaleString("en-US") ?? "…", total: total.toLocaleString("en-US") });
  return (
    <div className="grid-bar">
      <Button size="compact-sm" variant="default" leftSection={<IconFilter size={14} aria-hidden />} onClick={onAsk}>
        {t("grid.filter")}
      </Button>
      <Hidden columns={columns} layout={layout} onLayout={onLayout} />
      {filter.map((condition, i) => (
        <span key={inWords(condition)} className="chip">
          {inWords(condition)}
          <ActionIcon
            size="xs"
            variant="transparent"
            color="gray"
            aria-label={t("grid.filter.remove", { filter: inWords(condition) })}
            onClick={() => onFilter(filter.filter((_, j) => j !== i))}
          >
            <IconX size={12} />
          </ActionIcon>
        </span>
      ))}
      {filter.length > 1 && (
        <Button size="compact-sm" variant="subtle" onClick={() => onFilter([])}>
          {t("grid.filter.clear")}
        </Button>
      )}
      <span className="grid-count condensed" role="status">
        {rows}
      </span>
    </div>
  );
}

/** The hidden columns, to be shown again one by one. */
function Hidden({ columns, layout, onLayout }: Pick<Props, "columns" | "layout" | "onLayout">) {
  const known = new Set(columns.map(({ name }) => name));
  const hidden = layout.hidden.filter((name) => known.has(name));
  const isChanged = hidden.length > 0 || layout.pinned.length > 0 || Object.keys(layout.widths).length > 0;
  if (!isChanged) return null;
  return (
    <Menu withinPortal position="bottom-start">
      <Menu.Target>
        <Button size="compact-sm" variant="default" leftSection={<IconColumns3 size={14} aria-hidden />}>
          {hidden.length > 0 ? t("grid.hidden", { count: hidden.length }) : t("grid.columns")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <ScrollArea.Autosize mah={320}>
          {hidden.map((name) => (
            <Menu.Item key={name} onClick={() => onLayout(withHidden(layout, name))}>
              {t("grid.show", { name })}
            </Menu.Item>
          ))}
        </ScrollArea.Autosize>
        <Menu.Item onClick={() => onLayout(NO_LAYOUT)}>{t("grid.reset")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

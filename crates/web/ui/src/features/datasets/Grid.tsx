// All rows of a version: order and filter stand in the address, widths, pinned and hidden columns in the browser.
import { useLocalStorage } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { isFailed } from "../../app/queries";
import { EmptyState, ErrorState } from "../../app/states";
import { t } from "../../text";
import { FilterDialog } from "./FilterDialog";
import type { Condition } from "./filters";
import { GridBar } from "./GridBar";
import { GridTable } from "./GridTable";
import { type ColumnLayout, layOut, NO_LAYOUT } from "./layout";
import { type Dataset, profileQuery, type RowsView, rowsQuery, type Version } from "./queries";

const NO_FILTER: Condition[] = [];

export function Grid({ dataset, version }: { dataset: Dataset; version: Version }) {
  const { sort, filter = NO_FILTER } = useSearch({ from: "/shell/datasets/$id" });
  const navigate = useNavigate({ from: "/datasets/$id" });
  const [columnLayout, setColumnLayout] = useLocalStorage<ColumnLayout>({
    key: `plotline:grid:${dataset.id}`,
    defaultValue: NO_LAYOUT,
    getInitialValueInEffect: false,
  });
  const [asked, setAsked] = useState<string | null>(null);
  const view: RowsView = useMemo(
    () => ({ id: dataset.id, version, sort, filter }),
    [dataset.id, version, sort, filter],
  );
  const layout = useMemo(
    () =>
      layOut(
        version.columns.map(({ name }) => name),
        columnLayout,
      ),
    [version.columns, columnLayout],
  );
  const first = useQuery(rowsQuery(view, 0));
  const profile = useQuery(profileQuery(dataset.id, version.number)).data;
  const found = first.data?.filtered_rows ?? (filter.length === 0 ? version.rows : 0);
  const setFilter = (next: Condition[]) =>
    void navigate({ search: (old) => ({ ...old, filter: next.length > 0 ? next : undefined }), replace: true });
  return (
    <>
      <GridBar
        columns={version.columns}
        found={first.data ? found : undefined}
        total={version.rows}
        filter={filter}
        onFilter={setFilter}
        onAsk={() => setAsked("")}
        layout={columnLayout}
        onLayout={setColumnLayout}
      />
      {isFailed(first) ? (
        <ErrorState error={first.error} onRetry={() => void first.refetch()} />
      ) : (
        <GridTable
          name={dataset.name}
          view={view}
          rows={found}
          layout={layout}
          columnLayout={columnLayout}
          onLayout={setColumnLayout}
          onSort={(next) => void navigate({ search: (old) => ({ ...old, sort: next }), replace: true })}
          onFilter={(condition) => setFilter([...filter, condition])}
          onAskFilter={setAsked}
          profile={profile}
        />
      )}
      {first.data && found === 0 && filter.length > 0 && <EmptyState title={t("grid.nothing")} />}
      {asked !== null && (
        <FilterDialog
          columns={version.columns}
          profile={profile}
          first={asked}
          onClose={() => setAsked(null)}
          onAdd={(condition) => setFilter([...filter, condition])}
        />
      )}
    </>
  );
}

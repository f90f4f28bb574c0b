// All datasets: search, sort, more by page; search and order stand in the address.
import { Button, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { isFailed } from "../../app/queries";
import { EmptyState, ErrorState, LoadingState, PageHead } from "../../app/states";
import { exact, when } from "../../format/dates";
import { bytes, full } from "../../format/numbers";
import { t } from "../../text";
import { useIsViewer } from "../session/session";
import { DatasetStatus } from "./DatasetStatus";
import { type Dataset, datasetsQuery } from "./queries";
import { UploadButton } from "./UploadButton";

export function DatasetList() {
  const { q, sort } = useSearch({ from: "/shell/datasets" });
  const navigate = useNavigate({ from: "/datasets" });
  const datasets = useInfiniteQuery(datasetsQuery(q, sort));
  const isViewer = useIsViewer();
  const find = useDebouncedCallback(
    (text: string) => void navigate({ search: (old) => ({ ...old, q: text || undefined }), replace: true }),
    200,
  );
  if (datasets.isPending) return <LoadingState />;
  if (isFailed(datasets)) return <ErrorState error={datasets.error} onRetry={() => void datasets.refetch()} />;
  const items = datasets.data.pages.flatMap((page) => page.items);
  return (
    <>
      <PageHead title={t("datasets.title")}>
        <TextInput
          defaultValue={q}
          onChange={(event) => find(event.currentTarget.value)}
          placeholder={t("datasets.search")}
          aria-label={t("datasets.search")}
          leftSection={<IconSearch size={16} aria-hidden />}
        />
        <Button variant="subtle" renderRoot={(props) => <Link to="/datasets/trash" {...props} />}>
          {t("datasets.trash")}
        </Button>
        <UploadButton />
      </PageHead>
      {items.length > 0 ? (
        <Table
          datasets={items}
          sort={sort}
          onSort={(next) => void navigate({ search: (old) => ({ ...old, sort: next }) })}
        />
      ) : (
        <EmptyState
          title={q ? t("datasets.nothing", { q }) : t("datasets.none")}
          detail={q ? undefined : t(isViewer ? "role.viewer.explains" : "datasets.none.detail")}
        />
      )}
      {datasets.hasNextPage && (
        <Button
          mt="md"
          variant="default"
          loading={datasets.isFetchingNextPage}
          onClick={() => void datasets.fetchNextPage()}
        >
          {t("app.more")}
        </Button>
      )}
    </>
  );
}

interface Sorting {
  sort: string | undefined;
  onSort: (sort: string) => void;
}

function Table({ datasets, sort, onSort }: { datasets: Dataset[] } & Sorting) {
  return (
    <div className="scroll-x">
      <table className="plain">
        <thead>
          <tr>
            <SortHead field="name" label={t("datasets.name")} sort={sort} onSort={onSort} />
            <th scope="col">{t("datasets.status")}</th>
            <th scope="col" className="number">
              {t("datasets.rows")}
            </th>
            <th scope="col" className="number">
              {t("datasets.columns")}
            </th>
            <th scope="col" className="number">
              {t("datasets.size")}
            </th>
            <SortHead field="created_at" label={t("datasets.created")} sort={sort} onSort={onSort} />
          </tr>
        </thead>
        <tbody>
          {datasets.map((dataset) => (
            <tr key={dataset.id}>
              <td>
                <Link to="/datasets/$id" params={{ id: dataset.id }} search={{}} className="link">
                  {dataset.name}
                </Link>
              </td>
              <td>
                <DatasetStatus status={dataset.status} />
              </td>
              <td className="number">{full(dataset.version?.rows)}</td>
              <td className="number">{full(dataset.version?.columns.length)}</td>
              <td className="number">{bytes(dataset.bytes)}</td>
              <td title={exact(dataset.created_at)}>{when(dataset.created_at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SortHead({ field, label, sort = "-created_at", onSort }: { field: string; label: string } & Sorting) {
  const isUp = sort === field;
  const isDown = sort === `-${field}`;
  return (
    <th scope="col" aria-sort={isUp ? "ascending" : isDown ? "descending" : "none"}>
      <button type="button" onClick={() => onSort(isUp ? `-${field}` : field)}>
        {label} {isUp ? "▲" : isDown ? "▼" : ""}
      </button>
    </th>
  );
}

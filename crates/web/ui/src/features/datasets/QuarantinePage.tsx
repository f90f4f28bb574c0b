// The rows that were left out, by page, with the balance of the file and all of them as a file.
import { Button, Group, Pagination } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, body, type Schemas } from "../../api/client";
import { isFailed } from "../../app/queries";
import { EmptyState, ErrorState, LoadingState } from "../../app/states";
import { t } from "../../text";
import { QuarantineTable } from "./QuarantineTable";

const PAGE = 50;

export function QuarantinePage({ id, version }: { id: string; version: Schemas["DatasetVersion"] }) {
  const [page, setPage] = useState(1);
  const query = useQuery({
    queryKey: ["dataset", id, "quarantine", version.content_hash, version.number, page],
    queryFn: () => fetchPage(id, page),
    placeholderData: keepPreviousData,
  });
  if (query.isPending) return <LoadingState />;
  if (isFailed(query)) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const { items, total_rows } = query.data;
  return (
    <>
      <Group justify="space-between" mb="sm">
        <Balance version={version} />
        {total_rows > 0 && (
          <Button
            component="a"
            size="compact-sm"
            variant="default"
            download
            href={`/api/v1/datasets/${id}/quarantine?format=csv`}
          >
            {t("quarantine.download")}
          </Button>
        )}
      </Group>
      {total_rows === 0 ? (
        <EmptyState title={t("quarantine.none")} detail={t("quarantine.none.detail")} />
      ) : (
        <QuarantineTable rows={items} />
      )}
      {total_rows > PAGE && (
        <Pagination
          mt="md"
          total={Math.ceil(total_rows / PAGE)}
          value={page}
          onChange={setPage}
          getControlProps={(control) => ({ "aria-label": t(`app.page.${control}`) })}
        />
      )}
    </>
  );
}

/** Without `format` the answer is a page, which its type cannot say. */
async function fetchPage(id: string, page: number): Promise<Schemas["QuarantinePage"]> {
  const query = { offset: (page - 1) * PAGE, limit: PAGE };
  const answer = await body(api.GET("/api/v1/datasets/{id}/quarantine", { params: { path: { id }, query } }));
  return answer as Schemas["QuarantinePage"];
}

/** Rows in the file = rows stored + rows left out. */
export function Balance({ version }: { version: Schemas["DatasetVersion"] }) {
  const count = (value: number) => value.toLocaleString("en-US");
  return (
    <p className="balance condensed">
      {t("quarantine.balance", {
        rows_in: count(version.rows_in),
        rows: count(version.rows),
        left: count(version.quarantine_rows),
      })}
    </p>
  );
}

// The bin: what was deleted lately, to be taken back or deleted for good.
import { Button, Group, Modal, Text } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api, body } from "../../api/client";
import { isFailed } from "../../app/queries";
import { EmptyState, ErrorState, LoadingState, PageHead } from "../../app/states";
import { tell, tellError } from "../../app/tell";
import { exact, when } from "../../format/dates";
import { bytes, full } from "../../format/numbers";
import { t } from "../../text";
import { useIsViewer } from "../session/session";
import { useRestore } from "./DatasetActions";
import { type Dataset, datasetsQuery } from "./queries";

export function TrashList() {
  const datasets = useInfiniteQuery(datasetsQuery(undefined, undefined, true));
  const [leaving, setLeaving] = useState<Dataset | null>(null);
  if (datasets.isPending) return <LoadingState />;
  if (isFailed(datasets)) return <ErrorState error={datasets.error} onRetry={() => void datasets.refetch()} />;
  const items = datasets.data.pages.flatMap((page) => page.items);
  const crumbs = (
    <Link to="/datasets" search={{}} className="link">
      {t("datasets.title")}
    </Link>
  );
  return (
    <>
      <PageHead title={t("trash.title")} crumbs={crumbs} />
      {items.length === 0 ? (
        <EmptyState title={t("trash.none")} detail={t("trash.none.detail")} />
      ) : (
        <div className="scroll-x">
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">{t("datasets.name")}</th>
                <th scope="col" className="number">
                  {t("datasets.rows")}
                </th>
                <th scope="col" className="number">
                  {t("datasets.size")}
                </th>
                <th scope="col">{t("trash.deleted")}</th>
                <th scope="col">
                  <span className="sr">{t("trash.restore")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((dataset) => (
                <TrashRow key={dataset.id} dataset={dataset} onLeave={() => setLeaving(dataset)} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {datasets.hasNextPage && (
        <Button mt="md" variant="default" loading={datasets.isFetching} onClick={() => void datasets.fetchNextPage()}>
          {t("app.more")}
        </Button>
      )}
      {leaving && <ForGood dataset={leaving} onClose={() => setLeaving(null)} />}
    </>
  );
}

function TrashRow({ dataset, onLeave }: { dataset: Dataset; onLeave: () => void }) {
  const restore = useRestore();
  const isViewer = useIsViewer();
  const { name, version, deleted_at } = dataset;
  return (
    <tr>
      <td>{name}</td>
      <td className="number">{full(version?.rows)}</td>
      <td className="number">{bytes(dataset.bytes)}</td>
      <td title={deleted_at ? exact(deleted_at) : undefined}>{deleted_at ? when(deleted_at) : "–"}</td>
      <td>
        {!isViewer && (
          <Group gap="xs" justify="flex-end" wrap="nowrap">
            <Button
              size="compact-sm"
              variant="default"
              loading={restore.isPending}
              onClick={() => restore.mutate(dataset)}
            >
              {t("trash.restore")}
            </Button>
            <Button size="compact-sm" variant="default" onClick={onLeave} aria-label={t("trash.forGood.of", { name })}>
              {t("trash.forGood")}
            </Button>
          </Group>
        )}
      </td>
    </tr>
  );
}

/** The one thing that cannot be undone, so it asks. */
function ForGood({ dataset: { id, name }, onClose }: { dataset: Dataset; onClose: () => void }) {
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () =>
      body(api.DELETE("/api/v1/datasets/{id}", { params: { path: { id }, query: { permanent: true } } })),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["datasets"] });
      tell(t("trash.gone", { name }));
      onClose();
    },
    onError: (error) => tellError(error.message),
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("trash.forGood.title")}
      closeButtonProps={{ "aria-label": t("app.close") }}
    >
      <Text mb="md">{t("trash.forGood.detail", { name })}</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t("app.cancel")}
        </Button>
        <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
          {t("trash.forGood")}
        </Button>
      </Group>
    </Modal>
  );
}

// One dataset: its rows, its columns, and what is known about the file.

import { Alert, Button, Tabs, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { api, body } from "../../api/client";
import { ErrorState, LoadingState, PageHead } from "../../app/states";
import { tell, tellError, tellWithUndo } from "../../app/tell";
import { when } from "../../format/dates";
import { t } from "../../text";
import { About } from "./About";
import { ColumnCards } from "./ColumnCards";
import { Grid } from "./Grid";
import { type Dataset, datasetQuery } from "./queries";

const TABS = ["rows", "columns", "about"] as const;

export function DatasetPage() {
  const { id } = useParams({ from: "/shell/datasets/$id" });
  const { tab = "rows" } = useSearch({ from: "/shell/datasets/$id" });
  const navigate = useNavigate({ from: "/datasets/$id" });
  const query = useQuery(datasetQuery(id));
  if (query.isPending) return <LoadingState />;
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const dataset = query.data;
  const show = (next: string | null) =>
    void navigate({ search: next === "columns" || next === "about" ? { tab: next } : {} });
  return (
    <>
      <PageHead title={dataset.name} crumbs={<Crumbs dataset={dataset} />}>
        <DeleteButton dataset={dataset} />
        {dataset.version && (
          <Button renderRoot={(props) => <Link to="/analysis" search={{ dataset: id }} {...props} />}>
            {t("dataset.analyse")}
          </Button>
        )}
      </PageHead>
      {dataset.error && <Failed dataset={dataset} />}
      {dataset.status === "processing" && <Text role="status">{t("dataset.processing")}</Text>}
      {dataset.version && (
        <Tabs value={tab} onChange={show} keepMounted={false}>
          <Tabs.List mb="sm">
            {TABS.map((name) => (
              <Tabs.Tab key={name} value={name}>
                {t(`dataset.tab.${name}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="rows">
            <Grid dataset={dataset} version={dataset.version} />
          </Tabs.Panel>
          <Tabs.Panel value="columns">
            <ColumnCards id={id} />
          </Tabs.Panel>
          <Tabs.Panel value="about">
            <About dataset={dataset} />
          </Tabs.Panel>
        </Tabs>
      )}
    </>
  );
}

function Crumbs({ dataset }: { dataset: Dataset }) {
  const parts = [when(dataset.created_at)];
  if (dataset.version) {
    parts.unshift(
      t("dataset.rows", { count: dataset.version.rows }),
      t("dataset.columns", { count: dataset.version.columns.length }),
    );
  }
  return (
    <>
      <Link to="/datasets" search={{}} className="link">
        {t("datasets.title")}
      </Link>{" "}
      / {parts.join(" · ")}
    </>
  );
}

/** Row, column, value and the fix, as the server found them. */
function Failed({ dataset: { error } }: { dataset: Dataset }) {
  if (!error) return null;
  return (
    <Alert color="red" variant="outline" title={t("dataset.failed")} mb="md" role="alert">
      <Text>{error.message}</Text>
      {error.line != null && (
        <Text size="sm">{t("dataset.failed.where", { line: error.line, column: error.column ?? "–" })}</Text>
      )}
      {error.value != null && (
        <Text size="sm">
          {t("dataset.failed.value")}: <code className="mono">{error.value}</code>
        </Text>
      )}
      {error.advice && (
        <Text mt="xs">
          {t("dataset.failed.advice")}: {error.advice}
        </Text>
      )}
    </Alert>
  );
}

function DeleteButton({ dataset }: { dataset: Dataset }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const restore = useMutation({
    mutationFn: () => body(api.POST("/api/v1/datasets/{id}/restore", { params: { path: { id: dataset.id } } })),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["datasets"] });
      tell(t("dataset.restored", { name: dataset.name }));
    },
    onError: (error) => tellError(error.message),
  });
  const remove = useMutation({
    mutationFn: () => body(api.DELETE("/api/v1/datasets/{id}", { params: { path: { id: dataset.id } } })),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["datasets"] });
      tellWithUndo(t("dataset.deleted", { name: dataset.name }), () => restore.mutate());
      void navigate({ to: "/datasets", search: {} });
    },
    onError: (error) => tellError(error.message),
  });
  return (
    <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate()}>
      {t("dataset.delete")}
    </Button>
  );
}

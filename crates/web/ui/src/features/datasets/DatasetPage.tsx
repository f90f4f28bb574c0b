// One dataset: its rows, its columns, what was left out, its versions, how it was read, and what is known about the file.
import { Alert, Button, Tabs, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { DATASET_TABS, type DatasetTab } from "../../app/addresses";
import { isFailed } from "../../app/queries";
import { ErrorState, LoadingState, PageHead } from "../../app/states";
import { when } from "../../format/dates";
import { t } from "../../text";
import { JobProgress } from "../jobs/JobStatus";
import { useIngestJob } from "../jobs/live";
import { About } from "./About";
import { ColumnCards } from "./ColumnCards";
import { DatasetActions } from "./DatasetActions";
import { FailedIngest } from "./FailedIngest";
import { Grid } from "./Grid";
import { ParsePage } from "./ParsePage";
import { QuarantinePage } from "./QuarantinePage";
import { type Dataset, datasetQuery, type Version, versionQuery } from "./queries";
import { Versions } from "./Versions";

export function DatasetPage() {
  const { id } = useParams({ from: "/shell/datasets/$id" });
  const search = useSearch({ from: "/shell/datasets/$id" });
  const query = useQuery(datasetQuery(id));
  const older = useQuery({ ...versionQuery(id, search.version ?? 0), enabled: search.version !== undefined });
  if (query.isPending || (search.version !== undefined && older.isPending)) return <LoadingState />;
  if (isFailed(query)) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (isFailed(older)) return <ErrorState error={older.error} onRetry={() => void older.refetch()} />;
  const dataset = query.data;
  const version = search.version === undefined ? dataset.version : older.data;
  return (
    <>
      <PageHead title={dataset.name} crumbs={<Crumbs dataset={dataset} version={version} />}>
        <DatasetActions dataset={dataset} />
        {dataset.version && (
          <>
            <Button
              variant="default"
              renderRoot={(props) => <Link to="/datasets/$id/charts/new" params={{ id }} search={{}} {...props} />}
            >
              {t("dataset.charts")}
            </Button>
            <Button renderRoot={(props) => <Link to="/analysis" search={{ dataset: id }} {...props} />}>
              {t("dataset.analyse")}
            </Button>
          </>
        )}
      </PageHead>
      {dataset.description && <Text className="note description">{dataset.description}</Text>}
      {dataset.error && <FailedIngest failure={dataset.error} />}
      {dataset.status === "processing" && <Reading id={id} />}
      {version && dataset.version && version.number !== dataset.version.number && (
        <Alert variant="outline" mb="md" title={t("versions.older", { number: version.number })}>
          <Link to="/datasets/$id" params={{ id }} search={{}} className="link">
            {t("versions.newest")}
          </Link>
        </Alert>
      )}
      {version ? (
        <Parts dataset={dataset} version={version} />
      ) : (
        dataset.status !== "processing" && (
          <>
            {dataset.status === "uploaded" && <Text className="note description">{t("parse.waiting")}</Text>}
            <ParsePage dataset={dataset} />
          </>
        )
      )}
    </>
  );
}

function Parts({ dataset, version }: { dataset: Dataset; version: Version }) {
  const { tab = "rows" } = useSearch({ from: "/shell/datasets/$id" });
  const navigate = useNavigate({ from: "/datasets/$id" });
  const show = (next: string | null) =>
    void navigate({ search: ({ tab: _, ...old }) => (next === "rows" ? old : { ...old, tab: next as DatasetTab }) });
  // The server keeps the rows that were left out of the newest version only.
  const hasLeftOut = version.quarantine_rows > 0 && version.number === dataset.version?.number;
  const tabs = DATASET_TABS.filter((name) => name !== "left-out" || hasLeftOut);
  return (
    <Tabs value={tab} onChange={show} keepMounted={false}>
      <Tabs.List mb="sm" className="tabs">
        {tabs.map((name) => (
          <Tabs.Tab key={name} value={name}>
            {name === "left-out"
              ? t("dataset.tab.left-out", { count: version.quarantine_rows })
              : t(`dataset.tab.${name}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="rows">
        <Grid key={version.id} dataset={dataset} version={version} />
      </Tabs.Panel>
      <Tabs.Panel value="columns">
        <ColumnCards id={dataset.id} version={version} />
      </Tabs.Panel>
      <Tabs.Panel value="left-out">
        <QuarantinePage id={dataset.id} version={version} />
      </Tabs.Panel>
      <Tabs.Panel value="versions">
        <Versions id={dataset.id} shown={version.number} />
      </Tabs.Panel>
      <Tabs.Panel value="reading">
        <ParsePage dataset={dataset} onRead={() => show("rows")} />
      </Tabs.Panel>
      <Tabs.Panel value="about">
        <About dataset={dataset} version={version} />
      </Tabs.Panel>
    </Tabs>
  );
}

function Crumbs({ dataset, version }: { dataset: Dataset; version: Version | null | undefined }) {
  const parts = [when(dataset.created_at)];
  if (version) {
    parts.unshift(
      t("dataset.rows", { count: version.rows }),
      t("dataset.columns", { count: version.columns.length }),
      t("versions.number", { number: version.number }),
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

/** How far the reading is, where its job is known. */
function Reading({ id }: { id: string }) {
  const job = useIngestJob(id);
  return (
    <div role="status" className="reading">
      <Text mb="xs">{t("dataset.processing")}</Text>
      {job && <JobProgress job={job} />}
    </div>
  );
}

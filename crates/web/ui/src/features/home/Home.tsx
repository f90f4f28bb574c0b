// The first page: recent datasets and jobs; on an empty server the first steps, a sample in one click among them.
import { Button, Group } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api, body } from "../../api/client";
import { EmptyState, ErrorState, LoadingState, PageHead } from "../../app/states";
import { when } from "../../format/dates";
import { t } from "../../text";
import { DatasetStatus } from "../datasets/DatasetStatus";
import { datasetsQuery } from "../datasets/queries";
import { useTakeFiles } from "../datasets/UploadArea";
import { UploadButton } from "../datasets/UploadButton";
import { JobTable } from "../jobs/JobTable";
import { sampleFile } from "./sample";

export function Home() {
  const datasets = useInfiniteQuery(datasetsQuery(undefined, undefined));
  const jobs = useQuery({
    queryKey: ["jobs", "recent"],
    queryFn: () => body(api.GET("/api/v1/jobs", { params: { query: { limit: 8 } } })),
  });
  const take = useTakeFiles();
  if (datasets.isPending) return <LoadingState />;
  if (datasets.isError) return <ErrorState error={datasets.error} onRetry={() => void datasets.refetch()} />;
  const items = datasets.data.pages[0]?.items ?? [];
  return (
    <>
      <PageHead title={t("home.title")}>
        <UploadButton />
      </PageHead>
      {items.length === 0 && (
        <EmptyState title={t("datasets.none")} detail={t("home.first")}>
          <Group>
            <Button variant="default" onClick={() => take([sampleFile()])}>
              {t("home.sample")}
            </Button>
          </Group>
        </EmptyState>
      )}
      {items.length > 0 && <h2 className="part">{t("home.recent")}</h2>}
      <div className="tiles">
        {items.slice(0, 6).map((dataset) => (
          <Link key={dataset.id} to="/datasets/$id" params={{ id: dataset.id }} search={{}} className="tile tile-link">
            <strong>{dataset.name}</strong>
            <span className="condensed">
              {dataset.version ? t("dataset.rows", { count: dataset.version.rows }) : "–"} · {when(dataset.created_at)}
            </span>
            <DatasetStatus status={dataset.status} />
          </Link>
        ))}
      </div>
      {jobs.data && jobs.data.items.length > 0 && (
        <>
          <h2 className="part">{t("home.jobs")}</h2>
          <JobTable jobs={jobs.data.items} />
        </>
      )}
    </>
  );
}

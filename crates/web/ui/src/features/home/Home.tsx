// The first page: recent datasets and jobs; on an empty server the first steps, a sample in one click among them.
import { Button, Text } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api, body } from "../../api/client";
import { isFailed } from "../../app/queries";
import { EmptyState, ErrorState, LoadingState, PageHead } from "../../app/states";
import { tellError } from "../../app/tell";
import { when } from "../../format/dates";
import { t } from "../../text";
import { DatasetStatus } from "../datasets/DatasetStatus";
import { datasetsQuery } from "../datasets/queries";
import { useTakeFiles } from "../datasets/UploadArea";
import { UploadButton } from "../datasets/UploadButton";
import { JobTable } from "../jobs/JobTable";
import { useIsViewer } from "../session/session";
import { SAMPLE_ABOUT, sampleFile } from "./sample";

export function Home() {
  const datasets = useInfiniteQuery(datasetsQuery(undefined, undefined));
  const isViewer = useIsViewer();
  const jobs = useQuery({
    queryKey: ["jobs", "recent"],
    queryFn: () => body(api.GET("/api/v1/jobs", { params: { query: { limit: 8 } } })),
  });
  if (datasets.isPending) return <LoadingState />;
  if (isFailed(datasets)) return <ErrorState error={datasets.error} onRetry={() => void datasets.refetch()} />;
  const items = datasets.data.pages[0]?.items ?? [];
  const isEmpty = items.length === 0;
  return (
    <>
      <PageHead title={t("home.title")}>
        <UploadButton />
      </PageHead>
      {isEmpty && isViewer && (
        <EmptyState title={t("datasets.none")} detail={t("role.viewer.explains")}>
          <Button
            variant="default"
            renderRoot={(props) => <Link to="/charts" search={{ scope: "shared" }} {...props} />}
          >
            {t("home.shared")}
          </Button>
        </EmptyState>
      )}
      {isEmpty && !isViewer && (
        <EmptyState title={t("datasets.none")} detail={t("home.first")}>
          <SampleButton />
        </EmptyState>
      )}
      {!isEmpty && <h2 className="part">{t("home.recent")}</h2>}
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

/** One click to a table: a real one, which says where it comes from. */
function SampleButton() {
  const take = useTakeFiles();
  const sample = useMutation({
    mutationFn: async () => take([await sampleFile()], false, SAMPLE_ABOUT),
    onError: (error) => tellError(error.message),
  });
  return (
    <>
      <Button variant="default" loading={sample.isPending} onClick={() => sample.mutate()}>
        {t("home.sample")}
      </Button>
      <Text size="sm" className="note">
        {t("home.sample.about")}
      </Text>
    </>
  );
}

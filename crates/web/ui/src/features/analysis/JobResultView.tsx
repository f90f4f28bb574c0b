// A job of an analysis: its progress while it runs, its result when it is done, its error in words.

import { Alert, Badge, Button, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ErrorState, LoadingState } from "../../app/states";
import { tell } from "../../app/tell";
import { duration } from "../../format/dates";
import { t } from "../../text";
import { JobActions } from "../jobs/JobActions";
import { JobProgress, JobStatus } from "../jobs/JobStatus";
import { took } from "../jobs/JobTable";
import { isOver, type Job, jobQuery } from "../jobs/live";
import { resultQuery } from "./queries";
import { ResultView } from "./ResultView";

export function JobResultView({ id }: { id: string }) {
  const job = useQuery(jobQuery(id));
  const isDone = job.data?.status === "succeeded";
  const result = useQuery({ ...resultQuery(id), enabled: isDone });
  if (job.isPending) return <LoadingState />;
  if (job.isError) return <ErrorState error={job.error} onRetry={() => void job.refetch()} />;
  return (
    <>
      <Group justify="space-between" mb="sm">
        <Group gap="sm">
          <JobStatus job={job.data} />
          <Facts job={job.data} />
        </Group>
        {isDone && result.data ? (
          <Copies result={result.data.result} kind={job.data.kind} />
        ) : (
          <JobActions job={job.data} />
        )}
      </Group>
      {!isOver(job.data) && <JobProgress job={job.data} />}
      {job.data.error && (
        <Alert color="red" variant="outline" role="alert">
          {job.data.error.message} {job.data.error.advice}
        </Alert>
      )}
      {isDone && result.isPending && <LoadingState />}
      {result.isError && <ErrorState error={result.error} onRetry={() => void result.refetch()} />}
      {result.data && <ResultView kind={job.data.kind} result={result.data.result} />}
    </>
  );
}

function Facts({ job }: { job: Job }) {
  if (job.cached)
    return (
      <Badge variant="light" color="accent" tt="none">
        {t("analysis.cached", { age: duration(job.age_seconds ?? 0) })}
      </Badge>
    );
  if (!job.finished_at) return null;
  return (
    <Text size="sm" c="dimmed">
      {t("analysis.took", { time: took(job) })}
    </Text>
  );
}

function Copies({ result, kind }: { result: unknown; kind: string }) {
  const text = () => JSON.stringify(result, null, 2);
  const copy = async () => {
    await navigator.clipboard.writeText(text());
    tell(t("app.copied"));
  };
  const download = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text()], { type: "application/json" }));
    link.download = `${kind}.json`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <Group gap="xs">
      <Button size="compact-sm" variant="default" onClick={() => void copy()}>
        {t("app.copy")}
      </Button>
      <Button size="compact-sm" variant="default" onClick={download}>
        {t("app.download")}
      </Button>
    </Group>
  );
}

// A job of an analysis: its progress while it runs, its result when it is done, its error in words.
import { Alert, Badge, Button, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { isFailed } from "../../app/queries";
import { ErrorState, LoadingState } from "../../app/states";
import { duration, exact } from "../../format/dates";
import { t } from "../../text";
import { JobActions } from "../jobs/JobActions";
import { JobProgress, JobStatus } from "../jobs/JobStatus";
import { took } from "../jobs/JobTable";
import { isOver, type Job, jobQuery } from "../jobs/live";
import { KindContext } from "./Explain";
import { Markdown } from "./Markdown";
import { methodsOf } from "./methods";
import { resultQuery } from "./queries";
import { ResultView } from "./results";
import { Takeaway } from "./Takeaway";

interface Props {
  id: string;
  /** Computes the same again, anew; absent where the parameters are not known. */
  onAgain?: () => void;
  /** What else can be done with this job's successor. */
  onRetried: (job: Job) => void;
}

export function JobResultView({ id, onAgain, onRetried }: Props) {
  const job = useQuery(jobQuery(id));
  const isDone = job.data?.status === "succeeded";
  const result = useQuery({ ...resultQuery(id), enabled: isDone });
  if (job.isPending) return <LoadingState />;
  if (isFailed(job)) return <ErrorState error={job.error} onRetry={() => void job.refetch()} />;
  return (
    <>
      <Group justify="space-between" mb="sm" className="result-bar">
        <Group gap="sm">
          <JobStatus job={job.data} />
          <Facts job={job.data} computedAt={result.data?.computed_at} onAgain={onAgain} />
        </Group>
        {isDone ? (
          result.data && <Takeaway kind={job.data.kind} result={result.data.result} />
        ) : (
          <JobActions job={job.data} onRetried={onRetried} />
        )}
      </Group>
      {!isOver(job.data) && <JobProgress job={job.data} />}
      {job.data.status === "failed" && job.data.error && (
        <Alert color="red" variant="outline" role="alert" title={t("analysis.failed")}>
          <Text>{job.data.error.message}</Text>
          {job.data.error.advice && <Text mt={4}>{job.data.error.advice}</Text>}
        </Alert>
      )}
      {job.data.status === "cancelled" && <Text className="note">{t("analysis.stopped")}</Text>}
      {isDone && result.isPending && <LoadingState />}
      {isFailed(result) && <ErrorState error={result.error} onRetry={() => void result.refetch()} />}
      {result.data && (
        <KindContext.Provider value={job.data.kind}>
          <ResultView kind={job.data.kind} result={result.data.result} />
          <Methods kind={job.data.kind} />
        </KindContext.Provider>
      )}
    </>
  );
}

interface FactsProps {
  job: Job;
  computedAt: string | undefined;
  onAgain: (() => void) | undefined;
}

function Facts({ job, computedAt, onAgain }: FactsProps) {
  if (job.status !== "succeeded") return null;
  return (
    <>
      {job.cached ? (
        <Badge variant="light" color="accent" tt="none" title={computedAt && exact(computedAt)}>
          {t("analysis.cached", { age: duration(job.age_seconds ?? 0) })}
        </Badge>
      ) : (
        <Text size="sm" c="dimmed" title={computedAt && exact(computedAt)}>
          {t("analysis.took", { time: took(job) })}
        </Text>
      )}
      {onAgain && (
        <Button size="compact-sm" variant="subtle" onClick={onAgain}>
          {t("analysis.again")}
        </Button>
      )}
    </>
  );
}

/** The whole text about the kind, closed until somebody wants it. */
function Methods({ kind }: { kind: string }) {
  return (
    <details className="methods">
      <summary>{t("analysis.methods")}</summary>
      <Markdown text={methodsOf(kind)} />
    </details>
  );
}

// What can be done with a job: stop it while it runs, try it again when it failed, look at what came out.
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api, body } from "../../api/client";
import { tellError } from "../../app/tell";
import { t } from "../../text";
import { useIsViewer } from "../session/session";
import { isOver, type Job, take } from "./live";

interface Props {
  job: Job;
  /** What to do with the job that takes its place. */
  onRetried?: (job: Job) => void;
}

/** Another job in the same place begins anew: what was asked of the one before is not asked of this one. */
export function JobActions(props: Props) {
  return <Actions key={props.job.id} {...props} />;
}

function Actions({ job, onRetried }: Props) {
  const queries = useQueryClient();
  const isViewer = useIsViewer();
  const params = { path: { id: job.id } };
  const onError = (error: Error) => {
    tellError(error.message);
    void queries.invalidateQueries({ queryKey: ["job", job.id] });
  };
  const cancel = useMutation({
    mutationFn: () => body(api.DELETE("/api/v1/jobs/{id}", { params })),
    onSuccess: (stopped) => take(queries, stopped),
    onError,
  });
  const retry = useMutation({
    mutationFn: () => body(api.POST("/api/v1/jobs/{id}/retry", { params })),
    onSuccess: (started) => {
      take(queries, started);
      onRetried?.(started);
    },
    onError,
  });
  if (isViewer && job.status !== "succeeded") return null;
  if (!isOver(job)) {
    const isStopping = cancel.isPending || cancel.isSuccess;
    return (
      <Button
        size="compact-sm"
        variant="default"
        disabled={isStopping}
        aria-live="polite"
        onClick={() => cancel.mutate()}
      >
        {isStopping ? t("jobs.cancelling") : t("jobs.cancel")}
      </Button>
    );
  }
  if (job.status === "succeeded") return <ResultLink job={job} />;
  return (
    <Button size="compact-sm" variant="default" loading={retry.isPending} onClick={() => retry.mutate()}>
      {t("jobs.retry")}
    </Button>
  );
}

function ResultLink({ job }: { job: Job }) {
  const link = { size: "compact-sm", variant: "default" } as const;
  const id = job.dataset_id;
  if (job.kind === "export") return null;
  if (job.kind === "ingest" || job.kind === "append") {
    return id ? (
      <Button {...link} renderRoot={(props) => <Link to="/datasets/$id" params={{ id }} search={{}} {...props} />}>
        {t("upload.open")}
      </Button>
    ) : null;
  }
  const params = (job.parameters ?? undefined) as Record<string, unknown> | undefined;
  const search = { job: job.id, kind: job.kind, dataset: id ?? undefined, params };
  return (
    <Button {...link} renderRoot={(props) => <Link to="/analysis" search={search} {...props} />}>
      {t("jobs.result")}
    </Button>
  );
}

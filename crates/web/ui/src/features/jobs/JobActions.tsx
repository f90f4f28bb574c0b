// What can be done with a job: stop it while it runs, try it again when it failed, look at what came out.

import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api, body } from "../../api/client";
import { tellError } from "../../app/tell";
import { t } from "../../text";
import { isOver, type Job } from "./live";

export function JobActions({ job }: { job: Job }) {
  const queries = useQueryClient();
  const params = { path: { id: job.id } };
  const done = () => {
    void queries.invalidateQueries({ queryKey: ["jobs"] });
    void queries.invalidateQueries({ queryKey: ["job", job.id] });
  };
  const onError = (error: Error) => tellError(error.message);
  const cancel = useMutation({
    mutationFn: () => body(api.DELETE("/api/v1/jobs/{id}", { params })),
    onSuccess: done,
    onError,
  });
  const retry = useMutation({
    mutationFn: () => body(api.POST("/api/v1/jobs/{id}/retry", { params })),
    onSuccess: done,
    onError,
  });
  if (!isOver(job)) {
    return (
      <Button
        size="compact-sm"
        variant="default"
        disabled={cancel.isPending || cancel.isSuccess}
        onClick={() => cancel.mutate()}
      >
        {cancel.isIdle || cancel.isError ? t("jobs.cancel") : t("jobs.cancelling")}
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
  if (job.kind === "ingest") {
    return job.dataset_id ? (
      <Button
        {...link}
        renderRoot={(props) => <Link to="/datasets/$id" params={{ id: job.dataset_id ?? "" }} search={{}} {...props} />}
      >
        {t("upload.open")}
      </Button>
    ) : null;
  }
  const search = { job: job.id, kind: job.kind, dataset: job.dataset_id ?? undefined };
  return (
    <Button {...link} renderRoot={(props) => <Link to="/analysis" search={search} {...props} />}>
      {t("jobs.result")}
    </Button>
  );
}

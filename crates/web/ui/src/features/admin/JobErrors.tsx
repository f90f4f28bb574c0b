// One job of anybody: what it is, every attempt that did not succeed, and trying it again.
import { Button, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body } from "../../api/client";
import { isFailed } from "../../app/queries";
import { ErrorState, LoadingState } from "../../app/states";
import { tell, tellError } from "../../app/tell";
import { exact } from "../../format/dates";
import { t } from "../../text";
import { jobDetailQuery } from "./queries";

export function JobErrors({ id }: { id: string }) {
  const queries = useQueryClient();
  const detail = useQuery(jobDetailQuery(id));
  const retry = useMutation({
    mutationFn: () => body(api.POST("/api/v1/admin/jobs/{id}/retry", { params: { path: { id } } })),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["admin"] });
      tell(t("admin.jobs.retried", { count: 1 }));
    },
    onError: (error) => tellError(error.message),
  });
  if (detail.isPending) return <LoadingState />;
  if (isFailed(detail)) return <ErrorState error={detail.error} onRetry={() => void detail.refetch()} />;
  const { job, errors, execution_id, priority, crashes } = detail.data;
  return (
    <section aria-label={t("admin.jobs.errors")}>
      <Text size="sm" className="condensed" mb="xs">
        {t("admin.jobs.facts", { id: job.id, execution: execution_id, priority, crashes, request: job.request_id })}
      </Text>
      {errors.length === 0 ? (
        <Text size="sm">{t("admin.jobs.noErrors")}</Text>
      ) : (
        <ol className="attempts">
          {errors.map(({ attempt, worker, ended_at, failure }) => (
            <li key={`${attempt} ${ended_at}`}>
              <strong>{failure.code}</strong>{" "}
              <span className="condensed">
                {t("admin.jobs.attempt", { attempt, time: exact(ended_at), worker: worker ?? "–" })}
              </span>
              <div>{failure.message}</div>
              {failure.advice && <div className="condensed">{failure.advice}</div>}
            </li>
          ))}
        </ol>
      )}
      {job.status === "failed" && (
        <Button size="compact-sm" variant="default" mt="xs" loading={retry.isPending} onClick={() => retry.mutate()}>
          {t("jobs.retry")}
        </Button>
      )}
    </section>
  );
}

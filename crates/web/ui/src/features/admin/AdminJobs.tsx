// Everybody's jobs: what waits in each lane, filters, the errors of each attempt, and trying dead ones again.
import { Button, Group, NativeSelect } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Fragment, useState } from "react";
import { api, body, type Schemas } from "../../api/client";
import { isFailed } from "../../app/queries";
import { EmptyState, ErrorState, LoadingState } from "../../app/states";
import { tell, tellError } from "../../app/tell";
import { duration, exact, when } from "../../format/dates";
import { full } from "../../format/numbers";
import { type TextKey, t } from "../../text";
import { JobStatus } from "../jobs/JobStatus";
import { took } from "../jobs/JobTable";
import { JobErrors } from "./JobErrors";
import { type AdminJob, type JobFilter, jobsQuery } from "./queries";
import { UserName } from "./UserName";

const STATUSES: Schemas["JobStatus"][] = ["queued", "running", "succeeded", "failed", "cancelled"];
const KINDS = "ingest append export descriptive correlation distribution grouped compare regression timeseries".split(
  " ",
);

export function AdminJobs() {
  const { status, kind, lane, user, worker, dead } = useSearch({ from: "/shell/admin" });
  const navigate = useNavigate({ from: "/admin" });
  const filter: JobFilter = { status, kind, lane, user_id: user, worker, dead };
  const jobs = useInfiniteQuery(jobsQuery(filter));
  if (jobs.isPending) return <LoadingState />;
  if (isFailed(jobs)) return <ErrorState error={jobs.error} onRetry={() => void jobs.refetch()} />;
  const items = jobs.data.pages.flatMap((page) => page.items);
  const set = (change: Record<string, string | boolean | undefined>) =>
    void navigate({ search: (old) => ({ ...old, ...change }) as never, replace: true });
  const choice = (name: string, value: string | undefined, values: { value: string; label: string }[]) => (
    <NativeSelect
      size="sm"
      label={t(`admin.jobs.${name}` as TextKey)}
      data={[{ value: "", label: t("admin.jobs.any") }, ...values]}
      value={value ?? ""}
      onChange={(event) => set({ [name]: event.currentTarget.value || undefined })}
    />
  );
  return (
    <>
      <Lanes lanes={jobs.data.pages[0]?.lanes ?? []} />
      <Group mb="md" align="end">
        {choice(
          "status",
          status,
          STATUSES.map((value) => ({ value, label: t(`job.${value}`) })),
        )}
        {choice(
          "kind",
          kind,
          [...new Set([...KINDS, ...(kind ? [kind] : [])])].map((value) => ({ value, label: value })),
        )}
        {choice(
          "lane",
          lane,
          ["interactive", "batch"].map((value) => ({ value, label: value })),
        )}
        <Button
          variant={dead ? "filled" : "default"}
          aria-pressed={dead === true}
          onClick={() => set({ dead: dead ? undefined : true })}
        >
          {t("admin.jobs.dead")}
        </Button>
        <RetryMany filter={filter} />
        {(user || worker) && (
          <Button variant="subtle" onClick={() => set({ user: undefined, worker: undefined })}>
            {user ? t("admin.jobs.everybody") : t("admin.jobs.allWorkers")}
          </Button>
        )}
      </Group>
      {items.length === 0 ? (
        <EmptyState title={t("admin.jobs.none")} />
      ) : (
        <Table jobs={items} onUser={(id) => set({ user: id })} onWorker={(name) => set({ worker: name })} />
      )}
      {jobs.hasNextPage && (
        <Button mt="md" variant="default" loading={jobs.isFetchingNextPage} onClick={() => void jobs.fetchNextPage()}>
          {t("app.more")}
        </Button>
      )}
    </>
  );
}

function Lanes({ lanes }: { lanes: Schemas["LaneDepth"][] }) {
  return (
    <div className="strip">
      {lanes.map(({ lane, depth, oldest_seconds }) => (
        <div key={lane}>
          <span className="condensed">{t("admin.jobs.waiting", { lane })}</span>
          <span className="figure">{full(depth)}</span>
          <span className="condensed">
            {oldest_seconds == null
              ? t("admin.jobs.nobody")
              : t("admin.jobs.oldest", { time: duration(oldest_seconds) })}
          </span>
        </div>
      ))}
    </div>
  );
}

interface TableProps {
  jobs: AdminJob[];
  onUser: (id: string) => void;
  onWorker: (name: string) => void;
}

function Table({ jobs, onUser, onWorker }: TableProps) {
  const [open, setOpen] = useState<string | null>(null);
  const columns = ["status", "kind", "lane", "user", "asked", "time", "attempts", "worker"] as const;
  return (
    <div className="scroll-x">
      <table className="plain">
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col" className={name === "time" || name === "attempts" ? "number" : undefined}>
                {t(`admin.jobs.${name}`)}
              </th>
            ))}
            <th scope="col">
              <span className="sr">{t("admin.jobs.errors")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {jobs.map(({ job, user_id, worker }) => (
            <Fragment key={job.id}>
              <tr>
                <td>
                  <JobStatus job={job} />
                  {job.error && <div className="condensed">{job.error.code}</div>}
                </td>
                <td>{job.kind}</td>
                <td>{job.lane}</td>
                <td>
                  <button type="button" className="link plain-button" onClick={() => onUser(user_id)}>
                    <UserName id={user_id} />
                  </button>
                </td>
                <td title={exact(job.created_at)}>{when(job.created_at)}</td>
                <td className="number">{took(job)}</td>
                <td className="number">{job.attempt}</td>
                <td>
                  {worker ? (
                    <button type="button" className="link plain-button mono" onClick={() => onWorker(worker)}>
                      {worker.slice(0, 12)}
                    </button>
                  ) : (
                    "–"
                  )}
                </td>
                <td className="number">
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-expanded={open === job.id}
                    aria-label={t("admin.jobs.details.of", { kind: job.kind, time: exact(job.created_at) })}
                    onClick={() => setOpen(open === job.id ? null : job.id)}
                  >
                    {t("admin.jobs.details")}
                  </Button>
                </td>
              </tr>
              {open === job.id && (
                <tr>
                  <td colSpan={columns.length + 1}>
                    <JobErrors id={job.id} />
                  </td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Tries the dead jobs again that fit kind, lane and account of the filter. */
function RetryMany({ filter: { kind, lane, user_id } }: { filter: JobFilter }) {
  const queries = useQueryClient();
  const retry = useMutation({
    mutationFn: () => body(api.POST("/api/v1/admin/jobs/retry", { body: { kind, lane, user_id, limit: 200 } })),
    onSuccess: ({ retried, more }) => {
      void queries.invalidateQueries({ queryKey: ["admin"] });
      tell(t(more ? "admin.jobs.retriedSome" : "admin.jobs.retried", { count: retried.length }));
    },
    onError: (error) => tellError(error.message),
  });
  return (
    <Button variant="default" loading={retry.isPending} onClick={() => retry.mutate()}>
      {t("admin.jobs.retryAll")}
    </Button>
  );
}

// Earlier analyses of a dataset, the newest first; each opens with what it was asked and what came out.
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api, body } from "../../api/client";
import { isFailed } from "../../app/queries";
import { ErrorState } from "../../app/states";
import { exact, when } from "../../format/dates";
import { t } from "../../text";
import { JobStatus } from "../jobs/JobStatus";
import type { Job } from "../jobs/live";
import { text, words } from "./results/values";

/** Jobs on a dataset that are no analyses. */
const OTHERS = ["ingest", "append", "export"];

export function History({
  dataset,
  current,
  titles,
}: {
  dataset: string;
  current?: string;
  titles: Map<string, string>;
}) {
  const jobs = useInfiniteQuery({
    queryKey: ["jobs", "dataset", dataset],
    queryFn: ({ pageParam }) =>
      body(api.GET("/api/v1/jobs", { params: { query: { dataset_id: dataset, limit: 20, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  if (isFailed(jobs)) return <ErrorState error={jobs.error} onRetry={() => void jobs.refetch()} />;
  const analyses = (jobs.data?.pages ?? []).flatMap((page) => page.items).filter(({ kind }) => !OTHERS.includes(kind));
  if (analyses.length === 0) return null;
  return (
    <section className="history" aria-label={t("analysis.history")}>
      <h2 className="part">{t("analysis.history")}</h2>
      <ol>
        {analyses.map((job) => (
          <li key={job.id}>
            <Link
              to="/analysis"
              search={{ dataset, kind: job.kind, job: job.id, params: paramsOf(job) }}
              className="history-link"
              aria-current={job.id === current ? "true" : undefined}
            >
              <span className="history-title">{titles.get(job.kind) ?? job.kind}</span>
              <span className="history-params">{told(job)}</span>
              <span className="history-facts condensed">
                <JobStatus job={job} /> <time title={exact(job.created_at)}>{when(job.created_at)}</time>
              </span>
            </Link>
          </li>
        ))}
      </ol>
      {jobs.hasNextPage && (
        <Button
          size="compact-sm"
          variant="default"
          loading={jobs.isFetchingNextPage}
          onClick={() => void jobs.fetchNextPage()}
        >
          {t("app.more")}
        </Button>
      )}
    </section>
  );
}

export const paramsOf = ({ parameters }: Job) => (parameters ?? undefined) as Record<string, unknown> | undefined;

/** The parameters that tell one analysis from another: columns and what is done with them. */
function told(job: Job): string {
  const wanted = /^(columns?|by|value|time|target|test|model|methods|measures|every|aggregate|filter)$/;
  return Object.entries(paramsOf(job) ?? {})
    .filter(([name, value]) => wanted.test(name) && value !== null && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${words(name)}: ${brief(value)}`)
    .join(" · ");
}

function brief(value: unknown): string {
  if (Array.isArray(value)) return value.map(brief).join(", ");
  if (typeof value === "object" && value !== null) {
    return Object.values(value)
      .filter((inner) => typeof inner === "string" || typeof inner === "number")
      .reverse()
      .map(text)
      .join(" ");
  }
  return typeof value === "string" ? words(value) : text(value);
}

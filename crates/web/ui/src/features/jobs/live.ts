// Jobs as they change: one stream for the tab; every event lands in the query cache, endings are told in a notification.

import { type QueryClient, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { api, body, type Schemas } from "../../api/client";
import { tell, tellError } from "../../app/tell";
import { t } from "../../text";
import { kindLabel } from "./kinds";

export type Job = Schemas["Job"];

/** How long a stream that was refused stays away. */
const REFUSED_MS = 10_000;

export const isOver = (job: Job) => job.status !== "queued" && job.status !== "running";

export const jobQuery = (id: string) =>
  queryOptions({
    queryKey: ["job", id],
    queryFn: () => body(api.GET("/api/v1/jobs/{id}", { params: { path: { id } } })),
    // The stream tells every change; asking is for when it is away.
    refetchInterval: (query) => (query.state.data && isOver(query.state.data) ? false : 3_000),
  });

/** The job that reads a dataset now, if there is one. */
export function useIngestJob(datasetId: string): Job | undefined {
  const listed = useQuery({
    queryKey: ["jobs", "reading", datasetId],
    queryFn: () => body(api.GET("/api/v1/jobs", { params: { query: { kind: "ingest", dataset_id: datasetId } } })),
  }).data?.items.find((job) => !isOver(job));
  return useQuery({ ...jobQuery(listed?.id ?? ""), enabled: listed !== undefined }).data ?? listed;
}

/** What the drawer shows; every change of a job's state asks again. */
export const drawerQuery = queryOptions({
  queryKey: ["jobs", "drawer"],
  queryFn: () => body(api.GET("/api/v1/jobs", { params: { query: { limit: 20 } } })),
});

/** Keeps the cache in step with the server while the page is open. */
export function useLiveJobs() {
  const queries = useQueryClient();
  useEffect(() => {
    let stream: EventSource;
    let again: ReturnType<typeof setTimeout>;
    const open = () => {
      stream = new EventSource("/api/v1/events");
      stream.addEventListener("job", (event: MessageEvent<string>) => take(queries, JSON.parse(event.data) as Job));
      // The browser comes back by itself after a break, but not after a refusal, such as for too many tabs.
      stream.addEventListener("error", () => {
        if (stream.readyState === EventSource.CLOSED) again = setTimeout(open, REFUSED_MS);
      });
    };
    open();
    return () => {
      clearTimeout(again);
      stream.close();
    };
  }, [queries]);
}

/** Puts what is new about a job where every page sees it. */
export function take(queries: QueryClient, told: Job) {
  const before = queries.getQueryData<Job>(["job", told.id]);
  if (before && isOver(before) && !isOver(told)) return;
  // Only lists tell parameters; events leave them out.
  const job = { ...told, parameters: told.parameters ?? before?.parameters };
  queries.setQueryData(["job", job.id], job);
  const isNew = before?.status !== job.status;
  if (isNew) void queries.invalidateQueries({ queryKey: ["jobs"] });
  if (!isNew || !isOver(job)) return;
  if (job.kind === "ingest" || job.kind === "append") void queries.invalidateQueries({ queryKey: ["datasets"] });
  if (job.dataset_id) void queries.invalidateQueries({ queryKey: ["dataset", job.dataset_id] });
  if (before) announce(job);
}

function announce(job: Job) {
  if (job.status === "failed") {
    const message = t("job.broken", { kind: kindLabel(job.kind), detail: job.error?.message ?? "" });
    tellError(message);
  } else if (job.status === "succeeded") {
    tell(t("job.finished", { kind: kindLabel(job.kind) }));
  }
}

// What the pages for administrators ask.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, body, type Schemas } from "../../api/client";

export type AdminUser = Schemas["AdminUser"];
export type AdminJob = Schemas["AdminJob"];
export type AuditEvent = Schemas["AuditEvent"];

const PAGE = 50;
const byCursor = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page: { next_cursor?: string | null }) => page.next_cursor ?? undefined,
  placeholderData: keepPreviousData,
};

export interface JobFilter {
  status?: Schemas["JobStatus"] | undefined;
  kind?: string | undefined;
  lane?: Schemas["Lane"] | undefined;
  user_id?: string | undefined;
  worker?: string | undefined;
  dead?: boolean | undefined;
}

export interface AuditFilter {
  actor?: string | undefined;
  action?: string | undefined;
  target?: string | undefined;
  outcome?: string | undefined;
}

export const healthQuery = queryOptions({
  queryKey: ["admin", "health"],
  // A failing part answers 503 with the same body, which is no failure of asking.
  queryFn: async () => {
    const answer = await fetch("/api/v1/health");
    return (await answer.json()) as Schemas["Health"];
  },
  refetchInterval: 5_000,
});

export const workersQuery = queryOptions({
  queryKey: ["admin", "workers"],
  queryFn: () => body(api.GET("/api/v1/admin/workers")),
  refetchInterval: 5_000,
});

export const usersQuery = (q: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ["admin", "users", q ?? ""],
    queryFn: ({ pageParam }) =>
      body(api.GET("/api/v1/admin/users", { params: { query: { q, cursor: pageParam, limit: PAGE } } })),
    ...byCursor,
  });

export const userQuery = (id: string) =>
  queryOptions({
    queryKey: ["admin", "user", id],
    queryFn: () => body(api.GET("/api/v1/admin/users/{id}", { params: { path: { id } } })),
    staleTime: 300_000,
  });

export const jobsQuery = (filter: JobFilter) =>
  infiniteQueryOptions({
    queryKey: ["admin", "jobs", filter],
    queryFn: ({ pageParam }) =>
      body(api.GET("/api/v1/admin/jobs", { params: { query: { ...filter, cursor: pageParam, limit: PAGE } } })),
    refetchInterval: 5_000,
    ...byCursor,
  });

export const jobDetailQuery = (id: string) =>
  queryOptions({
    queryKey: ["admin", "job", id],
    queryFn: () => body(api.GET("/api/v1/admin/jobs/{id}", { params: { path: { id } } })),
  });

export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ["admin", "audit", filter],
    queryFn: ({ pageParam }) =>
      body(api.GET("/api/v1/admin/audit", { params: { query: { ...filter, cursor: pageParam, limit: PAGE } } })),
    ...byCursor,
  });

// What the pages ask about datasets.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, body, type Schemas } from "../../api/client";
import type { Condition } from "./filters";

export type Dataset = Schemas["Dataset"];
export type Version = Schemas["DatasetVersion"];
export type Column = Schemas["Column"];
export type ColumnSummary = Schemas["ColumnSummary"];

export const PAGE_ROWS = 200;

const at = (id: string) => ({ params: { path: { id } } });

export const datasetQuery = (id: string) =>
  queryOptions({
    queryKey: ["dataset", id],
    queryFn: () => body(api.GET("/api/v1/datasets/{id}", at(id))),
    refetchInterval: (query) => (query.state.data?.status === "processing" ? 1_000 : false),
  });

/** The profile of a version; without a number that of the newest. */
export const profileQuery = (id: string, version?: number) =>
  queryOptions({
    queryKey: ["dataset", id, "profile", version ?? "newest"],
    queryFn: () => body(api.GET("/api/v1/datasets/{id}/profile", { params: { path: { id }, query: { version } } })),
    staleTime: 60_000,
  });

export const versionQuery = (id: string, number: number) =>
  queryOptions({
    queryKey: ["dataset", id, "version", number],
    queryFn: () => body(api.GET("/api/v1/datasets/{id}/versions/{number}", { params: { path: { id, number } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ["dataset", id, "versions"],
    queryFn: () => body(api.GET("/api/v1/datasets/{id}/versions", at(id))),
  });

/** What the grid shows: a version's rows in an order, through a filter. */
export interface RowsView {
  id: string;
  version: Version;
  sort: string | undefined;
  filter: Condition[];
}

/** Rows of a view; the content hash makes sure that pages of two versions never mix. */
export async function fetchRows(
  { id, version, sort, filter }: RowsView,
  offset: number,
  limit: number,
  columns?: string,
) {
  const conditions = filter.length > 0 ? JSON.stringify(filter) : undefined;
  const query = { offset, limit, sort, filter: conditions, columns, version: version.number };
  return body(api.GET("/api/v1/datasets/{id}/rows", { params: { path: { id }, query } }));
}

export const rowsQuery = (view: RowsView, page: number) =>
  queryOptions({
    queryKey: ["dataset", view.id, "rows", view.version.content_hash, view.sort ?? "", view.filter, page],
    queryFn: () => fetchRows(view, page * PAGE_ROWS, PAGE_ROWS),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });

export const datasetsQuery = (q: string | undefined, sort: string | undefined, trash = false) =>
  infiniteQueryOptions({
    queryKey: ["datasets", trash ? "trash" : "list", q ?? "", sort ?? ""],
    queryFn: ({ pageParam }) =>
      body(api.GET("/api/v1/datasets", { params: { query: { q, sort, trash, cursor: pageParam, limit: 50 } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });

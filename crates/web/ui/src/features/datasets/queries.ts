// What the pages ask about datasets.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, body, type Schemas } from "../../api/client";

export type Dataset = Schemas["Dataset"];
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

export const profileQuery = (id: string) =>
  queryOptions({
    queryKey: ["dataset", id, "profile"],
    queryFn: () => body(api.GET("/api/v1/datasets/{id}/profile", at(id))),
    staleTime: 60_000,
  });

/** One page of rows; the content hash makes sure that pages of two versions never mix. */
export const rowsQuery = (id: string, contentHash: string, page: number, sort: string | undefined) =>
  queryOptions({
    queryKey: ["dataset", id, "rows", contentHash, sort ?? "", page],
    queryFn: () =>
      body(
        api.GET("/api/v1/datasets/{id}/rows", {
          params: { path: { id }, query: { offset: page * PAGE_ROWS, limit: PAGE_ROWS, sort } },
        }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });

export const datasetsQuery = (q: string | undefined, sort: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ["datasets", "list", q ?? "", sort ?? ""],
    queryFn: ({ pageParam }) =>
      body(api.GET("/api/v1/datasets", { params: { query: { q, sort, cursor: pageParam, limit: 50 } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });

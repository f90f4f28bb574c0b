// What the pages ask about charts: the kinds, a computed chart, saved charts, and files.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, body, csrf } from "../../api/client";
import { Problem } from "../../api/problems";
import { isAway } from "../../app/queries";
import { inLabels, problemOf } from "./problems";
import { canonical } from "./spec";
import type { ChartAnswer, ChartSpec, Theme, Visualization, VisualizationChange, VisualizationVersion } from "./types";

const BASE = "/api/v1/visualizations";
const at = (id: string) => ({ params: { path: { id } } });

export const chartKindsQuery = queryOptions({
  queryKey: ["chart-kinds"],
  queryFn: async () => (await body(api.GET("/api/v1/visualizations/kinds"))).items,
  staleTime: Number.POSITIVE_INFINITY,
});

/** A chart that is not saved. A chart that cannot be computed is a `Problem`, like a wrong spec. */
export const chartQuery = (spec: ChartSpec, theme: Theme) =>
  queryOptions({
    queryKey: ["chart", canonical(spec), theme],
    queryFn: async ({ signal }) => {
      const { items } = await body(
        api.POST("/api/v1/visualizations/chart", { body: { charts: [spec], theme }, signal }),
      );
      const [item] = items;
      if (item?.chart) return item.chart as ChartAnswer;
      throw problemOf(item?.error);
    },
    staleTime: 60_000,
    gcTime: 300_000,
    placeholderData: keepPreviousData,
    retry: isBusy,
    retryDelay: wait,
  });

/** A page of many charts may ask for more at once than a server computes; what is wrong is not asked again. */
const isBusy = (failures: number, error: Error) =>
  isAway(error) ? failures < 1 : error instanceof Problem && [429, 503].includes(error.status) && failures < 6;
const wait = (failures: number) => Math.min(250 * 2 ** failures, 4_000);

export const visualizationQuery = (id: string) =>
  queryOptions({
    queryKey: ["visualization", id],
    queryFn: async () => (await body(api.GET("/api/v1/visualizations/{id}", at(id)))) as Visualization,
  });

export const versionsOfQuery = (id: string) =>
  queryOptions({
    queryKey: ["visualization", id, "versions"],
    queryFn: async () =>
      (await body(api.GET("/api/v1/visualizations/{id}/versions", at(id)))).items as VisualizationVersion[],
  });

/** The figure of a saved chart, which others may see too. */
export const figureQuery = (id: string, theme: Theme, version?: number) =>
  queryOptions({
    queryKey: ["visualization", id, "figure", version ?? "newest", theme],
    queryFn: async () => {
      const params = { path: { id }, query: { theme, version } };
      try {
        return (await body(api.GET("/api/v1/visualizations/{id}/figure", { params }))) as unknown as ChartAnswer;
      } catch (error) {
        throw inLabels(error);
      }
    },
    staleTime: 60_000,
    retry: isBusy,
    retryDelay: wait,
  });

export const SCOPES = ["all", "mine", "shared"] as const;
export type Scope = (typeof SCOPES)[number];

export const visualizationsQuery = (scope: Scope, dataset?: string) =>
  infiniteQueryOptions({
    queryKey: ["visualizations", scope, dataset ?? ""],
    queryFn: ({ pageParam }) => {
      const query = { scope, dataset_id: dataset, cursor: pageParam, limit: 100 };
      return body(api.GET("/api/v1/visualizations", { params: { query } }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const saveNew = async (name: string, chart: ChartSpec) =>
  (await body(api.POST("/api/v1/visualizations", { body: { name, chart } }))) as Visualization;

export const saveChange = async (id: string, change: VisualizationChange) =>
  (await body(api.PATCH("/api/v1/visualizations/{id}", { ...at(id), body: change }))) as Visualization;

export const remove = (id: string) => body(api.DELETE("/api/v1/visualizations/{id}", at(id)));

export const share = async (id: string, username: string, isTakenBack: boolean) => {
  const wish = { visualization_id: id, username, remove: isTakenBack };
  return (await body(api.POST("/api/v1/visualizations/share", { body: wish }))) as Visualization;
};

export const FORMATS = ["png", "svg", "pdf", "csv"] as const;
export type Format = (typeof FORMATS)[number];

export interface FileWish {
  format: Format;
  width: number;
  height: number;
  scale: number;
  theme: Theme;
  transparent: boolean;
}

/** A chart as a file, drawn by the server: of a spec, or of a saved chart, which others may take along too. */
export async function chartFile(source: ChartSource, wish: FileWish): Promise<Blob> {
  let answering: Promise<Response>;
  if ("spec" in source) {
    const headers = { "Content-Type": "application/json", "X-CSRF-Token": csrf() };
    answering = fetch(`${BASE}/export`, {
      method: "POST",
      headers,
      body: JSON.stringify({ chart: source.spec, ...wish }),
    });
  } else {
    const query = new URLSearchParams(Object.entries(wish).map(([name, value]) => [name, String(value)]));
    if (source.version) query.set("version", String(source.version));
    answering = fetch(`${BASE}/${encodeURIComponent(source.id)}/export?${query}`);
  }
  let response: Response;
  try {
    response = await answering;
  } catch {
    throw new Problem(0, { title: "The server does not answer" });
  }
  if (!response.ok) throw inLabels(new Problem(response.status, await response.json().catch(() => null)));
  return response.blob();
}

export type ChartSource = { spec: ChartSpec } | { id: string; version?: number };

// What the analysis pages ask: the kinds that exist, starting one, and the result of a job.
import { queryOptions } from "@tanstack/react-query";
import { api, body, type Schemas } from "../../api/client";
import type { Job } from "../jobs/live";
import type { Values } from "./params";
import { complete, type Schema } from "./schema";

export type AnalysisKind = Schemas["AnalysisKindInfo"];

export const kindsQuery = queryOptions({
  queryKey: ["kinds"],
  queryFn: async () => (await body(api.GET("/api/v1/analysis/kinds"))).items,
  staleTime: Number.POSITIVE_INFINITY,
});

const schemas = new WeakMap<AnalysisKind, Schema>();

/** The schema of a kind's parameters with everything it refers to in place. */
export function schemaOf(kind: AnalysisKind): Schema {
  let schema = schemas.get(kind);
  if (!schema) {
    schema = complete(kind.parameters as Schema);
    schemas.set(kind, schema);
  }
  return schema;
}

interface Start {
  kind: string;
  params: Values;
  /** Whether an answer that exists already will not do. */
  isAnew: boolean;
}

/** Starts an analysis of any kind; its parameters were formed by the kind's own schema, which types cannot follow. */
export function startAnalysis({ kind, params, isAnew }: Start): Promise<Job> {
  const path = `/api/v1/analysis/${encodeURIComponent(kind)}` as "/api/v1/analysis/descriptive";
  const headers = isAnew ? { "Cache-Control": "no-cache" } : {};
  return body(api.POST(path, { body: params as Schemas["DescriptiveParams"], headers })) as Promise<Job>;
}

export const resultQuery = (id: string) =>
  queryOptions({
    queryKey: ["result", id],
    queryFn: () => body(api.GET("/api/v1/jobs/{id}/results", { params: { path: { id } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });

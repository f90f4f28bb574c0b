// What the analysis pages ask: the kinds that exist, starting one, and the result of a job.
import { queryOptions } from "@tanstack/react-query";
import { api, body, csrf, type Schemas } from "../../api/client";
import { Problem } from "../../api/problems";
import type { Job } from "../jobs/live";
import { complete, type Schema } from "./schema";

export type AnalysisKind = Schemas["AnalysisKindInfo"];

export const kindsQuery = queryOptions({
  queryKey: ["kinds"],
  queryFn: async () => (await body(api.GET("/api/v1/analysis/kinds"))).items,
  staleTime: Number.POSITIVE_INFINITY,
});

/** The schema of a kind's parameters, complete: what it refers to stands in the API's document. */
export const schemaQuery = (kind: AnalysisKind | undefined) =>
  queryOptions({
    queryKey: ["schema", kind?.name],
    queryFn: async () => {
      const answer = await fetch("/api/openapi.json");
      const document = (await answer.json()) as { components: { schemas: Record<string, Schema> } };
      return complete((kind?.parameters ?? {}) as Schema, document.components.schemas);
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Starts an analysis of any kind; its parameters were formed by the kind's own schema, which types cannot follow. */
export async function startAnalysis(kind: string, params: Record<string, unknown>): Promise<Job> {
  const answer = await fetch(`/api/v1/analysis/${encodeURIComponent(kind)}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf() },
    body: JSON.stringify(params),
  });
  const told: unknown = await answer.json();
  if (!answer.ok) throw new Problem(answer.status, told, answer.headers.get("x-request-id"));
  return told as Job;
}

export const resultQuery = (id: string) =>
  queryOptions({
    queryKey: ["result", id],
    queryFn: () => body(api.GET("/api/v1/jobs/{id}/results", { params: { path: { id } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });

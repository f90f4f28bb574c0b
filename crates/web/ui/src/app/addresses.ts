// What stands in an address behind the question mark, read from whatever somebody typed there.
import type { Schemas } from "../api/client";
import { type Condition, conditionsOf } from "../features/datasets/filters";

type Search = Record<string, unknown>;

export const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);

function oneOf<T extends string>(value: unknown, known: readonly T[]): T | undefined {
  return known.find((one) => one === value);
}

/** What is there alone, so that an address stays short. */
function given<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}

export const DATASET_TABS = ["rows", "columns", "left-out", "versions", "reading", "about"] as const;
export type DatasetTab = (typeof DATASET_TABS)[number];

export interface DatasetSearch {
  tab?: DatasetTab;
  sort?: string;
  filter?: Condition[];
  /** A version other than the newest. */
  version?: number;
}

export function datasetSearch(search: Search): DatasetSearch {
  const filter = conditionsOf(search.filter);
  const version = Number(search.version);
  return given({
    tab: oneOf(search.tab, DATASET_TABS),
    sort: text(search.sort),
    filter: filter.length > 0 ? filter : undefined,
    version: Number.isInteger(version) && version > 0 ? version : undefined,
  });
}

/** Everything that an analysis is: on which data, what, with which parameters, and the job that computed it. */
export interface AnalysisSearch {
  dataset?: string;
  kind?: string;
  job?: string;
  params?: Search;
}

const object = (value: unknown) =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Search) : undefined;

export function analysisSearch(search: Search): AnalysisSearch {
  return given({
    dataset: text(search.dataset),
    kind: text(search.kind),
    job: text(search.job),
    params: object(search.params),
  });
}

export const ADMIN_TABS = ["health", "users", "jobs", "audit"] as const;
export type AdminTab = (typeof ADMIN_TABS)[number];
const STATUSES: Schemas["JobStatus"][] = ["queued", "running", "succeeded", "failed", "cancelled"];

export interface AdminSearch {
  tab?: AdminTab;
  /** Looked for in accounts. */
  q?: string;
  status?: Schemas["JobStatus"];
  kind?: string;
  lane?: Schemas["Lane"];
  user?: string;
  worker?: string;
  dead?: boolean;
  action?: string;
  target?: string;
  outcome?: string;
}

export function adminSearch(search: Search): AdminSearch {
  return given({
    tab: oneOf(search.tab, ADMIN_TABS),
    q: text(search.q),
    status: oneOf(search.status, STATUSES),
    kind: text(search.kind),
    lane: oneOf(search.lane, ["interactive", "batch"] as const),
    user: text(search.user),
    worker: text(search.worker),
    dead: search.dead === true ? true : undefined,
    action: text(search.action),
    target: text(search.target),
    outcome: text(search.outcome),
  });
}

/** A new chart: the spec as it is packed, or the columns that it begins with. */
export interface NewChartSearch {
  chart?: string;
  columns?: string[];
}

export function newChartSearch(search: Search): NewChartSearch {
  return given({ chart: text(search.chart), columns: texts(search.columns) });
}

export interface ChartSearch {
  /** The spec as it is packed, where it is not what is saved. */
  chart?: string;
  version?: number;
}

export function chartSearch(search: Search): ChartSearch {
  const version = Number(search.version);
  return given({
    chart: text(search.chart),
    version: Number.isInteger(version) && version > 0 ? version : undefined,
  });
}

export interface ChartsSearch {
  q?: string;
  scope?: "all" | "mine" | "shared";
  dataset?: string;
}

export function chartsSearch(search: Search): ChartsSearch {
  return given({
    q: text(search.q),
    scope: oneOf(search.scope, ["all", "mine", "shared"] as const),
    dataset: text(search.dataset),
  });
}

const MOST_ON_BOARD = 20;

export function boardSearch(search: Search): { ids?: string[] } {
  // Written by hand they are separated by commas.
  const ids = typeof search.ids === "string" ? search.ids.split(",") : search.ids;
  return given({ ids: texts(ids)?.slice(0, MOST_ON_BOARD) });
}

function texts(value: unknown): string[] | undefined {
  const found = Array.isArray(value) ? value.map(text).filter((one) => one !== undefined) : [];
  return found.length > 0 ? [...new Set(found)] : undefined;
}

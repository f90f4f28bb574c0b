// Every page and its address on one page. What a page shows stands in its address, so that it can be shared.

import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { Home } from "../features/home/Home";
import { sessionQuery } from "../features/session/session";
import {
  adminSearch,
  analysisSearch,
  boardSearch,
  chartSearch,
  chartsSearch,
  datasetSearch,
  newChartSearch,
  text,
} from "./addresses";
import { queries } from "./queries";
import { Shell } from "./Shell";
import { ErrorState, LoadingState, LostPage } from "./states";

const root = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: Outlet,
  notFoundComponent: LostPage,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  component: lazyRouteComponent(() => import("../features/session/SignIn"), "SignIn"),
  validateSearch: (search: Record<string, unknown>): { to?: string } => ({ to: text(search.to) }),
});

const register = createRoute({
  getParentRoute: () => root,
  path: "/register",
  component: lazyRouteComponent(() => import("../features/session/Register"), "Register"),
});

/** Everything for which one must be signed in. */
const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    const user = await context.queries.ensureQueryData(sessionQuery);
    if (!user) throw redirect({ to: "/sign-in", search: { to: location.href } });
  },
});

const home = createRoute({ getParentRoute: () => shell, path: "/", component: Home });

const datasets = createRoute({
  getParentRoute: () => shell,
  path: "/datasets",
  component: lazyRouteComponent(() => import("../features/datasets/DatasetList"), "DatasetList"),
  validateSearch: (search: Record<string, unknown>): { q?: string; sort?: string } => ({
    q: text(search.q),
    sort: text(search.sort),
  }),
});

const dataset = createRoute({
  getParentRoute: () => shell,
  path: "/datasets/$id",
  component: lazyRouteComponent(() => import("../features/datasets/DatasetPage"), "DatasetPage"),
  validateSearch: datasetSearch,
});

const trash = createRoute({
  getParentRoute: () => shell,
  path: "/datasets/trash",
  component: lazyRouteComponent(() => import("../features/datasets/TrashList"), "TrashList"),
});

const newChart = createRoute({
  getParentRoute: () => shell,
  path: "/datasets/$id/charts/new",
  component: lazyRouteComponent(() => import("../features/visualizations/NewChartPage"), "NewChartPage"),
  validateSearch: newChartSearch,
});

const charts = createRoute({
  getParentRoute: () => shell,
  path: "/charts",
  component: lazyRouteComponent(() => import("../features/visualizations/ChartsPage"), "ChartsPage"),
  validateSearch: chartsSearch,
});

const chart = createRoute({
  getParentRoute: () => shell,
  path: "/charts/$id",
  component: lazyRouteComponent(() => import("../features/visualizations/ChartPage"), "ChartPage"),
  validateSearch: chartSearch,
});

const board = createRoute({
  getParentRoute: () => shell,
  path: "/charts/board",
  component: lazyRouteComponent(() => import("../features/visualizations/BoardPage"), "BoardPage"),
  validateSearch: boardSearch,
});

const analysis = createRoute({
  getParentRoute: () => shell,
  path: "/analysis",
  component: lazyRouteComponent(() => import("../features/analysis/AnalysisPage"), "AnalysisPage"),
  validateSearch: analysisSearch,
});

const jobs = createRoute({
  getParentRoute: () => shell,
  path: "/jobs",
  component: lazyRouteComponent(() => import("../features/jobs/JobList"), "JobList"),
});

const profile = createRoute({
  getParentRoute: () => shell,
  path: "/profile",
  component: lazyRouteComponent(() => import("../features/session/Profile"), "Profile"),
});

const admin = createRoute({
  getParentRoute: () => shell,
  path: "/admin",
  component: lazyRouteComponent(() => import("../features/admin/Admin"), "Admin"),
  validateSearch: adminSearch,
});

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    register,
    shell.addChildren([home, datasets, trash, dataset, newChart, charts, board, chart, analysis, jobs, profile, admin]),
  ]),
  context: { queries },
  defaultPreload: "intent",
  defaultPreloadStaleTime: 0,
  defaultErrorComponent: ({ error, reset }) => <ErrorState error={error} onRetry={reset} />,
  defaultPendingComponent: LoadingState,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

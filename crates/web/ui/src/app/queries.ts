// The cache of what the server said: what is wrong is not asked again; a server that is away is, until it answers, also
// where the browser believes to be offline.
import { QueryClient } from "@tanstack/react-query";
import { Problem } from "../api/problems";

const ASK_AGAIN_MS = 3_000;

export const isAway = (error: unknown): boolean => error instanceof Problem && error.isOffline;

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: "always",
      staleTime: 10_000,
      // One lost answer is nothing to tell about; after two the page says so and goes on asking.
      retry: (failures, error) =>
        isAway(error) ? failures < 1 : error instanceof Problem && error.status === 503 && failures < 5,
      retryDelay: (failures) => Math.min(500 * 2 ** failures, 5_000),
      refetchInterval: ({ state }) => (isAway(state.error) ? ASK_AGAIN_MS : false),
    },
    mutations: { networkMode: "always" },
  },
});

interface Result {
  isError: boolean;
  error: unknown;
  data: unknown;
}

/** Whether a page can show nothing but what went wrong. What is there stays while the server is away. */
export function isFailed<T extends Result>(query: T): query is Extract<T, { isError: true }> {
  return query.isError && !(query.data !== undefined && isAway(query.error));
}

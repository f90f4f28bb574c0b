// The cache of what the server said: what is wrong is not asked again, a server that is away is.
import { QueryClient } from "@tanstack/react-query";
import { Problem } from "../api/problems";

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) => error instanceof Problem && (error.isOffline || error.status === 503) && failures < 5,
      retryDelay: (failures) => Math.min(500 * 2 ** failures, 5_000),
    },
  },
});

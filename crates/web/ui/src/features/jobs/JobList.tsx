// The page of one's jobs, live.
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { api, body } from "../../api/client";
import { isFailed } from "../../app/queries";
import { EmptyState, ErrorState, LoadingState, PageHead } from "../../app/states";
import { t } from "../../text";
import { JobTable } from "./JobTable";

export function JobList() {
  const jobs = useInfiniteQuery({
    queryKey: ["jobs", "all"],
    queryFn: ({ pageParam }) => body(api.GET("/api/v1/jobs", { params: { query: { limit: 50, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  if (jobs.isPending) return <LoadingState />;
  if (isFailed(jobs)) return <ErrorState error={jobs.error} onRetry={() => void jobs.refetch()} />;
  const items = jobs.data.pages.flatMap((page) => page.items);
  return (
    <>
      <PageHead title={t("jobs.title")} />
      {items.length === 0 ? (
        <EmptyState title={t("jobs.none")} detail={t("jobs.none.detail")} />
      ) : (
        <JobTable jobs={items} />
      )}
      {jobs.hasNextPage && (
        <Button mt="md" variant="default" loading={jobs.isFetchingNextPage} onClick={() => void jobs.fetchNextPage()}>
          {t("app.more")}
        </Button>
      )}
    </>
  );
}

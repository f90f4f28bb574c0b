// Running and recent jobs in a drawer, from every page: progress, stop, retry, the way to the result.
import { Button, Drawer } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { isFailed } from "../../app/queries";
import { EmptyState, ErrorState, LoadingState } from "../../app/states";
import { t } from "../../text";
import { JobTable } from "./JobTable";
import { drawerQuery } from "./live";

export default function JobsDrawer({ onClose }: { onClose: () => void }) {
  const jobs = useQuery(drawerQuery);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={t("jobs.drawer")}
      closeButtonProps={{ "aria-label": t("app.close") }}
    >
      {jobs.isPending && <LoadingState />}
      {isFailed(jobs) && <ErrorState error={jobs.error} onRetry={() => void jobs.refetch()} />}
      {jobs.data?.items.length === 0 && <EmptyState title={t("jobs.none")} detail={t("jobs.none.detail")} />}
      {jobs.data && jobs.data.items.length > 0 && (
        // A way that leads to another page leaves the drawer behind.
        // biome-ignore lint/a11y/noStaticElementInteractions: the links and buttons inside are what is used.
        // biome-ignore lint/a11y/useKeyWithClickEvents: a key on a link is a click, too.
        <div onClick={(event) => (event.target as HTMLElement).closest("a") && onClose()}>
          <JobTable jobs={jobs.data.items} isBrief />
          <Button mt="md" variant="default" renderRoot={(props) => <Link to="/jobs" {...props} />}>
            {t("jobs.open")}
          </Button>
        </div>
      )}
    </Drawer>
  );
}

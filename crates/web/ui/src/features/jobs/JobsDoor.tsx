// The button in the rail that opens the drawer of jobs; a number on it tells how many run.
import { ActionIcon, Indicator } from "@mantine/core";
import { IconActivity } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { t } from "../../text";
import { drawerQuery, isOver } from "./live";

const JobsDrawer = lazy(() => import("./JobsDrawer"));

export function JobsDoor() {
  const [isOpen, setOpen] = useState(false);
  const running = useQuery(drawerQuery).data?.items.filter((job) => !isOver(job)).length ?? 0;
  return (
    <>
      <Indicator disabled={running === 0} label={running} size={16} color="accent">
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("jobs.drawer.count", { count: running })}
          onClick={() => setOpen(true)}
        >
          <IconActivity size={18} />
        </ActionIcon>
      </Indicator>
      <Suspense>{isOpen && <JobsDrawer onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}

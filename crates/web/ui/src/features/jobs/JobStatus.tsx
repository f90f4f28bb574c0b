// The state of a job in a word and a sign, never in colour alone.
import { Progress, Text } from "@mantine/core";
import { IconCircleCheck, IconCircleX, IconClock, IconLoader2, IconPlayerStop } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { duration } from "../../format/dates";
import { percent } from "../../format/numbers";
import { t } from "../../text";
import { isOver, type Job } from "./live";

const LOOKS = {
  queued: { tone: "quiet", Icon: IconClock, label: t("job.queued") },
  running: { tone: "info", Icon: IconLoader2, label: t("job.running") },
  succeeded: { tone: "good", Icon: IconCircleCheck, label: t("job.succeeded") },
  failed: { tone: "bad", Icon: IconCircleX, label: t("job.failed") },
  cancelled: { tone: "quiet", Icon: IconPlayerStop, label: t("job.cancelled") },
} as const;

export function JobStatus({ job }: { job: Job }) {
  const { tone, Icon, label } = LOOKS[job.status];
  return (
    <span className={`status ${tone}`}>
      <Icon size={16} aria-hidden />
      {label}
    </span>
  );
}

/** How far a job is: stage, share, rows and time. */
export function JobProgress({ job }: { job: Job }) {
  const { fraction, stage, rows } = job.progress;
  const seconds = useElapsed(job);
  const parts = [stage ? t("jobs.progress", { stage, percent: percent(fraction, 0) }) : t(`job.${job.status}`)];
  if (rows > 0) parts.push(t("jobs.rows", { count: rows }));
  return (
    <div className="job-progress">
      <Progress value={fraction * 100} aria-label={t("analysis.computing")} transitionDuration={200} />
      <Text size="sm" c="dimmed" mt={4}>
        <span aria-live="polite">{parts.join(", ")}</span>
        {/* A clock that is read aloud every second helps nobody. */}
        {seconds !== null && <span aria-hidden>{`, ${duration(seconds)}`}</span>}
      </Text>
    </div>
  );
}

/** Seconds since the job was asked for, counted on while it lives. */
function useElapsed(job: Job): number | null {
  const [now, setNow] = useState(Date.now);
  const isLive = !isOver(job);
  useEffect(() => {
    if (!isLive) return;
    const clock = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(clock);
  }, [isLive]);
  const seconds = (now - Date.parse(job.created_at)) / 1000;
  return isLive && seconds >= 1 ? Math.floor(seconds) : null;
}

// The state of a job in a word and a sign, never in colour alone.
import { Progress, Text } from "@mantine/core";
import { IconCircleCheck, IconCircleX, IconClock, IconLoader2, IconPlayerStop } from "@tabler/icons-react";
import { percent } from "../../format/numbers";
import { t } from "../../text";
import type { Job } from "./live";

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

/** How far a running job is: stage, share and rows. */
export function JobProgress({ job }: { job: Job }) {
  const { fraction, stage, rows } = job.progress;
  return (
    <div>
      <Progress value={fraction * 100} aria-label={t("analysis.computing")} transitionDuration={200} />
      <Text size="sm" c="dimmed" mt={4} aria-live="polite">
        {stage ? t("jobs.progress", { stage, percent: percent(fraction, 0) }) : t(`job.${job.status}`)}
        {rows > 0 && `, ${t("jobs.rows", { count: rows })}`}
      </Text>
    </div>
  );
}

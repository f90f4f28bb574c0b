// The state of a dataset in a word and a sign.
import { IconCircleCheck, IconCircleX, IconLoader2 } from "@tabler/icons-react";
import { type TextKey, t } from "../../text";
import type { Dataset } from "./queries";

const LOOKS = {
  ready: { tone: "good", Icon: IconCircleCheck },
  failed: { tone: "bad", Icon: IconCircleX },
} as const;

export function DatasetStatus({ status }: { status: Dataset["status"] }) {
  const { tone, Icon } =
    status === "ready" || status === "failed" ? LOOKS[status] : { tone: "info", Icon: IconLoader2 };
  return (
    <span className={`status ${tone}`}>
      <Icon size={16} aria-hidden />
      {t(`dataset.status.${status}` as TextKey)}
    </span>
  );
}

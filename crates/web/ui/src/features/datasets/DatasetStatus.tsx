// The state of a dataset in a word and a sign.
import { IconCircleCheck, IconCircleX, IconEye, IconLoader2 } from "@tabler/icons-react";
import { t } from "../../text";
import type { Dataset } from "./queries";

const LOOKS = {
  ready: { tone: "good", Icon: IconCircleCheck },
  failed: { tone: "bad", Icon: IconCircleX },
  uploaded: { tone: "warn", Icon: IconEye },
  processing: { tone: "info", Icon: IconLoader2 },
} as const;

export function DatasetStatus({ status }: { status: Dataset["status"] }) {
  const { tone, Icon } = LOOKS[status];
  return (
    <span className={`status ${tone}`}>
      <Icon size={16} aria-hidden />
      {t(`dataset.status.${status}`)}
    </span>
  );
}

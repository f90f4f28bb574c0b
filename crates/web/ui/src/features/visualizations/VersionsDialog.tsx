// The versions of a chart, the newest first; each can be looked at, and an older one taken back there.
import { Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { isFailed } from "../../app/queries";
import { ErrorState, LoadingState } from "../../app/states";
import { exact, when } from "../../format/dates";
import { t } from "../../text";
import { KindIcon } from "./pictures";
import { versionsOfQuery } from "./queries";
import type { Visualization } from "./types";

export function VersionsDialog({ chart, onClose }: { chart: Visualization; onClose: () => void }) {
  const versions = useQuery(versionsOfQuery(chart.id));
  return (
    <Modal opened onClose={onClose} title={t("dataset.versions")} closeButtonProps={{ "aria-label": t("app.close") }}>
      {versions.isPending && <LoadingState />}
      {isFailed(versions) && <ErrorState error={versions.error} onRetry={() => void versions.refetch()} />}
      <ul className="builder-list versions">
        {versions.data?.map(({ version, kind, created_at }) => (
          <li key={version}>
            <KindIcon kind={kind} />
            <Link
              to="/charts/$id"
              params={{ id: chart.id }}
              search={version === chart.version ? {} : { version }}
              className="link"
              onClick={onClose}
            >
              {t("charts.version", { number: version })}
            </Link>
            <time className="condensed" title={exact(created_at)}>
              {when(created_at)}
            </time>
          </li>
        ))}
      </ul>
    </Modal>
  );
}

// How the server is: each part in a word, and the workers that are alive.
import { useQuery } from "@tanstack/react-query";
import { isFailed } from "../../app/queries";
import { EmptyState, ErrorState, LoadingState } from "../../app/states";
import { Wide } from "../../app/Wide";
import { exact, when } from "../../format/dates";
import { t } from "../../text";
import { healthQuery, workersQuery } from "./queries";
import { Sign } from "./Sign";

export function AdminHealth() {
  const health = useQuery(healthQuery);
  const workers = useQuery(workersQuery);
  if (health.isPending || workers.isPending) return <LoadingState />;
  if (isFailed(health)) return <ErrorState error={health.error} onRetry={() => void health.refetch()} />;
  if (isFailed(workers)) return <ErrorState error={workers.error} onRetry={() => void workers.refetch()} />;
  const { parts, version } = health.data;
  return (
    <>
      <div className="strip" role="status" aria-label={t("admin.tab.health")}>
        {Object.entries(parts).map(([name, { status, detail }]) => (
          <div key={name}>
            <span className="condensed">{name}</span>
            <Sign isGood={status === "ok"}>{t(`admin.health.${status}`)}</Sign>
            {detail && <span className="condensed">{detail}</span>}
          </div>
        ))}
        <div>
          <span className="condensed">{t("admin.version")}</span>
          <span className="mono">{version}</span>
        </div>
      </div>
      <h2 className="part">{t("admin.workers")}</h2>
      {workers.data.items.length === 0 ? (
        <EmptyState title={t("admin.workers.none")} detail={t("admin.workers.none.detail")} />
      ) : (
        <Wide label={t("admin.workers")}>
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">{t("admin.worker")}</th>
                <th scope="col">{t("admin.version")}</th>
                <th scope="col">{t("admin.lanes")}</th>
                <th scope="col" className="number">
                  {t("admin.slots")}
                </th>
                <th scope="col" className="number">
                  {t("admin.running")}
                </th>
                <th scope="col">{t("admin.confined")}</th>
                <th scope="col">{t("admin.started")}</th>
                <th scope="col">{t("admin.seen")}</th>
              </tr>
            </thead>
            <tbody>
              {workers.data.items.map((worker) => (
                <tr key={worker.name}>
                  <td className="mono">{worker.name}</td>
                  <td className="mono">{worker.version}</td>
                  <td>{worker.lanes.join(", ")}</td>
                  <td className="number">{worker.slots}</td>
                  <td className="number">{worker.running}</td>
                  <td>{confined(worker.confinement)}</td>
                  <td title={exact(worker.started_at)}>{when(worker.started_at)}</td>
                  <td title={exact(worker.seen_at)}>{when(worker.seen_at)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Wide>
      )}
    </>
  );
}

/** What the kernel keeps compute children from. */
function confined(confinement: { files: boolean; network: boolean } | null | undefined): string {
  if (!confinement) return t("admin.confined.unknown");
  const kept = [
    confinement.files ? t("admin.confined.files") : "",
    confinement.network ? t("admin.confined.network") : "",
  ].filter((word) => word !== "");
  return kept.length > 0 ? kept.join(", ") : t("admin.confined.nothing");
}

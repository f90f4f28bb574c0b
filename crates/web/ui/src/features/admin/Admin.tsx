// For administrators: the workers that are alive, and everybody's jobs that failed.
import { useQuery } from "@tanstack/react-query";
import { api, body } from "../../api/client";
import { ErrorState, ForbiddenState, LoadingState, PageHead } from "../../app/states";
import { when } from "../../format/dates";
import { t } from "../../text";
import { useUser } from "../session/session";

export function Admin() {
  const user = useUser();
  const isAdmin = user?.role === "admin";
  const workers = useQuery({
    queryKey: ["admin", "workers"],
    queryFn: () => body(api.GET("/api/v1/admin/workers")),
    refetchInterval: 5_000,
    enabled: isAdmin,
  });
  if (!user) return <LoadingState />;
  if (!isAdmin) return <ForbiddenState role={t(`role.${user.role}`)} />;
  if (workers.isPending) return <LoadingState />;
  if (workers.isError) return <ErrorState error={workers.error} onRetry={() => void workers.refetch()} />;
  return (
    <>
      <PageHead title={t("admin.title")} />
      <h2 className="part">{t("admin.workers")}</h2>
      <div className="scroll-x">
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{t("admin.worker")}</th>
              <th scope="col">{t("admin.lanes")}</th>
              <th scope="col" className="number">
                {t("admin.slots")}
              </th>
              <th scope="col" className="number">
                {t("admin.running")}
              </th>
              <th scope="col">{t("admin.started")}</th>
            </tr>
          </thead>
          <tbody>
            {workers.data.items.map((worker) => (
              <tr key={worker.name}>
                <td className="mono">{worker.name}</td>
                <td>{worker.lanes.join(", ")}</td>
                <td className="number">{worker.slots}</td>
                <td className="number">{worker.running}</td>
                <td>{when(worker.started_at)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

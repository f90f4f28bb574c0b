// Every version of a dataset and where it came from: file, job, and the version that it continues.
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { isFailed } from "../../app/queries";
import { ErrorState, LoadingState } from "../../app/states";
import { Wide } from "../../app/Wide";
import { exact, when } from "../../format/dates";
import { bytes, full } from "../../format/numbers";
import { t } from "../../text";
import { type Version, versionsQuery } from "./queries";

export function Versions({ id, shown }: { id: string; shown: number }) {
  const versions = useQuery(versionsQuery(id));
  if (versions.isPending) return <LoadingState />;
  if (isFailed(versions)) return <ErrorState error={versions.error} onRetry={() => void versions.refetch()} />;
  const newest = versions.data.items[0]?.number;
  return (
    <Wide label={t("dataset.versions")}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col" className="number">
              {t("versions.version")}
            </th>
            <th scope="col">{t("versions.how")}</th>
            <th scope="col">{t("versions.from")}</th>
            <th scope="col" className="number">
              {t("datasets.rows")}
            </th>
            <th scope="col" className="number">
              {t("versions.leftOut")}
            </th>
            <th scope="col" className="number">
              {t("datasets.columns")}
            </th>
            <th scope="col" className="number">
              {t("datasets.size")}
            </th>
            <th scope="col">{t("versions.made")}</th>
            <th scope="col">{t("versions.hash")}</th>
            <th scope="col">
              <span className="sr">{t("versions.look")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {versions.data.items.map((version) => (
            <tr key={version.id} aria-current={version.number === shown || undefined}>
              <td className="number">{version.number}</td>
              <td>{how(version)}</td>
              <td>
                {version.lineage.source?.file_name ?? "–"}
                {version.lineage.source && `, ${bytes(version.lineage.source.bytes)}`}
              </td>
              <td className="number">{full(version.rows)}</td>
              <td className="number">{full(version.quarantine_rows)}</td>
              <td className="number">{full(version.columns.length)}</td>
              <td className="number">{bytes(version.bytes)}</td>
              <td title={exact(version.created_at)}>{when(version.created_at)}</td>
              <td className="mono" title={version.content_hash}>
                {version.content_hash.slice(0, 12)}
              </td>
              <td className="number">
                {version.number === shown ? (
                  t("versions.here")
                ) : (
                  <Button
                    size="compact-sm"
                    variant="default"
                    renderRoot={(props) => (
                      <Link
                        to="/datasets/$id"
                        params={{ id }}
                        search={version.number === newest ? {} : { version: version.number }}
                        {...props}
                      />
                    )}
                  >
                    {t("versions.look")}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

function how({ lineage: { operation, parent } }: Version): string {
  if (operation === "append") return t("versions.append", { parent: parent ?? "–" });
  return parent ? t("versions.again", { parent }) : t("versions.ingest");
}

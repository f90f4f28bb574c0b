// What is known about the file: sizes, digests, how it was read.
import type { ReactNode } from "react";
import { exact } from "../../format/dates";
import { bytes } from "../../format/numbers";
import { t } from "../../text";
import { Downloads } from "./Downloads";
import type { Dataset } from "./queries";

export function About({ dataset }: { dataset: Dataset }) {
  const choices = dataset.version?.dialect.choices ?? [];
  return (
    <>
      <table className="plain">
        <tbody>
          <Fact name={t("dataset.file")}>
            {dataset.file_name ?? "–"}, {bytes(dataset.bytes)}
          </Fact>
          <Fact name={t("dataset.description")}>{dataset.description || "–"}</Fact>
          <Fact name={t("datasets.created")}>{exact(dataset.created_at)}</Fact>
          <Fact name={t("dataset.hash")}>
            <span className="mono">{dataset.sha256}</span>
          </Fact>
          {choices.map(({ option, value, reason }) => (
            <Fact key={option} name={option}>
              <span className="mono">{value}</span> {reason}
            </Fact>
          ))}
        </tbody>
      </table>
      {dataset.version && <Downloads id={dataset.id} />}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{children}</td>
    </tr>
  );
}

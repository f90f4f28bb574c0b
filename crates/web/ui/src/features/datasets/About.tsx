// What is known about the file: sizes, digests, how it was read and why, and the table in every format.
import type { ReactNode } from "react";
import { Wide } from "../../app/Wide";
import { exact } from "../../format/dates";
import { bytes, percent } from "../../format/numbers";
import { t } from "../../text";
import { Downloads } from "./Downloads";
import { Balance } from "./QuarantinePage";
import type { Dataset, Version } from "./queries";

export function About({ dataset, version }: { dataset: Dataset; version: Version }) {
  const { choices = [], warnings = [] } = version.dialect;
  return (
    <>
      <Downloads id={dataset.id} version={version} />
      <h2 className="part">{t("dataset.file")}</h2>
      <Wide label={t("dataset.file")}>
        <table className="plain facts">
          <tbody>
            <Fact name={t("dataset.file")}>
              {dataset.file_name ?? "–"}, {bytes(dataset.bytes)}
            </Fact>
            <Fact name={t("datasets.created")}>{exact(dataset.created_at)}</Fact>
            <Fact name={t("datasets.rows")}>
              <Balance version={version} />
            </Fact>
            <Fact name={t("dataset.hash")}>
              <span className="mono">{dataset.sha256}</span>
            </Fact>
            <Fact name={t("versions.hash")}>
              <span className="mono">{version.content_hash}</span>
            </Fact>
          </tbody>
        </table>
      </Wide>
      {warnings.map((warning) => (
        <p key={warning} className="status warn" style={{ whiteSpace: "normal" }}>
          {warning}
        </p>
      ))}
      {choices.length > 0 && (
        <>
          <h2 className="part">{t("dataset.choices")}</h2>
          <Wide label={t("dataset.choices")}>
            <table className="plain facts">
              <tbody>
                {choices.map(({ option, value, reason, confidence, asked }) => (
                  <Fact key={option} name={option}>
                    <code className="mono">{value === "" ? t("parse.none") : value}</code> {reason}{" "}
                    {!asked && (
                      <span className="condensed">{t("dataset.sure", { share: percent(confidence, 0) })}</span>
                    )}
                  </Fact>
                ))}
              </tbody>
            </table>
          </Wide>
        </>
      )}
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

// Rows that are not in the table: where each stands in the file, the value, the reason, and the row as it is written.
import type { Schemas } from "../../api/client";
import { Wide } from "../../app/Wide";
import { t } from "../../text";

export function QuarantineTable({ rows }: { rows: Schemas["QuarantinedRow"][] }) {
  return (
    <Wide label={t("quarantine.title")}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col" className="number">
              {t("quarantine.line")}
            </th>
            <th scope="col">{t("quarantine.column")}</th>
            <th scope="col">{t("quarantine.value")}</th>
            <th scope="col">{t("quarantine.reason")}</th>
            <th scope="col">{t("quarantine.text")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ line, column, value, detail, text }) => (
            <tr key={`${line} ${column} ${detail}`}>
              <td className="number">{line.toLocaleString("en-US")}</td>
              <td>{column ?? "–"}</td>
              <td className="mono">{value ?? "–"}</td>
              <td>{detail}</td>
              <td className="mono quarantine-text">{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

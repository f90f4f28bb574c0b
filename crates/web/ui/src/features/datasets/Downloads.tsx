// The dataset as a file, in every format the server writes. The browser downloads by itself; no script holds the bytes.
import { Button, Group } from "@mantine/core";
import { t } from "../../text";
import type { Version } from "./queries";

const FORMATS = ["csv", "xlsx", "json", "ndjson", "parquet", "arrow"];
/** What a worksheet holds. */
const MOST_WORKBOOK_ROWS = 1_048_575;

export function Downloads({ id, version }: { id: string; version: Version }) {
  const formats = FORMATS.filter((format) => format !== "xlsx" || version.rows <= MOST_WORKBOOK_ROWS);
  return (
    <section aria-label={t("dataset.downloads")}>
      <h2 className="part">{t("dataset.downloads")}</h2>
      <Group gap="xs">
        {formats.map((format) => (
          <Button
            key={format}
            component="a"
            size="compact-sm"
            variant="default"
            download
            href={`/api/v1/datasets/${id}/export?format=${format}&version=${version.number}`}
          >
            {format.toUpperCase()}
          </Button>
        ))}
      </Group>
      <p className="note">{t("dataset.downloads.note")}</p>
    </section>
  );
}

// The dataset as a file, in every format the server writes. The browser downloads by itself; no script holds the bytes.
import { Button, Group, Text } from "@mantine/core";
import { t } from "../../text";

const FORMATS = ["csv", "xlsx", "json", "ndjson", "parquet", "arrow"];

export function Downloads({ id }: { id: string }) {
  return (
    <>
      <Text mt="md" mb="xs" fw={600}>
        {t("dataset.downloads")}
      </Text>
      <Group gap="xs">
        {FORMATS.map((format) => (
          <Button
            key={format}
            component="a"
            size="compact-sm"
            variant="default"
            download
            href={`/api/v1/datasets/${id}/export?format=${format}`}
          >
            {format.toUpperCase()}
          </Button>
        ))}
      </Group>
    </>
  );
}

// Why a file could not be read: row, column, value and what to do, as the server found them; the options stand below.
import { Alert, Text } from "@mantine/core";
import type { Schemas } from "../../api/client";
import { t } from "../../text";
import { QuarantineTable } from "./QuarantineTable";

export function FailedIngest({ failure }: { failure: Schemas["Failure"] }) {
  const { message, line, column, value, advice, examples = [] } = failure;
  return (
    <Alert color="red" variant="outline" title={t("dataset.failed")} mb="md" role="alert">
      <Text>{message}</Text>
      {line != null && (
        <Text size="sm">
          {column == null ? t("dataset.failed.line", { line }) : t("dataset.failed.where", { line, column })}
        </Text>
      )}
      {value != null && (
        <Text size="sm">
          {t("dataset.failed.value")}: <code className="mono">{value}</code>
        </Text>
      )}
      {advice && (
        <Text mt="xs">
          {t("dataset.failed.advice")}: {advice}
        </Text>
      )}
      {examples.length > 0 && <QuarantineTable rows={examples} />}
    </Alert>
  );
}

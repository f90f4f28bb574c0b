// How a file is read: options on the left, what it becomes with them on the right, before anything is stored.
import { Alert, Button, Group, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { api, body, type Schemas } from "../../api/client";
import { byField, Problem } from "../../api/problems";
import { ErrorState, LoadingState } from "../../app/states";
import { tellError } from "../../app/tell";
import { t } from "../../text";
import { useIsViewer } from "../session/session";
import { ParseFields } from "./ParseFields";
import { ParseTable } from "./ParseTable";
import { type Choices, NO_CHOICES, type OptionName, optionsFor, optionsOf, previewQuery } from "./parse";
import { QuarantineTable } from "./QuarantineTable";
import { type Dataset, datasetQuery } from "./queries";

/** A change is asked for when nothing was typed for so long. */
const TYPING_MS = 250;

/** The options on which the names of columns depend. */
const NAMING: ReadonlySet<OptionName> = new Set([
  "format",
  "compression",
  "encoding",
  "delimiter",
  "quote",
  "escape",
  "header",
  "comment",
  "skip_rows",
  "sheet",
]);

export function ParsePage({ dataset, onRead }: { dataset: Dataset; onRead?: () => void }) {
  const [choices, setChoices] = useState<Choices>(NO_CHOICES);
  const options = useMemo(() => optionsOf(choices), [choices]);
  const [asked] = useDebouncedValue(options, TYPING_MS);
  const preview = useQuery({ ...previewQuery(dataset.id, asked), placeholderData: keepPreviousData });
  const read = useRead(dataset.id, onRead);
  const isViewer = useIsViewer();
  const problem = preview.error instanceof Problem ? preview.error : null;
  const errors = problem ? byField(problem) : {};
  const dialect = preview.data?.dialect;
  const kind = (choices.fields.format || dialect?.kind || "csv") as Schemas["SourceKind"];
  const change = (name: OptionName, value: string) =>
    setChoices(({ fields, columns }) => ({
      fields: { ...fields, [name]: value },
      // Another way to find the columns may give them other names.
      columns: NAMING.has(name) ? {} : columns,
    }));
  const isChanged = Object.keys(options).length > 0;
  return (
    <div className="bench">
      <section aria-label={t("parse.options")}>
        <Group mb="md" gap="xs">
          <Button loading={read.isPending} disabled={problem !== null || isViewer} onClick={() => read.mutate(options)}>
            {dataset.version ? t("parse.again") : t("parse.read")}
          </Button>
          {isChanged && (
            <Button variant="default" onClick={() => setChoices(NO_CHOICES)}>
              {t("parse.reset")}
            </Button>
          )}
        </Group>
        {isViewer && (
          <Text className="note" mb="md">
            {t("role.viewer.explains")}
          </Text>
        )}
        <ParseFields
          names={optionsFor(kind)}
          values={choices.fields}
          detected={dialect?.choices ?? []}
          errors={errors}
          onChange={change}
        />
      </section>
      <section aria-label={t("parse.preview")} aria-busy={preview.isFetching} className="parse-preview">
        {problem && <PreviewProblem problem={problem} />}
        {preview.isPending && <LoadingState />}
        {preview.error && !problem && <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />}
        {preview.data && !problem && (
          <>
            <Outcome preview={preview.data} onAllow={(percent) => change("quarantine_percent", percent)} />
            <ParseTable
              preview={preview.data}
              types={choices.columns}
              onType={(name, type) =>
                setChoices((old) => {
                  const { [name]: _, ...columns } = old.columns;
                  return { ...old, columns: type === "" ? columns : { ...columns, [name]: type } };
                })
              }
            />
            {preview.data.quarantine.rows > 0 && (
              <>
                <h2 className="part">{t("quarantine.title")}</h2>
                <QuarantineTable rows={preview.data.quarantine.sample} />
              </>
            )}
          </>
        )}
      </section>
    </div>
  );
}

/** The file in one sentence, and what a person should know about it. */
function Outcome({ preview, onAllow }: { preview: Schemas["ParsePreview"]; onAllow: (percent: string) => void }) {
  const { rows_read, complete, columns, quarantine, dialect } = preview;
  const share = rows_read === 0 ? 0 : (100 * quarantine.rows) / rows_read;
  const enough = String(Math.min(100, Math.ceil(share)));
  const rows = t(complete ? "parse.whole" : "parse.beginning", { count: rows_read });
  return (
    <>
      <Text mb="xs">
        {rows} {t("dataset.columns", { count: columns.length })}.{" "}
        {quarantine.rows > 0 && t("parse.leftOut", { count: quarantine.rows })}
      </Text>
      {share > quarantine.allowed_percent && (
        <div className="suggestion">
          {t("parse.tooMany", { allowed: quarantine.allowed_percent })}
          <Button size="compact-sm" variant="default" onClick={() => onAllow(enough)}>
            {t("parse.allow", { percent: enough })}
          </Button>
        </div>
      )}
      {dialect.warnings?.map((warning) => (
        <Text key={warning} size="sm" className="status warn" mb={4} style={{ whiteSpace: "normal" }}>
          {warning}
        </Text>
      ))}
    </>
  );
}

function PreviewProblem({ problem }: { problem: Problem }) {
  return (
    <Alert color="red" variant="outline" title={t("parse.fails")} role="alert" mb="md">
      {problem.fields.length > 0 ? problem.fields.map(({ detail }) => detail).join(" ") : problem.detail}
    </Alert>
  );
}

function useRead(id: string, onRead?: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (options: ReturnType<typeof optionsOf>) =>
      body(
        api.POST("/api/v1/datasets/{id}/ingest", {
          params: { path: { id } },
          body: options as Schemas["ParseOptions"],
        }),
      ),
    onSuccess: ({ dataset, job }) => {
      queries.setQueryData(datasetQuery(id).queryKey, dataset);
      if (job) queries.setQueryData(["job", job.id], job);
      void queries.invalidateQueries({ queryKey: ["jobs"] });
      onRead?.();
    },
    onError: (error) => tellError(error.message),
  });
}

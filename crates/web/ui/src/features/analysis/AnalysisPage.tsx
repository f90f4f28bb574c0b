// Choose data, kind and parameters; compute; read the result. Dataset, kind and job stand in the address.
import { Button, Group, Select, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { Problem } from "../../api/problems";
import { ErrorState, LoadingState, PageHead } from "../../app/states";
import { t } from "../../text";
import { datasetQuery } from "../datasets/queries";
import { DatasetPicker } from "./DatasetPicker";
import { JobResultView } from "./JobResultView";
import { ParamsForm } from "./ParamsForm";
import { kindsQuery, schemaQuery, startAnalysis } from "./queries";

export function AnalysisPage() {
  const search = useSearch({ from: "/shell/analysis" });
  const navigate = useNavigate({ from: "/analysis" });
  const queries = useQueryClient();
  const kinds = useQuery(kindsQuery);
  const dataset = useQuery({ ...datasetQuery(search.dataset ?? ""), enabled: search.dataset !== undefined });
  const kind = kinds.data?.find(({ name }) => name === (search.kind ?? "descriptive"));
  const schema = useQuery({ ...schemaQuery(kind), enabled: kind !== undefined });
  const start = useMutation({
    mutationFn: (params: Record<string, unknown>) =>
      startAnalysis(kind?.name ?? "", { ...params, dataset_id: search.dataset }),
    onSuccess: (job) => {
      queries.setQueryData(["job", job.id], job);
      void navigate({ search: (old) => ({ ...old, kind: kind?.name, job: job.id }) });
    },
  });
  const choices = useMemo(
    () => (kinds.data ?? []).map(({ name, title }) => ({ value: name, label: title })),
    [kinds.data],
  );
  if (kinds.isPending) return <LoadingState />;
  if (kinds.isError) return <ErrorState error={kinds.error} onRetry={() => void kinds.refetch()} />;
  const columns = dataset.data?.version?.columns ?? [];
  return (
    <>
      <PageHead title={t("analysis.title")} crumbs={dataset.data?.name} />
      <div className="bench">
        <section aria-label={t("analysis.parameters")}>
          <DatasetPicker
            value={search.dataset}
            onChange={(id) => void navigate({ search: { dataset: id, kind: search.kind } })}
          />
          <Select
            label={t("analysis.kind")}
            data={choices}
            value={kind?.name ?? null}
            allowDeselect={false}
            mt="sm"
            onChange={(name) => void navigate({ search: { dataset: search.dataset, kind: name ?? undefined } })}
          />
          {kind && (
            <Text size="sm" c="dimmed" mt={4}>
              {kind.summary}
            </Text>
          )}
          {kind && schema.data && search.dataset && (
            <ParamsForm
              key={`${kind.name} ${search.dataset}`}
              schema={schema.data}
              columns={columns}
              isBusy={start.isPending}
              problem={start.error instanceof Problem ? start.error : null}
              onStart={(params) => start.mutate(params)}
            />
          )}
        </section>
        <section aria-label={t("analysis.result")} aria-live="polite">
          {search.job ? <JobResultView id={search.job} /> : <Group c="dimmed">{t("analysis.pick")}</Group>}
          {start.error && !(start.error instanceof Problem) && <ErrorState error={start.error} />}
        </section>
      </div>
    </>
  );
}

export function StartButton({ isBusy }: { isBusy: boolean }) {
  return (
    <Button type="submit" mt="md" loading={isBusy}>
      {t("analysis.start")}
    </Button>
  );
}

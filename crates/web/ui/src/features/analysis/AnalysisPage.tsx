// Choose data, kind and parameters; compute; read the result. All of it stands in the address, which can be shared.
import { Select, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { Problem } from "../../api/problems";
import { isFailed } from "../../app/queries";
import { EmptyState, ErrorState, LoadingState, PageHead } from "../../app/states";
import { t } from "../../text";
import { datasetQuery } from "../datasets/queries";
import { isOver, type Job, jobQuery } from "../jobs/live";
import { useIsViewer } from "../session/session";
import { DatasetPicker } from "./DatasetPicker";
import { History } from "./History";
import { JobResultView } from "./JobResultView";
import { ParamsForm } from "./ParamsForm";
import type { Values } from "./params";
import { type AnalysisKind, kindsQuery, schemaOf, startAnalysis } from "./queries";

export function AnalysisPage() {
  const search = useSearch({ from: "/shell/analysis" });
  const navigate = useNavigate({ from: "/analysis" });
  const queries = useQueryClient();
  const kinds = useQuery(kindsQuery);
  const dataset = useQuery({ ...datasetQuery(search.dataset ?? ""), enabled: search.dataset !== undefined });
  const job = useQuery({ ...jobQuery(search.job ?? ""), enabled: search.job !== undefined }).data;
  const kind = kinds.data?.find(({ name }) => name === (search.kind ?? "descriptive"));
  const isViewer = useIsViewer();
  const result = useRef<HTMLElement>(null);
  const own = useRef<string>(undefined);
  const version = useFormVersion(search.job, own);
  const start = useMutation({
    mutationFn: ({ params, isAnew }: { params: Values; isAnew: boolean }) =>
      startAnalysis({ kind: kind?.name ?? "", params: { ...params, dataset_id: search.dataset }, isAnew }),
    onSuccess: (started, { params }) => show(started, params),
  });
  const show = (started: Job, params: Values | undefined) => {
    queries.setQueryData(["job", started.id], started);
    void queries.invalidateQueries({ queryKey: ["jobs"] });
    own.current = started.id;
    void navigate({ search: (old) => ({ ...old, kind: started.kind, job: started.id, params }) });
    // Where the form lies above the result, the result is what one wants to see.
    if (window.matchMedia("(max-width: 980px)").matches) result.current?.scrollIntoView();
  };
  if (kinds.isPending) return <LoadingState />;
  if (isFailed(kinds)) return <ErrorState error={kinds.error} onRetry={() => void kinds.refetch()} />;
  const columns = dataset.data?.version?.columns;
  const problem = start.error instanceof Problem && start.error.status !== 401 ? start.error : null;
  return (
    <>
      <PageHead
        title={titleOf(kind, dataset.data?.name)}
        crumbs={<Crumbs id={search.dataset} name={dataset.data?.name} />}
        busy={job && !isOver(job) ? job.progress.fraction : undefined}
      />
      <div className="bench">
        <section aria-label={t("analysis.parameters")} className="bench-form">
          <DatasetPicker
            value={search.dataset}
            onChange={(id) => void navigate({ search: { dataset: id, kind: search.kind } })}
          />
          <KindPicker
            kinds={kinds.data}
            kind={kind}
            onChange={(name) => {
              start.reset();
              void navigate({ search: { dataset: search.dataset, kind: name } });
            }}
          />
          {isFailed(dataset) && <ErrorState error={dataset.error} onRetry={() => void dataset.refetch()} />}
          {kind && columns && (
            <ParamsForm
              key={`${kind.name} ${search.dataset} ${version}`}
              schema={schemaOf(kind)}
              columns={columns}
              given={search.params}
              isBusy={start.isPending}
              problem={problem}
              onStart={(params) => start.mutate({ params, isAnew: false })}
            />
          )}
          {dataset.data && !columns && <Text className="note">{t("analysis.notReady")}</Text>}
        </section>
        <div className="bench-result">
          <section aria-label={t("analysis.result")} ref={result}>
            {search.job ? (
              <JobResultView
                key={search.job}
                id={search.job}
                onAgain={
                  search.params && !isViewer
                    ? () => start.mutate({ params: search.params ?? {}, isAnew: true })
                    : undefined
                }
                onRetried={(retried) => show(retried, search.params)}
              />
            ) : (
              <EmptyState
                title={search.dataset ? t("analysis.ready") : t("analysis.pick")}
                detail={search.dataset ? t("analysis.ready.detail") : t("analysis.pick.detail")}
              />
            )}
          </section>
          {search.dataset && (
            <History
              dataset={search.dataset}
              current={search.job}
              titles={new Map(kinds.data.map(({ name, title }) => [name, title]))}
            />
          )}
        </div>
      </div>
    </>
  );
}

/** The form begins anew when another job is opened, but not when it started that job itself. */
function useFormVersion(job: string | undefined, own: React.RefObject<string | undefined>): number {
  const [form, setForm] = useState({ job, version: 0 });
  if (form.job === job) return form.version;
  const next = { job, version: job === undefined || job === own.current ? form.version : form.version + 1 };
  setForm(next);
  return next.version;
}

function titleOf(kind: AnalysisKind | undefined, name: string | undefined): string {
  if (!kind || !name) return t("analysis.title");
  return t("analysis.titleOf", { kind: kind.title, name });
}

function Crumbs({ id, name }: { id: string | undefined; name: string | undefined }) {
  if (!id || !name) return t("analysis.title");
  return (
    <>
      {t("analysis.title")} /{" "}
      <Link to="/datasets/$id" params={{ id }} search={{}} className="link">
        {name}
      </Link>
    </>
  );
}

interface KindPickerProps {
  kinds: AnalysisKind[];
  kind: AnalysisKind | undefined;
  onChange: (name: string) => void;
}

function KindPicker({ kinds, kind, onChange }: KindPickerProps) {
  return (
    <>
      <Select
        label={t("analysis.kind")}
        data={kinds.map(({ name, title }) => ({ value: name, label: title }))}
        value={kind?.name ?? null}
        allowDeselect={false}
        mt="sm"
        maxDropdownHeight={420}
        onChange={(name) => name && onChange(name)}
      />
      {kind && (
        <Text size="sm" c="dimmed" mt={6}>
          {kind.summary}
        </Text>
      )}
    </>
  );
}

// A new chart of a dataset: the builder, and saving it under a name.
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { isFailed } from "../../app/queries";
import { ErrorState, LoadingState, PageHead } from "../../app/states";
import { tell } from "../../app/tell";
import { t } from "../../text";
import { type Dataset, datasetQuery } from "../datasets/queries";
import { useIsViewer } from "../session/session";
import { ChartBuilder } from "./ChartBuilder";
import { NameDialog } from "./NameDialog";
import { chartKindsQuery, saveNew, visualizationQuery } from "./queries";
import { lacking } from "./spec";
import type { ChartKindInfo, ChartSpec } from "./types";
import { useBuilder } from "./useBuilder";

export function NewChartPage() {
  const { id } = useParams({ from: "/shell/datasets/$id/charts/new" });
  const dataset = useQuery(datasetQuery(id));
  const kinds = useQuery(chartKindsQuery);
  const failed = isFailed(dataset) ? dataset : isFailed(kinds) ? kinds : null;
  if (failed) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!dataset.data || !kinds.data) return <LoadingState />;
  if (!dataset.data.version) return <ErrorState error={new Error(t("analysis.notReady"))} />;
  return <NewChart key={id} dataset={dataset.data} kinds={kinds.data} />;
}

function NewChart({ dataset, kinds }: { dataset: Dataset; kinds: ChartKindInfo[] }) {
  const search = useSearch({ from: "/shell/datasets/$id/charts/new" });
  const navigate = useNavigate({ from: "/datasets/$id/charts/new" });
  const queries = useQueryClient();
  const [isSaving, setSaving] = useState(false);
  const first = useMemo((): ChartSpec => ({ kind: "bar", dataset_id: dataset.id }), [dataset.id]);
  const builder = useBuilder(first, {
    chart: search.chart,
    write: (chart) => void navigate({ search: (old) => ({ ...old, chart }), replace: true, resetScroll: false }),
  });
  const kind = kinds.find(({ name }) => name === builder.spec.kind);
  const save = useMutation({
    mutationFn: (name: string) => saveNew(name, builder.spec),
    onSuccess: (saved) => {
      queries.setQueryData(visualizationQuery(saved.id).queryKey, saved);
      void queries.invalidateQueries({ queryKey: ["visualizations"] });
      tell(t("charts.saved", { name: saved.name }));
      void navigate({ to: "/charts/$id", params: { id: saved.id }, search: {} });
    },
  });
  const canSave = !useIsViewer();
  return (
    <>
      <PageHead
        title={t("builder.new")}
        crumbs={
          <>
            <Link to="/datasets/$id" params={{ id: dataset.id }} search={{}} className="link">
              {dataset.name}
            </Link>{" "}
            / {t("place.charts")}
          </>
        }
      >
        {canSave && (
          <Button
            disabled={!kind || lacking(builder.spec, kind).length > 0}
            onClick={() => {
              save.reset();
              setSaving(true);
            }}
          >
            {t("app.save")}
          </Button>
        )}
      </PageHead>
      <ChartBuilder
        builder={builder}
        kinds={kinds}
        columns={dataset.version?.columns ?? []}
        name={dataset.name}
        first={search.columns}
      />
      {isSaving && (
        <NameDialog
          title={t("charts.save.title")}
          first={builder.spec.title || nameOf(builder.spec, kind)}
          error={save.error}
          isBusy={save.isPending}
          onSave={(name) => save.mutate(name)}
          onClose={() => setSaving(false)}
        />
      )}
    </>
  );
}

/** "Bar: country, price". */
export function nameOf(spec: ChartSpec, kind: ChartKindInfo | undefined): string {
  const lists = [spec.x ? [spec.x] : [], spec.y ?? [], spec.rows ?? [], spec.color ? [spec.color] : []];
  const columns = [...new Set(lists.flat().map(({ column }) => column))].filter((column) => column !== undefined);
  return [kind?.title ?? spec.kind, columns.join(", ")].filter(Boolean).join(": ").slice(0, 200);
}

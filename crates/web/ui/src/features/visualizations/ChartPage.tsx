// A saved chart: its owner goes on building it, others look at it; older versions are looked at and taken back.
import { Alert, Badge, Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import { isFailed } from "../../app/queries";
import { ErrorState, LoadingState, PageHead } from "../../app/states";
import { useIsDark } from "../../app/useIsDark";
import { exact, when } from "../../format/dates";
import { t } from "../../text";
import { datasetQuery } from "../datasets/queries";
import { useIsViewer } from "../session/session";
import { ChartActions, useSave } from "./ChartActions";
import { ChartBuilder } from "./ChartBuilder";
import { FigureView } from "./FigureView";
import { chartKindsQuery, figureQuery, versionsOfQuery, visualizationQuery } from "./queries";
import { canonical, lacking } from "./spec";
import type { ChartKindInfo, Column, Visualization } from "./types";
import { useBuilder } from "./useBuilder";
import "./builder.css";

// Fetched together with the page, since there is a chart on it.
void import("../../charts/plotly");

export function ChartPage() {
  const { id } = useParams({ from: "/shell/charts/$id" });
  const { version } = useSearch({ from: "/shell/charts/$id" });
  const chart = useQuery(visualizationQuery(id));
  const isMine = chart.data?.is_mine ?? false;
  const canEdit = !useIsViewer() && isMine;
  const dataset = useQuery({ ...datasetQuery(chart.data?.dataset_id ?? ""), enabled: canEdit });
  const kinds = useQuery(chartKindsQuery);
  const failed = [chart, kinds].find(isFailed);
  if (failed) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!chart.data || !kinds.data || (canEdit && dataset.isPending)) return <LoadingState />;
  const isOld = version !== undefined && version !== chart.data.version;
  const columns = dataset.data?.version?.columns;
  if (!canEdit || isOld || !columns)
    return <Looking chart={chart.data} version={isOld ? version : undefined} isMine={canEdit} />;
  return <Editing key={id} chart={chart.data} kinds={kinds.data} columns={columns} datasetName={dataset.data?.name} />;
}

interface EditingProps {
  chart: Visualization;
  kinds: ChartKindInfo[];
  columns: Column[];
  datasetName: string | undefined;
}

function Editing({ chart, kinds, columns, datasetName }: EditingProps) {
  const search = useSearch({ from: "/shell/charts/$id" });
  const navigate = useNavigate({ from: "/charts/$id" });
  const write = useCallback(
    (next: string) => void navigate({ search: (old) => ({ ...old, chart: next }), replace: true, resetScroll: false }),
    [navigate],
  );
  const builder = useBuilder(chart.chart, { chart: search.chart, write });
  const isChanged = canonical(builder.spec) !== canonical(chart.chart);
  const save = useSave(chart);
  const kind = kinds.find(({ name }) => name === builder.spec.kind);
  const isWhole = kind !== undefined && lacking(builder.spec, kind).length === 0;
  return (
    <>
      <PageHead title={chart.name} crumbs={<Crumbs chart={chart} datasetName={datasetName} />}>
        {isChanged && (
          <Badge variant="outline" color="yellow" className="unsaved" size="lg" radius="sm">
            {t("charts.unsaved")}
          </Badge>
        )}
        <ChartActions chart={chart} spec={builder.spec} isWhole={isWhole} />
        <Button
          disabled={!isChanged || !isWhole}
          loading={save.isPending}
          onClick={() => save.mutate({ chart: builder.spec, version: chart.version })}
        >
          {t("app.save")}
        </Button>
      </PageHead>
      <ChartBuilder builder={builder} kinds={kinds} columns={columns} name={chart.name} />
    </>
  );
}

interface LookingProps {
  chart: Visualization;
  /** An older version; the newest where absent. */
  version: number | undefined;
  isMine: boolean;
}

function Looking({ chart, version, isMine }: LookingProps) {
  const theme = useIsDark() ? "dark" : "light";
  const figure = useQuery(figureQuery(chart.id, theme, version));
  const versions = useQuery({ ...versionsOfQuery(chart.id), enabled: version !== undefined });
  const old = versions.data?.find((one) => one.version === version);
  const save = useSave(chart);
  const navigate = useNavigate({ from: "/charts/$id" });
  return (
    <>
      <PageHead title={chart.name} crumbs={<Crumbs chart={chart} />}>
        {isMine && <ChartActions chart={chart} spec={old?.chart ?? chart.chart} isWhole />}
      </PageHead>
      {version !== undefined && (
        <Alert variant="outline" mb="md" title={t("versions.older", { number: version })}>
          <div className="versions-row">
            <Link to="/charts/$id" params={{ id: chart.id }} search={{}} className="link">
              {t("versions.newest")}
            </Link>
            {isMine && old && (
              <Button
                size="compact-sm"
                variant="default"
                loading={save.isPending}
                onClick={() =>
                  save.mutate(
                    { chart: old.chart, version: chart.version },
                    { onSuccess: () => void navigate({ search: {} }) },
                  )
                }
              >
                {t("charts.restore")}
              </Button>
            )}
          </div>
        </Alert>
      )}
      {isFailed(figure) && <ErrorState error={figure.error} onRetry={() => void figure.refetch()} />}
      {figure.isPending && <div className="preview-wait" role="status" aria-label={t("state.loading")} />}
      {figure.data && (
        <FigureView
          name={chart.name}
          answer={figure.data}
          source={{ id: chart.id, version }}
          spec={old?.chart ?? chart.chart}
        />
      )}
    </>
  );
}

function Crumbs({ chart, datasetName }: { chart: Visualization; datasetName?: string }) {
  const told = chart.is_mine
    ? chart.shared_with.length > 0
      ? t("charts.sharedWith", { count: chart.shared_with.length })
      : t("charts.private")
    : t("charts.sharedBy", { owner: chart.owner });
  return (
    <>
      <Link to="/charts" search={{}} className="link">
        {t("place.charts")}
      </Link>{" "}
      /{" "}
      {datasetName && (
        <>
          <Link to="/datasets/$id" params={{ id: chart.dataset_id }} search={{}} className="link">
            {datasetName}
          </Link>{" "}
          ·{" "}
        </>
      )}
      {t("versions.number", { number: chart.version })} ·{" "}
      <time title={exact(chart.updated_at)}>{when(chart.updated_at)}</time> · {told}
    </>
  );
}

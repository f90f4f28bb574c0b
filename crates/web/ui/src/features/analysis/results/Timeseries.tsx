// The result of `timeseries`: the series with trend and changes of level, its seasonal pattern, its autocorrelation.
import { useCallback } from "react";
import type { Schemas } from "../../../api/client";
import { Chart } from "../../../charts/Chart";
import { faded, type Look, type Trace } from "../../../charts/look";
import { full } from "../../../format/numbers";
import { t } from "../../../text";
import { type KeyFigure, KeyFigures, Notes, Part } from "./Parts";
import { SortableTable } from "./SortableTable";
import { type NamedTable, probability, type Row, thinned } from "./values";

type Outcome = Schemas["TimeseriesOutcome"];

export function timeseriesTables(result: Outcome): NamedTable[] {
  const columns = ["time", "value", "rows", "filled", "trend", "seasonal", "residual"];
  const points = result.points as unknown as Row[];
  const isTold = (column: string) =>
    points.some((row) => row[column] !== undefined && row[column] !== null && row[column] !== false);
  const tables: NamedTable[] = [{ name: t("result.points"), columns: columns.filter(isTold), rows: points }];
  if (result.autocorrelation) {
    const rows = result.autocorrelation.lags as unknown as Row[];
    tables.push({ name: t("result.autocorrelation"), columns: ["lag", "autocorrelation", "partial"], rows });
  }
  if (result.seasonality) {
    const rows = result.seasonality.pattern.map((value, i) => ({ position: i + 1, value }));
    tables.push({ name: t("result.season"), columns: ["position", "value"], rows });
  }
  if (result.change_points.length > 0) {
    const rows = result.change_points as unknown as Row[];
    tables.push({ name: t("result.changes"), columns: ["time", "position", "mean_before", "mean_after"], rows });
  }
  return tables;
}

export function TimeseriesView({ result }: { result: Outcome }) {
  const tables = timeseriesTables(result);
  const named = (name: string) => tables.find((table) => table.name === name);
  const [points] = tables;
  const changes = named(t("result.changes"));
  return (
    <>
      <p className="finding">
        {t("result.used", { rows: full(result.rows), out: full(result.rows_left_out) })}{" "}
        {t("result.periods", { count: result.points.length, every: result.every })}
      </p>
      <KeyFigures figures={trendFigures(result)} />
      <Notes notes={result.notes} />
      {points && <Series result={result} table={points} />}
      <div className="charts">
        <Season result={result} table={named(t("result.season"))} />
        <Lags result={result} table={named(t("result.autocorrelation"))} />
      </div>
      {changes && (
        <Part title={changes.name}>
          <SortableTable table={changes} isExplained={false} />
        </Part>
      )}
    </>
  );
}

function trendFigures({ trend, seasonality, autocorrelation, every }: Outcome): KeyFigure[] {
  const figures: KeyFigure[] = [];
  if (trend) {
    const per = t("result.per", { every });
    const interval = typeof trend.low === "number" ? `${full(trend.low)} to ${full(trend.high)}, ${per}` : per;
    figures.push({ figure: "trend", label: t("result.slope"), value: trend.slope, below: interval });
    figures.push({
      figure: "trend",
      label: "Mann–Kendall τ",
      value: trend.mann_kendall.tau,
      below: `p ${probability(trend.mann_kendall.p_value)}`,
    });
  }
  if (seasonality) {
    const below = t("result.seasonOf", { count: seasonality.season });
    figures.push({ figure: "seasonality", label: t("result.strength"), value: seasonality.strength, below });
  }
  if (autocorrelation) {
    const { ljung_box: box, ljung_box_lags: lags } = autocorrelation;
    const below = t("result.ljung", { p: probability(box.p_value), count: lags });
    figures.push({ figure: "autocorrelation", label: "Ljung–Box Q", value: box.statistic, below });
  }
  return figures;
}

function Series({ result, table }: { result: Outcome; table: NamedTable }) {
  const draw = useCallback((look: Look) => series(look, result), [result]);
  const told = thinned(
    result.points.map((_, i) => i).filter((i) => typeof result.points[i]?.value === "number"),
    400,
  );
  const [first, last] = [result.points[0], result.points.at(-1)];
  const places = told.map((i) => ({
    trace: 0,
    point: i,
    text: `${result.points[i]?.time}: ${full(result.points[i]?.value)}`,
  }));
  const title = t("result.seriesOf", { aggregate: result.aggregate, every: result.every });
  return (
    <Chart
      title={title[0]?.toUpperCase() + title.slice(1)}
      subtitle={result.gaps > 0 ? t("result.gaps", { count: result.gaps }) : undefined}
      sentence={t("result.seriesSentence", {
        from: first?.time ?? "–",
        to: last?.time ?? "–",
        first: full(first?.value),
        last: full(last?.value),
        count: result.change_points.length,
      })}
      height={380}
      draw={draw}
      places={places}
      table={<SortableTable table={table} isExplained={false} />}
    />
  );
}

function series(look: Look, { points, trend, change_points: changes }: Outcome) {
  const times = points.map(({ time }) => time);
  const data: Trace[] = [
    {
      type: "scatter",
      mode: points.length > 60 ? "lines" : "lines+markers",
      name: t("result.value"),
      x: times,
      y: points.map(({ value }) => value ?? null),
      line: { color: look.cat[2], width: 1.6 },
      marker: { size: 4 },
      hovertemplate: "%{x}: <b>%{y}</b><extra></extra>",
    },
  ];
  const line = (
    name: string,
    y: (number | null | undefined)[],
    color: string | undefined,
    dash: string,
    shape = "linear",
  ): Trace => ({
    type: "scatter",
    mode: "lines",
    name,
    x: times,
    y,
    hoverinfo: "skip",
    line: { color, width: 2, dash, shape },
  });
  const filled = points.map(({ value, filled: isFilled }) => (isFilled ? value : null));
  if (filled.some((value) => value !== null)) {
    const marker = { size: 6, symbol: "circle-open", color: look.warn };
    data.push({
      type: "scatter",
      mode: "markers",
      name: t("result.filled"),
      x: times,
      y: filled,
      hoverinfo: "skip",
      marker,
    });
  }
  if (points.some((point) => typeof point.trend === "number")) {
    data.push(
      line(
        t("result.movingTrend"),
        points.map((point) => point.trend ?? null),
        look.cat[0],
        "solid",
      ),
    );
  }
  if (typeof trend?.slope === "number" && typeof trend.intercept === "number") {
    const { slope, intercept } = trend;
    data.push(
      line(
        t("result.straightTrend"),
        points.map((_, i) => intercept + slope * i),
        look.ink2,
        "4,3",
      ),
    );
  }
  if (changes.length > 0) {
    const levels = points.map((_, i) => {
      const before = changes.filter(({ position }) => position <= i).at(-1);
      return before ? before.mean_after : changes[0]?.mean_before;
    });
    data.push(line(t("result.levels"), levels, look.cat[1], "solid", "hv"));
  }
  const shapes = changes.map(({ time }) => ({
    type: "line",
    x0: time,
    x1: time,
    yref: "paper",
    y0: 0,
    y1: 1,
    line: { color: look.axis, width: 1, dash: "dot" },
  }));
  return { data, layout: { showlegend: data.length > 1, shapes, xaxis: { type: "date" } } };
}

function Season({ result, table }: { result: Outcome; table: NamedTable | undefined }) {
  const season = result.seasonality;
  const draw = useCallback(
    (look: Look) => ({
      data: [
        {
          type: "bar",
          x: season?.pattern.map((_, i) => i + 1),
          y: season?.pattern,
          marker: { color: season?.pattern.map((value) => ((value ?? 0) < 0 ? look.cat[1] : look.cat[0])) },
          hovertemplate: "%{x}: <b>%{y}</b><extra></extra>",
        },
      ],
      layout: {
        margin: { l: 8, r: 12, t: 8, b: 8 },
        xaxis: { title: t("result.position"), tickformat: "d" },
        yaxis: { zeroline: true, zerolinecolor: look.axis },
      },
    }),
    [season],
  );
  if (!season || !table) return null;
  return (
    <Chart
      title={t("result.season")}
      subtitle={t("result.seasonNote", { count: season.season })}
      sentence={t("result.seasonSentence", { count: season.season, strength: full(season.strength, 2) })}
      height={260}
      draw={draw}
      places={season.pattern.map((value, i) => ({ trace: 0, point: i, text: `${i + 1}: ${full(value)}` }))}
      table={<SortableTable table={table} isExplained={false} />}
    />
  );
}

function Lags({ result, table }: { result: Outcome; table: NamedTable | undefined }) {
  const part = result.autocorrelation;
  const draw = useCallback(
    (look: Look) => {
      const lags = (part?.lags ?? []).filter(({ lag }) => lag > 0);
      const bound = part?.bound;
      const band =
        typeof bound === "number"
          ? [
              {
                type: "rect",
                xref: "paper",
                x0: 0,
                x1: 1,
                y0: -bound,
                y1: bound,
                line: { width: 0 },
                fillcolor: faded(look.cat[0] ?? look.axis, 0.15),
                layer: "below",
              },
            ]
          : [];
      return {
        data: [
          {
            type: "bar",
            x: lags.map(({ lag }) => lag),
            y: lags.map(({ autocorrelation }) => autocorrelation),
            marker: { color: look.cat[2] },
            hovertemplate: "%{x}: <b>%{y:.2f}</b><extra></extra>",
          },
        ],
        layout: {
          bargap: 0.6,
          margin: { l: 8, r: 12, t: 8, b: 8 },
          shapes: band,
          xaxis: { title: t("result.lag"), tickformat: "d" },
          yaxis: { zeroline: true, zerolinecolor: look.axis },
        },
      };
    },
    [part],
  );
  if (!part || !table) return null;
  const lags = part.lags.filter(({ lag }) => lag > 0);
  const beyond = lags.filter(({ autocorrelation }) => Math.abs(autocorrelation ?? 0) > (part.bound ?? 1)).length;
  return (
    <Chart
      title={t("result.autocorrelation")}
      subtitle={t("result.bound", { bound: full(part.bound, 2) })}
      sentence={t("result.lagsSentence", { count: lags.length, beyond })}
      height={260}
      draw={draw}
      places={lags.map(({ lag, autocorrelation }, i) => ({
        trace: 0,
        point: i,
        text: `${lag}: ${full(autocorrelation, 2)}`,
      }))}
      table={<SortableTable table={table} isExplained={false} />}
    />
  );
}

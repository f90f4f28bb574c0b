// The result of `distribution`: histogram with density, fitted curves and box plot; distribution function, Q–Q plot, tests,
// fits, and the outliers with their rows.
import { Chip, Group, SegmentedControl } from "@mantine/core";
import { useCallback, useMemo, useState } from "react";
import type { Schemas } from "../../../api/client";
import { Chart } from "../../../charts/Chart";
import { faded, type Look, plain, type Trace } from "../../../charts/look";
import { full, short } from "../../../format/numbers";
import { t } from "../../../text";
import { density } from "./densities";
import { Part } from "./Parts";
import { boxOf } from "./quartiles";
import { SortableTable } from "./SortableTable";
import { type NamedTable, type Row, text, thinned, told, words } from "./values";

type Outcome = Schemas["DistributionOutcome"];
type HistogramPart = Schemas["HistogramPart"];
const RULES = ["iqr", "z_score", "mad"] as const;

export function binsTable({ edges, counts }: HistogramPart): NamedTable {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const rows = counts.map((count, i) => ({
    from: edges[i],
    to: edges[i + 1],
    count,
    share: total ? count / total : null,
  }));
  return { name: t("result.histogram"), columns: ["from", "to", "count", "share"], rows };
}

export function distributionTables(result: Outcome): NamedTable[] {
  const tables: NamedTable[] = [];
  const { histogram, tests, fits, outliers, ecdf, kde, qq } = result;
  if (histogram) tables.push(binsTable(histogram));
  if (tests)
    tables.push({
      name: t("result.normality"),
      columns: told(["name", "statistic", "p_value", "note"], tests as unknown as Row[]),
      rows: tests as unknown as Row[],
    });
  if (fits) tables.push(fitsTable(fits));
  for (const rule of outliers ? RULES : []) {
    const rows = outliers?.[rule].rows as unknown as Row[];
    tables.push({ name: t("result.outliersBy", { rule: words(rule) }), columns: ["row", "value"], rows });
  }
  if (ecdf) tables.push(pairsTable(t("result.ecdf"), ["value", "share"], ecdf.values, ecdf.shares));
  if (kde) tables.push(pairsTable(t("result.kde"), ["value", "density"], kde.points, kde.densities));
  if (qq) tables.push(pairsTable(t("result.qq"), ["theoretical", "sample"], qq.theoretical, qq.sample));
  return tables;
}

function pairsTable(name: string, [first, second]: [string, string], one: number[], other: number[]): NamedTable {
  return { name, columns: [first, second], rows: one.map((value, i) => ({ [first]: value, [second]: other[i] })) };
}

function fitsTable(fits: Schemas["Fit"][]): NamedTable {
  const rows = fits.map(({ distribution, parameters, ...figures }) => ({
    distribution,
    parameters: text(parameters),
    ...figures,
  }));
  const columns = ["rank", "distribution", "parameters", "aic", "bic", "log_likelihood", "ks", "p_value", "note"];
  return {
    name: t("result.fits"),
    columns: told(columns, rows),
    rows,
  };
}

export function DistributionView({ result }: { result: Outcome }) {
  const tables = distributionTables(result);
  const named = (name: string) => tables.find((table) => table.name === name);
  const [normality, fits] = [named(t("result.normality")), named(t("result.fits"))];
  return (
    <>
      {result.histogram && <Shape result={result} histogram={result.histogram} />}
      <div className="charts">
        {result.ecdf && <Cumulative result={result} table={named(t("result.ecdf"))} />}
        {result.qq && <Quantiles result={result} table={named(t("result.qq"))} />}
      </div>
      {fits && (
        <Part title={fits.name}>
          <SortableTable table={fits} named="distribution" />
        </Part>
      )}
      {normality && (
        <Part title={normality.name}>
          <SortableTable table={normality} named="name" />
        </Part>
      )}
      {result.outliers && <Outliers outliers={result.outliers} />}
    </>
  );
}

/** Histogram, density, fits and box over one axis. */
function Shape({ result, histogram }: { result: Outcome; histogram: HistogramPart }) {
  const fitted = useMemo(() => (result.fits ?? []).filter(({ rank }) => rank), [result.fits]);
  const [chosen, setChosen] = useState<string[]>(() => fitted.slice(0, 1).map(({ distribution }) => distribution));
  const draw = useCallback((look: Look) => shape(look, result, histogram, chosen), [result, histogram, chosen]);
  const places = useMemo(
    () =>
      histogram.counts.map((count, i) => ({
        trace: 0,
        point: i,
        text: t("result.bin", { low: full(histogram.edges[i]), high: full(histogram.edges[i + 1]), count }),
      })),
    [histogram],
  );
  const subtitle = t("result.binned", {
    count: histogram.counts.length,
    rule: words(histogram.rule),
    n: full(result.count),
  });
  const highest = histogram.counts.indexOf(Math.max(...histogram.counts));
  const sentence = t("result.histogramSentence", {
    column: result.column,
    count: histogram.counts.length,
    low: short(histogram.edges[0] ?? 0),
    high: short(histogram.edges.at(-1) ?? 0),
    from: short(histogram.edges[highest] ?? 0),
    to: short(histogram.edges[highest + 1] ?? 0),
  });
  return (
    <Chart
      title={t("result.shapeOf", { column: result.column })}
      subtitle={subtitle}
      sentence={sentence}
      height={400}
      draw={draw}
      places={places}
      table={<SortableTable table={binsTable(histogram)} />}
    >
      {fitted.length > 0 && (
        <Chip.Group multiple value={chosen} onChange={setChosen}>
          <Group gap={4} aria-label={t("result.fits")} role="group">
            {fitted.slice(0, 4).map(({ distribution }) => (
              <Chip key={distribution} value={distribution} size="xs" variant="outline">
                {words(distribution)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      )}
    </Chart>
  );
}

/** Bars are counts; where bins differ in width they are counts of a bin of mean width, so that areas compare. */
function shape(look: Look, result: Outcome, { edges, counts }: HistogramPart, chosen: string[]) {
  const widths = counts.map((_, i) => (edges[i + 1] ?? 0) - (edges[i] ?? 0));
  const usual = ((edges.at(-1) ?? 0) - (edges[0] ?? 0)) / Math.max(1, counts.length);
  const isEven = widths.every((width) => Math.abs(width - usual) < usual * 1e-6);
  const heights = isEven ? counts : counts.map((count, i) => (count * usual) / (widths[i] || usual));
  const centres = counts.map((_, i) => ((edges[i] ?? 0) + (edges[i + 1] ?? 0)) / 2);
  const scale = result.count * usual;
  const data: Trace[] = [
    {
      type: "bar",
      name: t("result.values"),
      x: centres,
      y: heights,
      width: widths.map((width) => width * 0.96),
      customdata: counts.map((count, i) => [full(edges[i]), full(edges[i + 1]), full(count)]),
      hovertemplate: "%{customdata[0]} to %{customdata[1]}<br><b>%{customdata[2]}</b><extra></extra>",
      marker: { color: faded(look.cat[0] ?? look.axis, 0.75) },
    },
  ];
  const line = (name: string, x: number[], y: number[], color: string, dash: string): Trace => ({
    type: "scatter",
    mode: "lines",
    name,
    x,
    y,
    hoverinfo: "skip",
    line: { color, width: 2, dash },
  });
  if (result.kde && result.kde.points.length > 1) {
    const heightsOf = result.kde.densities.map((value) => value * scale);
    data.push(line(t("result.kde"), result.kde.points, heightsOf, look.cat[2] ?? look.ink, "solid"));
  }
  const [low, high] = [edges[0] ?? 0, edges.at(-1) ?? 1];
  const steps = Array.from({ length: 400 }, (_, i) => low + ((high - low) * (i + 0.5)) / 400);
  const colors = [1, 3, 4, 5].map((slot) => look.cat[slot] ?? look.ink);
  for (const [i, fit] of (result.fits ?? []).filter(({ distribution }) => chosen.includes(distribution)).entries()) {
    const at = density(fit);
    const tall = 3 * Math.max(...heights);
    if (at) {
      const values = steps.map((x) => Math.min(at(x) * scale, tall));
      data.push(line(words(fit.distribution), steps, values, colors[i % colors.length] ?? look.ink, "4,3"));
    }
  }
  const box = boxOf(result);
  if (box) {
    const color = look.cat[0] ?? look.axis;
    const { q1, median, q3, low: lowest, high: top, outliers } = box;
    data.push({
      type: "box",
      orientation: "h",
      name: "",
      showlegend: false,
      yaxis: "y2",
      q1: [q1],
      median: [median],
      q3: [q3],
      lowerfence: [lowest],
      upperfence: [top],
      y: [0],
      width: 0.5,
      hoverinfo: "x",
      line: { color, width: 1.4 },
      fillcolor: faded(color, 0.25),
    });
    data.push({
      type: "scatter",
      mode: "markers",
      showlegend: false,
      yaxis: "y2",
      x: outliers,
      y: outliers.map(() => 0),
      hovertemplate: "%{x}<extra></extra>",
      marker: { size: 5, color: faded(color, 0), line: { color: look.ink, width: 1 } },
    });
  }
  const layout = {
    bargap: 0,
    barmode: "overlay",
    showlegend: data.length > 1,
    xaxis: { range: [low - usual / 2, high + usual / 2], title: plain(result.column) },
    yaxis: {
      domain: [0, box ? 0.84 : 1],
      rangemode: "tozero",
      title: isEven ? t("result.count") : t("result.countEven"),
    },
    yaxis2: { domain: [0.87, 1], visible: false, range: [-0.6, 0.6] },
  };
  return { data, layout };
}

function Cumulative({ result, table }: { result: Outcome; table: NamedTable | undefined }) {
  const ecdf = result.ecdf;
  const draw = useCallback(
    (look: Look) => ({
      data: [
        {
          type: "scatter",
          mode: "lines",
          x: ecdf?.values,
          y: ecdf?.shares,
          line: { shape: "hv", color: look.cat[0], width: 2 },
          hovertemplate: "%{x}: %{y:.1%}<extra></extra>",
        },
      ],
      layout: { xaxis: { title: plain(result.column) }, yaxis: { tickformat: ".0%", range: [0, 1.02] } },
    }),
    [ecdf, result.column],
  );
  if (!ecdf || !table) return null;
  const places = spread(ecdf.values.length, (i) =>
    t("result.upTo", { value: full(ecdf.values[i]), share: `${full((ecdf.shares[i] ?? 0) * 100, 1)} %` }),
  );
  return (
    <Chart
      title={t("result.ecdf")}
      subtitle={t("result.ecdfNote")}
      sentence={t("result.ecdfSentence", { column: result.column })}
      draw={draw}
      places={places}
      table={<SortableTable table={table} />}
    />
  );
}

function Quantiles({ result, table }: { result: Outcome; table: NamedTable | undefined }) {
  const qq = result.qq;
  const draw = useCallback(
    (look: Look) => {
      const [low, high] = [qq?.theoretical[0] ?? 0, qq?.theoretical.at(-1) ?? 0];
      const at = (x: number) => (qq?.intercept ?? 0) + (qq?.slope ?? 0) * x;
      const points = thinned((qq?.theoretical ?? []).map((x, i) => [x, qq?.sample[i]] as const));
      return {
        data: [
          {
            type: "scatter",
            mode: "markers",
            x: points.map(([x]) => x),
            y: points.map(([, y]) => y),
            marker: { size: 5, color: faded(look.cat[0] ?? look.axis, 0.7) },
            hovertemplate: "%{x:.2f}: %{y}<extra></extra>",
          },
          ...(typeof qq?.slope === "number"
            ? [
                {
                  type: "scatter",
                  mode: "lines",
                  x: [low, high],
                  y: [at(low), at(high)],
                  hoverinfo: "skip",
                  line: { color: look.ink, width: 1.5 },
                },
              ]
            : []),
        ],
        layout: {
          xaxis: { title: t("result.normalQuantiles"), showgrid: true },
          yaxis: { title: plain(result.column) },
        },
      };
    },
    [qq, result.column],
  );
  if (!qq || !table) return null;
  const places = spread(qq.sample.length, (i) => `${full(qq.theoretical[i], 2)}: ${full(qq.sample[i])}`);
  return (
    <Chart
      title={t("result.qq")}
      subtitle={typeof qq.r === "number" ? t("result.qqNote", { r: qq.r.toFixed(4) }) : undefined}
      sentence={t("result.qqSentence", { column: result.column })}
      draw={draw}
      places={places}
      table={<SortableTable table={table} />}
    />
  );
}

/** Places of the cursor on the points of a line; of more than 200, every so many. */
function spread(count: number, textOf: (i: number) => string) {
  return thinned(
    Array.from({ length: count }, (_, i) => i),
    200,
  ).map((i) => ({ trace: 0, point: i, text: textOf(i) }));
}

function Outliers({ outliers }: { outliers: Schemas["OutliersPart"] }) {
  const [rule, setRule] = useState<(typeof RULES)[number]>("iqr");
  const { low, high, count, rows } = outliers[rule];
  const table = {
    name: t("result.outliersBy", { rule: words(rule) }),
    columns: ["row", "value"],
    rows: rows as unknown as Row[],
  };
  return (
    <Part title={t("result.outliers")}>
      <SegmentedControl
        value={rule}
        onChange={(value) => setRule(value as typeof rule)}
        data={RULES.map((value) => ({ value, label: `${words(value)} (${full(outliers[value].count)})` }))}
        aria-label={t("result.rule")}
      />
      <p className="note">
        {typeof low === "number" || typeof high === "number"
          ? t("result.outside", { count, low: full(low), high: full(high) })
          : t("result.noLimits")}
        {rows.length < count && ` ${t("result.firstRows", { count: rows.length })}`}
      </p>
      {rows.length > 0 && <SortableTable table={table} />}
    </Part>
  );
}

// The result of `compare`: the test and its p-value in a sentence, effect sizes, samples, what is assumed, tables.
import { IconAlertTriangle, IconCircleCheck, IconHelpCircle } from "@tabler/icons-react";
import { useCallback } from "react";
import type { Schemas } from "../../../api/client";
import { Chart } from "../../../charts/Chart";
import { type Look, plain } from "../../../charts/look";
import { full } from "../../../format/numbers";
import { t } from "../../../text";
import { KeyFigures, Notes, Pairs, Part } from "./Parts";
import { SortableTable } from "./SortableTable";
import { keyText, type NamedTable, probability, type Row, told, withInterval, words } from "./values";

type Outcome = Schemas["CompareOutcome"];

export function compareTables(result: Outcome): NamedTable[] {
  const samples = result.samples.map((sample) => ({ ...sample, sample: keyText(sample.sample) })) as Row[];
  const columns = ["sample", "count", "mean", "std", "median", "mean_rank"];
  const tables: NamedTable[] = [{ name: t("result.samples"), columns: told(columns, samples), rows: samples }];
  if (result.effects.length > 0) {
    const rows = result.effects.map(({ name, value, low, high }) => ({ effect: words(name), value, low, high }));
    tables.push({ name: t("result.effects"), columns: told(["effect", "value", "low", "high"], rows), rows });
  }
  const table = result.contingency_table;
  if (table) {
    const rows = table.rows.map((row, i) => ({
      " ": keyText(row),
      ...Object.fromEntries(table.columns.map((column, j) => [keyText(column), table.observed[i]?.[j]])),
    }));
    tables.push({ name: t("result.contingency"), columns: [" ", ...table.columns.map(keyText)], rows });
  }
  return tables;
}

export function CompareView({ result }: { result: Outcome }) {
  const { statistic, degrees_of_freedom: freedom, p_value, estimate, effects, variance_table: variance } = result;
  const [samples, ...others] = compareTables(result);
  const effect = effects[0];
  return (
    <>
      <p className="finding">{finding(result)}</p>
      <KeyFigures
        figures={[
          { figure: result.test, label: "p", value: probability(p_value), below: words(result.alternative) },
          ...(statistic
            ? [
                {
                  figure: result.test,
                  label: words(statistic.name),
                  value: statistic.value,
                  below:
                    freedom.length > 0
                      ? t("result.freedom", { df: freedom.map((df) => full(df, 1)).join(", ") })
                      : undefined,
                },
              ]
            : []),
          ...(estimate
            ? [{ figure: "estimate", label: words(estimate.name), value: estimate.value, below: between(estimate) }]
            : []),
          ...(effect
            ? [{ figure: "effect sizes", label: words(effect.name), value: effect.value, below: between(effect) }]
            : []),
        ]}
      />
      <Notes notes={result.notes} />
      {samples && !result.contingency_table && <Samples result={result} table={samples} />}
      {samples && result.samples.length > 0 && (
        <Part title={samples.name}>
          <SortableTable table={samples} />
        </Part>
      )}
      {others.map((table) => (
        <Part key={table.name} title={table.name}>
          <SortableTable table={table} isExplained={false} />
        </Part>
      ))}
      {variance && (
        <Part title={t("result.variance")}>
          <Pairs label={t("result.variance")} values={variance as unknown as Row} />
        </Part>
      )}
      <Assumptions result={result} />
    </>
  );
}

function between({ low, high, confidence, value }: Schemas["Interval"]): string | undefined {
  if (typeof confidence !== "number" || (low === null && high === null)) return undefined;
  const interval = withInterval(value, low, high).replace(/^[^(]*\((.*)\)$/, "$1");
  return `${full(confidence * 100)} %: ${interval}`;
}

/** What a person would say about the p-value at the usual level; the figures stand beside it. */
function finding({ p_value, samples, rows, rows_left_out: out }: Outcome): string {
  const used = t("result.used", { rows: full(rows), out: full(out) });
  if (p_value === null || p_value === undefined) return `${t("result.noTest")} ${used}`;
  const names = samples.slice(0, 3).map(({ sample }) => keyText(sample));
  const values = {
    p: probability(p_value).startsWith("<") ? probability(p_value) : `= ${probability(p_value)}`,
    names: names.join(", "),
  };
  return `${p_value < 0.05 ? t("result.differ", values) : t("result.sameAsFarAs", values)} ${used}`;
}

function Samples({ result, table }: { result: Outcome; table: NamedTable }) {
  const samples = result.samples.slice(0, 40);
  const draw = useCallback(
    (look: Look) => ({
      data: [
        {
          type: "scatter",
          mode: "markers",
          name: t("result.meanStd"),
          y: samples.map((_, i) => i),
          x: samples.map(({ mean }) => mean),
          error_x: {
            type: "data",
            array: samples.map(({ std }) => std ?? 0),
            color: look.axis,
            thickness: 1.4,
            width: 5,
          },
          marker: { size: 9, color: look.cat[0] },
          customdata: samples.map(({ sample }) => plain(keyText(sample))),
          hovertemplate: "%{customdata}: <b>%{x}</b><extra></extra>",
        },
        {
          type: "scatter",
          mode: "markers",
          name: t("result.median"),
          y: samples.map((_, i) => i),
          x: samples.map(({ median }) => median),
          hovertemplate: "%{x}<extra></extra>",
          marker: { size: 11, symbol: "line-ns-open", color: look.cat[1], line: { width: 2 } },
        },
      ],
      layout: {
        showlegend: true,
        xaxis: { showgrid: true },
        yaxis: {
          range: [samples.length - 0.5, -0.5],
          tickvals: samples.map((_, i) => i),
          ticktext: samples.map(({ sample }) => plain(keyText(sample), 28)),
          nticks: undefined,
        },
      },
    }),
    [samples],
  );
  if (samples.length === 0) return null;
  return (
    <Chart
      title={t("result.samples")}
      subtitle={t("result.meanStd")}
      sentence={t("result.samplesSentence", {
        list: samples.map(({ sample, mean }) => `${keyText(sample)} ${full(mean)}`).join(", "),
      })}
      height={110 + samples.length * 34}
      draw={draw}
      places={samples.map(({ sample, mean, std }, i) => ({
        trace: 0,
        point: i,
        text: `${keyText(sample)}: ${full(mean)} ± ${full(std)}`,
      }))}
      table={<SortableTable table={table} />}
    />
  );
}

const LOOKS = {
  yes: { tone: "good", Icon: IconCircleCheck },
  no: { tone: "warn", Icon: IconAlertTriangle },
  open: { tone: "quiet", Icon: IconHelpCircle },
} as const;

function Assumptions({ result }: { result: Outcome }) {
  return (
    <Part title={t("result.assumptions")}>
      <ul className="assumptions">
        {result.assumptions.map(({ text, holds, evidence, p_value }) => {
          const state = holds === true ? "yes" : holds === false ? "no" : "open";
          const { tone, Icon } = LOOKS[state];
          return (
            <li key={text}>
              <span className={`status ${tone}`}>
                <Icon size={16} aria-hidden /> {t(`result.holds.${state}`)}
              </span>
              <span>
                {text}
                {evidence && <span className="note"> {evidence}</span>}
                {typeof p_value === "number" && <span className="note"> (p {probability(p_value)})</span>}
              </span>
            </li>
          );
        })}
      </ul>
    </Part>
  );
}

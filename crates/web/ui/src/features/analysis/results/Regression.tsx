// The result of `regression`: how well the model fits, its coefficients with intervals, residuals and influential rows.
import { useCallback } from "react";
import type { Schemas } from "../../../api/client";
import { Chart } from "../../../charts/Chart";
import { faded, type Look, plain } from "../../../charts/look";
import { full } from "../../../format/numbers";
import { t } from "../../../text";
import { type KeyFigure, KeyFigures, Notes, Pairs, Part } from "./Parts";
import { SortableTable } from "./SortableTable";
import { type NamedTable, probability, type Row, withInterval } from "./values";

type Outcome = Schemas["RegressionOutcome"];

export function regressionTables(result: Outcome): NamedTable[] {
  const coefficients = result.coefficients.map(({ odds_ratio: odds, ...figures }) => ({
    ...figures,
    ...(odds ? { odds_ratio: odds.value, odds_low: odds.low, odds_high: odds.high } : {}),
  })) as unknown as Row[];
  const order = [
    "term",
    "estimate",
    "std_error",
    "statistic",
    "p_value",
    "low",
    "high",
    "vif",
    "odds_ratio",
    "odds_low",
    "odds_high",
  ];
  const isTold = (column: string) => coefficients.some((row) => row[column] !== null && row[column] !== undefined);
  const tables: NamedTable[] = [{ name: t("result.coefficients"), columns: order.filter(isTold), rows: coefficients }];
  const influential = result.linear?.diagnostics.influential ?? [];
  if (influential.length > 0) {
    const columns = ["row", "residual", "studentized_residual", "leverage", "cooks_distance"];
    tables.push({ name: t("result.influential"), columns, rows: influential as unknown as Row[] });
  }
  return tables;
}

export function RegressionView({ result }: { result: Outcome }) {
  const [coefficients, influential] = regressionTables(result);
  const { linear, logistic } = result;
  return (
    <>
      <p className="finding">{t("result.used", { rows: full(result.rows), out: full(result.rows_left_out) })}</p>
      <KeyFigures figures={linear ? linearFigures(linear) : logistic ? logisticFigures(logistic) : []} />
      <Notes notes={result.notes} />
      {coefficients && <Forest result={result} table={coefficients} />}
      {coefficients && (
        <Part title={coefficients.name}>
          <SortableTable table={coefficients} />
        </Part>
      )}
      {linear && influential && (
        <Influence rows={linear.diagnostics.influential} table={influential} residuals={linear.diagnostics.residuals} />
      )}
      <Part title={t("result.fit")}>
        <Pairs label={t("result.fit")} values={fitFigures(result)} />
      </Part>
    </>
  );
}

function linearFigures(fit: Schemas["LinearFit"]): KeyFigure[] {
  return [
    {
      figure: "r_squared",
      label: "R²",
      value: fit.r_squared,
      below: t("result.adjusted", { value: full(fit.adjusted_r_squared) }),
    },
    { figure: "f", label: "F", value: fit.f, below: `p ${probability(fit.f_p_value)}` },
    { figure: "std_error", label: t("result.residualError"), value: fit.residual_std_error },
    { figure: "durbin_watson", label: "Durbin–Watson", value: fit.diagnostics.durbin_watson },
  ];
}

function logisticFigures(fit: Schemas["LogisticFit"]): KeyFigure[] {
  return [
    { figure: "auc", value: fit.auc },
    { figure: "accuracy", value: fit.accuracy },
    { figure: "deviance", label: "McFadden R²", value: fit.pseudo_r_squared.mcfadden },
    {
      figure: "likelihood_ratio",
      label: t("result.likelihoodRatio"),
      value: fit.likelihood_ratio?.statistic,
      below: `p ${probability(fit.likelihood_ratio?.p_value)}`,
    },
  ];
}

function fitFigures({ linear, logistic, ...result }: Outcome): Row {
  const common = {
    log_likelihood: result.log_likelihood,
    aic: result.aic,
    bic: result.bic,
    residual_degrees_of_freedom: result.residual_degrees_of_freedom,
  };
  if (linear) {
    const { jarque_bera: normal, breusch_pagan: even, condition_number } = linear.diagnostics;
    const test = (one: Schemas["TestFigures"] | null | undefined) =>
      one ? `${full(one.statistic)} (p ${probability(one.p_value)})` : undefined;
    const { adjusted_r_squared, residual_squares, model_squares } = linear;
    return {
      ...common,
      adjusted_r_squared,
      residual_squares,
      model_squares,
      condition_number,
      jarque_bera: test(normal),
      breusch_pagan: test(even),
    };
  }
  if (logistic) {
    const { successes, failures, deviance, null_deviance, iterations, pseudo_r_squared: pseudo } = logistic;
    return {
      ...common,
      successes,
      failures,
      deviance,
      null_deviance,
      cox_snell: pseudo.cox_snell,
      nagelkerke: pseudo.nagelkerke,
      iterations,
      separation: logistic.separation ?? undefined,
    };
  }
  return common;
}

/** Each coefficient with its interval, the intercept aside: its size says nothing about the columns. */
function Forest({ result, table }: { result: Outcome; table: NamedTable }) {
  const isLogistic = result.model === "logistic";
  const terms = result.coefficients
    .filter(({ term, estimate }) => term !== "(intercept)" && typeof estimate === "number")
    .slice(0, 40);
  const draw = useCallback(
    (look: Look) => {
      const values = terms.map(({ estimate }) => estimate as number);
      const ends = terms.map(
        ({ low, high, estimate }) => [low ?? (estimate as number), high ?? (estimate as number)] as const,
      );
      return {
        data: [
          {
            type: "scatter",
            mode: "markers",
            x: values,
            y: terms.map((_, i) => i),
            error_x: {
              type: "data",
              symmetric: false,
              array: ends.map(([, high], i) => high - (values[i] ?? 0)),
              arrayminus: ends.map(([low], i) => (values[i] ?? 0) - low),
              color: look.ink2,
              thickness: 1.4,
              width: 5,
            },
            marker: { size: 9, color: terms.map(({ p_value }) => ((p_value ?? 1) < 0.05 ? look.cat[0] : look.axis)) },
            customdata: terms.map(({ term, estimate, low, high }) => [plain(term), withInterval(estimate, low, high)]),
            hovertemplate: "%{customdata[0]}: <b>%{customdata[1]}</b><extra></extra>",
          },
        ],
        layout: {
          margin: { l: 8, r: 16, t: 8, b: 8 },
          xaxis: {
            showgrid: true,
            zeroline: true,
            zerolinecolor: look.ink2,
            zerolinewidth: 1,
            title: isLogistic ? t("result.logOdds") : t("result.estimate"),
          },
          yaxis: {
            range: [terms.length - 0.5, -0.5],
            tickvals: terms.map((_, i) => i),
            ticktext: terms.map(({ term }) => plain(term, 30)),
            showgrid: false,
            nticks: undefined,
          },
        },
      };
    },
    [terms, isLogistic],
  );
  if (terms.length === 0) return null;
  return (
    <Chart
      title={t("result.coefficients")}
      subtitle={t("result.forest")}
      sentence={t("result.forestSentence", {
        list: terms.map(({ term, estimate }) => `${term} ${full(estimate)}`).join(", "),
      })}
      height={90 + terms.length * 34}
      draw={draw}
      places={terms.map(({ term, estimate, low, high }, i) => ({
        trace: 0,
        point: i,
        text: `${term}: ${withInterval(estimate, low, high)}`,
      }))}
      table={<SortableTable table={table} />}
    />
  );
}

interface InfluenceProps {
  rows: Schemas["InfluentialRow"][];
  residuals: Schemas["NamedFigure"][];
  table: NamedTable;
}

/** The rows that move the model most: leverage against studentized residual, Cook's distance as size; and all residuals. */
function Influence({ rows, table, residuals }: InfluenceProps) {
  const draw = useCallback(
    (look: Look) => {
      const most = Math.max(...rows.map(({ cooks_distance: cook }) => cook ?? 0), Number.EPSILON);
      return {
        data: [
          {
            type: "scatter",
            mode: "markers",
            x: rows.map(({ leverage }) => leverage),
            y: rows.map(({ studentized_residual: residual }) => residual),
            marker: {
              size: rows.map(({ cooks_distance: cook }) => 6 + 22 * Math.sqrt((cook ?? 0) / most)),
              color: faded(look.cat[0] ?? look.axis, 0.5),
              line: { color: look.cat[0], width: 1 },
            },
            customdata: rows.map(({ row, cooks_distance: cook }) => [full(row), full(cook)]),
            hovertemplate: `${t("result.rowHover")}<extra></extra>`,
          },
        ],
        layout: {
          margin: { l: 8, r: 16, t: 8, b: 8 },
          xaxis: { title: t("result.leverage"), showgrid: true },
          yaxis: { title: t("result.studentized"), zeroline: true, zerolinecolor: look.axis },
        },
      };
    },
    [rows],
  );
  const spread = Object.fromEntries(residuals.map(({ name, value }) => [name, value]));
  return (
    <Part title={t("result.residuals")}>
      <ResidualBox figures={spread} />
      <Chart
        title={t("result.influential")}
        subtitle={t("result.influentialNote")}
        sentence={t("result.influentialSentence", { row: full(rows[0]?.row), cook: full(rows[0]?.cooks_distance) })}
        draw={draw}
        places={rows.map(({ row, cooks_distance: cook }, i) => ({
          trace: 0,
          point: i,
          text: t("result.rowCook", { row: full(row), cook: full(cook) }),
        }))}
        table={<SortableTable table={table} />}
      />
    </Part>
  );
}

function ResidualBox({ figures }: { figures: Record<string, number | null | undefined> }) {
  const names = Object.keys(figures);
  const values = Object.values(figures);
  const draw = useCallback(
    (look: Look) => {
      const [min, q1, median, q3, max] = values;
      const color = look.cat[0] ?? look.axis;
      return {
        data: [
          {
            type: "box",
            orientation: "h",
            name: "",
            q1: [q1],
            median: [median],
            q3: [q3],
            lowerfence: [min],
            upperfence: [max],
            y: [0],
            width: 0.5,
            hoverinfo: "x",
            line: { color, width: 1.4 },
            fillcolor: faded(color, 0.25),
          },
        ],
        layout: {
          margin: { l: 8, r: 16, t: 4, b: 8 },
          yaxis: { visible: false },
          xaxis: { zeroline: true, zerolinecolor: look.axis },
        },
      };
    },
    [values],
  );
  if (values.length !== 5 || values.some((value) => typeof value !== "number")) return null;
  const table = { name: t("result.residuals"), columns: names, rows: [figures] };
  return (
    <Chart
      title={t("result.residualSpread")}
      subtitle={t("result.residualSpreadNote")}
      sentence={names.map((name) => `${name} ${full(figures[name])}`).join(", ")}
      height={110}
      draw={draw}
      table={<SortableTable table={table} />}
    />
  );
}

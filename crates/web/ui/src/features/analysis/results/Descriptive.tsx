// The result of `descriptive`: a table for each type of column, the most frequent values, and the same by groups.
import type { Schemas } from "../../../api/client";
import { percent } from "../../../format/numbers";
import { t } from "../../../text";
import { Part } from "./Parts";
import { SortableTable } from "./SortableTable";
import { keyText, type NamedTable, type Row, text } from "./values";

type Outcome = Schemas["DescriptiveOutcome"];
type Summary = Schemas["ColumnSummary"];

const SORTS = ["numeric", "temporal", "boolean", "text"] as const;
/** The figures in the order in which a reader looks for them; what is not named follows. */
const ORDER = [
  "column",
  "type",
  "count",
  "nulls",
  "distinct",
  "mean",
  "median",
  "mode",
  "std",
  "min",
  "q1",
  "q3",
  "max",
  "sum",
  "iqr",
  "range",
  "skewness",
  "kurtosis",
  "mean_low",
  "mean_high",
  "trimmed_mean",
  "geometric_mean",
  "harmonic_mean",
  "variance",
  "mad",
  "gini",
  "entropy",
  "zeros",
  "negatives",
  "outliers_iqr",
  "outliers_z",
];
const LEFT_OUT = ["percentiles", "patterns", "weighted", "mean_interval", "non_finite", "personal_data"];

function rowOf(summary: Summary, key: Row): Row {
  const figures = SORTS.map((sort) => summary[sort]).find(Boolean) as Record<string, unknown> | undefined;
  const row: Row = { ...key, column: summary.name, type: summary.type, count: summary.count, nulls: summary.nulls };
  row.distinct = summary.distinct;
  row.entropy = summary.entropy;
  for (const [name, value] of Object.entries(figures ?? {})) if (!LEFT_OUT.includes(name)) row[name] = value;
  const numeric = summary.numeric;
  if (numeric?.mean_interval) {
    row.mean_low = numeric.mean_interval.low;
    row.mean_high = numeric.mean_interval.high;
  }
  for (const { percentile, value } of numeric?.percentiles ?? []) row[`P${percentile}`] = value;
  const { weighted } = (numeric ?? {}) as { weighted?: Record<string, unknown> };
  for (const [name, value] of Object.entries(weighted ?? {}))
    if (!Array.isArray(value)) row[`weighted_${name}`] = value;
  return row;
}

function summaryTables(summaries: { key: Row; columns: Summary[] }[]): NamedTable[] {
  return SORTS.flatMap((sort) => {
    const rows = summaries.flatMap(({ key, columns }) =>
      columns.filter((column) => column[sort]).map((column) => rowOf(column, key)),
    );
    if (rows.length === 0) return [];
    const keys = Object.keys(summaries[0]?.key ?? {});
    const named = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    const isTold = (name: string) => rows.some((row) => row[name] !== null && row[name] !== undefined);
    const rank = (name: string) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
    const columns = [
      ...keys,
      ...named.filter((name) => !keys.includes(name) && isTold(name)).sort((a, b) => rank(a) - rank(b)),
    ];
    return [{ name: t(`result.columns.${sort}`), columns, rows }];
  });
}

export function descriptiveTables(result: Outcome): NamedTable[] {
  if (result.groups) {
    const groups = result.groups.map(({ key, columns, rows }) => ({
      key: { group: key.map(keyText).join(" · "), rows },
      columns,
    }));
    return summaryTables(groups);
  }
  const tables = summaryTables([{ key: {}, columns: result.columns }]);
  const top = result.columns.flatMap((column) =>
    column.top.map(({ value, count }) => ({
      column: column.name,
      value: text(value),
      count,
      share: column.count ? count / column.count : null,
    })),
  );
  if (top.length > 0) tables.push({ name: t("result.top"), columns: ["column", "value", "count", "share"], rows: top });
  return tables;
}

export function DescriptiveView({ result }: { result: Outcome }) {
  const tables = descriptiveTables(result);
  return (
    <>
      {tables.slice(0, result.groups ? undefined : -1).map((table) => (
        <Part key={table.name} title={table.name}>
          <SortableTable table={table} />
        </Part>
      ))}
      {!result.groups && (
        <Part title={t("result.top")}>
          <div className="tiles">
            {result.columns
              .filter(({ top }) => (top[0]?.count ?? 0) > 1)
              .map((column) => (
                <TopValues key={column.name} column={column} />
              ))}
          </div>
        </Part>
      )}
    </>
  );
}

/** Each value with its share as a bar behind it. */
function TopValues({ column: { name, top, count } }: { column: Summary }) {
  const most = top[0]?.count ?? 1;
  return (
    <section className="tile" aria-label={name}>
      <h3 className="chart-title">{name}</h3>
      <ol className="top-values">
        {top.map(({ value, count: times }) => (
          <li key={keyText(value)} style={{ backgroundSize: `${(100 * times) / most}% 100%` }}>
            <span className="top-value" title={String(value)}>
              {text(value)}
            </span>
            <span className="condensed">{percent(count === 0 ? 0 : times / count)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

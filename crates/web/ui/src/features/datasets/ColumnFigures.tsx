// Everything that a profile knows about a column, in a table that opens on request.
import { full, percent } from "../../format/numbers";
import { type TextKey, t } from "../../text";
import type { ColumnSummary } from "./queries";

export function ColumnFigures({ column }: { column: ColumnSummary }) {
  const figures = figuresOf(column);
  const patterns = column.text?.patterns ?? [];
  return (
    <details className="figures">
      <summary>
        {t("columns.all")}
        <span className="sr"> {column.name}</span>
      </summary>
      <table className="plain">
        <tbody>
          {figures.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="number">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {patterns.length > 0 && (
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{t("columns.patterns")}</th>
              <th scope="col" className="number">
                {t("columns.count")}
              </th>
            </tr>
          </thead>
          <tbody>
            {patterns.map(({ pattern, count }) => (
              <tr key={pattern}>
                <td className="mono">{pattern}</td>
                <td className="number">{full(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
}

type Figure = [string, string];

/** The figures of a column by name, in the order in which people ask for them. */
export function figuresOf({
  count,
  nulls,
  distinct,
  entropy,
  numeric,
  temporal,
  text,
  boolean,
}: ColumnSummary): Figure[] {
  const figures: Figure[] = [];
  const add = (key: TextKey, value: unknown) => {
    if (value !== undefined) figures.push([t(key), shown(value)]);
  };
  add("columns.count", count);
  add("columns.nulls", nulls);
  add("columns.distinct", distinct);
  if (numeric) {
    for (const key of NUMERIC) add(`columns.${key}` as TextKey, numeric[key]);
    for (const { percentile, value } of numeric.percentiles) {
      figures.push([t("columns.percentile", { percentile: String(percentile) }), shown(value)]);
    }
  }
  if (temporal) for (const key of TEMPORAL) add(`columns.${key}` as TextKey, temporal[key]);
  if (text) for (const key of TEXT) add(`columns.${key}` as TextKey, text[key]);
  if (boolean) {
    add("columns.true", boolean.true);
    add("columns.false", boolean.false);
    figures.push([t("columns.share_true"), percent(boolean.share_true)]);
  }
  add("columns.entropy", entropy);
  return figures;
}

const NUMERIC = [
  "mean",
  "median",
  "mode",
  "std",
  "min",
  "q1",
  "q3",
  "max",
  "sum",
  "skewness",
  "kurtosis",
  "zeros",
  "negatives",
  "outliers_iqr",
  "outliers_z",
  "mad",
  "gini",
] as const;
const TEMPORAL = ["min", "median", "mean", "max", "mode"] as const;
const TEXT = [
  "min_length",
  "median_length",
  "mean_length",
  "max_length",
  "empty",
  "padded",
  "min",
  "max",
  "mode",
] as const;

function shown(value: unknown): string {
  return full(typeof value === "number" || typeof value === "string" ? value : null);
}

// Values of results as text: one precision for a column, p-values and shares as they are usually written.
import { full, percent, signed } from "../../../format/numbers";

export type Row = Record<string, unknown>;

/** A table with a name of its own: shown, copied and downloaded as one. */
export interface NamedTable {
  name: string;
  columns: string[];
  rows: Row[];
}

const NAMES: Record<string, string> = {
  n: "n",
  aic: "AIC",
  bic: "BIC",
  ks: "KS",
  vif: "VIF",
  auc: "AUC",
  iqr: "IQR",
  mad: "MAD",
  p_value: "p",
  p_adjusted: "p, adjusted",
  f_p_value: "p of F",
  df: "df",
  ci_low: "CI low",
  ci_high: "CI high",
  q1: "Q1",
  q3: "Q3",
  std: "std. deviation",
  std_error: "std. error",
  qq: "Q–Q",
  kde: "density",
  ecdf: "ECDF",
  t: "t",
  u: "U",
  f: "F",
  h: "H",
  chi_square: "χ²",
  eta_squared: "η²",
  omega_squared: "ω²",
  epsilon_squared: "ε²",
  cramers_v: "Cramér’s V",
  cohens_d: "Cohen’s d",
  cohens_d_z: "Cohen’s d, of differences",
  hedges_g: "Hedges’ g",
  fisher_exact: "Fisher’s exact test",
  mann_whitney: "Mann–Whitney",
  kruskal_wallis: "Kruskal–Wallis",
  student: "Student’s t-test",
  welch: "Welch’s t-test",
  paired: "paired t-test",
  anova: "analysis of variance",
  dagostino_k2: "D’Agostino’s K²",
  jarque_bera: "Jarque–Bera",
  anderson_darling: "Anderson–Darling",
  shapiro_wilk: "Shapiro–Wilk",
  breusch_pagan: "Breusch–Pagan",
  durbin_watson: "Durbin–Watson",
  freedman_diaconis: "Freedman–Diaconis",
  r_squared: "R²",
  adjusted_r_squared: "R², adjusted",
  cooks_distance: "Cook’s distance",
  pearson: "Pearson",
  spearman: "Spearman",
  kendall: "Kendall",
  sturges: "Sturges",
  scott: "Scott",
  silverman: "Silverman",
  cox_snell: "Cox–Snell R²",
  nagelkerke: "Nagelkerke R²",
  bh: "Benjamini–Hochberg",
  holm: "Holm",
  bonferroni: "Bonferroni",
};

/** The name of a figure for a person. */
export const words = (key: string) => (Object.hasOwn(NAMES, key) ? NAMES[key] : undefined) ?? key.replace(/_/g, " ");

const isProbability = (column: string) => /(^|_)p_(value|adjusted)$/.test(column);
const isShare = (column: string) => /(^|[_ ])share(_true)?$/.test(column);

/** How the numbers of a column are written: as many decimals as its values have, at most four, in every row. */
export function formatOf(column: string, values: unknown[]): (value: unknown) => string {
  if (isProbability(column)) return (value) => (typeof value === "number" ? probability(value) : text(value));
  if (isShare(column)) return (value) => (typeof value === "number" ? percent(value) : text(value));
  const numbers = values.filter((value) => typeof value === "number" && Number.isFinite(value)) as number[];
  const largest = Math.max(0, ...numbers.map(Math.abs));
  const decimals = Math.min(Math.max(0, ...numbers.map(decimalsOf)), largest >= 1e6 ? 1 : largest >= 1e3 ? 2 : 4);
  return (value) => {
    if (typeof value !== "number" || !Number.isFinite(value)) return text(value);
    const size = Math.abs(value);
    if (size !== 0 && (size < 0.001 || size >= 1e15)) return full(value);
    const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    return signed(value.toLocaleString("en-US", options));
  };
}

function decimalsOf(value: number): number {
  const size = Math.abs(value);
  if (size === 0 || size < 0.001 || size >= 1e15) return 0;
  for (let decimals = 0; decimals < 4; decimals++) {
    const scaled = value * 10 ** decimals;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-9 * Math.max(1, Math.abs(scaled))) return decimals;
  }
  return 4;
}

export function probability(value: number | null | undefined): string {
  if (value === null || value === undefined) return "–";
  return value < 0.001 ? "< 0.001" : value.toFixed(3);
}

export function text(value: unknown): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "number") return full(value, 4);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.map(text).join(", ");
  if (typeof value === "object") {
    return Object.entries(value)
      .map(([name, inner]) => `${words(name)} ${text(inner)}`)
      .join(", ");
  }
  return String(value);
}

/** Those columns in which any row holds something. */
export const told = (columns: string[], rows: Row[]) =>
  columns.filter((column) => rows.some((row) => row[column] !== null && row[column] !== undefined));

/** A value of a key: missing ones look missing. */
export const keyText = (value: unknown) => (value === null || value === undefined ? "null" : String(value));

/** An estimate with its interval: 12.3 (10.1 – 14.5). */
export function withInterval(value?: number | null, low?: number | null, high?: number | null): string {
  if (value === null || value === undefined) return "–";
  if (low === null && high === null) return full(value);
  return `${full(value)} (${low === null ? "−∞" : full(low)} to ${high === null ? "∞" : full(high)})`;
}

/**
 * A table as CSV (RFC 4180), numbers with all digits. A text that a spreadsheet would take for a formula gets an
 * apostrophe before it.
 */
export function csvOf({ columns, rows }: Pick<NamedTable, "columns" | "rows">): string {
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))];
  return `${lines.map((line) => line.map(csvCell).join(",")).join("\r\n")}\r\n`;
}

function csvCell(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const plain = typeof value === "string" ? value : JSON.stringify(value);
  const safe = /^[=+\-@\t\r]/.test(plain) && Number.isNaN(Number(plain)) ? `'${plain}` : plain;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A table as text with tabs, as spreadsheets take it from the clipboard. */
export function tabsOf({ columns, rows }: Pick<NamedTable, "columns" | "rows">): string {
  const cell = (value: unknown) =>
    value === null || value === undefined ? "" : String(value).replace(/[\t\r\n]+/g, " ");
  return [columns, ...rows.map((row) => columns.map((column) => row[column]))]
    .map((line) => line.map(cell).join("\t"))
    .join("\n");
}

/** The points of a curve thinned to at most `most`, its ends kept: a screen has no more of them. */
export function thinned<T>(values: T[], most = 1_000): T[] {
  if (values.length <= most) return values;
  const step = (values.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, i) => values[Math.round(i * step)] as T);
}

// Numbers as people read them: full in tables, short on axes; U+2212 for minus, `–` for missing.
const MISSING = "–";
const UNITS = ["", "k", "M", "B", "T"];

/** A value of a table: thousands separators, up to `decimals`; very small and very large ones as powers of ten. */
export function full(value: number | string | null | undefined, decimals = 4): string {
  if (value === null || value === undefined) return MISSING;
  if (typeof value === "string") return value.replace(/^-/, "−");
  if (!Number.isFinite(value)) return MISSING;
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.001 || size >= 1e15)) return scientific(value);
  return signed(value.toLocaleString("en-US", { maximumFractionDigits: decimals }));
}

/** U+2212 for a minus, and none before what is written as zero. */
export const signed = (text: string) => text.replace(/^-(?=0(\.0*)?$)/, "").replace(/^-/, "−");

/** One to three significant digits with a unit: 950, 1.2k, 642k, 1.3M. */
export function short(value: number): string {
  let unit = 0;
  let size = Math.abs(value);
  while (size >= 999.5 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  const digits = size < 10 ? 1 : 0;
  const text = size !== 0 && size < 0.1 ? size.toPrecision(2) : String(Number(size.toFixed(digits)));
  return (value < 0 ? "−" : "") + text + UNITS[unit];
}

/** Bytes in powers of 1,000: 640 B, 1.5 kB, 100 MB. */
export function bytes(value: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let unit = 0;
  let size = value;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${Number(size.toFixed(size < 10 && unit > 0 ? 1 : 0))} ${units[unit]}`;
}

export function percent(share: number | null | undefined, decimals = 1): string {
  if (share === null || share === undefined || !Number.isFinite(share)) return MISSING;
  return `${(share * 100).toLocaleString("en-US", { maximumFractionDigits: decimals })} %`;
}

function scientific(value: number): string {
  const [mantissa = "0", exponent = "0"] = value.toExponential(2).split("e");
  const digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  const raised = exponent
    .replace("+", "")
    .replace("-", "⁻")
    .replace(/\d/g, (digit) => digits[Number(digit)] ?? digit);
  return `${Number(mantissa).toString().replace(/^-/, "−")} × 10${raised}`;
}

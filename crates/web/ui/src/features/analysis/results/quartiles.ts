// The box of a box plot from the distribution function that the server told: nothing is computed anew from the data.
import type { Schemas } from "../../../api/client";

export interface Box {
  q1: number;
  median: number;
  q3: number;
  /** The ends of the whiskers: the values farthest out that are no outliers. */
  low: number;
  high: number;
  outliers: number[];
}

export function boxOf({ ecdf, outliers, count }: Schemas["DistributionOutcome"]): Box | undefined {
  if (!ecdf || ecdf.values.length === 0 || count === 0) return undefined;
  const at = (share: number) => quantile(ecdf, count, share);
  const [q1, median, q3] = [at(0.25), at(0.5), at(0.75)];
  const rule = outliers?.iqr;
  const floor = rule?.low ?? Number.NEGATIVE_INFINITY;
  const ceiling = rule?.high ?? Number.POSITIVE_INFINITY;
  const inside = ecdf.values.filter((value) => value >= floor && value <= ceiling);
  const far = rule?.rows.map(({ value }) => value) ?? [];
  return { q1, median, q3, low: inside[0] ?? q1, high: inside.at(-1) ?? q3, outliers: far };
}

/** Type 7 of Hyndman and Fan, exact where the function is complete, otherwise to a thousandth of the ranks. */
export function quantile({ values, shares }: Schemas["EcdfPart"], count: number, share: number): number {
  const rank = (count - 1) * share;
  const valueAt = (index: number) => {
    const wanted = (index + 1) / count;
    const found = shares.findIndex((one) => one >= wanted - 1e-9 / count);
    return values[found === -1 ? values.length - 1 : found] ?? Number.NaN;
  };
  const below = valueAt(Math.floor(rank));
  return below + (valueAt(Math.ceil(rank)) - below) * (rank - Math.floor(rank));
}

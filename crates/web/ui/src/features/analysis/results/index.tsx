// Which view and which tables a kind's result has: one line for each kind; others are shown plainly.
import type { ComponentType } from "react";
import { CompareView, compareTables } from "./Compare";
import { CorrelationView, correlationTables } from "./Correlation";
import { DescriptiveView, descriptiveTables } from "./Descriptive";
import { DistributionView, distributionTables } from "./Distribution";
import { GroupedView, groupedTables } from "./Grouped";
import { PlainView, plainTables } from "./Plain";
import { RegressionView, regressionTables } from "./Regression";
import { TimeseriesView, timeseriesTables } from "./Timeseries";
import type { NamedTable } from "./values";

interface Shown {
  View: ComponentType<{ result: never }>;
  tables: (result: never) => NamedTable[];
}

export const SHOWN: Record<string, Shown> = {
  compare: { View: CompareView, tables: compareTables },
  correlation: { View: CorrelationView, tables: correlationTables },
  descriptive: { View: DescriptiveView, tables: descriptiveTables },
  distribution: { View: DistributionView, tables: distributionTables },
  grouped: { View: GroupedView, tables: groupedTables },
  regression: { View: RegressionView, tables: regressionTables },
  timeseries: { View: TimeseriesView, tables: timeseriesTables },
};

export function ResultView({ kind, result }: { kind: string; result: unknown }) {
  const View = SHOWN[kind]?.View;
  return View ? <View result={result as never} /> : <PlainView result={result} />;
}

export function tablesOf(kind: string, result: unknown): NamedTable[] {
  return SHOWN[kind]?.tables(result as never) ?? plainTables(result);
}

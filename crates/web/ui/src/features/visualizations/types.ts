// The words of the API about charts. The server leaves out what is not given, so that nothing here is null.
import type { Schemas } from "../../api/client";

/** Without null, at any depth. */
export type Given<T> = T extends (infer Item)[]
  ? Given<Item>[]
  : T extends object
    ? { [Name in keyof T]: Given<Exclude<T[Name], null>> }
    : T;

export type Column = Schemas["Column"];
export type ColumnType = Schemas["ColumnType"];
export type Condition = Schemas["Condition"];
export type ChartName = Schemas["ChartName"];
export type Channel = Schemas["Channel"];
export type Accepts = Schemas["Accepts"];
export type Theme = Schemas["Theme"];
export type AggregateFunction = Schemas["Function"];
export type Granularity = Schemas["Granularity"];
export type Order = Schemas["Order"];
export type Slot = Schemas["Slot"];
export type ChartKindInfo = Schemas["ChartKindInfo"];
export type VisualizationChange = Schemas["VisualizationChange"];
export type Encoding = Given<Schemas["ChartEncoding"]>;
export type ChartOptions = Given<Schemas["ChartOptions"]>;
export type Position = string | number;
export type Annotation =
  | { kind: "line"; axis: "x" | "y"; at: Position; text?: string }
  | { kind: "region"; axis: "x" | "y"; from: Position; to: Position; text?: string }
  | { kind: "text"; x: Position; y: Position; text: string };

type Encoded = Omit<Given<Schemas["ChartSpec"]>, "filter" | "annotations">;
export interface ChartSpec extends Encoded {
  filter?: Condition[];
  annotations?: Annotation[];
}

export interface ChartAnswer extends Omit<Schemas["ChartAnswer"], "figure"> {
  figure: { data: Record<string, unknown>[]; layout: Record<string, unknown> };
}

export interface Visualization extends Omit<Schemas["Visualization"], "chart"> {
  chart: ChartSpec;
}

export interface VisualizationVersion extends Omit<Schemas["VisualizationVersion"], "chart"> {
  chart: ChartSpec;
}

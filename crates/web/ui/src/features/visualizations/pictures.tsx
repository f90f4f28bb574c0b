// A sign for every kind of chart, column type and channel.
import {
  IconAbc,
  IconCalendar,
  IconChartArea,
  IconChartBar,
  IconChartCandle,
  IconChartDonut,
  IconChartFunnel,
  IconChartGridDots,
  IconChartHistogram,
  IconChartLine,
  IconChartScatter,
  IconChartScatter3d,
  IconChartTreemap,
  IconClock,
  IconDecimal,
  IconHexagons,
  IconLayoutGrid,
  IconMap2,
  IconMapPin,
  IconMountain,
  IconNumber123,
  IconStairs,
  IconTable,
  IconTablePlus,
  IconToggleLeft,
  IconTrendingUp,
  IconWaveSine,
} from "@tabler/icons-react";
import type { ChartName, ColumnType } from "./types";

export const KIND_ICONS: Record<ChartName, typeof IconAbc> = {
  line: IconChartLine,
  bar: IconChartBar,
  scatter: IconChartScatter,
  histogram: IconChartHistogram,
  area: IconChartArea,
  box: IconChartCandle,
  violin: IconWaveSine,
  heatmap: IconChartGridDots,
  pie: IconChartDonut,
  table: IconTable,
  pivot: IconTablePlus,
  number: IconTrendingUp,
  funnel: IconChartFunnel,
  waterfall: IconStairs,
  density: IconHexagons,
  treemap: IconChartTreemap,
  choropleth: IconMap2,
  point_map: IconMapPin,
  scatter_3d: IconChartScatter3d,
  surface: IconMountain,
};

export const TYPE_ICONS: Record<ColumnType, typeof IconAbc> = {
  integer: IconNumber123,
  float: IconDecimal,
  decimal: IconDecimal,
  boolean: IconToggleLeft,
  date: IconCalendar,
  datetime: IconCalendar,
  time: IconClock,
  text: IconAbc,
};

export function KindIcon({ kind, size = 20 }: { kind: ChartName; size?: number }) {
  const Icon = KIND_ICONS[kind] ?? IconLayoutGrid;
  return <Icon size={size} stroke={1.6} aria-hidden />;
}

export function TypeIcon({ type }: { type: ColumnType }) {
  const Icon = TYPE_ICONS[type];
  return <Icon size={16} stroke={1.6} aria-hidden />;
}

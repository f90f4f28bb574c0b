// Everything that can be said about a column in a channel; only what means something there is asked.
import {
  NativeSelect,
  NumberInput,
  SegmentedControl,
  Select,
  Slider,
  Stack,
  Switch,
  Text,
  TextInput,
} from "@mantine/core";
import { useState } from "react";
import { full } from "../../format/numbers";
import { t } from "../../text";
import { aggregatesOf, isNumeric, isTime, usualAggregate } from "./accepting";
import type { ChartErrors } from "./problems";
import { trimmed } from "./spec";
import type { AggregateFunction, ChartKindInfo, Column, Encoding, Granularity, Order, Slot } from "./types";

interface Props {
  kind: ChartKindInfo;
  slot: Slot;
  encoding: Encoding;
  column: Column | undefined;
  errors: ChartErrors["wells"];
  onChange: (encoding: Encoding, tag?: string) => void;
}

const GRANULARITIES: Granularity[] = ["minute", "hour", "day", "week", "month", "quarter", "year"];
const ORDERS: Order[] = ["label", "-label", "value", "-value", "data"];
/** Channels of a kind that show numbers by classes; colours and small charts do for every kind. */
const BINS: Record<string, string[]> = {
  histogram: ["x"],
  bar: ["x"],
  line: ["x"],
  area: ["x"],
  pie: ["x"],
  funnel: ["x"],
  waterfall: ["x"],
  treemap: ["rows"],
  heatmap: ["x", "y"],
  density: ["x", "y"],
  surface: ["x", "y"],
  box: ["x"],
  violin: ["x"],
  pivot: ["rows", "columns"],
};

export const takesClasses = (kind: string, channel: string) =>
  channel === "facet" || channel === "color" || (BINS[kind]?.includes(channel) ?? false);
const AXES = ["x", "y", "z"];

export function EncodingForm({ kind, slot, encoding, column, errors, onChange }: Props) {
  const set = (part: Partial<Encoding>, tag?: string) => onChange(trimmed({ ...encoding, ...part }), tag);
  const tag = (name: string) => `${slot.channel} ${encoding.column} ${name}`;
  const errorAt = (field: string) => errors.find((error) => error.field === field)?.detail;
  const usual = usualAggregate(slot, column);
  const isFigure = slot.aggregates === "always" || encoding.aggregate !== undefined;
  const isAxis = AXES.includes(slot.channel) && kind.has_axes;
  const showsValues = !isFigure && column !== undefined;
  const isSorted = showsValues && sorts(kind, slot, column, encoding);
  return (
    <Stack gap="sm">
      {slot.aggregates !== "never" && (
        <NativeSelect
          size="xs"
          label={t("builder.aggregate")}
          data={[
            ...(slot.aggregates === "may" ? [{ value: "", label: t("builder.asIs") }] : []),
            ...aggregatesOf(column).map((value) => ({ value, label: t(`aggregate.${value}`) })),
          ]}
          value={encoding.aggregate ?? usual ?? ""}
          error={errorAt("aggregate")}
          data-autofocus
          onChange={({ currentTarget: { value } }) => {
            const aggregate = (value || undefined) as AggregateFunction | undefined;
            set({ aggregate, quantile: aggregate === "quantile" ? (encoding.quantile ?? 0.9) : undefined });
          }}
        />
      )}
      {encoding.aggregate === "quantile" && (
        <NumberInput
          size="xs"
          label={t("builder.quantile")}
          min={0}
          max={1}
          step={0.05}
          value={encoding.quantile ?? 0.9}
          error={errorAt("quantile")}
          onChange={(value) => typeof value === "number" && set({ quantile: value }, tag("quantile"))}
        />
      )}
      {showsValues && isTime(column.type) && (
        <NativeSelect
          size="xs"
          label={t("builder.granularity")}
          data={[
            { value: "", label: t("builder.automatic") },
            ...GRANULARITIES.filter((value) => column.type === "datetime" || !["minute", "hour"].includes(value)).map(
              (value) => ({ value, label: t(`granularity.${value}`) }),
            ),
          ]}
          value={encoding.granularity ?? ""}
          error={errorAt("granularity")}
          data-autofocus
          onChange={({ currentTarget: { value } }) => set({ granularity: (value || undefined) as Granularity })}
        />
      )}
      {showsValues && column.type === "datetime" && (
        <ZonePicker
          value={encoding.time_zone}
          error={errorAt("time_zone")}
          onChange={(time_zone) => set({ time_zone })}
        />
      )}
      {showsValues && isNumeric(column.type) && takesClasses(kind.name, slot.channel) && (
        <BinInput encoding={encoding} error={errorAt("bin")} onChange={(bin) => set({ bin }, tag("bin"))} />
      )}
      {isSorted && (
        <>
          <NativeSelect
            size="xs"
            label={t("builder.sort")}
            data={[
              { value: "", label: t("builder.automatic") },
              ...ORDERS.map((value) => ({ value, label: t(`sort.${value}`) })),
            ]}
            value={encoding.sort ?? ""}
            error={errorAt("sort")}
            onChange={({ currentTarget: { value } }) => set({ sort: (value || undefined) as Order })}
          />
          <NumberInput
            size="xs"
            label={t("builder.limit")}
            description={t("builder.limit.hint")}
            min={1}
            max={1000}
            value={encoding.limit ?? ""}
            error={errorAt("limit")}
            onChange={(value) => set({ limit: typeof value === "number" ? value : undefined }, tag("limit"))}
          />
        </>
      )}
      {isAxis && (isFigure || (column !== undefined && isNumeric(column.type))) && (
        <>
          <Switch
            size="xs"
            label={t("builder.logAxis")}
            checked={encoding.scale === "log"}
            error={errorAt("scale")}
            onChange={({ currentTarget: { checked } }) =>
              set({ scale: checked ? "log" : undefined, zero: checked ? undefined : encoding.zero })
            }
          />
          {encoding.scale !== "log" && (
            <Switch
              size="xs"
              label={t("builder.zero")}
              checked={encoding.zero ?? false}
              error={errorAt("zero")}
              onChange={({ currentTarget: { checked } }) => set({ zero: checked || undefined })}
            />
          )}
        </>
      )}
      {(kind.has_axes || isFigure) && (
        <TextInput
          size="xs"
          label={t("builder.axisTitle")}
          placeholder={encoding.column ?? t("builder.rows")}
          maxLength={200}
          value={encoding.title ?? ""}
          error={errorAt("title")}
          onChange={({ currentTarget: { value } }) => set({ title: value || undefined }, tag("title"))}
        />
      )}
    </Stack>
  );
}

/** Whether the values of a channel stand in an order that one may choose. */
function sorts(kind: ChartKindInfo, slot: Slot, column: Column, encoding: Encoding): boolean {
  if (["size", "label", "z"].includes(slot.channel) || slot.accepts !== "any") return false;
  if (kind.name === "table" || (slot.channel === "y" && kind.name !== "heatmap")) return false;
  return !isTime(column.type) && !(isNumeric(column.type) && encoding.bin !== undefined);
}

interface BinProps {
  encoding: Encoding;
  error: string | undefined;
  onChange: (bin: Encoding["bin"]) => void;
}

function BinInput({ encoding: { bin }, error, onChange }: BinProps) {
  const how = bin === undefined || typeof bin === "string" ? "auto" : "width" in bin ? "width" : "count";
  const count = typeof bin === "object" && "count" in bin ? bin.count : 20;
  // The slider reaches further where more classes are given already.
  const most = Math.max(100, count);
  return (
    <div>
      <Text size="xs" fw={500} mb={4} id="bins">
        {t("builder.bins")}
      </Text>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-labelledby="bins"
        data={[
          { value: "auto", label: t("builder.automatic") },
          { value: "count", label: t("builder.bins.count") },
          { value: "width", label: t("builder.bins.width") },
        ]}
        value={how}
        onChange={(next) =>
          onChange(next === "auto" ? undefined : next === "count" ? { count } : { width: widthOf(bin) ?? 1 })
        }
      />
      {how === "count" && (
        <Slider
          mt="sm"
          mb="md"
          min={Math.min(2, count)}
          max={most}
          value={count}
          thumbLabel={t("builder.bins.count")}
          marks={[...new Set([2, 20, 50, 100, most])].map((value) => ({
            value,
            label: value > 2 && (most === 100 || value > 20) ? full(value) : undefined,
          }))}
          onChange={(value) => onChange({ count: value })}
        />
      )}
      {how === "width" && (
        <NumberInput
          size="xs"
          mt="xs"
          aria-label={t("builder.bins.width")}
          value={widthOf(bin) ?? 1}
          min={0}
          onChange={(value) => typeof value === "number" && value > 0 && onChange({ width: value })}
        />
      )}
      {error && <p className="well-error">{error}</p>}
    </div>
  );
}

const widthOf = (bin: Encoding["bin"]) => (typeof bin === "object" && "width" in bin ? bin.width : undefined);

interface ZoneProps {
  value: string | undefined;
  error: string | undefined;
  onChange: (zone: string | undefined) => void;
}

function ZonePicker({ value, error, onChange }: ZoneProps) {
  const [zones] = useState(() => ["UTC", ...Intl.supportedValuesOf("timeZone")]);
  return (
    <Select
      size="xs"
      label={t("builder.zone")}
      placeholder="UTC"
      data={zones}
      value={value ?? null}
      searchable
      clearable
      limit={100}
      error={error}
      comboboxProps={{ withinPortal: false }}
      onChange={(zone) => onChange(zone ?? undefined)}
    />
  );
}

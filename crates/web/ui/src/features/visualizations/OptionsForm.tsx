// How the chart is drawn: the options that its kind takes, and the texts above it.
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
import type { ReactNode } from "react";
import { t } from "../../text";
import { isNumeric } from "./accepting";
import { type ChartErrors, worded } from "./problems";
import { trimmed } from "./spec";
import type { ChartKindInfo, ChartOptions, ChartSpec, Column } from "./types";

interface Props {
  kind: ChartKindInfo;
  spec: ChartSpec;
  columns: Column[];
  errors: ChartErrors;
  onChange: (spec: ChartSpec, tag?: string) => void;
}

type Set = (part: Partial<ChartOptions>, tag?: string) => void;
interface OptionProps {
  options: ChartOptions;
  columns: Column[];
  set: Set;
}

export function OptionsForm({ kind, spec, columns, errors, onChange }: Props) {
  const options = spec.options ?? {};
  const set: Set = (part, tag) => {
    const next = trimmed({ ...options, ...part });
    onChange(trimmed({ ...spec, options: Object.keys(next).length > 0 ? next : undefined }), tag);
  };
  return (
    <Stack gap="sm">
      {kind.options.map((name) => (
        <div key={name}>
          {OPTIONS[name]?.({ options, columns, set })}
          {errors.options[name] && (
            <p className="well-error" role="alert">
              {worded(errors.options[name])}
            </p>
          )}
        </div>
      ))}
      <TextInput
        size="xs"
        label={t("builder.title")}
        description={t("builder.title.hint")}
        maxLength={200}
        value={spec.title ?? ""}
        onChange={({ currentTarget: { value } }) => onChange(trimmed({ ...spec, title: value || undefined }), "title")}
      />
      <TextInput
        size="xs"
        label={t("builder.subtitle")}
        maxLength={300}
        value={spec.subtitle ?? ""}
        onChange={({ currentTarget: { value } }) =>
          onChange(trimmed({ ...spec, subtitle: value || undefined }), "subtitle")
        }
      />
    </Stack>
  );
}

const OPTIONS: Record<string, ((props: OptionProps) => ReactNode) | undefined> = {
  stack: ({ options, set }) => (
    <Choice
      label="stack"
      values={["grouped", "stacked", "percent"]}
      value={options.stack}
      onChange={(stack) => set({ stack })}
    />
  ),
  orientation: ({ options, set }) => (
    <Choice
      label="orientation"
      values={["vertical", "horizontal"]}
      value={options.orientation}
      onChange={(orientation) => set({ orientation })}
    />
  ),
  gaps: ({ options, set }) => (
    <Choice label="gaps" values={["show", "connect", "zero"]} value={options.gaps} onChange={(gaps) => set({ gaps })} />
  ),
  color_scale: ({ options, set }) => (
    <Choice
      label="color_scale"
      values={["sequential", "diverging"]}
      value={options.color_scale}
      onChange={(color_scale) => set({ color_scale })}
    />
  ),
  shape: ({ options, set }) => (
    <Choice
      label="shape"
      values={["rectangle", "hexagon"]}
      value={options.shape}
      onChange={(shape) => set({ shape })}
    />
  ),
  comparison: ({ options, set }) => (
    <Choice
      label="comparison"
      values={["previous", "year_before"]}
      value={options.comparison}
      onChange={(comparison) => set({ comparison })}
    />
  ),
  points: ({ options, set }) => <Toggle label="points" value={options.points} onChange={(points) => set({ points })} />,
  values: ({ options, set }) => <Toggle label="values" value={options.values} onChange={(values) => set({ values })} />,
  totals: ({ options, set }) => <Toggle label="totals" value={options.totals} onChange={(totals) => set({ totals })} />,
  sample: ({ options, set }) => (
    <Toggle
      label="sample"
      value={options.sample === "none" || undefined}
      onChange={(isWhole) => set({ sample: isWhole ? "none" : undefined })}
    />
  ),
  opacity: ({ options, set }) => (
    <Part
      label="opacity"
      value={options.opacity}
      usual={1}
      min={0.05}
      max={1}
      onChange={(opacity) => set({ opacity }, "opacity")}
    />
  ),
  hole: ({ options, set }) => (
    <Part label="hole" value={options.hole} usual={0} min={0} max={0.9} onChange={(hole) => set({ hole }, "hole")} />
  ),
  trend: ({ options, set }) => <TrendInput value={options.trend} set={set} />,
  band: ({ options, set, columns }) => <BandInput value={options.band} columns={columns} set={set} />,
  bandwidth: ({ options, set }) => <BandwidthInput value={options.bandwidth} set={set} />,
  camera: ({ options, set }) => <CameraInput value={options.camera} set={set} />,
};

interface ChoiceProps<T extends string> {
  label: "stack" | "orientation" | "gaps" | "color_scale" | "shape" | "comparison";
  values: T[];
  value: T | undefined;
  onChange: (value: T | undefined) => void;
}

/** One of a few words, or what is usual. */
function Choice<T extends string>({ label, values, value, onChange }: ChoiceProps<T>) {
  return (
    <NativeSelect
      size="xs"
      label={t(`option.${label}`)}
      data={[
        { value: "", label: t("builder.automatic") },
        ...values.map((one) => ({ value: one, label: t(`option.${label}.${one}` as "option.stack.stacked") })),
      ]}
      value={value ?? ""}
      onChange={(event) => onChange((event.currentTarget.value || undefined) as T | undefined)}
    />
  );
}

interface ToggleProps {
  label: "points" | "values" | "totals" | "sample";
  value: boolean | undefined;
  onChange: (value: boolean | undefined) => void;
}

function Toggle({ label, value, onChange }: ToggleProps) {
  return (
    <Switch
      size="xs"
      label={t(`option.${label}`)}
      checked={value ?? false}
      onChange={(event) => onChange(event.currentTarget.checked || undefined)}
    />
  );
}

interface PartProps {
  label: "opacity" | "hole";
  value: number | undefined;
  usual: number;
  min: number;
  max: number;
  onChange: (value: number | undefined) => void;
}

function Part({ label, value, usual, min, max, onChange }: PartProps) {
  return (
    <div>
      <Text size="xs" fw={500}>
        {t(`option.${label}`)}
      </Text>
      <Slider
        size="sm"
        min={min}
        max={max}
        step={0.05}
        value={value ?? usual}
        thumbLabel={t(`option.${label}`)}
        label={(shown) => `${Math.round(shown * 100)} %`}
        onChange={(next) => onChange(next === usual ? undefined : next)}
      />
    </div>
  );
}

function TrendInput({ value, set }: { value: ChartOptions["trend"]; set: Set }) {
  return (
    <>
      <NativeSelect
        size="xs"
        label={t("option.trend")}
        data={[
          { value: "", label: t("builder.none") },
          ...(["linear", "theil_sen", "moving_average"] as const).map((method) => ({
            value: method,
            label: t(`option.trend.${method}`),
          })),
        ]}
        value={value?.method ?? ""}
        onChange={({ currentTarget: { value: method } }) =>
          set({ trend: method ? { method: method as "linear" } : undefined })
        }
      />
      {value?.method === "moving_average" && (
        <NumberInput
          size="xs"
          mt={6}
          label={t("option.trend.window")}
          min={2}
          max={1000}
          value={value.window ?? 7}
          onChange={(window) => typeof window === "number" && set({ trend: { ...value, window } }, "window")}
        />
      )}
    </>
  );
}

function BandInput({ value, columns, set }: { value: ChartOptions["band"]; columns: Column[]; set: Set }) {
  const numbers = columns.filter(({ type }) => isNumeric(type)).map(({ name }) => name);
  const end = (side: "lower" | "upper") => (
    <Select
      size="xs"
      mt={6}
      label={t(`option.band.${side}`)}
      data={numbers}
      value={value?.[side] ?? null}
      searchable
      onChange={(name) => value && set({ band: trimmed({ ...value, [side]: name ?? undefined }) })}
    />
  );
  return (
    <>
      <NativeSelect
        size="xs"
        label={t("option.band")}
        data={[
          { value: "", label: t("builder.none") },
          ...(["confidence", "deviation", "range", "columns"] as const).map((kind) => ({
            value: kind,
            label: t(`option.band.${kind}`),
          })),
        ]}
        value={value?.kind ?? ""}
        onChange={({ currentTarget: { value: kind } }) => set({ band: kind ? { kind: kind as "range" } : undefined })}
      />
      {value?.kind === "columns" && (
        <>
          {end("lower")}
          {end("upper")}
        </>
      )}
    </>
  );
}

function BandwidthInput({ value, set }: { value: ChartOptions["bandwidth"]; set: Set }) {
  const how = typeof value === "object" ? "width" : (value ?? "");
  return (
    <>
      <NativeSelect
        size="xs"
        label={t("option.bandwidth")}
        data={[
          { value: "", label: t("builder.automatic") },
          ...(["scott", "silverman", "width"] as const).map((rule) => ({
            value: rule,
            label: t(`option.bandwidth.${rule}`),
          })),
        ]}
        value={how}
        onChange={({ currentTarget: { value: rule } }) =>
          set({ bandwidth: rule === "width" ? { width: 1 } : ((rule || undefined) as "scott" | undefined) })
        }
      />
      {typeof value === "object" && (
        <NumberInput
          size="xs"
          mt={6}
          aria-label={t("option.bandwidth.width")}
          value={value.width}
          onChange={(width) => typeof width === "number" && width > 0 && set({ bandwidth: { width } }, "bandwidth")}
        />
      )}
    </>
  );
}

const EYES: Record<string, [number, number, number]> = {
  corner: [1.25, 1.25, 1.25],
  front: [0, -2, 0.4],
  side: [2, 0, 0.4],
  above: [0.01, 0.01, 2.2],
};

function CameraInput({ value, set }: { value: ChartOptions["camera"]; set: Set }) {
  const known = Object.entries(EYES).find(([, eye]) => eye.every((part, i) => part === value?.[i]))?.[0];
  const shown = value === undefined ? "corner" : (known ?? "own");
  return (
    <div>
      <Text size="xs" fw={500} mb={4} id="camera">
        {t("option.camera")}
      </Text>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-labelledby="camera"
        data={[...Object.keys(EYES), ...(shown === "own" ? ["own"] : [])].map((name) => ({
          value: name,
          label: t(`option.camera.${name}` as "option.camera.corner"),
        }))}
        value={shown}
        onChange={(name) => name !== "own" && set({ camera: name === "corner" ? undefined : EYES[name] })}
      />
    </div>
  );
}

// The result of `grouped`: bars of one measure (a line along time), and all groups in a table with totals.
import { Select } from "@mantine/core";
import { useCallback, useMemo, useState } from "react";
import type { Schemas } from "../../../api/client";
import { Chart } from "../../../charts/Chart";
import { type Look, plain } from "../../../charts/look";
import { full, percent, short } from "../../../format/numbers";
import { t } from "../../../text";
import { Notes, Part } from "./Parts";
import { SortableTable } from "./SortableTable";
import { keyText, type NamedTable, type Row } from "./values";

type Outcome = Schemas["GroupedOutcome"];
type Group = Schemas["Group"];

/** More bars than this cannot be told apart; the table has all. */
const MOST_BARS = 40;

export function groupedTables(result: Outcome): NamedTable[] {
  const keys = result.by.map(({ column }) => column);
  const own = (name: string) => (keys.includes(name) || name === "rows" ? `${name} (${t("result.measure")})` : name);
  const rowOf = (group: Group, label?: string): Row => {
    const row: Row = {};
    keys.forEach((key, i) => {
      row[key] = label ? (i === 0 ? label : "") : keyText(group.key[i]);
    });
    row.rows = group.rows;
    result.measures.forEach((measure, i) => {
      row[own(measure)] = group.values[i];
      const share = group.shares?.[i];
      if (share !== null && share !== undefined) row[`${measure} share`] = share;
    });
    return row;
  };
  const rows = result.items.map((group) => rowOf(group));
  if (result.other) rows.push(rowOf(result.other, t("result.other")));
  if (result.totals) rows.push(rowOf(result.totals, t("result.total")));
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return [{ name: t("result.groups"), columns, rows }];
}

export function GroupedView({ result }: { result: Outcome }) {
  const [table] = groupedTables(result);
  const notes = result.truncated
    ? [t("result.truncated", { count: result.items.length, groups: full(result.groups) })]
    : [];
  return (
    <>
      <Notes notes={notes} />
      <GroupChart result={result} table={table} />
      {table && (
        <Part title={t("result.groupsOf", { count: result.groups })}>
          <SortableTable table={table} />
        </Part>
      )}
    </>
  );
}

function GroupChart({ result, table }: { result: Outcome; table: NamedTable | undefined }) {
  const numeric = result.measures.filter((_, i) => result.items.some(({ values }) => typeof values[i] === "number"));
  const [measure, setMeasure] = useState(numeric[0] ?? "");
  const at = Math.max(0, result.measures.indexOf(measure));
  const isTime = result.by.length === 1 && Boolean(result.by[0]?.every);
  const bars = useMemo(() => barsOf(result, at, isTime), [result, at, isTime]);
  const draw = useCallback((look: Look) => (isTime ? along(look, bars) : across(look, bars)), [bars, isTime]);
  if (numeric.length === 0 || bars.length === 0) return null;
  const by = result.by.map(({ column }) => column).join(" × ");
  const [first] = bars;
  const most = bars.reduce((best, bar) => (bar.value > best.value ? bar : best), first ?? { name: "", value: 0 });
  return (
    <Chart
      title={t("result.by", { measure, by })}
      subtitle={
        bars.length < result.items.length && !isTime
          ? t("result.largest", { count: bars.length, groups: result.items.length })
          : t("result.rowsUsed", { count: result.rows })
      }
      sentence={t("result.groupSentence", { measure, by, most: most.name, value: full(most.value) })}
      height={isTime ? 320 : Math.max(160, 60 + bars.length * 26)}
      draw={draw}
      places={bars.map(({ name, value }, i) => ({ trace: 0, point: i, text: `${name}: ${full(value)}` }))}
      table={table ? <SortableTable table={table} /> : null}
    >
      {numeric.length > 1 && (
        <Select
          size="xs"
          data={numeric}
          value={measure}
          allowDeselect={false}
          onChange={(next) => setMeasure(next ?? "")}
          aria-label={t("result.measure")}
        />
      )}
    </Chart>
  );
}

interface Bar {
  name: string;
  value: number;
  share?: number | null;
}

/** Groups as bars: in order along time, otherwise the largest first. */
function barsOf(result: Outcome, at: number, isTime: boolean): Bar[] {
  const bars = result.items
    .filter(({ values }) => typeof values[at] === "number")
    .map(({ key, values, shares }) => ({
      name: key.map(keyText).join(" · "),
      value: values[at] as number,
      share: shares?.[at],
    }));
  if (isTime) return bars.filter(({ name }) => name !== "null");
  return bars.sort((a, b) => b.value - a.value).slice(0, MOST_BARS);
}

function across(look: Look, bars: Bar[]) {
  const told = ({ value, share }: Bar) =>
    typeof share === "number" ? `${short(value)} (${percent(share, 0)})` : short(value);
  return {
    data: [
      {
        type: "bar",
        orientation: "h",
        x: bars.map(({ value }) => value),
        y: bars.map((_, i) => i),
        text: bars.map(told),
        textposition: "outside",
        cliponaxis: false,
        textfont: { color: look.ink },
        marker: { color: look.cat[0] },
        customdata: bars.map(({ name, value }) => [plain(name), full(value)]),
        hovertemplate: "%{customdata[0]}: <b>%{customdata[1]}</b><extra></extra>",
      },
    ],
    layout: {
      margin: { l: 8, r: 72, t: 8, b: 8 },
      xaxis: { showline: false, ticks: "", showgrid: true, rangemode: "tozero" },
      yaxis: {
        autorange: "reversed",
        showgrid: false,
        tickvals: bars.map((_, i) => i),
        ticktext: bars.map(({ name }) => plain(name, 28)),
        nticks: undefined,
      },
    },
  };
}

function along(look: Look, bars: Bar[]) {
  return {
    data: [
      {
        type: "scatter",
        mode: bars.length > 60 ? "lines" : "lines+markers",
        x: bars.map(({ name }) => name),
        y: bars.map(({ value }) => value),
        line: { color: look.cat[0], width: 2 },
        marker: { size: 5 },
        hovertemplate: "%{x}: <b>%{y}</b><extra></extra>",
      },
    ],
    layout: { hovermode: "x", xaxis: { type: "date" }, margin: { l: 8, r: 12, t: 8, b: 8 } },
  };
}

// A card for every column: type, missing, distinct, a small histogram or the top values, quality notes, and all figures.
import { Group, NativeSelect, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { isFailed } from "../../app/queries";
import { ErrorState, LoadingState } from "../../app/states";
import { full, percent, short } from "../../format/numbers";
import { t } from "../../text";
import { Bars } from "./Bars";
import { ColumnFigures } from "./ColumnFigures";
import { type ColumnSummary, profileQuery, type Version } from "./queries";

const ORDERS = ["table", "nulls", "distinct", "name"] as const;
type Order = (typeof ORDERS)[number];
/** Cards at once; a table may have thousands of columns. */
const STEP = 60;

export function ColumnCards({ id, version }: { id: string; version: Version }) {
  const profile = useQuery(profileQuery(id, version.number));
  const [order, setOrder] = useState<Order>("table");
  const [most, setMost] = useState(STEP);
  if (profile.isPending) return <LoadingState />;
  if (isFailed(profile)) return <ErrorState error={profile.error} onRetry={() => void profile.refetch()} />;
  const columns = inOrder(profile.data.columns, order);
  return (
    <>
      <NativeSelect
        label={t("columns.order")}
        data={ORDERS.map((value) => ({ value, label: t(`columns.order.${value}`) }))}
        value={order}
        onChange={(event) => setOrder(event.currentTarget.value as Order)}
        maw={220}
        mb="md"
        size="sm"
      />
      <div className="tiles">
        {columns.slice(0, most).map((column) => (
          <ColumnCard
            key={column.name}
            column={column}
            unit={version.columns.find(({ name }) => name === column.name)?.unit}
            rows={profile.data.rows}
            dataset={id}
          />
        ))}
      </div>
      {columns.length > most && (
        <button type="button" className="link more" onClick={() => setMost(most + STEP)}>
          {t("app.more")}
        </button>
      )}
    </>
  );
}

function inOrder(columns: ColumnSummary[], order: Order): ColumnSummary[] {
  if (order === "table") return columns;
  if (order === "name") return [...columns].sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
  return [...columns].sort((a, b) => b[order] - a[order]);
}

interface CardProps {
  column: ColumnSummary;
  unit: string | null | undefined;
  rows: number;
  dataset: string;
}

function ColumnCard({ column, unit, rows, dataset }: CardProps) {
  const { name, histogram, numeric, temporal, notes = [] } = column;
  const missing = rows === 0 ? 0 : column.nulls / rows;
  return (
    <section className="tile" aria-label={name}>
      <Group justify="space-between" wrap="nowrap" align="baseline">
        <Text fw={600} truncate title={name}>
          {name}
        </Text>
        <span className="mono">{unit ? `${column.type}, ${unit}` : column.type}</span>
      </Group>
      <Text size="sm" c="dimmed" className="condensed">
        {t("dataset.nulls", { share: percent(missing) })} · {t("dataset.distinct", { count: column.distinct })}
      </Text>
      <div className="share" aria-hidden>
        <div style={{ width: `${100 * missing}%` }} />
      </div>
      {histogram && histogram.counts.length > 0 ? (
        <>
          <Bars
            counts={histogram.counts}
            height={56}
            label={t("dataset.histogram", {
              name,
              count: histogram.counts.length,
              low: short(histogram.edges[0] ?? 0),
              high: short(histogram.edges.at(-1) ?? 0),
            })}
          />
          {numeric && (
            <div className="bars-ends condensed" aria-hidden>
              <span>{short(histogram.edges[0] ?? 0)}</span>
              <span>{short(histogram.edges.at(-1) ?? 0)}</span>
            </div>
          )}
        </>
      ) : (
        <TopValues column={column} />
      )}
      {numeric && (
        <Text size="sm" className="condensed">
          {t("dataset.median")} {full(numeric.median)} · {t("dataset.mean")} {full(numeric.mean)}
        </Text>
      )}
      {temporal && (
        <Text size="sm" className="condensed">
          {temporal.min ?? "–"} … {temporal.max ?? "–"}
        </Text>
      )}
      {notes.map(({ kind, detail }) => (
        <p key={kind} className="quality">
          <IconAlertTriangle size={14} aria-hidden />
          {detail}
        </p>
      ))}
      <ColumnFigures column={column} />
      <Link
        to="/datasets/$id/charts/new"
        params={{ id: dataset }}
        search={{ columns: [name] }}
        className="link column-chart"
        aria-label={t("columns.chart.of", { name })}
      >
        {t("columns.chart")}
      </Link>
    </section>
  );
}

function TopValues({ column: { top, count } }: { column: ColumnSummary }) {
  if (top.length === 0) return <p className="condensed note">{t("columns.noValue")}</p>;
  const most = Math.max(...top.map((value) => value.count));
  return (
    <ol className="top-values">
      {top.slice(0, 5).map(({ value, count: times }) => (
        <li key={String(value)} style={{ "--share": `${(100 * times) / most}%` } as React.CSSProperties}>
          <span className="top-value" title={String(value)}>
            {value === "" ? "“”" : String(value)}
          </span>
          <span className="condensed">{percent(count === 0 ? 0 : times / count)}</span>
        </li>
      ))}
    </ol>
  );
}

// A card for every column: type, missing, distinct, a small histogram or the top values.
import { Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ErrorState, LoadingState } from "../../app/states";
import { full, percent, short } from "../../format/numbers";
import { t } from "../../text";
import { Bars } from "./Bars";
import { type ColumnSummary, profileQuery } from "./queries";

export function ColumnCards({ id }: { id: string }) {
  const profile = useQuery(profileQuery(id));
  if (profile.isPending) return <LoadingState />;
  if (profile.isError) return <ErrorState error={profile.error} onRetry={() => void profile.refetch()} />;
  return (
    <div className="tiles">
      {profile.data.columns.map((column) => (
        <ColumnCard key={column.name} column={column} rows={profile.data.rows} />
      ))}
    </div>
  );
}

function ColumnCard({ column, rows }: { column: ColumnSummary; rows: number }) {
  const { name, histogram, numeric, temporal } = column;
  return (
    <section className="tile" aria-label={name}>
      <Group justify="space-between" wrap="nowrap" align="baseline">
        <Text fw={600} truncate title={name}>
          {name}
        </Text>
        <span className="mono">{column.type}</span>
      </Group>
      <Text size="sm" c="dimmed" className="condensed">
        {t("dataset.nulls", { share: percent(rows === 0 ? 0 : column.nulls / rows) })} ·{" "}
        {t("dataset.distinct", { count: column.distinct })}
      </Text>
      {histogram && histogram.counts.length > 0 ? (
        <Bars
          counts={histogram.counts}
          label={t("dataset.histogram", {
            name,
            count: histogram.counts.length,
            low: short(histogram.edges[0] ?? 0),
            high: short(histogram.edges.at(-1) ?? 0),
          })}
        />
      ) : (
        <TopValues column={column} />
      )}
      {numeric && (
        <Text size="sm" className="condensed">
          {t("dataset.min")} {full(scalar(numeric.min))} · {t("dataset.median")} {full(numeric.median)} ·{" "}
          {t("dataset.mean")} {full(numeric.mean)} · {t("dataset.max")} {full(scalar(numeric.max))}
        </Text>
      )}
      {temporal && (
        <Text size="sm" className="condensed">
          {temporal.min ?? "–"} … {temporal.max ?? "–"}
        </Text>
      )}
    </section>
  );
}

function TopValues({ column: { top, count } }: { column: ColumnSummary }) {
  return (
    <ol className="top-values">
      {top.slice(0, 5).map(({ value, count: times }) => (
        <li key={String(value)}>
          <span className="top-value" title={String(value)}>
            {String(value)}
          </span>
          <span className="condensed">{percent(count === 0 ? 0 : times / count)}</span>
        </li>
      ))}
    </ol>
  );
}

export function scalar(value: unknown): number | string | null {
  return typeof value === "number" || typeof value === "string" ? value : null;
}

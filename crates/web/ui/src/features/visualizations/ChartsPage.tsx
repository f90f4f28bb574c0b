// All saved charts, one's own and those shared with one, as pictures; several open together on a board.
import { Button, Checkbox, SegmentedControl, TextInput } from "@mantine/core";
import { IconLayoutGrid, IconSearch } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { isFailed } from "../../app/queries";
import { EmptyState, ErrorState, LoadingState, PageHead } from "../../app/states";
import { useIsDark } from "../../app/useIsDark";
import { exact, when } from "../../format/dates";
import { t } from "../../text";
import { KindIcon } from "./pictures";
import { SCOPES, type Scope, visualizationsQuery } from "./queries";
import type { Visualization } from "./types";
import "./builder.css";

/** As many as a board shows. */
const MOST_ON_BOARD = 20;

export function ChartsPage() {
  const { q = "", scope = "all", dataset } = useSearch({ from: "/shell/charts" });
  const navigate = useNavigate({ from: "/charts" });
  const charts = useInfiniteQuery(visualizationsQuery(scope, dataset));
  const [chosen, setChosen] = useState<string[]>([]);
  const all = (charts.data?.pages.flatMap(({ items }) => items) ?? []) as Visualization[];
  const found = all.filter(({ name, owner }) => `${name} ${owner}`.toLowerCase().includes(q.trim().toLowerCase()));
  return (
    <>
      <PageHead title={t("charts.title")} crumbs={charts.data ? t("charts.count", { count: all.length }) : null}>
        {chosen.length > 0 && (
          <Button
            variant="default"
            leftSection={<IconLayoutGrid size={16} aria-hidden />}
            renderRoot={(props) => <Link to="/charts/board" search={{ ids: chosen }} preload="render" {...props} />}
          >
            {t("charts.openBoard", { count: chosen.length })}
          </Button>
        )}
        <Button renderRoot={(props) => <Link to="/datasets" search={{}} {...props} />}>{t("charts.new")}</Button>
      </PageHead>
      <div className="charts-bar">
        <TextInput
          type="search"
          aria-label={t("charts.find")}
          placeholder={t("charts.find")}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={q}
          onChange={({ currentTarget: { value } }) =>
            void navigate({ search: (old) => ({ ...old, q: value || undefined }), replace: true })
          }
        />
        <SegmentedControl
          aria-label={t("charts.scope")}
          data={SCOPES.map((value) => ({ value, label: t(`charts.scope.${value}`) }))}
          value={scope}
          onChange={(value) =>
            void navigate({ search: (old) => ({ ...old, scope: value === "all" ? undefined : (value as Scope) }) })
          }
        />
      </div>
      {charts.isPending && <LoadingState />}
      {isFailed(charts) && <ErrorState error={charts.error} onRetry={() => void charts.refetch()} />}
      {charts.data && all.length === 0 && (
        <EmptyState
          title={t(scope === "shared" ? "charts.none.shared" : "charts.none")}
          detail={t(scope === "shared" ? "charts.none.shared.detail" : "charts.none.detail")}
        />
      )}
      {all.length > 0 && found.length === 0 && <EmptyState title={t("charts.nothing", { q })} />}
      <ul className="chart-cards">
        {found.map((chart) => (
          <ChartCard
            key={chart.id}
            chart={chart}
            isChosen={chosen.includes(chart.id)}
            isFull={chosen.length >= MOST_ON_BOARD}
            onChoose={(isChosen) =>
              setChosen(isChosen ? [...chosen, chart.id] : chosen.filter((id) => id !== chart.id))
            }
          />
        ))}
      </ul>
      {charts.hasNextPage && (
        <Button variant="default" loading={charts.isFetchingNextPage} onClick={() => void charts.fetchNextPage()}>
          {t("app.more")}
        </Button>
      )}
    </>
  );
}

interface CardProps {
  chart: Visualization;
  isChosen: boolean;
  isFull: boolean;
  onChoose: (isChosen: boolean) => void;
}

function ChartCard({ chart, isChosen, isFull, onChoose }: CardProps) {
  const { id, name, kind, is_mine, owner, shared_with, updated_at } = chart;
  return (
    <li className="tile chart-card">
      <Link to="/charts/$id" params={{ id }} search={{}} className="chart-card-link">
        <Picture chart={chart} />
        <span className="chart-card-name">{name}</span>
      </Link>
      <div className="chart-card-foot">
        <span className="condensed chart-card-facts">
          <KindIcon kind={kind} size={16} />
          <time title={exact(updated_at)}>{when(updated_at)}</time>
          {!is_mine && <span>{t("charts.by", { owner })}</span>}
          {is_mine && shared_with.length > 0 && <span>{t("charts.sharedWith", { count: shared_with.length })}</span>}
        </span>
        <Checkbox
          size="xs"
          checked={isChosen}
          disabled={!isChosen && isFull}
          aria-label={t("charts.choose", { name })}
          onChange={(event) => onChoose(event.currentTarget.checked)}
        />
      </div>
    </li>
  );
}

const MOST_FAILURES = 3;

/** The picture that the server keeps; a sign of the kind where there is none, because its dataset is gone. */
function Picture({ chart: { image_url, version, kind } }: { chart: Visualization }) {
  const theme = useIsDark() ? "dark" : "light";
  const [failures, setFailures] = useState(0);
  const [isWaiting, setWaiting] = useState(false);
  // A busy server refuses some of many pictures asked for at once.
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setTimeout(() => setWaiting(false), 1_000 * failures);
    return () => clearTimeout(timer);
  }, [isWaiting, failures]);
  const failed = () => {
    setFailures(failures + 1);
    setWaiting(true);
  };
  // The version makes a changed chart another address, so that no old picture is shown.
  const url = `${image_url}&theme=${theme}&width=400&height=250&scale=2&version=${version}`;
  return (
    <span className="chart-card-picture">
      {isWaiting || failures >= MOST_FAILURES ? (
        <KindIcon kind={kind} size={40} />
      ) : (
        <img src={url} alt="" width={400} height={250} loading="lazy" decoding="async" onError={failed} />
      )}
    </span>
  );
}

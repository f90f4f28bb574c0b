// Several saved charts beside each other, each drawn when its turn comes.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { isFailed } from "../../app/queries";
import { EmptyState, ErrorState, PageHead } from "../../app/states";
import { useIsDark } from "../../app/useIsDark";
import { useTurn } from "../../charts/turns";
import { t } from "../../text";
import { FigureView } from "./FigureView";
import { figureQuery, visualizationsQuery } from "./queries";
import "./builder.css";

const HEIGHT = 260;

// Fetched together with the page, since there are charts on it.
void import("../../charts/plotly");

export function BoardPage() {
  const { ids = [] } = useSearch({ from: "/shell/charts/board" });
  const known = useInfiniteQuery(visualizationsQuery("all"));
  const names = new Map(known.data?.pages.flatMap(({ items }) => items).map(({ id, name }) => [id, name]));
  return (
    <>
      <PageHead
        title={t("board.title")}
        crumbs={
          <>
            <Link to="/charts" search={{}} className="link">
              {t("place.charts")}
            </Link>{" "}
            / {t("charts.count", { count: ids.length })}
          </>
        }
      />
      {ids.length === 0 && <EmptyState title={t("board.none")} detail={t("board.none.detail")} />}
      <div className="board">
        {ids.map((id) => (
          <Tile key={id} id={id} name={names.get(id)} />
        ))}
      </div>
    </>
  );
}

function Tile({ id, name }: { id: string; name: string | undefined }) {
  const theme = useIsDark() ? "dark" : "light";
  const figure = useQuery(figureQuery(id, theme));
  const hasTurn = useTurn(figure.data !== undefined);
  if (isFailed(figure))
    return (
      <div className="tile board-tile">
        <ErrorState error={figure.error} onRetry={() => void figure.refetch()} />
      </div>
    );
  if (!figure.data || !hasTurn)
    return <div className="tile board-tile board-wait" role="status" aria-label={t("state.loading")} />;
  const shown = name ?? figure.data.sentence;
  return (
    <div className="board-tile">
      <FigureView
        name={shown}
        head={
          <Link to="/charts/$id" params={{ id }} search={{}} className="link">
            {shown}
          </Link>
        }
        answer={figure.data}
        source={{ id }}
        height={HEIGHT}
        hasTurn
      />
    </div>
  );
}

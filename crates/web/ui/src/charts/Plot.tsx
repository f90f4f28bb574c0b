// A figure on the page: Plotly is fetched and draws when the place comes near the window, follows the tile's width, and
// goes when the tile goes.
import { Button, Skeleton } from "@mantine/core";
import { useCallback, useEffect, useRef, useState } from "react";
import { t } from "../text";
import { Cursor, type Place } from "./Cursor";
import { legible, spared } from "./figures";
import type { Plotly } from "./plotly";
import { claimScene, inTurn } from "./turns";
import { automaticTicks, zoomedAxes } from "./zoom";

export type { Place } from "./Cursor";

/** A mark that was clicked, as Plotly tells it. */
export interface Picked {
  curveNumber: number;
  pointNumber: number;
  [name: string]: unknown;
}

export interface Props {
  sentence: string;
  title: string;
  height: number;
  /** Data and the whole layout; the same object as long as nothing changed. */
  figure: { data: Record<string, unknown>[]; layout: Record<string, unknown> };
  places?: Place[];
  /** A click on a mark, or Enter on a value. `isMore` with Shift. */
  onPick?: (mark: Picked, isMore: boolean) => void;
  /** The eye of a scene that was turned. */
  onTurn?: (eye: [number, number, number]) => void;
  /** The page has given the chart its turn: it draws at once, wherever it stands. */
  hasTurn?: boolean;
}

const CONFIG = {
  displayModeBar: false,
  responsive: false,
  doubleClick: false,
  staticPlot: false,
  topojsonURL: "/topojson/",
  plotGlPixelRatio: 2,
};

interface Element extends HTMLDivElement {
  on?: (name: string, action: (event: Record<string, unknown>) => unknown) => void;
  layout?: Record<string, unknown>;
  _fullData?: unknown[];
}

export function Plot({ sentence, height, figure, places = [], title, onPick, onTurn, hasTurn = false }: Props) {
  const place = useRef<Element>(null);
  const [isZoomed, setZoomed] = useState(false);
  const [isAway, setAway] = useState(false);
  const [drawn, setDrawn] = useState<Plotly>();
  const isNear = useNear(place, hasTurn);
  const isScene = "scene" in figure.layout;

  const draw = useCallback(
    async (plotly: Plotly, element: Element) => {
      // Plotly writes into what it is given, and a figure may be drawn again.
      const { data, layout } = structuredClone(figure);
      await plotly.react(
        element,
        legible(data, element.clientWidth),
        { ...spared(layout, height), height, width: element.clientWidth },
        CONFIG,
      );
      setZoomed(false);
    },
    [figure, height],
  );

  const reset = () => {
    if (drawn && place.current) void draw(drawn, place.current);
  };
  const actions = useRef<Actions>({ onPick, onTurn, reset, zoomed: () => setZoomed(true) });
  useEffect(() => {
    actions.current = { onPick, onTurn, reset, zoomed: () => setZoomed(true) };
  });

  useEffect(() => {
    const element = place.current;
    if (!element || !isNear || isAway) return;
    let isOver = false;
    let takeBack = () => {};
    void load(figure.data).then((plotly) => {
      if (isOver) return;
      const show = () => {
        const isFirst = !element.on;
        void draw(plotly, element).then(() => {
          if (isFirst) listen(plotly, element, actions);
          if (!isOver) setDrawn(() => plotly);
        });
      };
      if (hasTurn) show();
      else takeBack = inTurn(show);
    });
    return () => {
      isOver = true;
      takeBack();
    };
  }, [figure, draw, isNear, isAway, hasTurn]);

  useWidth(place, drawn);

  useEffect(() => {
    const element = place.current;
    if (!drawn || !element) return;
    const end = isScene
      ? claimScene(() => {
          setAway(true);
          setDrawn(undefined);
        })
      : () => {};
    return () => {
      end();
      drawn.purge(element);
      delete element.on;
    };
  }, [drawn, isScene]);

  const mark = ({ trace, point }: Place): Picked => ({ curveNumber: trace, pointNumber: point });
  return (
    <>
      <div role="img" aria-label={sentence} className="chart-frame" style={{ minHeight: height }}>
        {!drawn && !isAway && <Skeleton height={height} animate={false} className="chart-wait" />}
        <div ref={place} aria-hidden className="chart-place" data-drawn={drawn !== undefined} />
      </div>
      {isAway && (
        <Button size="compact-sm" variant="default" onClick={() => setAway(false)}>
          {t("chart.drawAgain")}
        </Button>
      )}
      {(places.length > 0 || isZoomed) && (
        <div className="chart-foot">
          {places.length > 0 && (
            <Cursor
              title={title}
              places={places}
              onMove={(at) => hover(drawn, place.current, at)}
              onEnter={onPick && ((at) => onPick(mark(at), false))}
            />
          )}
          {isZoomed && (
            <Button size="compact-sm" variant="subtle" onClick={reset}>
              {t("chart.resetZoom")}
            </Button>
          )}
        </div>
      )}
    </>
  );
}

interface Actions {
  onPick: Props["onPick"];
  onTurn: Props["onTurn"];
  reset: () => void;
  zoomed: () => void;
}

function listen(plotly: Plotly, element: Element, actions: { current: Actions }) {
  element.on?.("plotly_click", (event) => {
    const { points, event: mouse } = event as { points?: Picked[]; event?: MouseEvent };
    if (points?.[0]) actions.current.onPick?.(points[0], mouse?.shiftKey ?? false);
  });
  // A treemap would go down into the tile instead.
  element.on?.("plotly_treemapclick", () => actions.current.onPick === undefined);
  element.on?.("plotly_relayout", (event) => {
    const axes = zoomedAxes(event);
    if (axes.length > 0) {
      actions.current.zoomed();
      const change = automaticTicks(element.layout ?? {}, axes);
      if (Object.keys(change).length > 0) void plotly.relayout(element, change);
    }
    const eye = (event["scene.camera"] as { eye?: { x: number; y: number; z: number } } | undefined)?.eye;
    if (eye) actions.current.onTurn?.([eye.x, eye.y, eye.z]);
  });
  element.on?.("plotly_doubleclick", () => actions.current.reset());
}

async function load(data: Record<string, unknown>[]): Promise<Plotly> {
  const { default: plotly, ensure } = await import("./plotly");
  await ensure(data.map(({ type }) => String(type ?? "scatter")));
  return plotly;
}

function hover(plotly: Plotly | undefined, element: HTMLElement | null, { trace, point }: Place) {
  if (!plotly || !element) return;
  try {
    plotly.Fx.hover(element, [{ curveNumber: trace, pointNumber: point }]);
  } catch {
    // Slices and tiles have no hover by number; their words stand beside the slider.
  }
}

/** Whether the place is, or was, near the window, or need not be. */
function useNear(place: React.RefObject<HTMLElement | null>, isAnywhere: boolean): boolean {
  const [isNear, setNear] = useState(isAnywhere);
  useEffect(() => {
    const element = place.current;
    if (!element || isNear) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        observer.disconnect();
        setNear(true);
      },
      { rootMargin: "200px" },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [place, isNear]);
  return isNear;
}

/** A chart follows the width of its tile; the first report is of the width that it has already. */
function useWidth(place: React.RefObject<HTMLElement | null>, plotly: Plotly | undefined) {
  useEffect(() => {
    const element = place.current;
    if (!element || !plotly) return;
    let width = element.clientWidth;
    const observer = new ResizeObserver(() => {
      // A tile that is hidden has no width.
      if (element.clientWidth === 0 || Math.abs(element.clientWidth - width) < 1) return;
      width = element.clientWidth;
      void plotly.relayout(element, { width });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [place, plotly]);
}

// A chart with its title, its sentence for those who do not see it, its values as a table, and a cursor for the keyboard.
import { Button, Skeleton } from "@mantine/core";
import { type ReactNode, useEffect, useId, useMemo, useRef, useState } from "react";
import { t } from "../text";
import { type Figure, type Look, layoutOf, useLook } from "./look";
import type { Plotly } from "./plotly";

/** A value that the cursor can stand on: the trace, the point in it, and what it says. */
export interface Place {
  trace: number;
  point: number;
  text: string;
}

interface Props {
  title: string;
  subtitle?: string;
  /** One sentence that says what the chart shows. */
  sentence: string;
  height?: number;
  draw: (look: Look) => Figure;
  places?: Place[];
  /** The same values as a table. */
  table: ReactNode;
  children?: ReactNode;
}

const CONFIG = { displayModeBar: false, responsive: false, doubleClick: false, staticPlot: false };

export function Chart({ title, subtitle, sentence, height = 320, draw, places = [], table, children }: Props) {
  const [isTable, setTable] = useState(false);
  const heading = useId();
  return (
    <figure className="tile chart" aria-labelledby={heading}>
      <div className="chart-head">
        <div>
          <h2 className="chart-title" id={heading}>
            {title}
          </h2>
          {subtitle && <p className="chart-subtitle">{subtitle}</p>}
        </div>
        <div className="chart-tools">
          {children}
          <Button size="compact-sm" variant="subtle" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
            {isTable ? t("chart.asChart") : t("chart.asTable")}
          </Button>
        </div>
      </div>
      {isTable ? table : <Drawing sentence={sentence} height={height} draw={draw} places={places} title={title} />}
    </figure>
  );
}

type DrawingProps = Required<Pick<Props, "sentence" | "height" | "draw" | "places" | "title">>;

function Drawing({ sentence, height, draw, places, title }: DrawingProps) {
  const look = useLook();
  const place = useRef<HTMLDivElement>(null);
  const plotly = usePlotly(place);
  const figure = useMemo(() => draw(look), [draw, look]);
  useEffect(() => {
    const element = place.current;
    if (!plotly || !element) return;
    const layout = layoutOf(look, { ...figure.layout, height });
    const show = () => void plotly.react(element, figure.data, { ...layout, width: element.clientWidth }, CONFIG);
    show();
    // A chart follows the width of its tile; the first report is of the width that it has already.
    let width = element.clientWidth;
    const observer = new ResizeObserver(() => {
      if (Math.abs(element.clientWidth - width) < 1) return;
      width = element.clientWidth;
      show();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [plotly, figure, look, height]);
  useEffect(() => {
    const element = place.current;
    return () => {
      if (element) plotly?.purge(element);
    };
  }, [plotly]);
  return (
    <>
      <div role="img" aria-label={sentence} style={{ minHeight: height, position: "relative" }}>
        {!plotly && <Skeleton height={height} animate={false} />}
        <div ref={place} aria-hidden className="chart-place" />
      </div>
      {places.length > 0 && <Cursor title={title} places={places} onMove={(at) => hover(plotly, place.current, at)} />}
    </>
  );
}

function hover(plotly: Plotly | undefined, element: HTMLElement | null, { trace, point }: Place) {
  if (plotly && element) plotly.Fx.hover(element, [{ curveNumber: trace, pointNumber: point }]);
}

/** Arrow keys go from value to value; each is told in words and shown in the chart. */
function Cursor({ title, places, onMove }: { title: string; places: Place[]; onMove: (place: Place) => void }) {
  const [at, setAt] = useState(0);
  const now = places[Math.min(at, places.length - 1)];
  if (!now) return null;
  const move = (next: number) => {
    setAt(next);
    const place = places[next];
    if (place) onMove(place);
  };
  return (
    <label className="chart-cursor">
      <span className="sr">{t("chart.values", { title })}</span>
      <input
        type="range"
        min={0}
        max={places.length - 1}
        value={Math.min(at, places.length - 1)}
        aria-valuetext={now.text}
        onChange={(event) => move(event.currentTarget.valueAsNumber)}
        onFocus={() => onMove(now)}
      />
      <output className="condensed">{now.text}</output>
    </label>
  );
}

/** Plotly, fetched when the place comes near the window. */
function usePlotly(place: React.RefObject<HTMLElement | null>): Plotly | undefined {
  const [plotly, setPlotly] = useState<Plotly>();
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let isAway = false;
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        observer.disconnect();
        void import("./plotly").then((loaded) => {
          // React calls functions that are set as a state, and Plotly may be one.
          if (!isAway) setPlotly(() => loaded.default);
        });
      },
      { rootMargin: "200px" },
    );
    observer.observe(element);
    return () => {
      isAway = true;
      observer.disconnect();
    };
  }, [place]);
  return plotly;
}

// Arrow keys go from value to value of a chart; each is told in words and shown in the chart.
import { useState } from "react";
import { t } from "../text";

/** A value that the cursor can stand on: the trace, the point in it, and what it says. */
export interface Place {
  trace: number;
  point: number;
  text: string;
}

interface Props {
  title: string;
  places: Place[];
  onMove: (place: Place) => void;
  /** What Enter does with the value. */
  onEnter?: (place: Place) => void;
}

export function Cursor({ title, places, onMove, onEnter }: Props) {
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
        onKeyDown={(event) => event.key === "Enter" && onEnter?.(now)}
      />
      <output className="condensed">{now.text}</output>
    </label>
  );
}

// A single number as the server's own pictures write it: its text, what it is compared with, and its course.
import { useState } from "react";
import { Cursor } from "../../charts/Cursor";
import { listOf } from "../../charts/figures";
import { plainly } from "../../charts/places";
import { full } from "../../format/numbers";
import type { ChartAnswer } from "./types";

export interface NumberFigure {
  text: string;
  label: string;
  comparison: string | undefined;
  isUp: boolean | undefined;
  /** The figures of all periods; null for those without. */
  course: (number | null)[];
  periods: string[];
}

/** What the figure tells of its number; nothing for figures that hold only Plotly's words. */
export function numberOf({ figure }: ChartAnswer): NumberFigure | null {
  const told = figure.data.find(({ type }) => type === "indicator")?.meta as Record<string, unknown> | undefined;
  if (typeof told?.text !== "string") return null;
  return {
    text: plainly(told.text),
    label: plainly(String(told.label ?? "")),
    comparison: typeof told.comparison === "string" ? plainly(told.comparison) : undefined,
    isUp: typeof told.is_up === "boolean" ? told.is_up : undefined,
    course: listOf(told.course).map((value) => (typeof value === "number" ? value : null)),
    periods: listOf(told.periods).map((name) => plainly(String(name))),
  };
}

interface Props {
  figure: NumberFigure;
  title: string;
  height: number;
}

export function NumberView({ figure: { text, label, comparison, isUp, course, periods }, title, height }: Props) {
  const [at, setAt] = useState<number>();
  const places = course.flatMap((value, point) =>
    value === null ? [] : [{ trace: 0, point, text: `${periods[point] ?? ""}: ${full(value)}` }],
  );
  const direction = isUp === undefined ? undefined : isUp ? "up" : "down";
  return (
    <div className="kpi" style={{ minHeight: height }}>
      <p className="kpi-label">{label}</p>
      <p className="kpi-text">{text}</p>
      {comparison && (
        <p className="kpi-change" data-direction={direction}>
          {direction && <span aria-hidden>{isUp ? "▲" : "▼"} </span>}
          {comparison}
        </p>
      )}
      {places.length > 1 && (
        <>
          <Course values={course} at={at ?? places.at(-1)?.point ?? 0} />
          <div className="chart-foot">
            <Cursor title={title} places={places} onMove={({ point }) => setAt(point)} />
          </div>
        </>
      )}
    </div>
  );
}

/** The room around the line, of 100 by 100, so that its ends are not cut. */
const ROOM = 4;

/** The course as a line over its ground, with a dot at one period; words for it stand beside it. */
function Course({ values, at }: { values: (number | null)[]; at: number }) {
  const known = values.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const span = 100 - 2 * ROOM;
  const x = (i: number) => ROOM + (span * i) / Math.max(1, values.length - 1);
  const y = (value: number) => 100 - ROOM - span * (high > low ? (value - low) / (high - low) : 0.5);
  const value = values[at];
  return (
    <div className="kpi-course" aria-hidden>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
        {runsOf(values).map(({ from, run }) => {
          const line = run.map((value, i) => `${x(from + i)},${y(value)}`).join(" ");
          return (
            <g key={from}>
              <polygon points={`${line} ${x(from + run.length - 1)},100 ${x(from)},100`} />
              <polyline points={line} />
            </g>
          );
        })}
      </svg>
      {typeof value === "number" && <span className="kpi-dot" style={{ left: `${x(at)}%`, top: `${y(value)}%` }} />}
    </div>
  );
}

/** The parts of a course without gaps. */
export function runsOf(values: (number | null)[]): { from: number; run: number[] }[] {
  const runs: { from: number; run: number[] }[] = [];
  values.forEach((value, i) => {
    if (value === null) return;
    const last = runs.at(-1);
    if (last && last.from + last.run.length === i) last.run.push(value);
    else runs.push({ from: i, run: [value] });
  });
  return runs;
}

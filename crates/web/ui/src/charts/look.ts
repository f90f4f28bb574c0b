// How every chart looks, from tokens.json: horizontal grid lines, no frame, condensed numbers, colours of the mode.
import { useComputedColorScheme } from "@mantine/core";
import tokens from "../app/tokens.json";

export type Look = (typeof tokens)["light"];
export type Trace = Record<string, unknown>;
export type Layout = Record<string, unknown>;

export interface Figure {
  data: Trace[];
  layout?: Layout;
}

export function useLook(): Look {
  return tokens[useComputedColorScheme("light", { getInitialValueInEffect: false })];
}

const FONT = "'IBM Plex Sans Condensed', 'IBM Plex Sans', sans-serif";

/** The layout of a figure: the common look, with what the figure says of its own. */
export function layoutOf(look: Look, own: Layout = {}): Layout {
  const axis = {
    color: look.ink2,
    gridcolor: look.grid,
    linecolor: look.axis,
    zeroline: false,
    automargin: true,
    fixedrange: true,
    tickfont: { size: 12, color: look.ink2 },
    title: { font: { size: 12, color: look.ink2 }, standoff: 6 },
  };
  const layout: Layout = {
    autosize: true,
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: FONT, size: 12, color: look.ink2 },
    margin: { l: 8, r: 12, t: 28, b: 8 },
    colorway: look.cat,
    bargap: 0.28,
    showlegend: false,
    legend: {
      orientation: "h",
      x: 0,
      y: 1.02,
      xanchor: "left",
      yanchor: "bottom",
      font: { size: 12, color: look.ink2 },
    },
    hovermode: "closest",
    hoverlabel: {
      bgcolor: look.surface,
      bordercolor: look.rule,
      font: { family: FONT, size: 12, color: look.ink },
    },
    dragmode: false,
    separators: ".,",
    ...own,
  };
  for (const name of ["xaxis", "yaxis", ...Object.keys(own).filter((key) => /^[xy]axis\d$/.test(key))]) {
    const isAcross = name.startsWith("x");
    const line = isAcross
      ? { showgrid: false, showline: true, ticks: "outside", ticklen: 4 }
      : { showline: false, nticks: 6 };
    layout[name] = merge({ ...axis, ...line }, (own[name] ?? {}) as Layout);
  }
  return layout;
}

function merge(base: Layout, own: Layout): Layout {
  const title = typeof own.title === "string" ? { ...(base.title as object), text: own.title } : own.title;
  return { ...base, ...own, title: title ?? base.title };
}

/** A colour of the tokens with less than full strength. */
export function faded(color: string, alpha: number): string {
  const part = (at: number) => Number.parseInt(color.slice(at, at + 2), 16);
  return `rgba(${part(1)}, ${part(3)}, ${part(5)}, ${alpha})`;
}

/** A text of the data for Plotly, which would take `<` for a tag; cut to `most` characters where that is given. */
export function plain(text: string, most = Number.POSITIVE_INFINITY): string {
  const short = text.length > most ? `${text.slice(0, most - 1)}…` : text;
  return short.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

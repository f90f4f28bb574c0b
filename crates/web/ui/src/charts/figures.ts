// A figure of the server as the app draws it: title, subtitle and notes stand in the page, so they leave the drawing.
type Part = Record<string, unknown>;

export interface ServerFigure {
  data: Part[];
  layout: Part;
}

/** With room for what is drawn alone, and zooming by hand where there is a hand that does not scroll with it. */
export function forPage({ data, layout }: ServerFigure): ServerFigure {
  const { title, width: _, height: __, ...rest } = layout;
  const isCoarse = typeof window !== "undefined" && window.matchMedia("(pointer: coarse)").matches;
  const dragmode = "scene" in layout ? {} : { dragmode: isCoarse ? false : "zoom" };
  const clear = "rgba(0,0,0,0)";
  // A single number has its name above it.
  const isNumber = data.some(({ type }) => type === "indicator");
  const margin = { l: 4, r: 8, b: 4, t: isNumber ? NAME : topOf(layout, title as Part | undefined) };
  const grounds = { paper_bgcolor: clear, plot_bgcolor: clear };
  return { data: data.map(within), layout: { ...rest, ...dragmode, ...grounds, margin, uniformtext: SMALLEST } };
}

/** Texts on marks that would be smaller are left out. */
const SMALLEST = { minsize: 10, mode: "hide" };

/** The names of slices stay upright and within the tile. */
function within(trace: Part): Part {
  const { legendgroup } = trace;
  const own = legendgroup === undefined ? trace : { ...trace, legendgroup: ofItsOwn(legendgroup) };
  if (trace.type !== "pie") return own;
  return { automargin: true, insidetextorientation: "horizontal", ...own, labels: listOf(trace.labels).map(ofItsOwn) };
}

/** Plotly keeps slices and groups by name in an object, which has some from birth: such a name ends with a sign without width. */
const ofItsOwn = (name: unknown) => (String(name) in Object.prototype ? `${name}\u200b` : name);

/** Cells narrower than this have no room for their figures. */
const NARROWEST_CELL = 36;

/** Steps of a funnel tell all three of their figures, two, or one, by the width. */
const STEP_WIDTHS = [640, 420];

/** What can be read at a width: cells of a heat map lose their texts where these would be tiny, steps what would be cut. */
export function legible(data: Part[], width: number): Part[] {
  const figures = 3 - STEP_WIDTHS.filter((least) => width < least).length;
  return data.map((trace) => {
    if (trace.type === "bar" && listOf(trace.text).some((text) => String(text).includes(" of the first")))
      return {
        ...trace,
        text: listOf(trace.text).map((text) => String(text).split(" · ").slice(0, figures).join(" · ")),
      };
    if (trace.type !== "heatmap" || trace.texttemplate === undefined) return trace;
    const [first] = listOf(trace.z);
    if (width / (listOf(first).length + 3) >= NARROWEST_CELL) return trace;
    const { texttemplate: _, ...rest } = trace;
    return rest;
  });
}

/** Below this height a chart is small. */
const SMALL = 340;
/** Two rows of a legend; the others are scrolled to. */
const LEGEND = 62;

/** The name of a small chart within a figure. */
const PANEL_NAME = 22;

/** A small chart keeps its room for the marks. */
export function spared(layout: Part, height: number): Part {
  if (height >= SMALL || layout.showlegend !== true) return layout;
  const margin = layout.margin as { t?: number } | undefined;
  const font = { ...((layout.legend as Part | undefined)?.font as Part | undefined), size: 11 };
  return {
    ...layout,
    margin: { ...margin, t: Math.min(margin?.t ?? 0, LEGEND + PANEL_NAME) },
    legend: { ...(layout.legend as Part | undefined), font, itemwidth: 30, maxheight: LEGEND },
  };
}

const NAME = 64;
const TITLE = 26;
const SUBTITLE = 20;

/** What stands above the plot without its title. */
function topOf(layout: Part, title: Part | undefined): number {
  const own = (layout.margin as Part | undefined)?.t;
  const subtitle = title?.subtitle === undefined ? 0 : SUBTITLE;
  return Math.max(14, (typeof own === "number" ? own : 40) - (title === undefined ? 0 : TITLE + subtitle));
}

/** In how many rows small charts stand. */
export function rowsOf({ data, layout }: ServerFigure): number {
  const domains = [
    ...Object.entries(layout)
      .filter(([name]) => /^yaxis\d*$/.test(name))
      .map(([, axis]) => (axis as Part).domain),
    ...data.map(({ domain }) => (domain as Part | undefined)?.y),
  ];
  return Math.max(1, new Set(domains.map((domain) => (Array.isArray(domain) ? domain[0] : 0))).size);
}

/** Lists as they are, and those that travel as bytes, decoded. */
export function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value !== "object" || value === null || !("bdata" in value)) return [];
  const { dtype, bdata } = value as { dtype?: string; bdata?: unknown };
  const Kind = KINDS[dtype ?? ""];
  if (!Kind || typeof bdata !== "string") return [];
  const bytes = Uint8Array.from(atob(bdata), (letter) => letter.charCodeAt(0));
  return Array.from(new Kind(bytes.buffer));
}

const KINDS: Record<string, (new (buffer: ArrayBuffer) => Iterable<number>) | undefined> = {
  f8: Float64Array,
  f4: Float32Array,
  i4: Int32Array,
  u4: Uint32Array,
  i2: Int16Array,
  u2: Uint16Array,
  i1: Int8Array,
  u1: Uint8Array,
};

// The chunk of Plotly: its core (lines and points) with the kinds of traces that most charts are made of. Traces in space
// and on maps come in chunks of their own, fetched when a figure has them.
import "./nonce";
import bar from "plotly.js/lib/bar";
import box from "plotly.js/lib/box";
import core from "plotly.js/lib/core";
import heatmap from "plotly.js/lib/heatmap";
import indicator from "plotly.js/lib/indicator";
import pie from "plotly.js/lib/pie";
import treemap from "plotly.js/lib/treemap";

export type Event = Record<string, unknown>;

export interface Plotly {
  register(traces: unknown[]): void;
  react(place: HTMLElement, data: unknown[], layout: object, config: object): Promise<unknown>;
  relayout(place: HTMLElement, change: object): Promise<unknown>;
  purge(place: HTMLElement): void;
  Fx: {
    hover(place: HTMLElement, points: { curveNumber: number; pointNumber: number }[]): void;
    unhover(place: HTMLElement): void;
  };
}

const plotly = core as unknown as Plotly;
plotly.register([bar, box, heatmap, indicator, pie, treemap]);

const SPACE = ["scatter3d", "surface", "mesh3d"];
const GEO = ["choropleth", "scattergeo"];

/** Fetches what the traces of a figure need beyond this chunk. */
export async function ensure(types: string[]): Promise<void> {
  const [space, geo] = await Promise.all([
    types.some((type) => SPACE.includes(type)) ? import("./plotlySpace") : null,
    types.some((type) => GEO.includes(type)) ? import("./plotlyGeo") : null,
  ]);
  if (space) plotly.register(space.default);
  if (geo) plotly.register(geo.default);
}

export default plotly;

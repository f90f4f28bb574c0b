// The chunk of Plotly: its core (lines and points) with bars and boxes. Loaded when the first chart comes into sight.
import "./nonce";
import bar from "plotly.js/lib/bar";
import box from "plotly.js/lib/box";
import core from "plotly.js/lib/core";

export interface Plotly {
  register(traces: unknown[]): void;
  react(place: HTMLElement, data: unknown[], layout: object, config: object): Promise<unknown>;
  purge(place: HTMLElement): void;
  Fx: { hover(place: HTMLElement, points: { curveNumber: number; pointNumber: number }[]): void };
}

const plotly = core as unknown as Plotly;
plotly.register([bar, box]);

export default plotly;

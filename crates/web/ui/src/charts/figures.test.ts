// Figures of the server: their bytes, their words for the cursor, their ticks when a part is seen closer.
import { describe, expect, it } from "vitest";
import { forPage, legible, listOf, rowsOf, spared } from "./figures";
import { placesOf } from "./places";
import { automaticTicks, zoomedAxes } from "./zoom";

describe("a figure", () => {
  it("is read from bytes", () => {
    const bdata = btoa(String.fromCharCode(...new Uint8Array(new Float64Array([1.5, -2]).buffer)));
    expect(listOf({ dtype: "f8", bdata })).toEqual([1.5, -2]);
    expect(listOf({ dtype: "c9", bdata })).toEqual([]);
    expect(listOf(undefined)).toEqual([]);
  });
  it("that is small keeps its room for the marks: two rows of a legend, one figure on each step of a funnel", () => {
    const layout = { showlegend: true, margin: { t: 150, l: 4 }, legend: { title: { text: "S" } } };
    expect(spared(layout, 500)).toBe(layout);
    expect(spared(layout, 260)).toEqual({
      showlegend: true,
      margin: { t: 84, l: 4 },
      legend: { title: { text: "S" }, font: { size: 11 }, itemwidth: 30, maxheight: 62 },
    });
    const text = ["9", "6 · 67 % of the first", "3 · 33 % of the first · 50 % of the one before"];
    const last = (width: number) => listOf(legible([{ type: "bar", text }], width)[0]?.text)[2];
    expect([800, 500, 300].map(last)).toEqual([text[2], "3 · 33 % of the first", "3"]);
  });
  it("loses its title, which the page has, and the room for it", () => {
    const layout = { title: { text: "T", subtitle: { text: "S" } }, margin: { t: 86 }, xaxis: {} };
    const { layout: shown } = forPage({ data: [], layout });
    expect(shown.title).toBeUndefined();
    expect(shown.margin).toMatchObject({ t: 40 });
    expect(shown.dragmode).toBe("zoom");
    expect(forPage({ data: [], layout: { scene: {} } }).layout.dragmode).toBeUndefined();
  });
  it("knows its rows of small charts", () => {
    expect(rowsOf({ data: [], layout: {} })).toBe(1);
    const layout = { yaxis: { domain: [0.6, 1] }, yaxis2: { domain: [0.6, 1] }, yaxis3: { domain: [0, 0.4] } };
    expect(rowsOf({ data: [], layout })).toBe(2);
  });
});

describe("the cursor", () => {
  it("says what a hover says", () => {
    const data = [
      { type: "bar", x: ["Chile"], y: [3], hovertext: ["Chile<br><b>3</b>"], hoverinfo: "text" },
      { type: "scatter", x: [1], y: [2], hoverinfo: "skip" },
      {
        type: "scatter",
        name: "A",
        x: ["2025-01-01"],
        y: [2],
        hovertext: ["2 of 7"],
        hovertemplate: "%{x}<br>%{hovertext}<extra>%{fullData.name}</extra>",
      },
      { type: "pie", labels: ["a &lt; b"], values: [1234] },
    ];
    const layout = { xaxis: { tickvals: ["2025-01-01"], ticktext: ["Jan"] } };
    expect(placesOf({ data, layout })).toEqual([
      { trace: 0, point: 0, text: "Chile, 3" },
      { trace: 2, point: 0, text: "Jan, 2 of 7" },
      { trace: 3, point: 0, text: "a < b: 1,234" },
    ]);
  });
  it("stands on some of many values", () => {
    const x = Array.from({ length: 5_000 }, (_, i) => i);
    const places = placesOf({ data: [{ type: "scatter", x, y: x }], layout: {} });
    expect(places).toHaveLength(200);
    expect(places.at(-1)?.point).toBe(4_999);
  });
});

describe("zooming", () => {
  it("finds the axes that changed", () => {
    expect(zoomedAxes({ "xaxis.range[0]": 1, "xaxis.range[1]": 2, "yaxis2.range": [0, 1] })).toEqual([
      "xaxis",
      "yaxis2",
    ]);
    expect(zoomedAxes({ width: 300, "xaxis.tickmode": "auto" })).toEqual([]);
  });
  it("brings automatic ticks, except where ticks are names", () => {
    const layout = {
      xaxis: { type: "date", tickmode: "array", ticktext: ["Jan"] },
      yaxis: { type: "linear", tickmode: "array", ticktext: ["0", "10k"] },
      xaxis2: { type: "category", tickmode: "array" },
      yaxis2: { type: "linear", tickmode: "array", ticktext: ["Chile", "Peru"] },
      yaxis3: { type: "linear", tickmode: "auto" },
    };
    const change = automaticTicks(layout, Object.keys(layout));
    expect(Object.keys(change)).toEqual(["xaxis.tickmode", "xaxis.nticks", "yaxis.tickmode", "yaxis.nticks"]);
    expect(change["xaxis.tickmode"]).toBe("auto");
  });
});

it("a slice may be called like what every object has", () => {
  const { data } = forPage({
    data: [{ type: "pie", labels: ["a", "__proto__", "constructor"], values: [1, 2, 3] }],
    layout: {},
  });
  expect(data[0]?.labels).toEqual(["a", "__proto__\u200b", "constructor\u200b"]);
});

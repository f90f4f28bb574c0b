// What tests of charts share beside the builder: a chart to begin with, saving, boards, orders with countries.
import assert from "node:assert/strict";
import { orders, sample } from "./analyses.mjs";
import { LIMIT } from "./stage.mjs";

export { pick, preview, settled, watchSpecs, well } from "./builder.mjs";

// A year of orders in the builder.
export async function newChart(stage, page, search = "") {
  const { dataset } = await sample(page, []);
  await page.goto(`${stage.origin}/datasets/${dataset}/charts/new${search}`);
  await page.getByRole("radio", { name: "Bar", exact: true }).waitFor(LIMIT);
  return dataset;
}

export async function save(page, name) {
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Save the chart" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("heading", { level: 1, name, exact: true }).waitFor(LIMIT);
  return page.url().split("/charts/")[1].split("?")[0];
}

// Saves charts through the API; each is a name and a spec without its dataset.
export async function saveAll(ask, dataset, charts) {
  const ids = [];
  for (const [name, chart] of charts) {
    const answer = await ask("POST", "/api/v1/visualizations", { data: { name, chart: { dataset_id: dataset, ...chart } } });
    assert.equal(answer.status(), 201, `${JSON.stringify(chart)}: ${await answer.text()}`);
    ids.push((await answer.json()).id);
  }
  return ids;
}

// Waits until every chart of a board is there: drawn, or a table, and none an error.
export async function boardDrawn(page, count) {
  const tiles = () =>
    page.locator(".board-tile").evaluateAll((all) =>
      all.map((tile) => ({
        name: tile.querySelector("h2")?.textContent ?? "",
        error: tile.querySelector("[role=alert]")?.textContent,
        isDrawn: tile.querySelector('.chart-place[data-drawn="true"] .main-svg, .sheet table, .kpi .kpi-text') !== null,
      })),
    );
  const end = Date.now() + 3 * LIMIT.timeout;
  for (let found = await tiles(); ; found = await tiles()) {
    assert.deepEqual(found.filter(({ error }) => error), []);
    if (found.length === count && found.every(({ isDrawn }) => isDrawn)) return;
    assert.ok(Date.now() < end, `not drawn: ${JSON.stringify(found.filter(({ isDrawn }) => !isDrawn))} of ${found.length}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

const PLACES = [["Germany", 10, 51], ["France", 2, 47], ["United States", -95, 39], ["Japan", 138, 36], ["Brazil", -47, -15]];

// The orders with a country and a place for each, for maps.
export function ordersOfCountries(rows) {
  const [head, ...lines] = orders(rows).trim().split("\n");
  const placed = lines.map((line, i) => {
    const [country, longitude, latitude] = PLACES[(i * 7) % PLACES.length];
    return `${line},${country},${longitude + (i % 13) / 5},${latitude - (i % 11) / 5}`;
  });
  return `${[`${head},country,longitude,latitude`, ...placed].join("\n")}\n`;
}

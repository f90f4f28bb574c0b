// Marks of charts stand for exactly their rows; single numbers and annotations are what the server and the person say.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sample } from "./analyses.mjs";
import { preview, settled, watchSpecs } from "./builder.mjs";
import { LIMIT, person } from "./people.mjs";
import { check, Stage } from "./stage.mjs";

let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

// Charts whose marks count rows, with the number of rows that the last mark tells.
const COUNTS = [
  { kind: "histogram", x: { column: "price" } },
  { kind: "bar", x: { column: "price", bin: { count: 8 } }, color: { column: "region" }, facet: { column: "rating" } },
  { kind: "bar", x: { column: "ordered_at", granularity: "month" }, color: { column: "product" } },
  { kind: "line", x: { column: "price", bin: { width: 20 } }, y: [{ aggregate: "count" }], facet: { column: "region" } },
  { kind: "pie", x: { column: "ordered_at", granularity: "quarter" } },
  { kind: "waterfall", x: { column: "ordered_at", granularity: "month" }, y: [{ aggregate: "count" }] },
  { kind: "treemap", rows: [{ column: "region" }, { column: "product" }] },
];

test("a mark filters by exactly the rows that it stands for", { timeout: 180_000 }, async () => {
  const { page, ask } = await person(stage, "wilma");
  const { dataset } = await sample(page, []);
  const specs = watchSpecs(page);
  const rowsOf = async (filter) => {
    const chart = { kind: "number", dataset_id: dataset, y: [{ aggregate: "count" }], filter };
    const { items } = await (await ask("POST", "/api/v1/visualizations/chart", { data: { charts: [chart] } })).json();
    return items[0].chart.figure.data[0].value;
  };
  for (const chart of COUNTS) {
    const saved = await ask("POST", "/api/v1/visualizations", { data: { name: chart.kind, chart: { dataset_id: dataset, ...chart } } });
    assert.equal(saved.status(), 201, await saved.text());
    await page.goto(`${stage.origin}/charts/${(await saved.json()).id}`);
    await settled(page);
    const cursor = page.getByRole("slider", { name: /^Values of / });
    await cursor.focus();
    await page.keyboard.press("End");
    // The last bar of a waterfall is the total.
    if (chart.kind === "waterfall") await page.keyboard.press("ArrowLeft");
    const said = await cursor.getAttribute("aria-valuetext");
    const [count] = /[\d,]+/.exec(said.slice(said.lastIndexOf(": ")));
    await page.keyboard.press("Enter");
    await preview(page).locator(".chip").first().waitFor(LIMIT);
    await settled(page);
    const { filter } = specs.at(-1);
    assert.equal(await rowsOf(filter), Number(count.replaceAll(",", "")), `${chart.kind} ${said} ${JSON.stringify(filter)}`);
  }
});

test("a number is told as the server's pictures tell it; annotations are changed where they stand", async () => {
  const { page, ask } = await person(stage, "xaver");
  const { dataset } = await sample(page, []);
  const make = async (chart) => {
    const saved = await ask("POST", "/api/v1/visualizations", { data: { name: chart.kind, chart: { dataset_id: dataset, ...chart } } });
    assert.equal(saved.status(), 201, await saved.text());
    return (await saved.json()).id;
  };
  const revenue = { column: "revenue", aggregate: "sum" };
  const id = await make({ kind: "number", x: { column: "ordered_at", granularity: "month" }, y: [revenue], options: { comparison: "previous" } });
  await page.goto(`${stage.origin}/charts/${id}`);
  const text = await page.locator(".kpi-text").innerText(LIMIT);
  const change = await page.locator(".kpi-change").innerText();
  const picture = await (await ask("GET", `/api/v1/visualizations/${id}/export?format=svg`)).text();
  assert.ok(picture.includes(`>${text}<`), text);
  assert.ok(picture.includes(change.replace(/^[▲▼]\s*/, "")), change);
  assert.ok((await page.locator(".kpi-course polyline").getAttribute("points")).split(" ").length > 6);
  const cursor = page.getByRole("slider", { name: /^Values of / });
  await cursor.focus();
  await page.keyboard.press("Home");
  assert.match(await cursor.getAttribute("aria-valuetext"), /^Jan 2025: [\d,.]+$/);
  await check(page);

  const specs = watchSpecs(page);
  const bars = await make({ kind: "bar", x: { column: "region" }, annotations: [{ kind: "line", axis: "y", at: 100, text: "Goal" }] });
  await page.goto(`${stage.origin}/charts/${bars}`);
  await settled(page);
  await page.getByRole("tab", { name: "Annotations (1)" }).click();
  await page.getByRole("button", { name: "Change the annotation: Goal: y = 100" }).click(LIMIT);
  const dialog = page.getByRole("dialog", { name: "Change the annotation" });
  assert.equal(await dialog.getByLabel("Text", { exact: true }).last().inputValue(), "Goal");
  await dialog.getByLabel("At", { exact: true }).fill("250");
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("button", { name: "Change the annotation: Goal: y = 250" }).waitFor(LIMIT);
  await settled(page);
  assert.deepEqual(specs.at(-1).annotations, [{ kind: "line", axis: "y", at: 250, text: "Goal" }]);
});

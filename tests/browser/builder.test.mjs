// Every part of the builder's forms: what is set there is what the server is asked and what the picture shows; the whole
// window for a chart, and its pictures in double size and without a background.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { newChart, pick, preview, settled, watchSpecs, well } from "./charts.mjs";
import { assertQuiet, LIMIT, person } from "./people.mjs";
import { Stage } from "./stage.mjs";

let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

// Waits until what Plotly has drawn in the preview is as asked: a function of the element and one value. It is asked from
// outside, since the policy of the page forbids to make functions of texts within.
async function picture(page, isSo, value) {
  const place = page.locator(".preview .chart-place");
  const end = Date.now() + LIMIT.timeout;
  while (!(await place.evaluate(isSo, value).catch(() => false))) {
    assert.ok(Date.now() < end, `the picture never was as asked: ${isSo}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

const kind = (page, name) => page.getByRole("radio", { name, exact: true }).click();
const tab = (page, name) => page.getByRole("tab", { name }).click();

// Opens what can be said about a column in a field, does it, and closes the form again.
async function settings(page, channel, column, say) {
  await well(page, channel).getByRole("button", { name: new RegExp(`^${column}`) }).first().click();
  await say(page.getByRole("dialog", { name: column }));
  await page.keyboard.press("Escape");
  await page.getByRole("dialog", { name: column }).waitFor({ state: "detached", ...LIMIT });
}

async function scatter(page) {
  await newChart(stage, page);
  await kind(page, "Scatter");
  await pick(page, "X axis", "price");
  await pick(page, "Y axis", "revenue");
  await settled(page);
}

test("a trend line and its window are asked and drawn", async () => {
  const { page, complaints } = await person(stage, "wanda");
  const specs = watchSpecs(page);
  await scatter(page);
  complaints.length = 0;
  await tab(page, "Look");
  const trend = page.getByLabel("Trend line");
  await trend.selectOption("linear");
  await picture(page, (place) => place._fullData.some(({ name }) => /^Linear trend/.test(name)));
  assert.deepEqual(specs.at(-1).options, { trend: { method: "linear" } });
  await trend.selectOption("theil_sen");
  await picture(page, (place) => place._fullData.some(({ name }) => /^Theil–Sen trend/.test(name)));
  await trend.selectOption("moving_average");
  await page.getByLabel("Marks in the average").fill("25");
  await picture(page, (place) => place._fullData.some(({ name }) => /^Moving average/.test(name)));
  await settled(page);
  assert.deepEqual(specs.at(-1).options, { trend: { method: "moving_average", window: 25 } });
  await trend.selectOption("");
  await picture(page, (place) => place._fullData.every(({ name }) => !/trend|average/.test(name)));
  assertQuiet(complaints);
});

test("a logarithmic axis and a scale of colours are asked and drawn", async () => {
  const { page, complaints } = await person(stage, "xenia");
  const specs = watchSpecs(page);
  await scatter(page);
  complaints.length = 0;
  for (const [channel, column, axis] of [["X axis", "price", "xaxis"], ["Y axis", "revenue", "yaxis"]]) {
    await settings(page, channel, column, (form) => form.getByRole("switch", { name: "Logarithmic axis" }).click());
    await well(page, channel).getByText("log").waitFor(LIMIT);
    await picture(page, (place, name) => place._fullLayout[name].type === "log", axis);
  }
  assert.deepEqual(specs.at(-1).x, { column: "price", scale: "log" });
  assert.deepEqual(specs.at(-1).y, [{ column: "revenue", scale: "log" }]);
  await pick(page, "Colour", "units");
  const scale = (place) => JSON.stringify(place._fullLayout.coloraxis?.colorscale ?? place._fullData[0].marker.colorscale ?? null);
  await picture(page, (place) => (place._fullLayout.coloraxis?.colorscale ?? place._fullData[0].marker.colorscale)?.length > 1);
  const sequential = await page.locator(".preview .chart-place").evaluate(scale);
  await tab(page, "Look");
  await page.getByLabel("Colour scale").selectOption("diverging");
  const changed = (place, old) => JSON.stringify(place._fullLayout.coloraxis?.colorscale ?? place._fullData[0].marker.colorscale ?? null) !== old;
  await picture(page, changed, sequential);
  assert.deepEqual(specs.at(-1).options, { color_scale: "diverging" });
  assertQuiet(complaints);
});

test("the period of a time is chosen in its form; lines, regions and texts are put on the chart and taken off", async () => {
  const { page, complaints } = await person(stage, "yvonne");
  const specs = watchSpecs(page);
  await newChart(stage, page);
  complaints.length = 0;
  await kind(page, "Line");
  await pick(page, "X axis", "ordered_at");
  await pick(page, "Y axis", "revenue");
  await settled(page);
  for (const [period, words, marks] of [["quarter", "by quarter", 4], ["month", "by month", 12]]) {
    await settings(page, "X axis", "ordered_at", (form) => form.getByLabel("Period").selectOption(period));
    await well(page, "X axis").getByText(words).waitFor(LIMIT);
    await picture(page, (place, wanted) => place._fullData[0].x.length === wanted, marks);
    assert.deepEqual(specs.at(-1).x, { column: "ordered_at", granularity: period });
  }

  await tab(page, /^Annotations \(0\)/);
  const dialog = page.getByRole("dialog", { name: "Add an annotation" });
  const put = async (form, axis, fields) => {
    await page.getByRole("button", { name: "Add an annotation" }).click();
    await dialog.getByText(form, { exact: true }).first().click();
    if (axis) await dialog.getByText(axis, { exact: true }).click();
    for (const [label, value] of Object.entries(fields)) await dialog.getByRole("textbox", { name: label, exact: true }).fill(value);
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    await dialog.waitFor({ state: "detached", ...LIMIT });
  };
  await put("Line", "Y axis", { At: "24000", Text: "Goal" });
  await put("Region", "X axis", { From: "2025-03-01", To: "2025-05-31", Text: "Spring" });
  await put("Text", null, { "At x": "2025-09-01", "At y": "24000", Text: "Fair <b>opens</b>" });
  await page.getByRole("tab", { name: "Annotations (3)" }).waitFor(LIMIT);
  const texts = (place, wanted) => wanted.every((text) => place._fullLayout.annotations.some((one) => one.text.includes(text)));
  await picture(page, texts, ["Goal", "Spring", "Fair"]);
  await picture(page, (place) => place._fullLayout.shapes.length === 2);
  assert.deepEqual(specs.at(-1).annotations, [
    { kind: "line", axis: "y", at: 24000, text: "Goal" },
    { kind: "region", axis: "x", from: "2025-03-01", to: "2025-05-31", text: "Spring" },
    { kind: "text", x: "2025-09-01", y: 24000, text: "Fair <b>opens</b>" },
  ]);
  // What was typed is text, not letters in bold.
  const drawn = page.locator(".preview .annotation-text");
  await drawn.filter({ hasText: "Fair <b>opens</b>" }).waitFor(LIMIT);
  await page.getByRole("button", { name: "Remove the annotation: Goal: y = 24000" }).click();
  await picture(page, (place) => place._fullLayout.shapes.length === 1);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await drawn.filter({ hasText: "Goal" }).waitFor(LIMIT);
  assertQuiet(complaints);
});

test("a chart takes the whole window, and is taken along in double size and without a background", async () => {
  const { page, complaints } = await person(stage, "zora");
  await newChart(stage, page);
  complaints.length = 0;
  await pick(page, "X axis", "product");
  await settled(page);
  const small = await preview(page).locator(".chart-place").boundingBox();
  await page.getByRole("button", { name: /^Full screen: / }).click();
  const whole = page.getByRole("dialog");
  await whole.locator('.chart-place[data-drawn="true"] .main-svg').first().waitFor(LIMIT);
  const large = await whole.locator(".chart-place").boundingBox();
  assert.ok(large.width > small.width && large.height > small.height, JSON.stringify([small, large]));
  await page.keyboard.press("Escape");
  await whole.waitFor({ state: "detached", ...LIMIT });

  const size = async (item) => {
    await page.getByRole("button", { name: "Export", exact: true }).click();
    const menu = page.getByRole("menu");
    const saving = page.waitForEvent("download", LIMIT);
    await menu.getByRole("menuitem", { name: item, exact: true }).click(LIMIT);
    const bytes = await readFile(await (await saving).path());
    await menu.waitFor({ state: "detached", ...LIMIT });
    return page.evaluate(cornerOf, bytes.toString("base64"));
  };
  assert.deepEqual(await size("Picture (PNG)"), { width: 960, height: 540, alpha: 255 });
  assert.deepEqual(await size("Picture, double size (PNG)"), { width: 1920, height: 1080, alpha: 255 });
  assert.deepEqual(await size("Picture without background (PNG)"), { width: 1920, height: 1080, alpha: 0 });
  assertQuiet(complaints);
});

// How large a picture is, and how opaque in its corner.
async function cornerOf(base64) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const canvas = new OffscreenCanvas(4, 4);
  const context = canvas.getContext("2d");
  context.drawImage(picture, 0, 0);
  return { width: picture.width, height: picture.height, alpha: context.getImageData(1, 1, 1, 1).data[3] };
}

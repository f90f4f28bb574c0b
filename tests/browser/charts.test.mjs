// Charts from end to end: built by keyboard, by dragging, from suggestions; errors at their fields; filtered by clicks,
// undone, zoomed, read as a table, taken along, saved, versioned, shared, deleted; all of it in both modes and widths.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { drawn, sample } from "./analyses.mjs";
import { boardDrawn, newChart, ordersOfCountries, pick, preview, save, saveAll, settled, watchSpecs, well } from "./charts.mjs";
import { assertQuiet, LIMIT, person } from "./people.mjs";
import { check, fits, LOOKS, look, Stage } from "./stage.mjs";

let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

test("with the keyboard alone a chart is built, changed, undone, and read value by value", async () => {
  const { page, complaints } = await person(stage, "olga");
  const specs = watchSpecs(page);
  await newChart(stage, page);
  complaints.length = 0;
  await page.getByText("What does the bar chart show?").waitFor(LIMIT);
  await pick(page, "X axis", "product");
  await pick(page, "Y axis", "revenue");
  await settled(page);
  await page.getByRole("radio", { name: "Bar", exact: true }).focus();
  await page.keyboard.press("ArrowRight");
  await page.getByRole("radio", { name: "Scatter", exact: true, checked: true }).waitFor(LIMIT);
  await page.keyboard.press("ArrowLeft");
  await settled(page);
  assert.deepEqual(specs.at(-1).y, [{ column: "revenue", aggregate: "sum" }]);
  await well(page, "Y axis").getByRole("button", { name: /^revenue/ }).focus();
  await page.keyboard.press("Enter");
  const form = page.getByRole("dialog", { name: "revenue" });
  await form.getByLabel("Figure").selectOption("mean");
  await page.keyboard.press("Escape");
  await well(page, "Y axis").getByText("mean").waitFor(LIMIT);
  await page.keyboard.press("Control+z");
  await well(page, "Y axis").getByText("sum").waitFor(LIMIT);
  await page.keyboard.press("Control+Shift+Z");
  await well(page, "Y axis").getByText("mean").waitFor(LIMIT);
  await settled(page);
  const cursor = page.getByRole("slider", { name: /^Values of / });
  await cursor.focus();
  const first = await cursor.getAttribute("aria-valuetext");
  await page.keyboard.press("ArrowRight");
  assert.notEqual(await cursor.getAttribute("aria-valuetext"), first);
  await page.keyboard.press("Enter");
  await preview(page).locator(".chip").filter({ hasText: /^product is / }).waitFor(LIMIT);
  // What was built stands in the address.
  await page.waitForURL(/chart=s/, LIMIT);
  await page.reload();
  await well(page, "Y axis").getByText("mean").waitFor(LIMIT);
  await settled(page);
  assertQuiet(complaints);
});

test("columns are dragged into fields, which refuse what they do not take and say why", async () => {
  const { page } = await person(stage, "pia");
  await newChart(stage, page);
  const column = (name) => page.getByRole("region", { name: "Columns", exact: true }).getByRole("button", { name: new RegExp(`^${name}`) });
  await column("region").dragTo(well(page, "X axis"));
  await well(page, "X axis").getByRole("button", { name: /^region/ }).first().waitFor(LIMIT);
  await settled(page);
  await page.getByRole("radio", { name: "Histogram", exact: true }).click();
  const from = await column("product").boundingBox();
  const to = await well(page, "X axis").boundingBox();
  await page.mouse.move(from.x + 20, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(to.x + 40, to.y + 20, { steps: 5 });
  await well(page, "X axis").getByText("product holds text values; this takes numbers.").waitFor(LIMIT);
  await page.mouse.up();
  assert.equal(await well(page, "X axis").locator(".pill").count(), 0);
  await column("price").dragTo(well(page, "X axis"));
  await well(page, "X axis").getByRole("button", { name: /^price/ }).first().click();
  const form = page.getByRole("dialog", { name: "price" });
  await form.getByText("Number of classes", { exact: true }).click();
  await form.getByRole("slider").focus();
  await page.keyboard.press("ArrowRight");
  await well(page, "X axis").getByText("21 classes").waitFor(LIMIT);
  await page.keyboard.press("Escape");
  await settled(page);
});

test("suggestions suit the chosen columns, and what the server finds wrong stands at its field", async () => {
  const { page } = await person(stage, "rosa");
  const specs = watchSpecs(page);
  const dataset = await newChart(stage, page, "");
  const columns = page.getByRole("region", { name: "Columns", exact: true });
  await columns.getByRole("button", { name: /^ordered_at/ }).click();
  await columns.getByRole("button", { name: /^revenue/ }).click();
  await page.getByRole("button", { name: "revenue by month of ordered_at" }).click();
  await settled(page);
  assert.equal(specs.at(-1).kind, "line");
  assert.deepEqual(specs.at(-1).x, { column: "ordered_at", granularity: "month" });
  // The address of a chart of a column that has gone.
  await page.goto(`${stage.origin}/datasets/${dataset}?tab=columns`);
  await page.getByRole("link", { name: "Chart this column: price", exact: true }).click(LIMIT);
  await page.getByRole("radio", { name: "Histogram", exact: true, checked: true }).waitFor(LIMIT);
  await settled(page);
  await well(page, "X axis").getByRole("button", { name: /^price/ }).first().click();
  const form = page.getByRole("dialog", { name: "price" });
  await form.getByText("Width of a class", { exact: true }).click();
  await form.getByRole("textbox", { name: "Width of a class" }).fill("0.0000001");
  await page.keyboard.press("Escape");
  const tooMany = /Bins of width 0\.0000001 over [\d.]+ to [\d.]+ would be more than [\d,]+\. Choose a larger width\.$/;
  await well(page, "X axis").getByRole("alert").filter({ hasText: tooMany }).waitFor(LIMIT);
  // It is told beside the chart too, where the field may be out of sight, by the field's name.
  await preview(page).getByRole("listitem").filter({ hasText: new RegExp(`^X axis: ${tooMany.source}`) }).waitFor(LIMIT);
  assert.equal(await page.getByText("/x/bin").count(), 0);
  await page.goto(`${stage.origin}/datasets/${dataset}/charts/new`);
  await page.getByRole("radio", { name: "World map", exact: true }).click(LIMIT);
  await pick(page, "X axis", "product");
  const noCountry = 'No value of column "product" names a country ("Alpine shell" is the first): a world map takes ISO 3166 codes or English names.';
  await well(page, "X axis").getByRole("alert").filter({ hasText: noCountry }).waitFor(LIMIT);
  assert.equal(await page.getByText("Correct the chart at").count(), 0);
});

test("a click on a mark filters, with Shift several; the filter leads to the rows; zooming brings automatic ticks", async () => {
  const { page } = await person(stage, "sofia");
  await newChart(stage, page);
  await pick(page, "X axis", "region");
  await settled(page);
  const bar = async (at) => {
    const box = await page.locator(".chart-place .points .point path").nth(at).boundingBox();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  await page.mouse.click(...(await bar(1)));
  const chips = preview(page).locator(".chip");
  await chips.filter({ hasText: /^region is (North|South|East|West)/ }).waitFor(LIMIT);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await chips.first().waitFor({ state: "detached", ...LIMIT });
  await settled(page);
  await page.keyboard.down("Shift");
  await page.mouse.click(...(await bar(0)));
  await page.getByText("Release Shift to filter.").waitFor(LIMIT);
  // Two clicks in quick succession would be a double click.
  await page.waitForTimeout(400);
  await page.mouse.click(...(await bar(2)));
  await page.getByRole("status").filter({ hasText: /region is \w+; region is \w+/ }).waitFor(LIMIT);
  await page.keyboard.up("Shift");
  await chips.filter({ hasText: /^region is one of \w+, \w+/ }).waitFor(LIMIT);
  await settled(page);
  await page.getByRole("radio", { name: "Scatter", exact: true }).click();
  await pick(page, "X axis", "price");
  await pick(page, "Y axis", "revenue");
  await settled(page);
  const tickMode = () => page.locator(".chart-place").evaluate((place) => place._fullLayout.xaxis.tickmode);
  assert.equal(await tickMode(), "array");
  const plot = await page.locator(".chart-place .nsewdrag").first().boundingBox();
  await page.mouse.move(plot.x + plot.width * 0.3, plot.y + plot.height * 0.3);
  await page.mouse.down();
  await page.mouse.move(plot.x + plot.width * 0.6, plot.y + plot.height * 0.7, { steps: 8 });
  await page.mouse.up();
  await page.waitForFunction(() => document.querySelector(".chart-place")._fullLayout.xaxis.tickmode === "auto", undefined, LIMIT);
  await page.getByRole("button", { name: "Reset zoom" }).click();
  await page.waitForFunction(() => document.querySelector(".chart-place")._fullLayout.xaxis.tickmode === "array", undefined, LIMIT);
  await page.getByRole("link", { name: "Show these rows" }).click();
  await page.getByRole("grid").waitFor(LIMIT);
  await page.locator(".chip").filter({ hasText: /^region is one of / }).waitFor(LIMIT);
});

test("a chart is saved, changed, versioned, shared with a person who may only look, taken along, and deleted", async () => {
  const { page, complaints } = await person(stage, "tilda");
  const other = await person(stage, "ulla");
  await newChart(stage, page);
  complaints.length = 0;
  await pick(page, "X axis", "product");
  await settled(page);
  const id = await save(page, "Orders by product");
  await settled(page);
  await page.getByRole("radio", { name: "Pie", exact: true }).click();
  await page.getByText("Not saved", { exact: true }).waitFor(LIMIT);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Not saved", { exact: true }).waitFor({ state: "detached", ...LIMIT });

  await page.getByRole("button", { name: "Export", exact: true }).click();
  const menu = page.getByRole("menu");
  for (const [item, name] of [["Picture (PNG)", "png"], ["Vector picture (SVG)", "svg"], ["Document (PDF)", "pdf"], ["Figures (CSV)", "csv"], ["Plotly figure (JSON)", "json"]]) {
    if (!(await menu.isVisible())) await page.getByRole("button", { name: "Export", exact: true }).click();
    const saving = page.waitForEvent("download", LIMIT);
    await menu.getByRole("menuitem", { name: item, exact: true }).click(LIMIT);
    assert.ok((await saving).suggestedFilename().endsWith(`.${name}`));
    await menu.waitFor({ state: "detached", ...LIMIT });
  }
  await page.getByRole("button", { name: "View as table" }).click();
  await page.getByRole("cell", { name: "Alpine shell" }).waitFor(LIMIT);
  await page.getByRole("button", { name: "View as chart" }).click();

  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Versions" }).click(LIMIT);
  await page.getByRole("dialog", { name: "Versions" }).getByRole("link", { name: "Version 1", exact: true }).click(LIMIT);
  await page.getByText("This is version 1, not the newest").waitFor(LIMIT);
  await drawn(page);
  await page.getByRole("button", { name: "Restore this version" }).click();
  await page.getByRole("radio", { name: "Bar", exact: true, checked: true }).waitFor(LIMIT);
  await page.getByText(/version 3/).first().waitFor(LIMIT);

  await page.getByRole("button", { name: "Share", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Who may look at this chart" });
  await dialog.getByLabel("User name").fill("nobody-of-that-name");
  await dialog.getByRole("button", { name: "Share", exact: true }).click();
  await dialog.locator("[aria-invalid=true]").waitFor(LIMIT);
  await dialog.getByLabel("User name").fill("ulla");
  await dialog.getByRole("button", { name: "Share", exact: true }).click();
  await dialog.getByRole("button", { name: "Stop sharing with ulla" }).waitFor(LIMIT);
  await page.keyboard.press("Escape");

  await other.page.goto(`${stage.origin}/charts?scope=shared`);
  await other.page.getByRole("link", { name: "Orders by product" }).click(LIMIT);
  await other.page.getByText(/shared by tilda/).waitFor(LIMIT);
  await drawn(other.page);
  assert.equal(await other.page.getByRole("radio").count(), 0);
  assert.equal(await other.page.getByRole("button", { name: "Save", exact: true }).count(), 0);

  await page.getByRole("button", { name: "Share", exact: true }).click();
  await dialog.getByRole("button", { name: "Stop sharing with ulla" }).click(LIMIT);
  await dialog.getByText("Only you can see this chart").waitFor(LIMIT);
  await page.keyboard.press("Escape");
  await other.page.goto(`${stage.origin}/charts/${id}`);
  await other.page.getByText("There is no such page").waitFor(LIMIT);

  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click(LIMIT);
  const rename = page.getByRole("dialog", { name: "Rename" });
  await rename.getByLabel("Name").fill("By product");
  await rename.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "By product" }).waitFor(LIMIT);
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click(LIMIT);
  await page.getByRole("dialog", { name: "Delete the chart?" }).getByRole("button", { name: "Delete", exact: true }).click(LIMIT);
  await page.getByRole("heading", { level: 1, name: "Charts" }).waitFor(LIMIT);
  await page.getByText("No chart yet").waitFor(LIMIT);
  // A share with nobody is refused, which the browser logs.
  assertQuiet(complaints, ["422", "404"]);
});

test("every kind is drawn on a board within the policy, and every page of charts is accessible", { timeout: 300_000 }, async () => {
  const { page, ask, complaints } = await person(stage, "vera");
  const { dataset } = await sample(page, [], ordersOfCountries(1_500));
  complaints.length = 0;
  const { items } = await (await ask("GET", "/api/v1/visualizations/kinds")).json();
  assert.equal(items.length, 20);
  const names = { unit_price: "price", quantity: "units", ordered_on: "ordered_at" };
  const translated = (example) => JSON.parse(JSON.stringify(example), (_, value) => names[value] ?? value);
  const places = { x: { column: "longitude" }, y: [{ column: "latitude" }] };
  const charts = items.map(({ name, title, example }) => [title, { kind: name, ...(name === "point_map" ? places : translated(example)) }]);
  const ids = await saveAll(ask, dataset, charts);
  const board = `/charts/board?ids=${ids.join(",")}`;
  const tile = (title) => page.locator(".board-tile").filter({ has: page.getByRole("heading", { name: title, exact: true }) });
  const drawnOn = {
    [board]: () => boardDrawn(page, items.length),
    "/charts": () => page.locator(".chart-card").nth(items.length - 1).waitFor(LIMIT),
    [`/charts/${ids[0]}`]: () => settled(page),
    [`/datasets/${dataset}/charts/new`]: () => page.getByText("What does the bar chart show?").waitFor(LIMIT),
  };
  for (const [address, isThere] of Object.entries(drawnOn)) {
    await page.goto(stage.origin + address);
    await page.locator("h1").waitFor(LIMIT);
    for (const each of LOOKS) {
      await look(page, each);
      await isThere();
      await fits(page, address);
      await check(page);
    }
    if (address !== board) continue;
    // Five countries have a colour, and their lands are drawn.
    const lands = tile("World map").locator(".choroplethlayer path");
    await lands.nth(4).waitFor({ state: "attached", ...LIMIT });
    assert.equal(await lands.count(), 5);
    assert.ok((await tile("Point map").locator(".scattergeo path").count()) > 100);
  }
  // A server that is asked for much at once asks for patience, which the browser logs and the app has; pages that follow
  // each other fast have more event streams open than the server allows a person.
  assertQuiet(complaints, ["503 (Service Unavailable)", "429 (Too Many Requests) /api/v1/events"]);
});

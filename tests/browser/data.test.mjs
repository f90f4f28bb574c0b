// Datasets from the first file to the last version: options of reading, failures, what was left out, names, the bin,
// versions, and the fewest clicks to a histogram.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertQuiet, dataset, LIMIT, lookFirst, openUpload, person, upload } from "./people.mjs";
import { Stage } from "./stage.mjs";

let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

const GERMAN = `Artikel;Preis;Datum\n${Array.from({ length: 60 }, (_, i) => `Stift ${i};1.2${(i % 90) + 10},50;${(i % 28) + 1}.02.2024`).join("\n")}\n`;

test("a file is looked at, read with other options, and read again as a new version", async () => {
  const { page, complaints } = await person(stage, "ada");
  await lookFirst(page, "artikel.csv", GERMAN);
  await page.getByText("has not been read").waitFor(LIMIT);
  const preview = page.getByRole("region", { name: "The first rows as they would be stored" }).first();
  await preview.getByText("The whole file: 60 rows, 3 columns.").waitFor(LIMIT);
  assert.equal(await page.getByLabel("Separator").getAttribute("placeholder"), "Detected: ;");
  assert.match(await page.getByLabel("Decimal mark").locator("option").first().textContent(), /comma/);
  assert.equal(await preview.getByRole("row").count(), 51, "fifty rows and their head");

  // Each choice shows at once what it does.
  await preview.getByLabel("Type of Preis").selectOption("text");
  await preview.getByRole("cell", { name: "1.210,50" }).waitFor(LIMIT);
  await page.getByLabel("Header").selectOption("false");
  await preview.getByText("The whole file: 61 rows").waitFor(LIMIT);
  await page.getByRole("button", { name: "As detected" }).click();
  await preview.getByText("The whole file: 60 rows").waitFor(LIMIT);
  await page.getByLabel("Separator").fill("ab");
  await page.getByRole("alert").getByText(/Give one ASCII character/).waitFor(LIMIT);
  assert.ok(await page.getByRole("button", { name: "Read the file" }).isDisabled());
  await page.getByLabel("Separator").fill("");
  await preview.getByLabel("Type of Preis").selectOption("text");
  await preview.getByRole("cell", { name: "1.210,50" }).waitFor(LIMIT);
  await page.getByRole("button", { name: "Read the file" }).click();
  await page.getByRole("gridcell", { name: "1.210,50" }).waitFor(LIMIT);

  await page.getByRole("tab", { name: "How it is read" }).click();
  await page.getByRole("button", { name: "Read again as a new version" }).click(LIMIT);
  await page.getByText("version 2").waitFor(LIMIT);
  await page.getByRole("tab", { name: "Rows" }).click();
  await page.getByRole("gridcell", { name: "1,210.5", exact: true }).waitFor(LIMIT);
  await page.getByRole("tab", { name: "Versions" }).click();
  const look = page.getByRole("tabpanel").getByRole("link", { name: "Look" });
  await look.waitFor(LIMIT);
  assert.equal(await page.getByRole("tabpanel").getByRole("row").count(), 3);
  await look.click();
  await page.getByText("This is version 1, not the newest").waitFor(LIMIT);
  await page.getByRole("gridcell", { name: "1.210,50" }).waitFor(LIMIT);
  await page.getByRole("link", { name: "To the newest version" }).click();
  await page.getByRole("gridcell", { name: "1,210.5", exact: true }).waitFor(LIMIT);
  assertQuiet(complaints, ["422"]);
});

test("a file that fails says where and why, takes the suggested fix, and shows what was left out", async () => {
  const { page, complaints, ask } = await person(stage, "berta");
  await upload(page, "notes.csv", "id,word\n1,a\n2\n3,c\n");
  await openUpload(page);
  const alert = page.getByRole("alert").filter({ hasText: "could not be read" });
  await alert.getByText("Line 3, column word").waitFor(LIMIT);
  await alert.getByRole("cell", { name: "Line 3 has 1 field, but the header has 2." }).waitFor(LIMIT);
  await page.getByRole("button", { name: "Allow 34 %" }).click(LIMIT);
  await page.getByRole("button", { name: "Read the file" }).click();
  await page.getByRole("tab", { name: "Left out (1)" }).click(LIMIT);
  await page.getByText("3 rows in the file = 2 stored + 1 left out").waitFor(LIMIT);
  const row = page.getByRole("tabpanel").getByRole("row").nth(1);
  assert.deepEqual(await row.getByRole("cell").allTextContents(), [
    "3", "word", "–", "Line 3 has 1 field, but the header has 2.", "2",
  ]);
  const href = await page.getByRole("link", { name: "Download all as CSV" }).getAttribute("href");
  assert.match(await (await ask("GET", href)).text(), /^line,column,value,reason,detail,text\r\n3,word,,field_count,/);
  assertQuiet(complaints);
});

test("a dataset is renamed, described, deleted, taken back, and deleted for good", async () => {
  const { page, complaints, ask } = await person(stage, "clara");
  const { id } = await dataset(ask, "old.csv", "a,b\n1,2\n");
  await page.goto(`${stage.origin}/datasets/${id}`);
  await page.getByRole("button", { name: "Edit" }).click(LIMIT);
  await page.getByRole("textbox", { name: "Name" }).fill("Shops 2026");
  await page.getByRole("textbox", { name: "Description" }).fill("All shops.\nFrom the till.");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("heading", { name: "Shops 2026" }).waitFor(LIMIT);
  await page.getByText("From the till.").waitFor(LIMIT);

  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Undo" }).click(LIMIT);
  await page.getByRole("link", { name: "Shops 2026" }).click(LIMIT);
  await page.getByRole("button", { name: "Delete" }).click(LIMIT);
  await page.getByText("No dataset yet").waitFor(LIMIT);
  await page.getByRole("link", { name: "Bin" }).click();
  await page.getByRole("button", { name: "Restore" }).click(LIMIT);
  await page.getByText("The bin is empty").waitFor(LIMIT);
  await ask("DELETE", `/api/v1/datasets/${id}`);
  await page.reload();
  await page.getByRole("button", { name: "Delete for good: Shops 2026" }).click(LIMIT);
  await page.getByRole("dialog").getByRole("button", { name: "Delete for good" }).click();
  await page.getByText("The bin is empty").waitFor(LIMIT);
  assert.equal((await ask("POST", `/api/v1/datasets/${id}/restore`)).status(), 404);
  assertQuiet(complaints);
});

test("several files are dropped anywhere on the page: on its left half to be read, on its right half to be looked at", async () => {
  const { page, complaints, ask } = await person(stage, "emil");
  await page.goto(`${stage.origin}/jobs`);
  await page.getByText("No job yet").waitFor(LIMIT);
  const all = async () => (await (await ask("GET", "/api/v1/datasets?sort=name")).json()).items;
  await drop(page, 0.25, "Drop here to upload", [["autumn.csv", "a,b\n1,2\n"], ["spring.csv", "a\n1\n2\n"], ["winter.json", '[{"a": 1}]']]);
  const uploads = page.getByRole("region", { name: "Uploads" });
  await uploads.getByRole("link", { name: "Open" }).nth(2).waitFor(LIMIT);
  assert.deepEqual((await all()).map(({ name, status, version }) => [name, status, version?.rows]), [
    ["autumn", "ready", 1], ["spring", "ready", 2], ["winter", "ready", 1],
  ]);
  for (let left = 3; left > 0; left--) await uploads.getByRole("button", { name: /^Close: / }).first().click();
  await uploads.waitFor({ state: "detached", ...LIMIT });
  await drop(page, 0.75, "Drop here to look first", [["zebra.csv", "a;b\n1;2\n"]]);
  await page.getByText("has not been read").waitFor(LIMIT);
  assert.deepEqual((await all()).map(({ name, status }) => [name, status]).at(-1), ["zebra", "uploaded"]);
  assertQuiet(complaints);
});

// Drags files over the page until it says what it would do with them, then drops them. `across` is how far to the right.
async function drop(page, across, words, files) {
  await page.evaluate(
    ([part, given]) => {
      const dataTransfer = new DataTransfer();
      for (const [name, text] of given) dataTransfer.items.add(new File([text], name));
      const fire = (type) =>
        document.body.dispatchEvent(
          new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer, clientX: innerWidth * part, clientY: 300 }),
        );
      const dragging = setInterval(fire, 50, "dragover");
      window.letGo = () => {
        clearInterval(dragging);
        fire("drop");
      };
    },
    [across, files],
  );
  await page.locator('.drop [data-over="true"]', { hasText: words }).waitFor(LIMIT);
  await page.evaluate(() => window.letGo());
  await page.locator(".drop").waitFor({ state: "detached", ...LIMIT });
}

test("an upload tells how much has left, how fast and for how long, and stops when it is cancelled", async () => {
  const { page, context, complaints, ask } = await person(stage, "flora");
  const line = await context.newCDPSession(page);
  await line.send("Network.enable");
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 400_000 };
  await line.send("Network.emulateNetworkConditions", slow);
  await upload(page, "large.csv", `a,b\n${"12345,67890\n".repeat(500_000)}`);
  await upload(page, "next.csv", "a\n1\n");
  const uploads = page.getByRole("region", { name: "Uploads" });
  // All that is sent at once has left at once; what follows tells the speed of the line.
  const told = uploads.getByText(/^[\d.]+ [kM]B of 6 MB, [\d.]+ [kM]?B\/s, .*\d.* left$/);
  await told.waitFor(LIMIT);
  const before = await told.textContent();
  await page.waitForFunction(
    ([region, text]) => {
      const now = document.querySelector(region)?.textContent ?? "";
      return / left/.test(now) && !now.includes(text);
    },
    [".uploads", before],
    LIMIT,
  );
  const share = Number(await uploads.getByRole("progressbar").first().getAttribute("aria-valuenow"));
  assert.ok(share > 0 && share < 100, `${share} %`);
  await uploads.getByRole("button", { name: "Cancel: large.csv" }).click();
  await uploads.getByText("large.csv").waitFor({ state: "detached", ...LIMIT });
  // The line is free for the next one.
  await uploads.getByRole("link", { name: "Open" }).waitFor(LIMIT);
  const { items } = await (await ask("GET", "/api/v1/datasets")).json();
  assert.deepEqual(items.map(({ name }) => name), ["next"]);
  assertQuiet(complaints);
});

test("datasets are found by name and put in order, which the address keeps", async () => {
  const { page, complaints, ask } = await person(stage, "gerda");
  for (const name of ["sales north", "stock", "sales south"]) await dataset(ask, `${name}.csv`, "a\n1\n");
  await page.goto(`${stage.origin}/datasets`);
  const shown = async (...names) => {
    const isShown = (wanted) =>
      JSON.stringify([...document.querySelectorAll("td a.link")].map((link) => link.textContent)) === JSON.stringify(wanted);
    await page.waitForFunction(isShown, names, LIMIT);
  };
  await shown("sales south", "stock", "sales north");
  const find = page.getByLabel("Find by name");
  await find.focus();
  await page.keyboard.type("sal");
  await shown("sales south", "sales north");
  // What is typed on goes on: the answer does not take the field away.
  await page.keyboard.type("es n");
  await shown("sales north");
  assert.equal(await find.inputValue(), "sales n");
  await page.waitForURL(/q=sales/);
  await find.fill("nothing of that name");
  await page.getByText("No dataset is called like “nothing of that name”").waitFor(LIMIT);
  await find.fill("");
  await shown("sales south", "stock", "sales north");
  const head = page.getByRole("columnheader", { name: /^Name/ });
  await head.getByRole("button").click();
  await shown("sales north", "sales south", "stock");
  assert.equal(await head.getAttribute("aria-sort"), "ascending");
  await head.getByRole("button").click();
  await shown("stock", "sales south", "sales north");
  await page.reload();
  await shown("stock", "sales south", "sales north");
  assert.equal(await head.getAttribute("aria-sort"), "descending");
  await page.getByRole("columnheader", { name: /^Uploaded/ }).getByRole("button").click();
  await shown("sales north", "stock", "sales south");
  assertQuiet(complaints);
});

test("a column's card opens to all figures of its profile, and cards stand in a chosen order", async () => {
  const { page, complaints, ask } = await person(stage, "hilde");
  const rows = Array.from({ length: 50 }, (_, i) => `${i},${i % 5 === 0 ? "" : (i * 0.5).toFixed(1)},${["red", "green"][i % 2]},2025-01-${10 + (i % 20)}`);
  const { id } = await dataset(ask, "figures.csv", `id,price,colour,day\n${rows.join("\n")}\n`);
  const profile = await (await ask("GET", `/api/v1/datasets/${id}/profile`)).json();
  const { numeric } = profile.columns.find(({ name }) => name === "price");
  await page.goto(`${stage.origin}/datasets/${id}?tab=columns`);
  const card = (name) => page.getByRole("region", { name, exact: true });
  await card("price").getByText("All figures").click(LIMIT);
  const figure = (name) => card("price").getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) }).getByRole("cell");
  const number = async (name) => Number((await figure(name).textContent()).replaceAll(",", "").replace("−", "-"));
  assert.deepEqual([await number("Values"), await number("Missing")], [40, 10]);
  for (const [name, value] of [["Mean", numeric.mean], ["Median", numeric.median], ["Lowest", numeric.min], ["Highest", numeric.max], ["Standard deviation", numeric.std], ["First quartile", numeric.q1], ["Gini coefficient", numeric.gini]]) {
    assert.ok(Math.abs((await number(name)) - value) <= 1e-3 * Math.abs(value), `${name}: ${await number(name)}, ${value}`);
  }
  await card("colour").getByText("All figures").click();
  await card("colour").getByRole("rowheader", { name: "Longest" }).waitFor(LIMIT);
  await card("day").getByText("All figures").click();
  await card("day").getByRole("row").filter({ hasText: "Lowest" }).getByText("2025-01-10").waitFor(LIMIT);
  const order = () => page.locator("section.tile").evaluateAll((cards) => cards.map((one) => one.getAttribute("aria-label")));
  assert.deepEqual(await order(), ["id", "price", "colour", "day"]);
  await page.getByLabel("Order").selectOption("nulls");
  assert.equal((await order())[0], "price");
  await page.getByLabel("Order").selectOption("name");
  assert.deepEqual(await order(), ["colour", "day", "id", "price"]);
  assertQuiet(complaints);
});

test("from a file to its first histogram takes at most three clicks, and the sample one", async () => {
  const { page, complaints } = await person(stage, "dora");
  await page.evaluate(() => {
    window.clicks = 0;
    window.addEventListener("click", (event) => event.isTrusted && window.clicks++, true);
  });
  const chosen = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Upload" }).click();
  await (await chosen).setFiles({ name: "prices.csv", mimeType: "text/csv", buffer: Buffer.from(prices(500)) });
  await openUpload(page);
  await page.getByRole("img", { name: /^Histogram of price/ }).waitFor(LIMIT);
  // The page itself opens the chooser with a click of its own, which no person makes.
  const clicks = await page.evaluate(() => window.clicks);
  assert.ok(clicks <= 3, `${clicks} clicks`);

  const fresh = await person(stage, "dorothea");
  await fresh.page.getByRole("button", { name: "Use the sample dataset" }).click();
  await openUpload(fresh.page);
  await fresh.page.getByRole("heading", { name: "Palmer penguins" }).waitFor(LIMIT);
  await fresh.page.getByText("Licence: CC0", { exact: false }).waitFor(LIMIT);
  await fresh.page.getByText("344 rows").first().waitFor(LIMIT);
  assert.ok((await fresh.page.getByRole("gridcell", { name: "null" }).count()) > 0);
  assertQuiet([...complaints, ...fresh.complaints]);
});

function prices(rows) {
  return `id,price\n${Array.from({ length: rows }, (_, i) => `${i},${(i * 7) % 101}.5`).join("\n")}\n`;
}

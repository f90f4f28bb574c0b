// All of the Big List of Naughty Strings as cells, as headers and as names: each is shown as text, and comes back from
// the downloads as what it was.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { assertQuiet, dataset, LIMIT, person } from "./people.mjs";
import { Stage } from "./stage.mjs";

const strings = JSON.parse(await readFile(new URL("../fixtures/naughty/strings.json", import.meta.url), "utf8"));
/** An empty cell of a CSV may be a missing one. */
const isMissing = (value) => value === null;
/** Texts that a spreadsheet would run as a formula have an apostrophe before them in a CSV. */
const isSame = (found, wanted) => found === wanted || found === `'${wanted}`;

let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage?.close());

const quoted = (text) => `"${text.replaceAll('"', '""')}"`;

async function visitor(name) {
  const visit = await person(stage, name);
  visit.page.on("dialog", (dialog) => {
    visit.complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return visit;
}

// Nothing of the strings has become an element, a script or a message.
async function assertText({ page, complaints }) {
  assert.equal(await page.locator("main :is(img, script, iframe, object, embed, form[action], style, link, video)").count(), 0);
  assert.match(await page.title(), /^([\s\S]* · )?Plotline$/);
  // Pages that follow each other fast have more event streams open than the server allows a person.
  assertQuiet(complaints, ["429"]);
}

async function rowsOf(ask, id) {
  const answer = await ask("GET", `/api/v1/datasets/${id}/rows?limit=1000`);
  return (await answer.json()).rows;
}

test("cells", async () => {
  const visit = await visitor("ada");
  const { page, ask } = visit;
  const text = `n,text\n${strings.map((string, i) => `${i},${quoted(string)}`).join("\n")}\n`;
  const { id, version } = await dataset(ask, "naughty.csv", text, "?null_values=no%20such%20value");
  assert.equal(version.rows, strings.length);
  const rows = await rowsOf(ask, id);
  const lost = rows.filter(([n, value]) => !isMissing(value) && value !== strings[n]);
  assert.deepEqual(lost, [], "every cell is kept as it was");
  assert.ok(rows.filter(([, value]) => isMissing(value)).every(([n]) => strings[n] === ""));

  await page.goto(`${stage.origin}/datasets/${id}`);
  await page.getByRole("grid").focus(LIMIT);
  const shown = new Map();
  for (let i = 0; shown.size < strings.length; i++) {
    assert.ok(i < 100, `only ${shown.size} rows were shown`);
    await page.waitForFunction(() => !document.querySelector(".grid[aria-busy=true]"));
    for (const [n, value] of await page.evaluate(cells)) shown.set(n, value);
    await page.keyboard.press("PageDown");
  }
  for (const [n, value] of rows) assert.equal(shown.get(n), isMissing(value) ? "null" : value, `row ${n}`);
  await assertText(visit);

  const csv = parse(await (await ask("GET", `/api/v1/datasets/${id}/export?format=csv`)).text()).slice(1);
  assert.equal(csv.length, rows.length);
  for (const [n, value] of rows) assert.ok(isSame(csv[n][1], value ?? ""), `row ${n}: ${csv[n][1]}`);
  const json = await (await ask("GET", `/api/v1/datasets/${id}/export?format=json`)).json();
  for (const [n, value] of rows) assert.equal(json[n].text, value);
});

// The second column of every row that is drawn, by the number in the first.
function cells() {
  return [...document.querySelectorAll(".grid-row")].map((row) => {
    const [n, text] = [...row.querySelectorAll('[role="gridcell"]')].map((cell) => cell.textContent);
    return [Number(n), text];
  });
}

test("headers", async () => {
  const visit = await visitor("berta");
  const { page, ask } = visit;
  const text = `${strings.map(quoted).join(",")}\n${strings.map((_, i) => i).join(",")}\n`;
  const { id, version } = await dataset(ask, "headers.csv", text, "?header=true");
  assert.equal(version.columns.length, strings.length);
  await page.goto(`${stage.origin}/datasets/${id}?tab=columns`);
  const cards = page.locator("section.tile");
  await cards.first().waitFor(LIMIT);
  while ((await cards.count()) < strings.length) await page.getByRole("button", { name: "Show more" }).click();
  const names = await cards.evaluateAll((all) => all.map((card) => card.querySelector("p, div > p")?.title ?? card.getAttribute("aria-label")));
  assert.deepEqual(names, version.columns.map(({ name }) => name));
  await assertText(visit);
  await page.goto(`${stage.origin}/datasets/${id}`);
  await page.getByRole("gridcell").first().waitFor(LIMIT);
  await page.getByRole("grid").focus();
  await page.keyboard.press("Control+ArrowRight");
  await page.locator(`#cell-0-${strings.length - 1}`).waitFor(LIMIT);
  await assertText(visit);
  const csv = parse(await (await ask("GET", `/api/v1/datasets/${id}/export?format=csv`)).text());
  version.columns.forEach(({ name }, i) => assert.ok(isSame(csv[0][i], name), `column ${i}: ${csv[0][i]}`));
});

test("names", { timeout: 120_000 }, async () => {
  const visit = await visitor("clara");
  const { page, ask } = visit;
  const made = [];
  const left = [...strings];
  const make = async () => {
    for (let string = left.shift(); string !== undefined; string = left.shift()) {
      const multipart = { name: string, description: string, file: { name: "a.csv", mimeType: "text/csv", buffer: Buffer.from("a\n1\n") } };
      const answer = await ask("POST", "/api/v1/datasets/upload?ingest=false", { multipart });
      assert.ok([201, 422].includes(answer.status()), `${answer.status()} for ${string}`);
      if (answer.ok()) made.push((await answer.json()).dataset);
    }
  };
  await Promise.all([make(), make(), make(), make()]);
  assert.ok(made.length > 480, `${made.length} names were taken`);

  await page.goto(`${stage.origin}/datasets`);
  const links = page.locator("td a.link");
  await links.first().waitFor(LIMIT);
  while ((await links.count()) < made.length) {
    const before = await links.count();
    await page.getByRole("button", { name: "Show more" }).click();
    await page.waitForFunction((count) => document.querySelectorAll("td a.link").length > count, before);
  }
  const shown = await links.allTextContents();
  assert.deepEqual(shown.sort(), made.map(({ name }) => name).sort());
  await assertText(visit);

  for (const { id, name } of made.filter((_, i) => i % 90 === 7)) {
    await page.goto(`${stage.origin}/datasets/${id}`);
    await page.locator("h1").waitFor({ state: "attached", ...LIMIT });
    assert.equal(await page.locator("h1").textContent(), name);
    await assertText(visit);
  }
});

// The records of a CSV text (RFC 4180).
function parse(text) {
  const rows = [[]];
  for (const [, field, end] of text.matchAll(/("(?:[^"]|"")*"|[^,\n]*)(,|\n|$)/g)) {
    rows.at(-1).push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
    if (end === "\n") rows.push([]);
    if (end === "") break;
  }
  return rows.filter((row) => row.length > 1 || row[0] !== "");
}

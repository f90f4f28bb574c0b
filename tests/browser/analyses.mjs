// What tests and pictures of analyses share: a year of orders, and analyses of them computed beforehand.
import { LIMIT } from "./stage.mjs";

// What is analysed of the orders: the kind and its parameters.
export const ANALYSES = [
  ["descriptive", {}],
  ["correlation", { methods: ["spearman", "cramers_v"] }],
  ["distribution", { column: "price" }],
  ["grouped", { by: [{ column: "product" }], measures: [{ function: "sum", column: "price", share: true }, { function: "count" }], totals: true }],
  ["compare", { test: "kruskal_wallis", value: "price", by: "product" }],
  ["regression", { target: "price", columns: ["units", "rating", "region", "product"] }],
  ["timeseries", { time: "ordered_at", value: "revenue", every: "week", aggregate: "sum" }],
];

const REGIONS = ["North", "South", "East", "West"];
const PRODUCTS = ["Alpine shell", "Trail runner", "Merino base", "Down jacket", "Rain cape", "Wool cap"];

// A year of made-up orders, the same at every run, with some ratings missing.
export function orders(rows = 3_000) {
  let state = 20_260_301;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const lines = ["order_id,ordered_at,region,product,units,price,revenue,rating"];
  for (let i = 0; i < rows; i++) {
    const product = Math.floor(random() ** 1.4 * PRODUCTS.length);
    const day = Math.floor(365 * (random() < 0.3 ? 0.85 + 0.15 * random() : random()));
    const date = new Date(Date.UTC(2025, 0, 1) + day * 86_400_000).toISOString().slice(0, 10);
    const units = 1 + Math.floor(random() * random() * 12);
    const price = Math.exp(3.2 + product * 0.28 + normal() * 0.22);
    const rating = random() < 0.08 ? "" : String(Math.max(1, Math.min(5, Math.round(4.4 - price / 90 + normal() * 0.8))));
    const region = REGIONS[Math.floor(random() ** 1.3 * 4)];
    lines.push([10_000 + i, date, region, PRODUCTS[product], units, price.toFixed(2), (units * price).toFixed(2), rating].join(","));
  }
  return `${lines.join("\n")}\n`;
}

// The orders as a dataset, and analyses of it, each with the address of its page.
export async function sample(page, analyses = ANALYSES, csv = orders()) {
  const { dataset, jobs } = await page.evaluate(
    async ([asked, text]) => {
      const json = async (answer) => (await answer).json();
      const { csrf_token: token } = await json(fetch("/api/v1/auth/session"));
      const headers = { "X-CSRF-Token": token, Prefer: "wait=30" };
      const form = new FormData();
      form.append("file", new File([text], "orders.csv", { type: "text/csv" }));
      const uploaded = await json(fetch("/api/v1/datasets/upload", { method: "POST", headers, body: form }));
      const jobs = [];
      for (const [kind, params] of asked) {
        const body = JSON.stringify({ dataset_id: uploaded.dataset.id, ...params });
        const typed = { ...headers, "Content-Type": "application/json" };
        const job = await json(fetch(`/api/v1/analysis/${kind}`, { method: "POST", headers: typed, body }));
        if (job.status !== "succeeded") throw new Error(`${kind}: ${JSON.stringify(job)}`);
        jobs.push(job.id);
      }
      return { dataset: uploaded.dataset.id, jobs };
    },
    [analyses, csv],
  );
  const pages = analyses.map(([kind, params], i) => [kind, analysisPath({ dataset, kind, job: jobs[i], params })]);
  return { dataset, pages };
}

export function analysisPath(search) {
  const plain = Object.entries(search).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]);
  return `/analysis?${new URLSearchParams(plain)}`;
}

// Scrolls through the page once, since charts are drawn when they come into sight, and waits until all are there.
export async function drawn(page) {
  await page.evaluate(async () => {
    for (let y = 0; y < document.documentElement.scrollHeight; y += 500) {
      window.scrollTo(0, y);
      await new Promise((done) => setTimeout(done, 30));
    }
    window.scrollTo(0, 0);
  });
  const all = () => [...document.querySelectorAll(".chart-place")].every((place) => place.querySelector(".main-svg"));
  await page.waitForFunction(all, undefined, LIMIT);
}

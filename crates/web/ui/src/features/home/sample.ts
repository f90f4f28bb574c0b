// The sample dataset: a year of made-up shop orders, the same at every click, with some missing values.
const REGIONS = ["North", "South", "East", "West"];
const PRODUCTS = ["Alpine shell", "Trail runner", "Merino base", "Down jacket", "Rain cape", "Wool cap"];
const ROWS = 5_000;

export function sampleFile(): File {
  const random = generator(20_260_301);
  const lines = ["order_id,ordered_at,region,product,units,price,rating"];
  for (let i = 0; i < ROWS; i++) {
    const product = Math.floor(random() ** 1.4 * PRODUCTS.length);
    const day = new Date(Date.UTC(2025, 0, 1) + Math.floor(random() * 365) * 86_400_000).toISOString().slice(0, 10);
    const units = 1 + Math.floor(random() * random() * 12);
    const price = (19 + product * 31 + normal(random) * 9).toFixed(2);
    const rating = random() < 0.08 ? "" : String(1 + Math.floor(random() ** 0.5 * 5));
    lines.push([10_000 + i, day, REGIONS[Math.floor(random() * 4)], PRODUCTS[product], units, price, rating].join(","));
  }
  return new File([`${lines.join("\n")}\n`], "orders.csv", { type: "text/csv" });
}

/** Mulberry32: small, and enough for a sample. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

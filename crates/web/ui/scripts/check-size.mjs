// Fails when the first page needs more than 200 kB of compressed JavaScript, or a lazy piece is larger than its budget:
// 470 kB for Plotly's core, 200 kB for any other, those of Plotly's scenes and maps too. Plotly must not be among what the
// first page needs.
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";

const FIRST_PAGE = 200_000;
const LAZY_PIECE = 200_000;
const PLOTLY = 470_000;

const dist = new URL("../../dist/", import.meta.url);
const manifest = JSON.parse(await readFile(new URL(".vite/manifest.json", dist), "utf8"));
const size = async (file) => gzipSync(await readFile(new URL(file, dist)), { level: 9 }).length;

function needed(key, found = new Set()) {
  if (found.has(key)) return found;
  found.add(key);
  for (const other of manifest[key].imports ?? []) needed(other, found);
  return found;
}

const first = [...needed("index.html")].map((key) => manifest[key].file).filter((file) => file.endsWith(".js"));
let total = 0;
for (const file of first) total += await size(file);
console.log(`first page: ${(total / 1000).toFixed(1)} kB of compressed JavaScript (at most ${FIRST_PAGE / 1000})`);
let failed = total > FIRST_PAGE;
if (first.some((file) => file.includes("plotly"))) {
  console.error("the first page loads Plotly");
  failed = true;
}
for (const piece of Object.values(manifest)) {
  if (!piece.file.endsWith(".js") || first.includes(piece.file)) continue;
  const bytes = await size(piece.file);
  const name = /plotly(-space|-geo)?(?=-[\w-]{8}\.js$)/.exec(piece.file)?.[0];
  const limit = name === "plotly" ? PLOTLY : LAZY_PIECE;
  if (name) console.log(`${name}: ${(bytes / 1000).toFixed(1)} kB (at most ${limit / 1000})`);
  if (bytes > limit) {
    console.error(`${piece.file}: ${(bytes / 1000).toFixed(1)} kB, more than ${limit / 1000}`);
    failed = true;
  }
}
process.exit(failed ? 1 : 0);

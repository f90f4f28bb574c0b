// Writes crates/engine/src/charts/countries.csv: ISO 3166-1 codes and English names of countries, and which the map has.
//
//   node scripts/countries.mjs FOLDER_OF_i18n-iso-countries FOLDER_OF_plotly.js
//
// i18n-iso-countries 7.14.0 (MIT) gives codes and names, plotly.js 4.1.1 (MIT) the map `world_110m`.
// Names that people write and that the list lacks stand here.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const [countries, plotly] = process.argv.slice(2).map((folder) => resolve(folder));
const json = (path) => JSON.parse(readFileSync(path, "utf8"));

// The short name that people know, where the list puts another one first.
const short = {
  BN: "Brunei", CD: "Democratic Republic of the Congo", CG: "Congo", CI: "Côte d'Ivoire", CN: "China", CZ: "Czechia",
  FK: "Falkland Islands", FM: "Micronesia", GM: "Gambia", IR: "Iran", KR: "South Korea", LA: "Laos", MD: "Moldova",
  MF: "Saint Martin", MK: "North Macedonia", MO: "Macao", PS: "Palestine", RE: "Réunion", RU: "Russia", SX: "Sint Maarten",
  SY: "Syria", TW: "Taiwan", TZ: "Tanzania", US: "United States", VA: "Vatican City", VG: "British Virgin Islands",
  VI: "United States Virgin Islands", VN: "Viet Nam",
};

const others = {
  AE: ["Emirates"], AG: ["Antigua"], BA: ["Bosnia"], BO: ["Plurinational State of Bolivia", "Bolivia (Plurinational State of)"],
  BQ: ["Caribbean Netherlands"], BS: ["The Bahamas"], BY: ["Belorussia"], CC: ["Cocos Islands", "Keeling Islands"],
  CD: ["DR Congo", "DRC", "D.R. Congo", "Congo, Democratic Republic of the", "Congo (Democratic Republic of the)", "Congo-Kinshasa", "Congo, Dem. Rep.", "Zaire"],
  CG: ["Republic of Congo", "Congo-Brazzaville", "Congo, Rep.", "Congo, Republic of the"], CV: ["Cabo Verde"],
  CZ: ["The Czech Republic"], EG: ["Egypt, Arab Rep."], FK: ["Malvinas"], FM: ["Federated States of Micronesia", "Micronesia (Federated States of)"],
  GB: ["United Kingdom of Great Britain and Northern Ireland", "England", "Scotland", "Wales", "Northern Ireland", "Britain"],
  GM: ["Gambia, The"], HK: ["Hong Kong SAR", "Hong Kong SAR, China"], IR: ["Iran (Islamic Republic of)", "Iran, Islamic Republic of", "Iran, Islamic Rep."],
  KG: ["Kyrgyz Republic"], KN: ["St. Kitts and Nevis"], KP: ["Democratic People's Republic of Korea", "Korea, Democratic People's Republic of", "Korea (Democratic People's Republic of)", "DPRK", "Korea, North", "Korea, Dem. People's Rep."],
  KR: ["Korea", "Korea, South", "Korea (Republic of)", "Korea, Rep.", "ROK"], LA: ["Lao PDR", "Lao"], LY: ["Libyan Arab Jamahiriya"],
  MD: ["Republic of Moldova", "Moldova (Republic of)"], MK: ["Macedonia", "FYROM", "Republic of Macedonia"], MM: ["Burma"], MO: ["Macau"],
  NL: ["Holland"], PS: ["Palestinian Territories", "Palestine, State of", "West Bank and Gaza", "Palestinian Territory"], RO: ["Rumania"],
  RS: ["Republic of Serbia"], SH: ["Saint Helena, Ascension and Tristan da Cunha"], SK: ["Slovak Republic"], ST: ["São Tomé and Príncipe"],
  SZ: ["Swaziland"], TL: ["East Timor"], TR: ["Turkiye"], TW: ["Chinese Taipei", "Republic of China"], TZ: ["Tanzania, United Republic of"],
  US: ["America", "The United States"], VA: ["Vatican", "Holy See"], VE: ["Bolivarian Republic of Venezuela", "Venezuela (Bolivarian Republic of)", "Venezuela, RB"],
  VG: ["Virgin Islands (British)", "BVI"], VI: ["Virgin Islands (U.S.)", "US Virgin Islands"], VN: ["Vietnam"], XK: ["Republic of Kosovo"], YE: ["Yemen, Rep."],
  ZA: ["RSA"],
};

globalThis.self = globalThis.window = globalThis;
const assets = createRequire(import.meta.url)(`${plotly}/dist/plotly-geo-assets.js`);
const shapes = assets.topojson.world_110m.objects.countries.geometries;
const onMap = new Set(shapes.map((shape) => shape.id));

const names = json(`${countries}/langs/en.json`).countries;
const rows = json(`${countries}/codes.json`).map(([two, listedThree, numeric]) => {
  // The code that the World Bank, the IMF and most data use; ISO 3166 has none.
  const three = two === "XK" ? "XKX" : listedThree;
  const listed = [names[two] ?? []].flat();
  const name = short[two] ?? listed[0];
  // "Congo" alone is CG in ISO 3166.
  const known = [...listed, ...(others[two] ?? [])].filter((other) => other !== name && !(two === "CD" && other === "Congo"));
  return { two, three, numeric, map: onMap.has(three) ? "1" : "0", name, others: [...new Set(known)].join("|") };
});
rows.sort((left, right) => (left.three < right.three ? -1 : 1));

const missing = [...onMap].filter((code) => !rows.some((row) => row.three === code));
console.error(`${rows.length} countries, ${rows.filter((row) => row.map === "1").length} on the map; without a country: ${missing}`);
if (rows.some((row) => !row.name || `${row.name}${row.others}`.includes(";"))) throw new Error("a name is missing or holds ';'");

const lines = rows.map((row) => [row.two, row.three, row.numeric, row.map, row.name, row.others].join(";"));
const head = "# Made by scripts/countries.mjs from i18n-iso-countries 7.14.0 (MIT, (c) 2016 widdix GmbH); the map is world_110m of plotly.js 4.1.1 (MIT, (c) 2012-2026 Plotly, Inc.).";
const target = new URL("../crates/engine/src/charts/countries.csv", import.meta.url);
writeFileSync(target, [head, "alpha_2;alpha_3;numeric;on_map;name;other_names", ...lines, ""].join("\n"));

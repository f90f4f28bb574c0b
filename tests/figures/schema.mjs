// Figures against Plotly's own schema of every trace and layout attribute: schema.mjs SCHEMA FOLDER. Ends with code 0 if
// every attribute is known and every value of a kind that the schema can tell is one of its values.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [schemaFile, folder] = process.argv.slice(2);
const { traces, layout } = JSON.parse(readFileSync(schemaFile, "utf8"));
// Some attributes of the layout stand with the traces that they are for.
const layoutAttributes = Object.assign({}, layout.layoutAttributes, ...Object.values(traces).map((trace) => trace.layoutAttributes));
const problems = [];

for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
  const figure = JSON.parse(readFileSync(join(folder, file), "utf8"));
  figure.data.forEach((trace, i) => {
    const known = traces[trace.type];
    if (!known) problems.push(`${file}: data[${i}] has the unknown type ${trace.type}`);
    else object(`${file}: data[${i}]`, trace, known.attributes);
  });
  object(`${file}: layout`, figure.layout, layoutAttributes);
}

function object(place, value, attributes) {
  for (const [name, one] of Object.entries(value)) {
    const at = `${place}.${name}`;
    const attribute = attributes[name] ?? attributes[name.replace(/\d+$/, "")];
    if (attribute === undefined) problems.push(`${at} is unknown`);
    else if (name === "template") template(at, one);
    else field(at, one, attribute);
  }
}

function template(place, { data = {}, layout: own = {} }) {
  // In a template, `annotationdefaults` stands for every annotation.
  const { annotationdefaults = {}, ...rest } = own;
  object(`${place}.layout`, rest, layoutAttributes);
  object(`${place}.layout.annotationdefaults`, annotationdefaults, layout.layoutAttributes.annotations.items.annotation);
  for (const [type, list] of Object.entries(data)) {
    for (const trace of list) object(`${place}.data.${type}`, trace, traces[type].attributes);
  }
}

function field(place, value, attribute) {
  if (typeof attribute === "string") {
    if (value !== attribute) problems.push(`${place}: ${value} is not ${attribute}`);
    return;
  }
  if (attribute.items && attribute.valType === undefined) {
    // A list of things of one kind, whose attributes stand under the kind's name.
    const [item] = Object.values(attribute.items);
    for (const [i, one] of value.entries()) object(`${place}[${i}]`, one, item);
    return;
  }
  if (attribute.valType === undefined) {
    if (typeof value !== "object" || value === null) problems.push(`${place} must be an object`);
    else object(place, value, attribute);
    return;
  }
  // Lists of one value for each mark.
  if (attribute.arrayOk && (Array.isArray(value) || value?.bdata)) return;
  if (!fits(value, attribute)) problems.push(`${place}: ${JSON.stringify(value)?.slice(0, 80)} is no ${attribute.valType}`);
}

function fits(value, { valType, values, min, max, arrayOk }) {
  const within = (number) => !(number < min) && !(number > max);
  switch (valType) {
    case "enumerated":
      return values.some((known) => known === value || (typeof known === "string" && known.startsWith("/") && new RegExp(known.slice(1, -1)).test(value)));
    case "boolean":
      return typeof value === "boolean";
    case "number":
    case "integer":
      return typeof value === "number" && within(value);
    case "string":
      return typeof value === "string" || (typeof value === "number" && !arrayOk);
    case "color":
      return typeof value === "string" && /^(#[0-9a-f]{6}|rgba?\(.*\))$/i.test(value);
    case "data_array":
      return Array.isArray(value) || typeof value?.bdata === "string";
    case "info_array":
      return Array.isArray(value);
    case "colorscale":
      return Array.isArray(value) && value.every(([place, color]) => within(place) && typeof color === "string");
    default:
      return value !== undefined;
  }
}

if (problems.length > 0) {
  console.error([...new Set(problems)].slice(0, 50).join("\n"));
  process.exit(1);
}
console.log("schema: 1 passed");

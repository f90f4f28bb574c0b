// A spec in an address: JSON, compressed (LZW whose dictionary begins with the words of specs) and written in letters
// that addresses take as they are.
import type { ChartSpec } from "./types";

/** Part of what addresses mean: whoever changes it takes another first letter. */
const WORDS =
  '{"kind":"line","x":{"column":"","aggregate":"sum"},"y":[{"column":"mean"}],"color":{"column":"count"}}],"filter":[{"column":"","op":"eq","value":"in","values":["between"' +
  '"granularity":"month","sort":"-value","limit":10,"scale":"log","zero":false,"title":"","subtitle":"","bin":{"count":20},"size":{"facet":{"label":{"rows":[{"columns":[{"z":{' +
  '"options":{"stack":"stacked","orientation":"horizontal","trend":{"method":"linear"},"opacity":0.5,"values":true,"color_scale":"diverging"},"annotations":[{"kind":"region","axis":"x","at":0,"text":""' +
  '"kind":"bar"kind":"scatter"kind":"histogram"kind":"heatmap"kind":"box"kind":"pie"';
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const FORM = "s";
/** Longer addresses are cut by some servers on the way; who has such a spec saves it. */
const MOST_BYTES = 64_000;

/** Bytes by code; grows in the same way while writing and while reading. */
class Dictionary {
  readonly codes = new Map<string, number>();
  readonly parts: string[] = [];

  constructor() {
    for (let byte = 0; byte < 256; byte++) this.add(String.fromCharCode(byte));
    let held = "";
    for (const letter of WORDS) {
      if (this.codes.has(held + letter)) held += letter;
      else {
        this.add(held + letter);
        held = letter;
      }
    }
  }

  add(part: string) {
    this.codes.set(part, this.parts.length);
    this.parts.push(part);
  }

  /** Bits of the next code, when `ahead` parts more may be known by then. */
  width(ahead: number): number {
    return Math.ceil(Math.log2(this.parts.length + ahead + 1));
  }
}

export function packed(spec: ChartSpec): string {
  const { dataset_id: _, ...rest } = spec;
  const bytes = String.fromCharCode(...new TextEncoder().encode(JSON.stringify(rest)));
  const dictionary = new Dictionary();
  const bits: number[] = [];
  const write = (code: number) => {
    for (let bit = dictionary.width(1) - 1; bit >= 0; bit--) bits.push((code >> bit) & 1);
  };
  let held = "";
  for (const byte of bytes) {
    if (dictionary.codes.has(held + byte)) {
      held += byte;
      continue;
    }
    write(dictionary.codes.get(held) ?? 0);
    dictionary.add(held + byte);
    held = byte;
  }
  if (held !== "") write(dictionary.codes.get(held) ?? 0);
  let text = FORM;
  for (let i = 0; i < bits.length; i += 6) {
    let value = 0;
    for (let bit = 0; bit < 6; bit++) value = value * 2 + (bits[i + bit] ?? 0);
    text += LETTERS[value];
  }
  return text;
}

/** The spec of an address; `undefined` for what is none. */
export function unpacked(text: unknown, dataset: string): ChartSpec | undefined {
  if (typeof text !== "string" || !text.startsWith(FORM)) return undefined;
  try {
    const bytes = Uint8Array.from(bytesOf(text.slice(FORM.length)), (letter) => letter.charCodeAt(0));
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (typeof value !== "object" || value === null || typeof (value as ChartSpec).kind !== "string") return undefined;
    return { ...(value as ChartSpec), dataset_id: dataset };
  } catch {
    return undefined;
  }
}

function bytesOf(text: string): string {
  const dictionary = new Dictionary();
  let bytes = "";
  let last = "";
  let held = 0;
  let size = 0;
  for (const letter of text) {
    const value = LETTERS.indexOf(letter);
    if (value < 0) throw new Error("no letter of ours");
    held = held * 64 + value;
    size += 6;
    const wanted = dictionary.width(last === "" ? 1 : 2);
    if (size < wanted) continue;
    size -= wanted;
    const code = Math.floor(held / 2 ** size);
    held %= 2 ** size;
    const part = code === dictionary.parts.length && last !== "" ? last + last[0] : dictionary.parts[code];
    if (part === undefined) throw new Error("no code of ours");
    if (last !== "") dictionary.add(last + part[0]);
    bytes += part;
    last = part;
    if (bytes.length > MOST_BYTES) throw new Error("too long");
  }
  return bytes;
}

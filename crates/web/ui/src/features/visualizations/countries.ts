// Whether a column seems to hold countries: by its name, or by values that are names of countries.
let names: Map<string, string> | undefined;

/** English names of countries with their two-letter codes, as the browser knows them. */
function known(): Map<string, string> {
  if (names) return names;
  names = new Map();
  const told = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  for (const first of letters) {
    for (const second of letters) {
      const name = told.of(first + second);
      if (name) names.set(name.toLowerCase(), first + second);
    }
  }
  return names;
}

export const soundsLikeCountry = (column: string) => /(^|[_\s-])(country|nation|land|iso3?)([_\s-]|$)/i.test(column);

/** Whether most of some values are names of countries. */
export function areCountries(values: unknown[]): boolean {
  const texts = values.filter((value) => typeof value === "string" && value !== "") as string[];
  if (texts.length === 0) return false;
  return texts.filter((text) => known().has(text.toLowerCase())).length / texts.length >= 0.6;
}

/** The two-letter code of a country by its English name. */
export const codeOf = (name: string) => known().get(name.toLowerCase());

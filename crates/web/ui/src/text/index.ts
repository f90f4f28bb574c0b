// Every text of the app: `t("jobs.rows", { count: 3 })` from en.json. A key that ends in `_one` is taken for a count of one.
import en from "./en.json";

export type TextKey = Exclude<keyof typeof en, `${string}_one`>;
type Values = Record<string, string | number>;

const messages: Record<string, string> = en;
const plural = new Intl.PluralRules("en");

export const isTextKey = (key: string): key is TextKey => key in messages;

export function t(key: TextKey, values: Values = {}): string {
  const count = values.count;
  const one = typeof count === "number" && plural.select(count) === "one" ? messages[`${key}_one`] : undefined;
  const message = one ?? messages[key] ?? key;
  return message.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? value.toLocaleString("en-US") : value;
  });
}

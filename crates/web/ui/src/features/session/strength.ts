// A first impression of a password while typing; whether it is good enough, the server decides.
import type { TextKey } from "../../text";

export function strength(password: string): TextKey | null {
  if (password === "") return null;
  if (password.length < 8) return "session.strength.short";
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z0-9]/].filter((kind) => kind.test(password)).length;
  const different = new Set(password).size;
  if (different < 6) return "session.strength.weak";
  const score = different * 2 + password.length + kinds * 2;
  if (score < 28) return "session.strength.weak";
  return score < 40 ? "session.strength.fair" : "session.strength.good";
}

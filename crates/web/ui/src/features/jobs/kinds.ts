// Kinds of jobs in words.
import { isTextKey, t } from "../../text";

/** The kind in words; one that is newer than these words by its name. */
export function kindLabel(kind: string): string {
  const key = `kind.${kind}`;
  return isTextKey(key) ? t(key) : kind.replace(/_/g, " ");
}

// The sample dataset: a small real table, whose description names its source and licence.
import { t } from "../../text";
import type { About } from "../datasets/uploads";
import penguins from "./penguins.csv?url";

export const SAMPLE_ABOUT: About = { name: t("sample.name"), description: t("sample.description") };

export async function sampleFile(): Promise<File> {
  const answer = await fetch(penguins);
  if (!answer.ok) throw new Error(t("sample.missing"));
  return new File([await answer.blob()], "penguins.csv", { type: "text/csv" });
}

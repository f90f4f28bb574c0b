// Several inputs that are one field: its name, its help, and what is wrong with it as a whole.
import { Fieldset } from "@mantine/core";
import type { ReactNode } from "react";
import { t } from "../../text";
import { inline } from "./Markdown";
import { words } from "./results/values";

interface Props {
  name: string;
  description: string;
  error?: string;
  children: ReactNode;
}

export function FieldGroup({ name, description, error, children }: Props) {
  return (
    <Fieldset legend={title(name)} mt="sm" className="fields">
      {description && <p className="field-note">{inline(description)}</p>}
      {error && (
        <p role="alert" className="status bad wrap">
          {error}
        </p>
      )}
      {children}
    </Fieldset>
  );
}

/** The name of a field for a person. */
export const title = (name: string) => {
  const text = name === "by" ? t("analysis.by") : words(name);
  return (text[0] ?? "").toUpperCase() + text.slice(1);
};

// One field for each option of reading, empty as long as it is detected; what was detected, and why, stands below it.
import { NativeSelect, TextInput } from "@mantine/core";
import type { Schemas } from "../../api/client";
import { t } from "../../text";
import { NONE, type OptionName } from "./parse";

type Choice = Schemas["Choice"];

interface Props {
  names: OptionName[];
  values: Partial<Record<OptionName, string>>;
  detected: Choice[];
  errors: Record<string, string>;
  onChange: (name: OptionName, value: string) => void;
}

const kinds = ["csv", "json", "ndjson", "xlsx", "ods", "parquet", "arrow"];
const marks = (...values: string[]) => values.map((value) => ({ value, label: MARKS[value] ?? value }));
const MARKS: Record<string, string> = {
  [NONE]: t("parse.none"),
  " ": t("parse.space"),
  ".": t("parse.point"),
  ",": t("parse.comma"),
};

/** Options with few values; the others are texts. */
const LISTS: Partial<Record<OptionName, { value: string; label: string }[]>> = {
  format: kinds.map((value) => ({ value, label: value.toUpperCase() })),
  compression: marks(NONE, "gzip", "zstd"),
  quote: marks(NONE, '"', "'", "`"),
  escape: marks('"', "\\", "'"),
  line_end: [
    { value: "lf", label: "LF" },
    { value: "crlf", label: "CRLF" },
    { value: "cr", label: "CR" },
    { value: "mixed", label: t("parse.line_end.mixed") },
  ],
  header: [
    { value: "true", label: t("parse.header.yes") },
    { value: "false", label: t("parse.header.no") },
  ],
  comment: marks(NONE, "#", "//", ";", "%", "--"),
  decimal_mark: marks(".", ","),
  thousands_mark: marks(NONE, ",", ".", "'", "_", " "),
  date_order: [
    { value: "ymd", label: t("parse.date.ymd") },
    { value: "dmy", label: t("parse.date.dmy") },
    { value: "mdy", label: t("parse.date.mdy") },
  ],
};

/** What a text field proposes. */
const PROPOSALS: Partial<Record<OptionName, string[]>> = {
  delimiter: [",", ";", "tab", "|", "space", ":"],
  encoding: ["utf-8", "utf-16le", "utf-16be", "windows-1252", "iso-8859-15", "shift_jis", "gbk", "big5", "euc-kr"],
};

export function ParseFields({ names, values, detected, errors, onChange }: Props) {
  return names.map((name) => (
    <Field
      key={name}
      name={name}
      value={values[name] ?? ""}
      choice={detected.find(({ option }) => option === name)}
      error={errors[name]}
      onChange={(value) => onChange(name, value)}
    />
  ));
}

interface FieldProps {
  name: OptionName;
  value: string;
  choice: Choice | undefined;
  error: string | undefined;
  onChange: (value: string) => void;
}

function Field({ name, value, choice, error, onChange }: FieldProps) {
  const list = LISTS[name];
  const found = choice && !choice.asked ? choice : undefined;
  const shared = {
    label: t(`parse.${name}`),
    description: found?.reason,
    inputWrapperOrder: ["label", "input", "description", "error"] as ("label" | "input" | "description" | "error")[],
    error,
    value,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
    mb: "sm",
    size: "sm",
  };
  const detected = found ? t("parse.detected.as", { value: shown(name, found.value) }) : t("parse.detected");
  if (list) return <NativeSelect {...shared} data={[{ value: "", label: detected }, ...list]} />;
  const proposals = PROPOSALS[name];
  return (
    <>
      <TextInput
        {...shared}
        placeholder={name === "quarantine_percent" ? "1" : detected}
        inputMode={name === "skip_rows" || name === "quarantine_percent" ? "decimal" : undefined}
        list={proposals && `parse-${name}`}
      />
      {proposals && (
        <datalist id={`parse-${name}`}>
          {proposals.map((proposal) => (
            <option key={proposal} value={proposal} />
          ))}
        </datalist>
      )}
    </>
  );
}

function shown(name: OptionName, value: string): string {
  if (value === "") return t("parse.none");
  if (value === "\t") return "tab";
  return LISTS[name]?.find((entry) => entry.value === value)?.label ?? value;
}

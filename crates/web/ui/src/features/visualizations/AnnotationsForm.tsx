// Lines, regions and texts that stand on a chart: the list, and a small form for a new one.
import { ActionIcon, Button, Group, Modal, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { IconAdjustmentsHorizontal, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { t } from "../../text";
import type { ChartErrors } from "./problems";
import type { Annotation, Position } from "./types";

interface Props {
  annotations: Annotation[];
  errors: ChartErrors["annotations"];
  onChange: (annotations: Annotation[]) => void;
}

export function AnnotationsForm({ annotations, errors, onChange }: Props) {
  /** The number of the annotation that is being changed; that behind the last one for a new one. */
  const [asked, setAsked] = useState<number | null>(null);
  return (
    <div>
      <ul className="builder-list">
        {annotations.map((annotation, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: annotations have no name; they are added at the end.
          <li key={at} className="pill-row">
            <span className="pill">
              <button
                type="button"
                className="pill-name"
                aria-label={t("builder.annotation.edit", { annotation: inWords(annotation) })}
                onClick={() => setAsked(at)}
              >
                <span className="column-name">{inWords(annotation)}</span>
                <IconAdjustmentsHorizontal size={14} aria-hidden className="pill-sign" />
              </button>
              <ActionIcon
                size={24}
                variant="transparent"
                color="gray"
                aria-label={t("builder.annotation.remove", { annotation: inWords(annotation) })}
                onClick={() => onChange(annotations.filter((_, other) => other !== at))}
              >
                <IconX size={14} />
              </ActionIcon>
            </span>
            {errors
              .filter((error) => error.at === at)
              .map(({ detail }) => (
                <p key={detail} className="well-error" role="alert">
                  {detail}
                </p>
              ))}
          </li>
        ))}
      </ul>
      <Button size="compact-sm" variant="default" onClick={() => setAsked(annotations.length)}>
        {t("builder.annotation.add")}
      </Button>
      {asked !== null && (
        <AnnotationDialog
          given={annotations[asked]}
          onClose={() => setAsked(null)}
          onPut={(annotation) =>
            onChange([...annotations.slice(0, asked), annotation, ...annotations.slice(asked + 1)])
          }
        />
      )}
    </div>
  );
}

export function inWords(annotation: Annotation): string {
  if (annotation.kind === "text") return `“${annotation.text}” (${annotation.x}, ${annotation.y})`;
  const place =
    annotation.kind === "line"
      ? `${annotation.axis} = ${annotation.at}`
      : `${annotation.axis} ${annotation.from} – ${annotation.to}`;
  return annotation.text ? `${annotation.text}: ${place}` : place;
}

/** Numbers as numbers; times and labels as they are typed. */
export function positionOf(text: string): Position {
  const plain = text.trim();
  return plain !== "" && Number.isFinite(Number(plain)) ? Number(plain) : plain;
}

/** What the fields of the form show of an annotation. */
function shown(given: Annotation | undefined): [one: string, two: string] {
  switch (given?.kind) {
    case "line":
      return [String(given.at), ""];
    case "region":
      return [String(given.from), String(given.to)];
    case "text":
      return [String(given.x), String(given.y)];
    default:
      return ["", ""];
  }
}

interface DialogProps {
  /** The annotation that is changed; a new one where absent. */
  given: Annotation | undefined;
  onPut: (annotation: Annotation) => void;
  onClose: () => void;
}

function AnnotationDialog({ given, onPut, onClose }: DialogProps) {
  const [kind, setKind] = useState<Annotation["kind"]>(given?.kind ?? "line");
  const [axis, setAxis] = useState<"x" | "y">(given && given.kind !== "text" ? given.axis : "y");
  const [one, setOne] = useState(shown(given)[0]);
  const [two, setTwo] = useState(shown(given)[1]);
  const [text, setText] = useState(given?.text ?? "");
  const isComplete = one.trim() !== "" && (kind === "line" || two.trim() !== "") && (kind !== "text" || text !== "");
  const submit = () => {
    const [first, second] = [positionOf(one), positionOf(two)];
    const told = text === "" ? {} : { text };
    if (kind === "line") onPut({ kind, axis, at: first, ...told });
    else if (kind === "region") onPut({ kind, axis, from: first, to: second, ...told });
    else onPut({ kind, x: first, y: second, text });
    onClose();
  };
  const labels = {
    line: [t("builder.annotation.at"), ""],
    region: [t("builder.annotation.from"), t("builder.annotation.to")],
    text: [t("builder.annotation.x"), t("builder.annotation.y")],
  }[kind];
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(given ? "builder.annotation.edit.title" : "builder.annotation.add")}
      closeButtonProps={{ "aria-label": t("app.close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isComplete) submit();
        }}
      >
        <Stack gap="sm">
          <SegmentedControl
            aria-label={t("builder.annotation.kind")}
            data={(["line", "region", "text"] as const).map((value) => ({
              value,
              label: t(`builder.annotation.${value}`),
            }))}
            value={kind}
            onChange={(value) => setKind(value as Annotation["kind"])}
          />
          {kind !== "text" && (
            <SegmentedControl
              aria-label={t("builder.annotation.axis")}
              data={(["x", "y"] as const).map((value) => ({ value, label: t(`channel.${value}`) }))}
              value={axis}
              onChange={(value) => setAxis(value as "x" | "y")}
            />
          )}
          <Group grow align="start">
            <TextInput
              label={labels[0]}
              placeholder={t("builder.annotation.hint")}
              value={one}
              data-autofocus
              onChange={(event) => setOne(event.currentTarget.value)}
            />
            {kind !== "line" && (
              <TextInput label={labels[1]} value={two} onChange={(event) => setTwo(event.currentTarget.value)} />
            )}
          </Group>
          <TextInput
            label={t("builder.annotation.text")}
            maxLength={200}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("app.cancel")}
            </Button>
            <Button type="submit" disabled={!isComplete}>
              {t(given ? "app.save" : "builder.annotation.put")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

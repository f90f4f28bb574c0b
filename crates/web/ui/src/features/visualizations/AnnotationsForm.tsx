// Lines, regions and texts that stand on a chart: the list, and a small form for a new one.
import { ActionIcon, Button, Group, Modal, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
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
  const [isAsking, setAsking] = useState(false);
  return (
    <div>
      <ul className="builder-list">
        {annotations.map((annotation, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: annotations have no name; they are added at the end.
          <li key={at} className="pill-row">
            <span className="pill">
              <span className="pill-name">{inWords(annotation)}</span>
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
      <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>
        {t("builder.annotation.add")}
      </Button>
      {isAsking && (
        <AnnotationDialog
          onClose={() => setAsking(false)}
          onAdd={(annotation) => onChange([...annotations, annotation])}
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

interface DialogProps {
  onAdd: (annotation: Annotation) => void;
  onClose: () => void;
}

function AnnotationDialog({ onAdd, onClose }: DialogProps) {
  const [kind, setKind] = useState<Annotation["kind"]>("line");
  const [axis, setAxis] = useState<"x" | "y">("y");
  const [one, setOne] = useState("");
  const [two, setTwo] = useState("");
  const [text, setText] = useState("");
  const isComplete = one.trim() !== "" && (kind === "line" || two.trim() !== "") && (kind !== "text" || text !== "");
  const submit = () => {
    const [first, second] = [positionOf(one), positionOf(two)];
    const told = text === "" ? {} : { text };
    if (kind === "line") onAdd({ kind, axis, at: first, ...told });
    else if (kind === "region") onAdd({ kind, axis, from: first, to: second, ...told });
    else onAdd({ kind, x: first, y: second, text });
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
      title={t("builder.annotation.add")}
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
              {t("builder.annotation.put")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

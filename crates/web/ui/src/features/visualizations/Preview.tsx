// The chart as it becomes, with its filter; a click on a mark filters, with Shift several marks do when Shift is released.
import { Text } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { Schemas } from "../../api/client";
import { EmptyState, ErrorState } from "../../app/states";
import { t } from "../../text";
import { inWords } from "../datasets/filters";
import { ChartFilter } from "./ChartFilter";
import { FigureView } from "./FigureView";
import { conditionsOf, withPicked } from "./picking";
import { listOfErrors } from "./problems";
import { lacking, trimmed } from "./spec";
import type { ChartKindInfo, ChartSpec, Column, Condition } from "./types";
import type { useChart } from "./useChart";

interface Props {
  spec: ChartSpec;
  kind: ChartKindInfo;
  columns: Column[];
  profile: Schemas["Profile"] | undefined;
  name: string;
  drawn: ReturnType<typeof useChart>;
  onChange: (spec: ChartSpec, tag?: string) => void;
}

export function Preview({ spec, kind, columns, profile, name, drawn, onChange }: Props) {
  const { answer, errors, problem, isBusy, retry } = drawn;
  const missing = lacking(spec, kind);
  const told = listOfErrors(errors);
  const setFilter = (filter: Condition[]) =>
    onChange(trimmed({ ...spec, filter: filter.length > 0 ? filter : undefined }));
  const { picked, pick } = usePicking((marks) => setFilter(withPicked(spec.filter ?? [], marks)));
  const valuesOf = (name: string) =>
    profile?.columns.find((column) => column.name === name)?.top.map(({ value }) => value) ?? [];
  const isShown = answer !== undefined && missing.length === 0;
  return (
    <section aria-label={t("builder.preview")} className="preview" aria-busy={isBusy}>
      <ChartFilter
        dataset={spec.dataset_id}
        columns={columns}
        profile={profile}
        filter={spec.filter ?? []}
        errors={errors.filter}
        onChange={setFilter}
      />
      {picked.length > 0 && (
        <p className="picked" role="status">
          {picked.map((conditions) => conditions.map(inWords).join(", ")).join("; ")}. {t("builder.releaseShift")}
        </p>
      )}
      {told.length > 0 && missing.length === 0 && (
        <ul className="preview-errors">
          {told.map((error) => (
            <li key={error}>{error}</li>
          ))}
        </ul>
      )}
      {problem && (missing.length === 0 || !answer) && <ErrorState error={problem} onRetry={retry} />}
      {isShown && (
        <div className="preview-figure" data-old={problem !== null || told.length > 0 || undefined}>
          <FigureView
            name={name}
            answer={answer}
            source={{ spec }}
            spec={spec}
            onPick={(mark, isMore) => pick(conditionsOf(spec, answer, columns, mark, valuesOf), isMore)}
            onTurn={
              kind.options.includes("camera")
                ? (eye) => onChange({ ...spec, options: { ...spec.options, camera: eye.map(rounded) } }, "camera")
                : undefined
            }
          />
          {kind.has_axes && (
            <Text size="xs" c="dimmed" className="preview-hint">
              {t("builder.pickHint")}
            </Text>
          )}
        </div>
      )}
      {missing.length > 0 && (
        <div className="preview-empty">
          <EmptyState
            title={t("builder.empty", { kind: kind.title.toLowerCase() })}
            detail={t("builder.empty.detail", {
              channels: listed(missing.map((slot) => t(`channel.${slot.channel}`))),
            })}
          />
        </div>
      )}
      {!isShown && missing.length === 0 && !problem && told.length === 0 && (
        <div className="preview-wait" role="status" aria-label={t("state.loading")} />
      )}
    </section>
  );
}

const listed = (names: string[]) => new Intl.ListFormat("en").format(names);

const rounded = (part: number) => Math.round(part * 100) / 100;

/** Marks that were clicked with Shift wait until it is released. */
function usePicking(apply: (marks: Condition[][]) => void) {
  const [picked, setPicked] = useState<Condition[][]>([]);
  const applying = useRef(apply);
  useEffect(() => {
    applying.current = apply;
  });
  useEffect(() => {
    if (picked.length === 0) return;
    const released = (event: KeyboardEvent) => {
      if (event.key !== "Shift") return;
      setPicked([]);
      applying.current(picked);
    };
    window.addEventListener("keyup", released);
    return () => window.removeEventListener("keyup", released);
  }, [picked]);
  const pick = (conditions: Condition[], isMore: boolean) => {
    if (conditions.length === 0) return;
    if (isMore) setPicked((old) => [...old, conditions]);
    else apply([conditions]);
  };
  return { picked, pick };
}

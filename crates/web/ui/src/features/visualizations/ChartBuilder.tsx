// The builder: columns of the dataset, what each channel shows, how it is drawn, and the chart as it becomes.
import { ActionIcon, Tabs } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { ErrorState } from "../../app/states";
import { t } from "../../text";
import { profileQuery } from "../datasets/queries";
import { AnnotationsForm } from "./AnnotationsForm";
import { ColumnList } from "./ColumnList";
import { DragContext, type Dragged } from "./dragging";
import { KindPicker } from "./KindPicker";
import { bestSlot, encodingFor, movedTo } from "./moving";
import { OptionsForm } from "./OptionsForm";
import { Preview } from "./Preview";
import { SuggestionBar } from "./SuggestionBar";
import { added, canonical, isEmpty, trimmed, withEncoding, withoutEncoding } from "./spec";
import { type Facts, suggestions, telling } from "./suggestions";
import type { ChartKindInfo, ChartSpec, Column, Slot } from "./types";
import type { Builder } from "./useBuilder";
import { useChart } from "./useChart";
import { Well } from "./Well";
import "./builder.css";

interface Props {
  builder: Builder;
  kinds: ChartKindInfo[];
  columns: Column[];
  /** What the chart is called while it has no title. */
  name: string;
  /** Columns that are chosen from the start. */
  first?: string[];
}

export function ChartBuilder({ builder, kinds, columns, name, first = [] }: Props) {
  const { spec, change, undo, redo, canUndo, canRedo } = builder;
  const [chosen, setChosen] = useState(first);
  const [dragged, setDragged] = useState<Dragged | null>(null);
  const profile = useQuery(profileQuery(spec.dataset_id));
  const kind = kinds.find((one) => one.name === spec.kind);
  const drawn = useChart(spec, kind);
  const facts = useMemo(() => factsOf(profile.data), [profile.data]);
  const drag = useMemo(() => ({ dragged, setDragged }), [dragged]);
  const suggested = useMemo(() => {
    const wanted = columns.filter((column) => chosen.includes(column.name));
    return suggestions(spec.dataset_id, wanted.length > 0 ? wanted : telling(columns, facts), facts);
  }, [columns, chosen, facts, spec.dataset_id]);
  useBeginning(builder, first, suggested[0]?.spec, profile.isPending);
  // Looking through several kinds loses nothing on the way: each is made of the chart before the first change of kind.
  const origin = useRef({ from: spec, moved: spec });
  if (!kind) return <ErrorState error={new Error(t("builder.unknownKind", { kind: spec.kind }))} />;

  const moved = (next: ChartKindInfo) => {
    const from = canonical(origin.current.moved) === canonical(spec) ? origin.current.from : spec;
    origin.current = { from, moved: movedTo(from, next, columns) };
    return origin.current.moved;
  };
  const add = (slot: Slot, column: Column | null) =>
    change(added(spec, slot, column ? encodingFor(slot, column) : { aggregate: "count" }));
  const drop = (slot: Slot, { encoding, from }: Dragged) => {
    const column = columns.find((one) => one.name === encoding.column);
    if (from?.channel === slot.channel) return;
    const rest = from ? withoutEncoding(spec, from.channel, from.at) : spec;
    const moved = column ? { ...encodingFor(slot, column), ...(from && kept(encoding, slot)) } : encoding;
    change(added(rest, slot, moved));
  };
  const wells = kind.channels.map((slot) => (
    <Well
      key={slot.channel}
      kind={kind}
      slot={slot}
      spec={spec}
      columns={columns}
      errors={drawn.errors.wells}
      add={add}
      drop={drop}
      change={(of, at, encoding, tag) => change(withEncoding(spec, of.channel, at, encoding), tag)}
      remove={(of, at) => change(withoutEncoding(spec, of.channel, at))}
    />
  ));
  return (
    <DragContext value={drag}>
      <div className="builder">
        <ColumnList
          columns={columns}
          chosen={chosen}
          onChoose={setChosen}
          onAdd={(column) => {
            const slot = bestSlot(spec, kind, column);
            if (slot) add(slot, column);
          }}
        />
        <section className="builder-settings" aria-label={t("builder.settings.all")}>
          <div className="builder-steps">
            <ActionIcon variant="default" aria-label={t("builder.undo")} disabled={!canUndo} onClick={undo}>
              <IconArrowBackUp size={16} />
            </ActionIcon>
            <ActionIcon variant="default" aria-label={t("builder.redo")} disabled={!canRedo} onClick={redo}>
              <IconArrowForwardUp size={16} />
            </ActionIcon>
          </div>
          <KindPicker kinds={kinds} value={spec.kind} onChange={(next) => change(moved(next))} />
          <Tabs defaultValue="data" keepMounted={false} className="builder-tabs">
            <Tabs.List>
              <Tabs.Tab value="data">{t("builder.tab.data")}</Tabs.Tab>
              <Tabs.Tab value="look">{t("builder.tab.look")}</Tabs.Tab>
              {kind.has_axes && (
                <Tabs.Tab value="notes">{t("builder.tab.notes", { count: spec.annotations?.length ?? 0 })}</Tabs.Tab>
              )}
            </Tabs.List>
            <Tabs.Panel value="data">{wells}</Tabs.Panel>
            <Tabs.Panel value="look">
              <OptionsForm kind={kind} spec={spec} columns={columns} errors={drawn.errors} onChange={change} />
            </Tabs.Panel>
            <Tabs.Panel value="notes">
              <AnnotationsForm
                annotations={spec.annotations ?? []}
                errors={drawn.errors.annotations}
                onChange={(annotations) =>
                  change(trimmed({ ...spec, annotations: annotations.length > 0 ? annotations : undefined }))
                }
              />
            </Tabs.Panel>
          </Tabs>
        </section>
        <div className="builder-canvas">
          <SuggestionBar
            suggestions={suggested}
            isOfChosen={chosen.length > 0}
            onTake={(suggestion) => change(trimmed({ ...suggestion.spec, filter: spec.filter }))}
          />
          <Preview
            spec={spec}
            kind={kind}
            columns={columns}
            profile={profile.data}
            name={name}
            drawn={drawn}
            onChange={change}
          />
        </div>
      </div>
    </DragContext>
  );
}

/** What an encoding takes along when it is dragged to another channel. */
function kept({ aggregate: _, quantile: __, ...rest }: ReturnType<typeof encodingFor>, slot: Slot) {
  return slot.aggregates === "never" ? rest : { ...rest, ...(_ && { aggregate: _ }), ...(__ && { quantile: __ }) };
}

interface Profile {
  rows: number;
  columns: { name: string; distinct: number; top: { value: unknown }[] }[];
}

function factsOf(profile: Profile | undefined): Map<string, Facts> {
  const known = profile?.columns ?? [];
  return new Map(
    known.map(({ name, distinct, top }) => [
      name,
      { distinct, rows: profile?.rows, top: top.map(({ value }) => value) },
    ]),
  );
}

/** A builder that was opened for some columns begins with the best chart of them. */
function useBeginning({ spec, change }: Builder, first: string[], best: ChartSpec | undefined, isEarly: boolean) {
  const [hasBegun, setBegun] = useState(first.length === 0 || !isEmpty(spec));
  useEffect(() => {
    if (hasBegun || isEarly || !best) return;
    setBegun(true);
    change(best);
  }, [hasBegun, isEarly, best, change]);
}

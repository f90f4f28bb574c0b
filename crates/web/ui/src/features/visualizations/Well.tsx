// A channel of the chart: what it shows, and a place for columns, dropped or picked. What it does not take, it refuses
// with the reason.
import { Select } from "@mantine/core";
import { useContext, useState } from "react";
import { t } from "../../text";
import { refusal } from "./accepting";
import { DragContext, type Dragged, heldNow } from "./dragging";
import { EncodingPill } from "./EncodingPill";
import { type ChartErrors, worded } from "./problems";
import { encodingsOf } from "./spec";
import type { ChartKindInfo, ChartSpec, Column, Encoding, Slot } from "./types";

export interface WellActions {
  add: (slot: Slot, column: Column | null) => void;
  drop: (slot: Slot, dragged: Dragged) => void;
  change: (slot: Slot, at: number, encoding: Encoding, tag?: string) => void;
  remove: (slot: Slot, at: number) => void;
}

interface Props extends WellActions {
  kind: ChartKindInfo;
  slot: Slot;
  spec: ChartSpec;
  columns: Column[];
  errors: ChartErrors["wells"];
}

export function Well({ kind, slot, spec, columns, errors, add, drop, change, remove }: Props) {
  const { dragged, setDragged } = useContext(DragContext);
  const [isOver, setOver] = useState(false);
  const encodings = encodingsOf(spec, slot.channel);
  const name = t(`channel.${slot.channel}`);
  const reasonAgainst = (what: Dragged | null) => {
    const column = columns.find((one) => one.name === what?.encoding.column);
    return what && column ? refusal(slot, column, what.encoding.aggregate) : null;
  };
  const reason = reasonAgainst(dragged);
  const mine = errors.filter((error) => error.channel === slot.channel);
  const general = mine.filter(({ at }) => at < 0 || at >= encodings.length);
  const state = !dragged ? undefined : reason ? "refuses" : "takes";
  return (
    <div
      className="well"
      role="group"
      aria-label={name}
      data-drag={state}
      data-over={(isOver && state === "takes") || undefined}
      data-wrong={mine.length > 0 || undefined}
      onDragOver={(event) => {
        if (!heldNow() || reasonAgainst(heldNow()) !== null) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const what = heldNow();
        if (what && reasonAgainst(what) === null) drop(slot, what);
        setDragged(null);
      }}
    >
      <div className="well-head">
        <h3 className="well-name">{name}</h3>
        {slot.least > encodings.length && <span className="well-need">{t("builder.needed")}</span>}
      </div>
      {encodings.map((encoding, at) => (
        <EncodingPill
          // biome-ignore lint/suspicious/noArrayIndexKey: the same column may stand there twice.
          key={`${encoding.column} ${at}`}
          kind={kind}
          slot={slot}
          at={at}
          encoding={encoding}
          columns={columns}
          errors={mine.filter((error) => error.at === at)}
          onChange={(next, tag) => change(slot, at, next, tag)}
          onRemove={() => remove(slot, at)}
        />
      ))}
      {encodings.length < slot.most && (
        <Adder slot={slot} name={name} columns={columns} isFirst={encodings.length === 0} add={add} />
      )}
      {state === "refuses" && reason && <p className="well-reason">{reason}</p>}
      {general.map(({ detail }) => (
        <p key={detail} className="well-error" role="alert">
          {worded(detail)}
        </p>
      ))}
    </div>
  );
}

/** A channel's columns may be more than a list of choices should show at once. */
const MOST_CHOICES = 200;
const ROWS = "\u0000rows";

interface AdderProps {
  slot: Slot;
  name: string;
  columns: Column[];
  isFirst: boolean;
  add: WellActions["add"];
}

function Adder({ slot, name, columns, isFirst, add }: AdderProps) {
  const fitting = columns.filter((column) => refusal(slot, column) === null);
  const rest = slot.aggregates === "never" ? [] : columns.filter((column) => refusal(slot, column) !== null);
  const data = [
    ...(slot.aggregates === "never" ? [] : [{ value: ROWS, label: t("builder.rows") }]),
    ...[...fitting, ...rest].map((column) => ({ value: column.name, label: column.name })),
  ];
  return (
    <Select
      size="xs"
      variant="unstyled"
      className="well-add"
      aria-label={t(isFirst ? "builder.pick" : "builder.pickMore", { channel: name })}
      placeholder={t(`builder.accepts.${slot.accepts}`)}
      data={data}
      value={null}
      searchable
      limit={MOST_CHOICES}
      nothingFoundMessage={t("builder.noColumn")}
      selectFirstOptionOnChange
      comboboxProps={{ width: 240, position: "bottom-start" }}
      onChange={(value) => {
        if (value === null) return;
        add(slot, value === ROWS ? null : (columns.find((column) => column.name === value) ?? null));
      }}
    />
  );
}

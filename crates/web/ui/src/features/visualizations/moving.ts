// When the kind of a chart changes, its encodings move to the channels of the new kind that take them.
import { fitted, isNumeric, isTime, refusal } from "./accepting";
import { CHANNELS, encodingsOf, withEncodings } from "./spec";
import type { Channel, ChartKindInfo, ChartOptions, ChartSpec, Column, Encoding, Slot } from "./types";

/** Where an encoding of a channel goes when the new kind lacks it, the best place first. */
const KIN: Record<Channel, Channel[]> = {
  x: ["rows", "color", "y", "columns", "facet"],
  y: ["size", "color", "x", "rows", "z"],
  z: ["y", "color", "size", "rows"],
  color: ["columns", "rows", "facet", "x", "size", "y", "z"],
  size: ["y", "color", "z"],
  facet: ["columns", "rows", "color"],
  label: ["rows", "facet"],
  rows: ["x", "color", "y", "facet"],
  columns: ["color", "x", "facet", "rows"],
};

interface Homeless {
  from: Channel;
  encoding: Encoding;
}

export function movedTo(spec: ChartSpec, kind: ChartKindInfo, columns: Column[]): ChartSpec {
  const columnOf = (encoding: Encoding) => columns.find(({ name }) => name === encoding.column);
  const held = new Map<Channel, Encoding[]>(kind.channels.map(({ channel }) => [channel, []]));
  const put = (slot: Slot, encoding: Encoding): boolean => {
    const list = held.get(slot.channel) ?? [];
    const fitting = fitted(encoding, slot, columnOf(encoding));
    if (!fitting || list.length >= slot.most) return false;
    held.set(slot.channel, [...list, fitting]);
    return true;
  };
  const slotOf = (channel: Channel) => kind.channels.find((slot) => slot.channel === channel);
  const homeless: Homeless[] = [];
  for (const channel of CHANNELS) {
    for (const encoding of encodingsOf(spec, channel)) {
      const slot = slotOf(channel);
      if (!slot || !put(slot, encoding)) homeless.push({ from: channel, encoding });
    }
  }
  // What the new kind cannot do without is served first, then what has a channel of its kin.
  for (const isNeeded of [true, false]) {
    for (const one of [...homeless]) {
      const slots = KIN[one.from].map(slotOf).filter((slot) => slot !== undefined);
      const found = slots.find(
        (slot) => (!isNeeded || (held.get(slot.channel)?.length ?? 0) < slot.least) && put(slot, one.encoding),
      );
      if (found) homeless.splice(homeless.indexOf(one), 1);
    }
  }
  let moved: ChartSpec = { ...spec, kind: kind.name };
  for (const channel of CHANNELS) moved = withEncodings(moved, channel, held.get(channel) ?? []);
  moved = { ...moved, options: keptOptions(spec.options, kind) };
  if (!moved.options) delete moved.options;
  if (!kind.has_axes) delete moved.annotations;
  return moved;
}

function keptOptions(options: ChartOptions | undefined, kind: ChartKindInfo): ChartOptions | undefined {
  const kept = Object.entries(options ?? {}).filter(([name]) => kind.options.includes(name));
  return kept.length > 0 ? (Object.fromEntries(kept) as ChartOptions) : undefined;
}

/** A column as it usually stands in a channel. */
export function encodingFor(slot: Slot, column: Column): Encoding {
  const encoding: Encoding = { column: column.name };
  if (slot.aggregates === "always") encoding.aggregate = isNumeric(column.type) ? "sum" : "count";
  return encoding;
}

/** The channel that a column goes to when it is only added: an empty one that wants its type, needed ones first. */
export function bestSlot(spec: ChartSpec, kind: ChartKindInfo, column: Column): Slot | undefined {
  const open = kind.channels.filter(
    (slot) => refusal(slot, column, "count") === null && encodingsOf(spec, slot.channel).length < slot.most,
  );
  const worth = (slot: Slot) => {
    const isNeeded = encodingsOf(spec, slot.channel).length < slot.least;
    const isFigure = slot.aggregates === "always";
    const suits = isFigure ? isNumeric(column.type) : slot.channel === "x" ? isTime(column.type) || !isFigure : true;
    return (isNeeded ? 4 : 0) + (suits ? 2 : 0) - (encodingsOf(spec, slot.channel).length > 0 ? 1 : 0);
  };
  return [...open].sort((a, b) => worth(b) - worth(a))[0];
}

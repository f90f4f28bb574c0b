// Reading and changing a spec: every channel as a list of encodings, without empty parts.
import type { Channel, ChartKindInfo, ChartSpec, Encoding, Slot } from "./types";

export const CHANNELS: Channel[] = ["x", "y", "z", "color", "size", "facet", "label", "rows", "columns"];
const LISTS = ["y", "rows", "columns"] as const;
type ListChannel = (typeof LISTS)[number];

export const isList = (channel: Channel): channel is ListChannel => LISTS.includes(channel as ListChannel);

export function encodingsOf(spec: ChartSpec, channel: Channel): Encoding[] {
  if (isList(channel)) return spec[channel] ?? [];
  const one = spec[channel];
  return one ? [one] : [];
}

/** The spec with these encodings in a channel; an empty list takes the channel away. */
export function withEncodings(spec: ChartSpec, channel: Channel, encodings: Encoding[]): ChartSpec {
  const { [channel]: _, ...rest } = spec;
  if (encodings.length === 0) return rest as ChartSpec;
  return { ...rest, [channel]: isList(channel) ? encodings : encodings[0] } as ChartSpec;
}

export function withEncoding(spec: ChartSpec, channel: Channel, at: number, encoding: Encoding): ChartSpec {
  const encodings = encodingsOf(spec, channel);
  return withEncodings(
    spec,
    channel,
    encodings.map((old, i) => (i === at ? encoding : old)),
  );
}

export const withoutEncoding = (spec: ChartSpec, channel: Channel, at: number): ChartSpec =>
  withEncodings(
    spec,
    channel,
    encodingsOf(spec, channel).filter((_, i) => i !== at),
  );

/** Puts an encoding into a channel; a full one gives its last encoding up. */
export function added(spec: ChartSpec, slot: Slot, encoding: Encoding): ChartSpec {
  const old = encodingsOf(spec, slot.channel);
  return withEncodings(spec, slot.channel, [...old.slice(0, slot.most - 1), encoding]);
}

/** Without what is undefined, so that equal specs are equal texts. */
export function trimmed<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T;
}

/** The required channels that have too little. */
export function lacking(spec: ChartSpec, kind: ChartKindInfo): Slot[] {
  return kind.channels.filter((slot) => encodingsOf(spec, slot.channel).length < slot.least);
}

export const isEmpty = (spec: ChartSpec): boolean =>
  CHANNELS.every((channel) => encodingsOf(spec, channel).length === 0);

/** The same spec in one order of keys, so that two can be compared. */
export function canonical(spec: ChartSpec): string {
  return JSON.stringify(spec, (_, value) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([, part]) => part !== undefined && part !== null && !isVoid(part))
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : value,
  );
}

const isVoid = (part: unknown) =>
  part === "linear" ||
  (Array.isArray(part) && part.length === 0) ||
  (typeof part === "object" && part !== null && !Array.isArray(part) && Object.keys(part).length === 0);

// Undo and redo: the states that something had, each a step; steps of one movement (a slider, a text) are one.
export interface Past<T> {
  past: T[];
  now: T;
  future: T[];
  /** What the last step changed, and when: the same again soon after belongs to it. */
  tag: string;
  at: number;
}

const MOST_STEPS = 200;
const ONE_MOVEMENT_MS = 1_000;

export const begun = <T>(now: T): Past<T> => ({ past: [], now, future: [], tag: "", at: 0 });

export function recorded<T>(history: Past<T>, next: T, tag = "", at = Date.now()): Past<T> {
  const isSame = tag !== "" && tag === history.tag && at - history.at < ONE_MOVEMENT_MS;
  const past = isSame ? history.past : [...history.past, history.now].slice(-MOST_STEPS);
  return { past, now: next, future: [], tag, at };
}

export function undone<T>(history: Past<T>): Past<T> {
  const last = history.past.at(-1);
  if (last === undefined) return history;
  return { past: history.past.slice(0, -1), now: last, future: [history.now, ...history.future], tag: "", at: 0 };
}

export function redone<T>(history: Past<T>): Past<T> {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.now], now: next, future, tag: "", at: 0 };
}

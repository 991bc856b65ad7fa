/** One thing that differs; null where it was not, or is no more. */
export type Change = {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
};

const MAX_LENGTH = 300;

/** What differs between two states, by name; of a new or removed thing all that is known. */
export function changesOf(before: unknown, after: unknown): readonly Change[] {
  const [old, now] = [partsOf(before), partsOf(after)];
  const isChange = before !== null && after !== null;
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name) => {
    const change = { name, before: old.get(name) ?? null, after: now.get(name) ?? null };
    return isChange && change.before === change.after ? [] : [change];
  });
}

function partsOf(state: unknown): ReadonlyMap<string, string> {
  if (state === null || state === undefined) return new Map();
  const entries: [string, unknown][] =
    typeof state === "object" && !Array.isArray(state) ? Object.entries(state) : [["", state]];
  return new Map(entries.map(([name, value]) => [name, textOf(value)]));
}

function textOf(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}

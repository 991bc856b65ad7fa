/** What something was until an instant; the entry with the earliest end after an event held for it. */
export type Past<Value> = readonly { readonly untilMs: number; readonly value: Value }[];

/** A team as allocation sees it: its slug, the names that telemetry may call it by, and what became of it. */
export type AllocatableTeam = {
  readonly slug: string;
  readonly name: string;
  readonly costCenter: string | null;
  readonly costCentersBefore?: Past<string | null>;
  /** What started since then is not given to it. Absent or null: it is open. */
  readonly archivedFromMs?: number | null;
  /** What would fall to it and started since then falls to the other team. */
  readonly merged?: { readonly into: string; readonly fromMs: number } | null;
};

/** A project gives its team to events that name it and say no team. */
export type AllocatableProject = {
  readonly id: string;
  readonly team: string | null;
  readonly teamsBefore?: Past<string | null>;
  readonly archivedFromMs?: number | null;
};

/** Where a person works in [fromMs, toMs). */
export type WorkSpan = {
  readonly team: string;
  /** Null: the team's. */
  readonly costCenter: string | null;
  readonly fromMs: number;
  readonly toMs: number | null;
};

/** A person, by the names that telemetry may know them by; the spans do not overlap. */
export type AllocatablePerson = {
  readonly names: readonly string[];
  readonly spans: readonly WorkSpan[];
};

/** Whether a team may be given what started then. What was merged is: it goes on to the other team. */
export function isOpenAt({ archivedFromMs, merged }: AllocatableTeam, atMs: number): boolean {
  return (merged ?? null) !== null || atMs < (archivedFromMs ?? Number.POSITIVE_INFINITY);
}

/** What it was at an instant. */
export function asOf<Value>(now: Value, past: Past<Value> | undefined, atMs: number): Value {
  let [value, until] = [now, Number.POSITIVE_INFINITY];
  for (const entry of past ?? []) {
    if (entry.untilMs > atMs && entry.untilMs < until) {
      value = entry.value;
      until = entry.untilMs;
    }
  }
  return value;
}

/** Finds where the person of a name worked at an instant. Names are told apart without regard to case. */
export function findWork(
  people: readonly AllocatablePerson[],
): (name: string | undefined, atMs: number) => WorkSpan | undefined {
  const spansOf = new Map<string, readonly WorkSpan[]>();
  for (const { names, spans } of people) {
    for (const name of names) spansOf.set(name.toLowerCase(), spans);
  }
  return (name, atMs) => {
    if (name === undefined || spansOf.size === 0) return undefined;
    return spansOf
      .get(name.toLowerCase())
      ?.find(({ fromMs, toMs }) => fromMs <= atMs && (toMs === null || atMs < toMs));
  };
}

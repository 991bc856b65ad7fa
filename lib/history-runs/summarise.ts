import { addSums, type Change, type ChangeSums, NO_CHANGE } from "./change.ts";

export type ChangeGroup<Key> = ChangeSums & { readonly key: Key };

/** Adds changes up by a key; the largest differences come first. */
export function groupChanges<Key extends string | null>(
  changes: readonly Change[],
  keyOf: (change: Change) => Key,
): ChangeGroup<Key>[] {
  const groups = new Map<Key, ChangeSums>();
  for (const change of changes) {
    const key = keyOf(change);
    groups.set(key, addSums(groups.get(key) ?? NO_CHANGE, change));
  }
  return [...groups].map(([key, sums]) => ({ key, ...sums })).toSorted(byDifference);
}

/** Adds changes up by day, the first day first. */
export function changesByDay(changes: readonly Change[]): ChangeGroup<string>[] {
  return groupChanges(changes, ({ day }) => day.toISOString()).toSorted((a, b) =>
    a.key < b.key ? -1 : 1,
  );
}

export function differenceOf({ oldCost, newCost }: ChangeSums): bigint {
  return newCost - oldCost;
}

function byDifference(a: ChangeSums, b: ChangeSums): number {
  const [left, right] = [sizeOf(a), sizeOf(b)];
  if (left !== right) return left > right ? -1 : 1;
  return b.calls - a.calls;
}

/** Where cost stays, because a plan pays, list cost may still move. */
function sizeOf(sums: ChangeSums): bigint {
  const difference = differenceOf(sums);
  return difference < 0n ? -difference : difference;
}

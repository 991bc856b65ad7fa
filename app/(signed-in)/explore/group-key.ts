import type { Dimension, UsageRow } from "#lib/reports/usage-query.ts";

/**
 * Names a group among the others of its question. A single name stands as it
 * is, so that it has its colour of every other page.
 */
export function groupKey(groupBy: readonly Dimension[], group: UsageRow["group"]): string | null {
  const values = groupBy.map((dimension) => group[dimension] ?? null);
  return values.length === 1 ? (values[0] ?? null) : JSON.stringify(values);
}

/** The values that `groupKey` named, one for each dimension. */
export function groupOfKey(
  groupBy: readonly Dimension[],
  key: string | null,
): readonly (string | null)[] {
  return groupBy.length === 1 || key === null ? [key] : JSON.parse(key);
}

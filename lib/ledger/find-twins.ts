import { MOST_ALIKE } from "#lib/counting/trace-twins.ts";
import type { Tx } from "#lib/db/client.ts";
import { type Place, partitionsBetween, readItems } from "./known-items.ts";
import type { LedgerItem } from "./ledger-row.ts";

/** Calls that may be one call in two traces start within so much of each other. */
const REACH_MS = 62_000;

export type FoundTwins = {
  readonly items: readonly LedgerItem[];
  /** The keys that more calls share than can be told apart; these are not read. */
  readonly crowded: readonly bigint[];
};

/** The stored calls that share a twin key with the given ones. */
export async function findTwins(
  tx: Tx,
  calls: readonly Pick<LedgerItem, "startedAtMs">[],
  keys: readonly bigint[],
): Promise<FoundTwins> {
  if (keys.length === 0) return { items: [], crowded: [] };
  const times = calls.map(({ startedAtMs }) => startedAtMs);
  const from = times.reduce((a, b) => Math.min(a, b)) - REACH_MS;
  const to = times.reduce((a, b) => Math.max(a, b)) + REACH_MS;
  const partitions = await partitionsBetween(tx, from, to);
  if (partitions.length === 0) return { items: [], crowded: [] };
  const selects = partitions.flatMap((partition) =>
    ["call_key", "call_key_2"].map(
      (column) =>
        `(select id, started_at from ${partition} where ${column} = k.key limit ${MOST_ALIKE + 1})`,
    ),
  );
  // Partition names are made of dates; every value is a parameter.
  const places = await tx.unsafe<(Place & { key: bigint })[]>(
    `select k.key, near.id, near.started_at
       from unnest($1::text[]::int8[]) as k (key)
      cross join lateral (${selects.join(" union all ")}) as near`,
    [keys.map(String)],
    { prepare: true },
  );
  const crowded: bigint[] = [];
  const found = new Map<string, Place>();
  for (const [key, alike] of Map.groupBy(places, (place) => place.key)) {
    if (alike.length > MOST_ALIKE) crowded.push(key);
    else for (const place of alike) found.set(place.id, place);
  }
  return { items: await readItems(tx, [...found.values()]), crowded };
}

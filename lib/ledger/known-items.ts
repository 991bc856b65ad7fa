import type { Tx } from "#lib/db/client.ts";
import { itemFrom, type LedgerRow } from "./item-from-row.ts";
import type { LedgerItem } from "./ledger-row.ts";

/** By what stored items are looked for; an item that matches any of them is found. */
export type Lookup = {
  readonly ids: readonly string[];
  readonly traceIds: readonly string[];
  readonly callKeys: readonly bigint[];
  readonly sessions: readonly string[];
  /** Inclusive bounds of the start time: only those days' partitions are read. */
  readonly fromMs: number;
  readonly toMs: number;
};

/**
 * The stored items that belong to what is being written. Reads by the ledger's
 * partial indexes, one branch each, within the given days.
 */
export async function findItems(tx: Tx, lookup: Lookup): Promise<LedgerItem[]> {
  const { ids, sessions } = lookup;
  const traceIds = lookup.traceIds.map(byteaText);
  const callKeys = lookup.callKeys.map(String);
  const within = tx`started_at between ${new Date(lookup.fromMs)} and ${new Date(lookup.toMs)}`;
  const branches = [
    ids.length > 0
      ? tx`select id, started_at from usage_event where id = any(${ids}::uuid[]) and ${within}`
      : null,
    traceIds.length > 0
      ? tx`select id, started_at from usage_event where trace_id = any(${traceIds}::text[]::bytea[]) and ${within}`
      : null,
    callKeys.length > 0
      ? tx`select id, started_at from usage_event where call_key = any(${callKeys}::int8[]) and ${within}
           union all
           select id, started_at from usage_event where call_key_2 = any(${callKeys}::int8[]) and ${within}`
      : null,
    // Only those that a better signal of the session may outrank.
    sessions.length > 0
      ? tx`select id, started_at from usage_event
            where session_id = any(${sessions}) and counted and (rank > 1 or witness = 'series') and ${within}`
      : null,
  ].filter((branch) => branch !== null);
  if (branches.length === 0) return [];

  const found = branches.reduce((all, branch) => tx`${all} union all ${branch}`);
  return readItems(tx, tx`(u.id, u.started_at) in (${found})`);
}

/** The points around the given ones: of each stream the last before and the first after. */
export async function findNeighbours(
  tx: Tx,
  points: readonly { readonly streamKey: bigint; readonly startedAtMs: number }[],
): Promise<LedgerItem[]> {
  if (points.length === 0) return [];
  const keys = points.map(({ streamKey }) => `${streamKey}`);
  const times = points.map(({ startedAtMs }) => new Date(startedAtMs).toISOString());
  return readItems(
    tx,
    tx`(u.id, u.started_at) in (
         select near.id, near.started_at
           from unnest(${keys}::int8[], ${times}::timestamptz[]) as p (stream_key, at)
          cross join lateral (
                (select id, started_at from usage_event u
                  where u.stream_key = p.stream_key and u.started_at <= p.at
                  order by started_at desc, id desc limit 2)
                union all
                (select id, started_at from usage_event u
                  where u.stream_key = p.stream_key and u.started_at > p.at
                  order by started_at, id limit 1)
          ) as near)`,
  );
}

/** Counted points of metrics of these services: a span or log of the same days makes them repeats. */
export async function findCoveredPoints(
  tx: Tx,
  services: readonly string[],
  { fromMs, toMs }: Pick<Lookup, "fromMs" | "toMs">,
): Promise<LedgerItem[]> {
  return readItems(
    tx,
    tx`u.stream_key is not null and u.counted and d.service = any(${services as string[]})
       and u.started_at between ${new Date(fromMs)} and ${new Date(toMs)}`,
  );
}

async function readItems(tx: Tx, where: ReturnType<Tx>): Promise<LedgerItem[]> {
  const rows = await tx<LedgerRow[]>`
    select u.*, d.kind, d.team, d.service, d.tool, d.dialect, d.status
      from usage_event u
      join dimension_set d on d.id = u.dimension_set_id
     where ${where}`;
  return rows.map(itemFrom);
}

/** The driver takes the type of an array from its first value; text is cast by the statement. */
export function byteaText(hex: string): string {
  return `\\x${hex}`;
}

import type { Tx } from "#lib/db/client.ts";
import { itemFrom, type LedgerRow } from "./item-from-row.ts";
import type { LedgerItem } from "./ledger-row.ts";

/** By what stored items are looked for; an item that matches any of them is found. */
export type Lookup = {
  readonly ids: readonly string[];
  readonly traceIds: readonly string[];
  readonly callKeys: readonly bigint[];
  /** Finds only items that a better signal of the session may outrank. */
  readonly sessions: readonly string[];
  /** Inclusive bounds of the start time: only those days' partitions are read. */
  readonly fromMs: number;
  readonly toMs: number;
};

type Place = { readonly id: string; readonly started_at: Date };

/**
 * The stored items that belong to what is being written. One statement reads
 * by the ledger's partial indexes, a branch each, within the given days; the
 * rows themselves are read only where it found any.
 */
export async function findItems(tx: Tx, lookup: Lookup): Promise<LedgerItem[]> {
  const { ids, traceIds, callKeys, sessions } = lookup;
  if (ids.length + traceIds.length + callKeys.length + sessions.length === 0) return [];
  const [from, to] = [new Date(lookup.fromMs), new Date(lookup.toMs)];
  const keys = callKeys.map(String);
  const places = await tx<Place[]>`
    select id, started_at from usage_event
     where id = any(${ids}::text[]::uuid[]) and started_at between ${from} and ${to}
    union
    select id, started_at from usage_event
     where trace_id = any(${traceIds.map(byteaText)}::text[]::bytea[]) and started_at between ${from} and ${to}
    union
    select id, started_at from usage_event
     where call_key = any(${keys}::text[]::int8[]) and started_at between ${from} and ${to}
    union
    select id, started_at from usage_event
     where call_key_2 = any(${keys}::text[]::int8[]) and started_at between ${from} and ${to}
    union
    select id, started_at from usage_event
     where session_id = any(${sessions}::text[]) and counted and (rank > 1 or witness = 'series')
       and started_at between ${from} and ${to}`;
  return readItems(tx, places);
}

/** The points around the given ones: of each stream the last before and the first after. */
export async function findNeighbours(
  tx: Tx,
  points: readonly { readonly streamKey: bigint | null; readonly startedAtMs: number }[],
): Promise<LedgerItem[]> {
  if (points.length === 0) return [];
  const keys = points.map(({ streamKey }) => `${streamKey ?? 0}`);
  const times = points.map(({ startedAtMs }) => new Date(startedAtMs).toISOString());
  const places = await tx<Place[]>`
    select distinct near.id, near.started_at
      from unnest(${keys}::text[]::int8[], ${times}::text[]::timestamptz[]) as p (stream_key, at)
     cross join lateral (
           (select id, started_at from usage_event u
             where u.stream_key = p.stream_key and u.started_at <= p.at
             order by started_at desc, id desc limit 2)
           union all
           (select id, started_at from usage_event u
             where u.stream_key = p.stream_key and u.started_at > p.at
             order by started_at, id limit 1)
     ) as near`;
  return readItems(tx, places);
}

/** Counted points of metrics of these services: a span or log of the same days makes them repeats. */
export async function findCoveredPoints(
  tx: Tx,
  services: readonly string[],
  { fromMs, toMs }: Pick<Lookup, "fromMs" | "toMs">,
): Promise<LedgerItem[]> {
  if (services.length === 0) return [];
  const places = await tx<Place[]>`
    select u.id, u.started_at
      from usage_event u
      join dimension_set d on d.id = u.dimension_set_id
     where u.stream_key is not null and u.counted and d.service = any(${services}::text[])
       and u.started_at between ${new Date(fromMs)} and ${new Date(toMs)}`;
  return readItems(tx, places);
}

/** By primary key, row by row: the number of rows is small, that of partitions is not. */
async function readItems(tx: Tx, places: readonly Place[]): Promise<LedgerItem[]> {
  if (places.length === 0) return [];
  const rows = await tx<LedgerRow[]>`
    select u.*, d.kind, d.team, d.service, d.tool, d.dialect, d.status
      from unnest(${places.map(({ id }) => id)}::text[]::uuid[],
                  ${places.map(({ started_at }) => started_at.toISOString())}::text[]::timestamptz[]) as p (id, started_at)
     cross join lateral (
           select * from usage_event e where e.id = p.id and e.started_at = p.started_at
     ) as u
      join dimension_set d on d.id = u.dimension_set_id`;
  return rows.map(itemFrom);
}

/** The driver takes the type of an array from its first value; text is cast by the statement. */
export function byteaText(hex: string): string {
  return `\\x${hex}`;
}

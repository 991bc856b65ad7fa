import type { Tx } from "#lib/db/client.ts";
import { startOfEventId } from "./event-id.ts";
import { itemFrom, type LedgerRow } from "./item-from-row.ts";
import type { LedgerItem } from "./ledger-row.ts";
import { partitionName } from "./partition-name.ts";

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
  /** The partitions to read, where it is known that they exist; null asks the catalogue. */
  readonly partitions: readonly string[] | null;
};

/** Where a row is. */
export type Place = { readonly id: string; readonly started_at: Date };

/**
 * The stored items that belong to what is being written, of the days around.
 *
 * Each day's partition is read by name and by one index at a time. Today's
 * grows faster than its statistics: given a range of times as well, the planner
 * takes that for the better way in and reads the day whole.
 */
export async function findItems(tx: Tx, lookup: Lookup): Promise<LedgerItem[]> {
  return readItems(tx, [...lookup.ids.map(placeOf), ...(await findPlaces(tx, lookup))]);
}

/** An id tells when its row started, and so in which partition it is. */
function placeOf(id: string): Place {
  return { id, started_at: new Date(startOfEventId(id) ?? 0) };
}

async function findPlaces(tx: Tx, lookup: Lookup): Promise<readonly Place[]> {
  const conditions = conditionsOf(lookup);
  if (conditions.length === 0) return [];
  const partitions = lookup.partitions ?? (await partitionsBetween(tx, lookup.fromMs, lookup.toMs));
  if (partitions.length === 0) return [];
  const selects = partitions.flatMap((partition) =>
    conditions.map(
      ({ where }, i) => `select id, started_at from ${partition} where ${where(`$${i + 1}`)}`,
    ),
  );
  // Partition names are made of dates; every value is a parameter.
  return tx.unsafe<Place[]>(
    selects.join(" union "),
    conditions.map(({ values }) => values as string[]),
    { prepare: true },
  );
}

type Condition = {
  readonly values: readonly string[];
  readonly where: (parameter: string) => string;
};

function conditionsOf({ traceIds, callKeys, sessions }: Lookup): Condition[] {
  const keys = callKeys.map(String);
  const all: Condition[] = [
    {
      values: traceIds.map(byteaText),
      where: (ids) => `trace_id = any(${ids}::text[]::bytea[])`,
    },
    { values: keys, where: (calls) => `call_key = any(${calls}::text[]::int8[])` },
    { values: keys, where: (calls) => `call_key_2 = any(${calls}::text[]::int8[])` },
    {
      values: sessions,
      where: (ids) =>
        `session_id = any(${ids}::text[]) and counted and (rank > 1 or witness = 'series')`,
    },
  ];
  return all.filter(({ values }) => values.length > 0);
}

/** The partitions that exist of the days from one instant to another. */
export async function partitionsBetween(tx: Tx, fromMs: number, toMs: number): Promise<string[]> {
  const rows = await tx<{ name: string }[]>`
    select c.relname as name
      from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'usage_event'::regclass
       and c.relname between ${partitionName(fromMs)} and ${partitionName(toMs)}
     order by 1`;
  return rows.map(({ name }) => name);
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
             order by started_at desc limit 2)
           union all
           (select id, started_at from usage_event u
             where u.stream_key = p.stream_key and u.started_at > p.at
             order by started_at limit 1)
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
export async function readItems(tx: Tx, places: readonly Place[]): Promise<LedgerItem[]> {
  if (places.length === 0) return [];
  const rows = await tx<LedgerRow[]>`
    select u.*, d.kind, d.team, d.service, d.tool, d.dialect, d.status,
           d.provider, d.model
      from unnest(${places.map(({ id }) => id)}::text[]::uuid[],
                  ${places.map(({ started_at }) => started_at.toISOString())}::text[]::timestamptz[]) as p (id, started_at)
     cross join lateral (
           select * from priced_event e where e.started_at = p.started_at and e.id = p.id
     ) as u
      join dimension_set d on d.id = u.dimension_set_id`;
  return rows.map(itemFrom);
}

/** The driver takes the type of an array from its first value; text is cast by the statement. */
export function byteaText(hex: string): string {
  return `\\x${hex}`;
}

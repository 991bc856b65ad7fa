import { randomUUID } from "node:crypto";
import type { SharedPool, ShareMethod } from "#lib/cost-model/shared-pool.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import type { Believed } from "#lib/price-book/own-rate.ts";
import { dayText, parseDay } from "#lib/time/civil-day.ts";

export type NewPool = Omit<SharedPool, "id">;
/** How a pool is split from a day on; `id` names the pool, `version` this row. */
export type RecordedPool = SharedPool & Believed & { readonly version: string };

/** The pools believed now, each in all its versions in time, or all that ever were; in the order in which they came. */
export async function readPools(
  sql: SqlClient | Tx,
  which: "believed" | "all" = "believed",
): Promise<RecordedPool[]> {
  const rows = await sql<PoolRow[]>`
    select id as version, pool_id as id, name, method, source_team as "sourceTeam", teams, weights,
           effective_from::text as effective_from, effective_to::text as effective_to,
           recorded_at as "recordedAt", recorded_by as "recordedBy",
           superseded_at as "supersededAt", superseded_by as "supersededBy"
      from shared_cost
     ${which === "believed" ? sql`where superseded_at is null` : sql``}
     order by (select min(first.recorded_at) from shared_cost first
                where first.pool_id = shared_cost.pool_id),
              pool_id, effective_from nulls first, recorded_at`;
  return rows.map(({ effective_from, effective_to, ...row }) => ({
    ...row,
    effectiveFrom: effective_from === null ? null : parseDay(effective_from),
    effectiveTo: effective_to === null ? null : parseDay(effective_to),
  }));
}

/**
 * Records how a pool is split from a day on: a new pool, or a further version
 * of one. A version with the same first day is no longer believed.
 *
 * @returns The pool's id.
 */
export async function insertPool(
  tx: Tx,
  pool: NewPool,
  by: string,
  id: string = randomUUID(),
): Promise<string> {
  const from = pool.effectiveFrom === null ? null : dayText(pool.effectiveFrom);
  const to = pool.effectiveTo === null ? null : dayText(pool.effectiveTo);
  await tx`lock table shared_cost in share row exclusive mode`;
  await tx`
    update shared_cost set superseded_at = now(), superseded_by = ${by}
     where pool_id = ${id}::uuid and superseded_at is null
       and effective_from is not distinct from ${from}::date`;
  await tx`
    insert into shared_cost (pool_id, name, method, source_team, teams, weights, effective_from,
                             effective_to, recorded_by)
    values (${id}::uuid, ${pool.name}, ${pool.method}, ${pool.sourceTeam},
            ${pool.teams === null ? null : [...pool.teams]}::text[],
            ${JSON.stringify(pool.weights)}::text::jsonb, ${from}::date, ${to}::date, ${by})`;
  return id;
}

/** Stops believing a pool, in all its versions. False when none is believed. */
export async function withdrawPool(tx: Tx, id: string, by: string): Promise<boolean> {
  const rows = await tx`
    update shared_cost set superseded_at = now(), superseded_by = ${by}
     where pool_id = ${id}::uuid and superseded_at is null returning id`;
  return rows.length > 0;
}

type PoolRow = Omit<RecordedPool, "effectiveFrom" | "effectiveTo" | "method"> & {
  readonly method: ShareMethod;
  readonly effective_from: string | null;
  readonly effective_to: string | null;
};

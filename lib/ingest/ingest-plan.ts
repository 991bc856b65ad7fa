import { type Allocatable, type Allocation, createAllocator } from "#lib/allocation/allocate.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { loadAllocationPlan } from "#lib/organization/load-allocation-plan.ts";
import { loadPricing } from "#lib/price-book/load-pricing.ts";
import type { RateQuery, RateSet } from "#lib/pricing/rate-set.ts";

/** Everything outside an event that decides how it is filed, as it stands now. */
export type IngestPlan = {
  readonly timeZone: string;
  readonly allocate: (event: Allocatable) => Allocation;
  /** The default team of an ingest key; null when it has none. */
  readonly teamOfKey: (keyId: string) => string | null;
  /** The rates of a call that is allocated to a team; list prices beneath agreed ones included. */
  readonly resolveRateSet: (query: RateQuery, team: string) => RateSet;
};

type KeyRow = { id: string; team_slug: string | null };

/**
 * Reads the organisation, rules, keys and prices. Collectors read it
 * again when told (`outlay_plan`), so that all file alike within moments.
 */
export async function loadIngestPlan(sql: SqlClient): Promise<IngestPlan> {
  const [organization] = await sql<{ time_zone: string }[]>`select time_zone from organization`;
  const timeZone = organization?.time_zone ?? "UTC";
  const [allocation, keys, pricing] = await Promise.all([
    loadAllocationPlan(sql, timeZone),
    sql<KeyRow[]>`select id, team_slug from access_key where kind = 'ingest'`,
    loadPricing(sql),
  ]);
  const teamOfKey = new Map(keys.map(({ id, team_slug }) => [id, team_slug]));
  return {
    timeZone,
    allocate: createAllocator(allocation),
    teamOfKey: (keyId) => teamOfKey.get(keyId) ?? null,
    resolveRateSet: (query, team) => pricing.resolve(query, team).rateSet,
  };
}

import { type Allocatable, type Allocation, createAllocator } from "#lib/allocation/allocate.ts";
import type { AllocationRule } from "#lib/allocation/rule.ts";
import type { SqlClient } from "#lib/db/client.ts";
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

type TeamRow = { slug: string; name: string; cost_center: string | null };
type KeyRow = { id: string; team_slug: string | null };

/**
 * Reads teams, rules, keys, prices and the organisation's zone. Collectors read it
 * again when told (`outlay_plan`), so that all file alike within moments.
 */
export async function loadIngestPlan(sql: SqlClient): Promise<IngestPlan> {
  const [teams, rules, keys, organizations, pricing] = await Promise.all([
    sql<TeamRow[]>`select slug, name, cost_center from team where archived_at is null`,
    sql<AllocationRule[]>`
      select id, conditions, assign from allocation_rule
       where retired_at is null order by position, created_at`,
    sql<KeyRow[]>`select id, team_slug from access_key where kind = 'ingest'`,
    sql<{ time_zone: string }[]>`select time_zone from organization`,
    loadPricing(sql),
  ]);
  const teamOfKey = new Map(keys.map(({ id, team_slug }) => [id, team_slug]));
  return {
    timeZone: organizations[0]?.time_zone ?? "UTC",
    allocate: createAllocator({
      rules,
      teams: teams.map(({ slug, name, cost_center }) => ({ slug, name, costCenter: cost_center })),
    }),
    teamOfKey: (keyId) => teamOfKey.get(keyId) ?? null,
    resolveRateSet: (query, team) => pricing.resolve(query, team).rateSet,
  };
}

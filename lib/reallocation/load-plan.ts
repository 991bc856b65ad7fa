import { type Allocatable, type Allocation, createAllocator } from "#lib/allocation/allocate.ts";
import { type AllocationRule, isInForce } from "#lib/allocation/rule.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { loadAllocationPlan } from "#lib/organization/load-allocation-plan.ts";
import { loadPricing } from "#lib/price-book/load-pricing.ts";
import type { Pricing } from "#lib/price-book/pricing.ts";

/** All that decides whom past events are given to, as it is believed now. */
export type ReallocationPlan = {
  readonly allocate: (event: Allocatable) => Allocation;
  /** The rules in force at an instant, in their order. */
  readonly rulesAt: (atMs: number) => readonly AllocationRule[];
  readonly teamOfKey: (keyId: string) => string | null;
  readonly pricing: Pricing;
};

export async function loadReallocationPlan(
  sql: SqlClient,
  timeZone: string,
): Promise<ReallocationPlan> {
  const [allocation, keys, pricing] = await Promise.all([
    loadAllocationPlan(sql, timeZone),
    sql<{ id: string; team_slug: string | null }[]>`
      select id, team_slug from access_key where kind = 'ingest'`,
    loadPricing(sql),
  ]);
  const teamOfKey = new Map(keys.map(({ id, team_slug }) => [id, team_slug]));
  return {
    allocate: createAllocator(allocation),
    rulesAt: (atMs) => allocation.rules.filter((rule) => isInForce(rule, atMs)),
    teamOfKey: (keyId) => teamOfKey.get(keyId) ?? null,
    pricing,
  };
}

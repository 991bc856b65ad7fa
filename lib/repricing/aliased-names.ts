import type { SqlClient, Tx } from "#lib/db/client.ts";
import { readAliases } from "#lib/price-book/model-alias.ts";
import type { Pricing } from "#lib/price-book/pricing.ts";
import { resolveRateSet } from "#lib/pricing/resolve-rate-set.ts";
import type { PricedGroup, ReportedNames, Stretch } from "./moves.ts";

/** Whether an alias ever had a say in how a group is filed, or has one now: then the names that calls were reported by decide. */
export async function aliasTest(
  sql: SqlClient | Tx,
  pricing: Pricing,
): Promise<(group: PricedGroup) => boolean> {
  const touched = new Set<string>();
  for (const alias of await readAliases(sql, "all")) {
    const { provider, reported, targetProvider, targetModel } = alias;
    touched.add(keyOf(provider, reported));
    touched.add(canonicalKey(pricing, provider, reported));
    touched.add(canonicalKey(pricing, targetProvider, targetModel));
  }
  return ({ rateSet }) => touched.has(keyOf(rateSet.provider, rateSet.model));
}

function keyOf(provider: string, model: string): string {
  return `${provider}\n${model.toLowerCase()}`;
}

function canonicalKey({ book }: Pricing, provider: string, model: string): string {
  const { provider: by, model: named } = resolveRateSet(book, {
    ...{ provider, model, contextTokens: 0, atMs: 0 },
  });
  return keyOf(by, named);
}

/** The names by which the calls of groups were reported, from the ledger. */
export async function reportedNames(
  sql: SqlClient | Tx,
  groups: readonly PricedGroup[],
  { fromMs, toMs }: Stretch,
): Promise<ReadonlyMap<string, readonly ReportedNames[]>> {
  if (groups.length === 0) return new Map();
  const rows = await sql<
    {
      dimension_set_id: bigint;
      rate_set_id: bigint;
      model: string | null;
      provider: string | null;
    }[]
  >`
    select distinct u.dimension_set_id, u.rate_set_id, u.model_reported as model,
           u.said ->> 'provider' as provider
      from priced_event u
     where u.counted and u.started_at >= ${new Date(fromMs)} and u.started_at < ${new Date(toMs)}
       and u.rate_set_id = any(${groups.map(({ rateSet }) => rateSet.id)}::text[]::int8[])
       and u.dimension_set_id = any(${groups.map((group) => `${group.dimensionSetId}`)}::text[]::int8[])`;
  return Map.groupBy(
    rows.map(({ dimension_set_id, rate_set_id, model, provider }) => ({
      key: groupKey(dimension_set_id, rate_set_id),
      ...{ model, provider },
    })),
    ({ key }) => key,
  );
}

export function groupKey(dimensionSetId: bigint, rateSetId: bigint | string): string {
  return `${dimensionSetId}/${rateSetId}`;
}

import type { Allocatable } from "#lib/allocation/allocate.ts";
import { plantForest } from "#lib/counting/count.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { filterCondition, type HistoryFilter } from "#lib/history-runs/history-filter.ts";
import type { Referred } from "#lib/ingest/references.ts";
import { findNodes } from "#lib/ingest/trace-node-store.ts";
import { type CallCost, costOfCall } from "#lib/ledger/cost-of-call.ts";
import { boundedName, DIMENSION_COLUMNS, dimensionSetId } from "#lib/ledger/dimension-set.ts";
import { itemFrom, type LedgerRow } from "#lib/ledger/item-from-row.ts";
import { findItems } from "#lib/ledger/known-items.ts";
import type { Dimensions, LedgerItem } from "#lib/ledger/ledger-row.ts";
import type { Pricing } from "#lib/price-book/pricing.ts";
import { agreedRatesOf } from "#lib/pricing/agreed-rates.ts";
import type { RateSet } from "#lib/pricing/rate-set.ts";
import { contextTokens } from "#lib/usage/tokens.ts";
import type { ReallocationPlan } from "./load-plan.ts";
import { type Allocated, reallocate } from "./reallocate.ts";

/** A row of the ledger that today's rules give to somebody else, or file otherwise. */
export type ReallocatedRow = Referred & {
  readonly item: LedgerItem;
  readonly dimensionSetId: bigint;
  readonly ruleId: string | null;
  readonly rateSetId: bigint | null;
  readonly cost: Pick<CallCost, "cost" | "listCost" | "status">;
};

export type Window = { readonly from: Date; readonly to: Date };

const REACH_MS = 2 * 86_400_000;

/** The counted rows of a stretch of time that today's rules file otherwise. */
export async function reallocatedRows(
  sql: SqlClient,
  plan: ReallocationPlan,
  filter: HistoryFilter,
  { from, to }: Window,
): Promise<ReallocatedRow[]> {
  const rows = await sql<LedgerRow[]>`
    select u.*, d.kind, d.team, d.project, d.environment, d.service, d.agent, d.workflow, d.tool,
           d.provider, d.model, d.tier, d.dialect, d.status, d.cost_center, r.content
      from usage_event u
      join dimension_set d on d.id = u.dimension_set_id
      left join rate_set r on r.id = u.rate_set_id
     where u.counted and u.started_at >= ${from} and u.started_at < ${to}
       and ${filterCondition(sql, filter)}`;
  const stored = rows.map((row) => ({
    item: itemFrom(row),
    dimensions: Object.fromEntries(
      DIMENSION_COLUMNS.map(([column, key]) => [key, row[column]]),
    ) as unknown as Dimensions,
    rateSet: row.content as RateSet | null,
  }));
  const shown = await whatRowsShow(
    sql,
    stored.map(({ item }) => item),
    { from, to },
  );
  return stored.flatMap((row) => refiled(row, shown(row.item), plan) ?? []);
}

type StoredRow = {
  readonly item: LedgerItem;
  readonly dimensions: Dimensions;
  readonly rateSet: RateSet | null;
};

type Shown = Omit<Allocatable, "keyTeam"> & {
  /** Whether all that is above the row in its trace is known. */
  readonly isWhole: boolean;
};

/** What rules see of rows: their own attributes, and what is still known of their traces. */
async function whatRowsShow(
  sql: SqlClient,
  items: readonly LedgerItem[],
  { from, to }: Window,
): Promise<(item: LedgerItem) => Shown> {
  const traceIds = [...new Set(items.flatMap(({ event }) => event.traceId ?? []))];
  const tx = sql as unknown as Tx;
  const [related, nodes] = await Promise.all([
    findItems(tx, {
      ...{ ids: [], traceIds, callKeys: [], sessions: [], partitions: null },
      fromMs: from.getTime() - REACH_MS,
      toMs: to.getTime() + REACH_MS,
    }),
    findNodes(tx, traceIds),
  ]);
  const all = new Map([...related, ...items].map((item) => [item.id, item]));
  const forest = plantForest({ items: [...all.values()], nodes });
  return (item) => {
    const { event, keyId, startedAtMs } = item;
    const tree = event.traceId === null ? undefined : forest.trees.get(event.traceId);
    const said = forest.inherited.get(item.id);
    const identity = said?.identity ?? event.identityOf;
    const attributes = said?.attributes ?? event.attributes;
    const { user, session, agent, workflow, organization, repository } = identity;
    const own: Readonly<Record<string, string | null | undefined>> = {
      ...{ key: keyId, service: event.service, dialect: event.dialect },
      ...{ provider: said?.provider, model: said?.model },
      ...{ user, session, agent, workflow, organization, repository },
    };
    return {
      attributeOf: (name) => attributes[name] ?? own[name] ?? undefined,
      ...{ project: identity.project, environment: identity.environment, workflow, user },
      startedAtMs,
      isWhole: tree?.isComplete(item) ?? true,
    };
  };
}

function refiled(row: StoredRow, shown: Shown, plan: ReallocationPlan): ReallocatedRow | null {
  const { item, dimensions } = row;
  const { filing, keyId, startedAtMs } = item;
  if (filing === null) return null;
  const { project, environment, workflow, costCenter, team } = dimensions;
  const before: Allocated = {
    ...{ team, project, environment, workflow, costCenter },
    ruleId: filing.ruleId,
  };
  const now = plan.allocate({ ...shown, keyTeam: plan.teamOfKey(keyId) });
  const chosen = reallocate(before, now, shown.isWhole, plan.rulesAt(startedAtMs));
  const moved: Dimensions = {
    ...dimensions,
    team: chosen.team,
    project: boundedName(chosen.project),
    environment: boundedName(chosen.environment),
    workflow: boundedName(chosen.workflow),
    costCenter: boundedName(chosen.costCenter),
  };
  const price = priceFor(row, chosen.team, plan.pricing);
  const filed = {
    ...dimensions,
    ...moved,
    provider:
      price.rateSet === row.rateSet ? dimensions.provider : boundedName(price.rateSet?.provider),
    model: price.rateSet === row.rateSet ? dimensions.model : boundedName(price.rateSet?.model),
  };
  const id = dimensionSetId(filed);
  if (id === filing.dimensionSetId && chosen.ruleId === filing.ruleId) return null;
  return {
    item,
    dimensions: filed,
    rateSet: price.rateSet === row.rateSet ? null : price.rateSet,
    newTeam: chosen.team === now.team ? now.newTeam : null,
    filing: { dimensionSetId: id },
    dimensionSetId: id,
    ruleId: chosen.ruleId,
    rateSetId: price.rateSet === row.rateSet ? filing.rateSetId : BigInt(price.rateSet?.id ?? 0),
    cost: price.cost,
  };
}

/** A call keeps its price, unless the two teams have prices of their own. */
function priceFor(
  { item, dimensions, rateSet }: StoredRow,
  team: string,
  pricing: Pricing,
): { readonly rateSet: RateSet | null; readonly cost: ReallocatedRow["cost"] } {
  const { event, filing } = item;
  const kept = {
    cost: filing?.cost ?? null,
    listCost: filing?.listCost ?? null,
    status: filing?.costStatus ?? "unpriced",
  };
  if (rateSet === null || filing === null || team === dimensions.team)
    return { rateSet, cost: kept };
  const { provider, model, tier, speed, region, inferenceGeo } = rateSet;
  const isOneCall = event.witness === "call" && event.calls <= 1;
  const query = {
    ...{ provider, model, tier, speed, region, inferenceGeo },
    contextTokens: isOneCall && filing.tokens !== null ? contextTokens(filing.tokens) : 0,
    atMs: item.startedAtMs,
    funding: event.funding,
    agreed: agreedRatesOf(rateSet),
  };
  const [of, now] = [dimensions.team, team].map((slug) => pricing.resolve(query, slug).rateSet);
  if (of === undefined || now === undefined || of.id === now.id) return { rateSet, cost: kept };
  const { status, funding, flags } = event;
  const { tokens, units } = filing;
  return { rateSet: now, cost: costOfCall({ status, funding, flags, tokens, units }, now) };
}

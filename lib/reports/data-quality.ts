import { type ReadScope, teamsOf } from "#lib/access/read-scope.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { parseUsd, type Usd } from "#lib/money/money.ts";
import type { UnpricedReason } from "#lib/price-book/unpriced-queue.ts";
import { dayStart } from "#lib/time/zone.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";
import { basisSql } from "./cost-basis-sql.ts";
import { withinTeams } from "./dimension-sql.ts";
import { type ImportOverlap, importOverlaps } from "./import-overlaps.ts";
import { type LedgerDefects, ledgerDefects } from "./ledger-defects.ts";
import { organizationZone, readOnly } from "./read-only.ts";
import type { CostBasis } from "./usage-query.ts";

/** Both ends open where left out. Days of the organisation that touch the period count whole. */
export type QualityPeriod = { readonly from?: Date; readonly to?: Date };

export type QualityQuery = QualityPeriod & {
  /** Which of the four costs the amounts are; effective where left out. */
  readonly costBasis?: CostBasis;
};

export type Rejected = {
  readonly reason: string;
  readonly signal: string;
  readonly keyId: string | null;
  readonly count: number;
  readonly lastAt: Date;
  readonly example: string;
};

export type UnpricedModel = {
  readonly provider: string | null;
  readonly model: string | null;
  /** As in `UnpricedItem`: with `no_usage` the price is known and the token counts are not. */
  readonly reason: UnpricedReason;
  readonly calls: number;
  readonly tokens: number;
  /** Starts of the hours in which it was first and last used. */
  readonly firstSeen: Date;
  readonly lastSeen: Date;
};

export type UnallocatedSource = {
  readonly service: string | null;
  readonly agent: string | null;
  readonly modelCalls: number;
  readonly toolCalls: number;
  readonly cost: Usd;
  readonly unpricedCalls: number;
};

export type KeySeen = {
  readonly keyId: string;
  readonly label: string;
  readonly team: string | null;
  readonly lastSeen: Date | null;
};

/** What stands between the telemetry and figures that can be trusted. */
export type DataQuality = LedgerDefects & {
  /** Empty for viewers of single teams: what was refused has no team. */
  readonly rejected: readonly Rejected[];
  readonly unpriced: readonly UnpricedModel[];
  readonly unallocated: {
    readonly cost: Usd;
    /** All cost of the period, allocated or not, that the viewer may see. */
    readonly totalCost: Usd;
    readonly sources: readonly UnallocatedSource[];
  };
  /** Models that imports and telemetry tell of for the same days. */
  readonly overlaps: readonly ImportOverlap[];
  readonly keys: readonly KeySeen[];
  readonly asOf: Date;
};

/** The longest lists that a reader can use; the largest items come first. */
const MOST_ITEMS = 100;

export async function dataQuality(
  sql: SqlClient,
  scope: ReadScope,
  query: QualityQuery,
): Promise<DataQuality> {
  return readOnly(sql, async (tx) => {
    const [clock] = await tx<{ now: Date }[]>`select now() as now`;
    return {
      rejected: teamsOf(scope) === "all" ? await rejected(tx, query) : [],
      unpriced: await unpriced(tx, scope, query),
      unallocated: await unallocated(tx, scope, query),
      ...(await ledgerDefects(tx, scope, query)),
      overlaps: await importOverlaps(tx, scope, query),
      keys: await keysSeen(tx, scope),
      asOf: clock?.now ?? new Date(),
    };
  });
}

async function rejected(sql: SqlClient, { from, to }: QualityPeriod): Promise<Rejected[]> {
  const rows = await sql<
    {
      reason: string;
      signal: string;
      key_id: string;
      count: bigint;
      last_at: Date;
      example: string;
    }[]
  >`
    select reason, signal, key_id, sum(count)::bigint as count, max(last_at) as last_at,
           (array_agg(example order by last_at desc))[1] as example
    from rejection
    where true ${from === undefined ? sql`` : sql`and last_at >= ${from}`}
      ${to === undefined ? sql`` : sql`and hour < ${to}`}
    group by reason, signal, key_id
    order by count desc, reason, signal, key_id
    limit ${MOST_ITEMS}`;
  return rows.map((row) => ({
    reason: row.reason,
    signal: row.signal,
    keyId: row.key_id === "" ? null : row.key_id,
    count: Number(row.count),
    lastAt: row.last_at,
    example: row.example,
  }));
}

async function unpriced(
  sql: SqlClient,
  scope: ReadScope,
  { from, to }: QualityPeriod,
): Promise<UnpricedModel[]> {
  const rows = await sql<
    {
      provider: string | null;
      model: string | null;
      reason: UnpricedReason;
      calls: bigint;
      tokens: bigint;
      first_seen: Date;
      last_seen: Date;
    }[]
  >`
    select d.provider, d.model,
           case when r.status is distinct from 'priced' then 'no_price'
                when u.unpriced_tokens > 0 then 'no_unit_price' else 'no_usage' end as reason,
           sum(u.unpriced_calls)::bigint as calls,
           sum(u.unpriced_tokens)::bigint as tokens,
           min(u.hour) as first_seen, max(u.hour) as last_seen
    from usage_hour u join dimension_set d on d.id = u.dimension_set_id
    left join rate_set r on r.id = u.rate_set_id
    where u.unpriced_calls > 0
      ${from === undefined ? sql`` : sql`and u.hour >= ${from}`}
      ${to === undefined ? sql`` : sql`and u.hour < ${to}`}
      ${withinTeams(sql, scope, sql`d.team`)}
    group by d.provider, d.model, reason
    order by calls desc, d.provider, d.model, reason
    limit ${MOST_ITEMS}`;
  return rows.map((row) => ({
    provider: row.provider,
    model: row.model,
    reason: row.reason,
    calls: Number(row.calls),
    tokens: Number(row.tokens),
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
  }));
}

async function unallocated(
  sql: SqlClient,
  scope: ReadScope,
  { from, to, costBasis = "effective" }: QualityQuery,
): Promise<DataQuality["unallocated"]> {
  const basis = basisSql(sql, costBasis, "u");
  const firstDay = from && new Date(dayStart(from.getTime(), await organizationZone(sql)));
  const rows = await sql<
    {
      is_unallocated: boolean;
      service: string | null;
      agent: string | null;
      model_calls: bigint;
      tool_calls: bigint;
      cost: string;
      unpriced_calls: bigint;
    }[]
  >`
    select d.team = ${UNALLOCATED} as is_unallocated,
           case when d.team = ${UNALLOCATED} then d.service end as service,
           case when d.team = ${UNALLOCATED} then d.agent end as agent,
           sum(u.model_calls)::bigint as model_calls, sum(u.tool_calls)::bigint as tool_calls,
           sum(${basis.cost}) as cost, sum(u.unpriced_calls)::bigint as unpriced_calls
    from usage_day u join dimension_set d on d.id = u.dimension_set_id ${basis.join}
    where true
      ${firstDay === undefined ? sql`` : sql`and u.day >= ${firstDay}`}
      ${to === undefined ? sql`` : sql`and u.day < ${to}`}
      ${withinTeams(sql, scope, sql`d.team`)}
    group by 1, 2, 3
    having sum(u.model_calls) > 0 or sum(u.tool_calls) > 0 or sum(${basis.cost}) <> 0
    order by 1 desc, cost desc, model_calls desc, service, agent`;
  const sources = rows.filter((row) => row.is_unallocated);
  return {
    cost: sumCost(sources),
    totalCost: sumCost(rows),
    sources: sources.slice(0, MOST_ITEMS).map((row) => ({
      service: row.service,
      agent: row.agent,
      modelCalls: Number(row.model_calls),
      toolCalls: Number(row.tool_calls),
      cost: parseUsd(row.cost),
      unpricedCalls: Number(row.unpriced_calls),
    })),
  };
}

function sumCost(rows: readonly { readonly cost: string }[]): Usd {
  return rows.reduce((sum, { cost }) => sum + parseUsd(cost), 0n) as Usd;
}

async function keysSeen(sql: SqlClient, scope: ReadScope): Promise<KeySeen[]> {
  const rows = await sql<
    { id: string; label: string; team_slug: string | null; last_used_at: Date | null }[]
  >`
    select id, label, team_slug, last_used_at from access_key
    where kind = 'ingest' and revoked_at is null
      ${withinTeams(sql, scope, sql`team_slug`)}
    order by last_used_at desc nulls last, id
    limit ${MOST_ITEMS}`;
  return rows.map((row) => ({
    keyId: row.id,
    label: row.label,
    team: row.team_slug,
    lastSeen: row.last_used_at,
  }));
}

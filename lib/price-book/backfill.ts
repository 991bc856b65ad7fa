import { closedMonths } from "#lib/close/closed-months.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import type { Filed } from "#lib/ingest/file-item.ts";
import { References } from "#lib/ingest/references.ts";
import { USAGE_CHANNEL } from "#lib/ingest/usage-channel.ts";
import { lockLedger } from "#lib/ingest/writer-lock.ts";
import { costOfCall } from "#lib/ledger/cost-of-call.ts";
import { boundedName, DIMENSION_COLUMNS, dimensionSetId } from "#lib/ledger/dimension-set.ts";
import { itemFrom, type LedgerRow } from "#lib/ledger/item-from-row.ts";
import { type Dimensions, isSameFiling, type LedgerItem } from "#lib/ledger/ledger-row.ts";
import { lastRestatingStep, markFiledAfter } from "#lib/ledger/restated-rows.ts";
import { updateFilings } from "#lib/ledger/update-filings.ts";
import { agreedRatesOf } from "#lib/pricing/agreed-rates.ts";
import type { RateQuery, RateSet } from "#lib/pricing/rate-set.ts";
import { applyDeltas } from "#lib/rollups/apply.ts";
import { RollupDeltas } from "#lib/rollups/deltas.ts";
import { contextTokens } from "#lib/usage/tokens.ts";
import type { Pricing } from "./pricing.ts";

/** Whose rows may have a price now: a provider and model as they are filed. */
export type Unpriced = { readonly provider: string | null; readonly model: string | null };

export type Backfilled = {
  /** Rows that were looked at, and those of them that were filed anew. */
  readonly rows: number;
  readonly filed: number;
};

export type BackfillOptions = {
  readonly rowsAtOnce?: number;
  /** Ends between two batches; what is left is found again by the next run. */
  readonly signal?: AbortSignal;
};

/**
 * Gives the rows of a model that have no price, or not for all their units, the
 * price that is known now, each from its own moment on. Rows that stay without
 * one are left as they are; rows that have a price are never touched, and no
 * row of a closed month.
 *
 * In batches, each one transaction with its rollups: ended at any point, the
 * ledger and the rollups agree, and another run goes on with the rest.
 */
export async function backfillPrices(
  sql: SqlClient,
  pricing: Pricing,
  model: Unpriced,
  { rowsAtOnce = 1_000, signal }: BackfillOptions = {},
): Promise<Backfilled> {
  const [organization] = await sql<{ time_zone: string }[]>`select time_zone from organization`;
  const timeZone = organization?.time_zone ?? "UTC";
  const references = new References();
  let rows = 0;
  let filed = 0;
  for (const day of await unpricedDays(sql, model)) {
    let after = ZERO_ID;
    while (signal?.aborted !== true) {
      const ids = await nextRows(sql, model, { day, after, limit: rowsAtOnce });
      const last = ids.at(-1);
      if (last === undefined) break;
      after = last;
      const done = await fileBatch(sql, pricing, ids, day, timeZone, references);
      if (done === null) break;
      rows += ids.length;
      filed += done;
    }
  }
  return { rows, filed };
}

const ZERO_ID = "00000000-0000-0000-0000-000000000000";

/** Days on which rollups have unpriced calls of the model: only their partitions are read. */
async function unpricedDays(sql: SqlClient, { provider, model }: Unpriced): Promise<Day[]> {
  return sql<Day[]>`
    select day as from, day + interval '25 hours' as to
      from usage_day r join dimension_set d on d.id = r.dimension_set_id
     where d.provider is not distinct from ${provider} and d.model is not distinct from ${model}
       and d.kind = 'model_call'
     group by day having sum(unpriced_calls) > 0
     order by day`;
}

/** A day of the organisation's zone, and the longest that it may last. */
type Day = { readonly from: Date; readonly to: Date };

async function nextRows(
  sql: SqlClient,
  { provider, model }: Unpriced,
  { day, after, limit }: { day: Day; after: string; limit: number },
): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select u.id from usage_event u
     where u.started_at >= ${day.from} and u.started_at < ${day.to} and u.id > ${after}::uuid
       and u.cost_status in ('unpriced', 'partial')
       and u.dimension_set_id in (
             select id from dimension_set
              where kind = 'model_call' and provider is not distinct from ${provider}
                and model is not distinct from ${model})
     order by u.id limit ${limit}`;
  return rows.map(({ id }) => id);
}

/** Null where the day's month is closed. */
async function fileBatch(
  sql: SqlClient,
  pricing: Pricing,
  ids: readonly string[],
  day: Day,
  timeZone: string,
  references: References,
): Promise<number | null> {
  const known = references.inTransaction();
  const filed = await sql.begin(async (tx) => {
    if (await isClosed(tx, day, timeZone)) return null;
    // Read under the lock: a collector may have filed a row otherwise since it was found.
    await lockLedger(tx);
    const changes = (await readRows(tx, ids, day)).flatMap((row) => refile(row, pricing) ?? []);
    await known.store(
      tx,
      changes.map((change) => change.filed),
    );
    await write(tx, changes, timeZone);
    return changes.length;
  });
  if (filed !== null) known.remember();
  return filed;
}

/** Keeps the month from being closed until the batch is written. */
async function isClosed(tx: Tx, { from }: Day, timeZone: string): Promise<boolean> {
  await tx`lock table closed_month in share mode`;
  return (await closedMonths(tx, from, new Date(from.getTime() + 1), timeZone)).length > 0;
}

type StoredRow = {
  readonly item: LedgerItem;
  readonly dimensions: Dimensions;
  readonly rateSet: RateSet | null;
};

async function readRows(tx: Tx, ids: readonly string[], { from, to }: Day): Promise<StoredRow[]> {
  const rows = await tx<LedgerRow[]>`
    select u.*, d.kind, d.team, d.project, d.environment, d.service, d.agent, d.workflow, d.tool,
           d.provider, d.model, d.tier, d.dialect, d.status, d.cost_center, r.content
      from usage_event u
      join dimension_set d on d.id = u.dimension_set_id
      left join rate_set r on r.id = u.rate_set_id
     where u.id = any(${[...ids]}::uuid[]) and u.started_at >= ${from} and u.started_at < ${to}
       and u.cost_status in ('unpriced', 'partial')`;
  return rows.map((row) => ({
    item: itemFrom(row),
    dimensions: Object.fromEntries(
      DIMENSION_COLUMNS.map(([column, key]) => [key, row[column]]),
    ) as unknown as Dimensions,
    rateSet: row.content as RateSet | null,
  }));
}

type Change = { readonly item: LedgerItem; readonly filed: Filed };

/** Null when nothing more is known about the row's price than before. */
function refile({ item, dimensions, rateSet: before }: StoredRow, pricing: Pricing): Change | null {
  const { event, filing } = item;
  if (filing === null || before === null) return null;
  const { rateSet } = pricing.resolve(queryOf(item, before), filing.team);
  if (!knowsMore(rateSet, before)) return null;
  const { status, funding, flags } = event;
  const { tokens, units } = filing;
  const cost = costOfCall({ status, funding, flags, tokens, units }, rateSet);
  const filedUnder: Dimensions = {
    ...dimensions,
    provider: boundedName(rateSet.provider),
    model: boundedName(rateSet.model),
  };
  const changed = {
    ...filing,
    provider: filedUnder.provider,
    model: filedUnder.model,
    dimensionSetId: dimensionSetId(filedUnder),
    rateSetId: BigInt(rateSet.id),
    cost: cost.cost,
    listCost: cost.listCost,
    costStatus: cost.status,
  };
  if (isSameFiling(filing, changed)) return null;
  return { item, filed: { filing: changed, dimensions: filedUnder, rateSet, newTeam: null } };
}

/** Whether there is a price now for a unit that had none. A price that only changed is no matter of back-filling. */
export function knowsMore(now: RateSet, before: RateSet): boolean {
  if (now.status === "unpriced") return false;
  const known = new Set(before.rates.map(({ unit }) => unit));
  return before.status === "unpriced" || now.rates.some(({ unit }) => !known.has(unit));
}

/** The names and places that the row was filed by: a rate set keeps them in canonical form. */
function queryOf({ event, filing, startedAtMs }: LedgerItem, before: RateSet): RateQuery {
  const { provider, model, tier, speed, region, inferenceGeo } = before;
  const isOneCall = event.witness === "call" && event.calls <= 1;
  const tokens = filing?.tokens ?? null;
  return {
    ...{ provider, model, tier, speed, region, inferenceGeo },
    contextTokens: isOneCall && tokens !== null ? contextTokens(tokens) : 0,
    atMs: startedAtMs,
    funding: event.funding,
    agreed: agreedRatesOf(before),
  };
}

async function write(tx: Tx, changes: readonly Change[], timeZone: string): Promise<void> {
  const deltas = new RollupDeltas(timeZone);
  for (const { item, filed } of changes) {
    if (item.filing !== null) deltas.takeBack(item, item.filing);
    deltas.add(item, filed.filing);
  }
  await updateFilings(
    tx,
    changes.map(({ item, filed }) => ({ item, filing: filed.filing })),
  );
  const items = changes.map(({ item }) => item);
  await markFiledAfter(tx, await lastRestatingStep(tx), items);
  await applyDeltas(tx, deltas);
  // Budgets and pages show other figures from now on.
  await tx`select pg_notify(${USAGE_CHANNEL}, '')`;
}

import type { SqlClient } from "#lib/db/client.ts";
import { parseUsd, toDecimal, type Usd } from "#lib/money/money.ts";
import type { RateSet } from "#lib/pricing/rate-set.ts";
import type { Tokens } from "#lib/usage/tokens.ts";
import { type CallCost, type CallToCost, costOfCall, NO_COST } from "./cost-of-call.ts";
import type { CostStatus } from "./ledger-row.ts";

/** A row whose cost is not what its quantities and its rate set come to. */
export type CostDrift = {
  readonly id: string;
  readonly startedAt: Date;
  readonly stored: StatedCost;
  /** Null: the row names a rate set that does not exist. */
  readonly again: StatedCost | null;
};

/** Amounts are decimal US dollars. */
export type StatedCost = {
  readonly status: CostStatus;
  readonly cost: string | null;
  readonly listCost: string | null;
};

export type CostVerification = {
  readonly rows: number;
  /** How many rows differ; the first hundred of them are given. */
  readonly wrong: number;
  readonly drifts: readonly CostDrift[];
};

const MOST_DRIFTS = 100;
const ROWS_AT_ONCE = 5_000;

/**
 * Prices every row of the ledger that started in the period again, counted or
 * not, from the rate set that it names. One snapshot, read in pieces.
 */
export async function verifyCosts(
  sql: SqlClient,
  { from, to }: { readonly from: Date | null; readonly to: Date | null },
): Promise<CostVerification> {
  return sql.begin("isolation level repeatable read read only", async (tx) => {
    const rateSets = new Map(
      (await tx<{ id: bigint; content: RateSet }[]>`select id, content from rate_set`).map(
        ({ id, content }) => [id, content],
      ),
    );
    const cursor = tx<CostRow[]>`
      select u.id, u.started_at, u.rate_set_id, u.cost, u.list_cost, u.cost_status, u.funding,
             u.flags, u.units, d.kind, d.status,
             case when u.input_uncached is null then null else json_build_object(
               'input_uncached', u.input_uncached, 'cache_read', u.cache_read,
               'cache_write_5m', u.cache_write_5m, 'cache_write_1h', u.cache_write_1h,
               'output', u.output, 'reasoning', u.reasoning) end as tokens
        from priced_event u
        left join dimension_set d on d.id = u.dimension_set_id
       where u.started_at >= coalesce(${from}::timestamptz, '-infinity')
         and u.started_at < coalesce(${to}::timestamptz, 'infinity')`.cursor(ROWS_AT_ONCE);
    let rows = 0;
    let wrong = 0;
    const drifts: CostDrift[] = [];
    for await (const batch of cursor) {
      const found = batch.flatMap((row) => driftOf(row, rateSets) ?? []);
      rows += batch.length;
      wrong += found.length;
      drifts.push(...found.slice(0, MOST_DRIFTS - drifts.length));
    }
    return { rows, wrong, drifts };
  });
}

type CostRow = {
  readonly id: string;
  readonly started_at: Date;
  readonly rate_set_id: bigint | null;
  readonly cost: string | null;
  readonly list_cost: string | null;
  readonly cost_status: CostStatus;
  readonly funding: CallToCost["funding"];
  readonly flags: CallToCost["flags"];
  readonly units: CallToCost["units"] | null;
  readonly kind: string | null;
  readonly status: CallToCost["status"];
  readonly tokens: Tokens | null;
};

function driftOf(row: CostRow, rateSets: ReadonlyMap<bigint, RateSet>): CostDrift | null {
  const stored: StatedCost = {
    status: row.cost_status,
    cost: exactly(row.cost),
    listCost: exactly(row.list_cost),
  };
  const again = costAgain(row, rateSets);
  if (again !== null && isSameCost(stored, again)) return null;
  return { id: row.id, startedAt: row.started_at, stored, again };
}

function costAgain(row: CostRow, rateSets: ReadonlyMap<bigint, RateSet>): StatedCost | null {
  if (row.kind !== "model_call") return stated(NO_COST);
  const rateSet = row.rate_set_id === null ? undefined : rateSets.get(row.rate_set_id);
  if (rateSet === undefined) return null;
  return stated(costOfCall({ ...row, units: row.units ?? {} }, rateSet));
}

function stated({ status, cost, listCost }: CallCost): StatedCost {
  return { status, cost: decimal(cost), listCost: decimal(listCost) };
}

function isSameCost(a: StatedCost, b: StatedCost): boolean {
  return a.status === b.status && a.cost === b.cost && a.listCost === b.listCost;
}

/** The database pads to eighteen decimals. */
function exactly(amount: string | null): string | null {
  return amount === null ? null : toDecimal(parseUsd(amount));
}

function decimal(amount: Usd | null): string | null {
  return amount === null ? null : toDecimal(amount);
}

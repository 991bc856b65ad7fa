import type { Tx } from "#lib/db/client.ts";
import { PASS_BY_SUMS } from "#lib/history-runs/history-run.ts";
import { STAGED_ROW } from "#lib/history-runs/refile.ts";
import type { HistoryWork } from "#lib/history-runs/work-on-run.ts";
import type { Referred } from "#lib/ingest/references.ts";
import { storableJson } from "#lib/ledger/storable-json.ts";
import { toDecimal, type Usd } from "#lib/money/money.ts";
import { loadPricing } from "#lib/price-book/load-pricing.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import {
  IS_LINEAR,
  LINEAR_COST,
  LINEAR_LIST_COST,
  LINEAR_STATUS,
  movedRows,
} from "./moved-rows.ts";
import type { Move, Stretch } from "./moves.ts";
import { nextDays } from "./next-days.ts";
import { movedIn, nextStretch, type RepricingSource } from "./next-stretch.ts";
import { joinedInTime } from "./plan-moves.ts";
import { restate } from "./restate.ts";
import { type SingleRow, singleRows } from "./single-rows.ts";

/** About how many rows a step files anew: collectors wait that long. */
const ROWS_OF_STEP = 20_000;
/** About how many rows of rollups a step restates by sums, for the same reason; see nextDays. */
const ROLLUP_ROWS_OF_STEP = 20_000;

/** Files calls under the rate sets that today's prices, names and contracts give. */
export function repricingWork(
  rowsOfStep: number = ROWS_OF_STEP,
  rollupRowsOfStep: number = ROLLUP_ROWS_OF_STEP,
): HistoryWork {
  return {
    nextStep: async (sql, run, from) => {
      const [pricing, timeZone] = await Promise.all([loadPricing(sql), organizationZone(sql)]);
      const source = { pricing, timeZone, filter: run.filter };
      const rest = { fromMs: from.getTime(), toMs: run.to.getTime() };
      const isBySums = run.pass === PASS_BY_SUMS;
      const stretch = isBySums
        ? await nextDays(sql, source, rest, rollupRowsOfStep)
        : await nextStretch(sql, source, rest, rowsOfStep);
      if (stretch === null) return null;
      const bounds = { from: new Date(stretch.fromMs), to: new Date(stretch.toMs) };
      return isBySums
        ? { ...bounds, restate: (tx) => restate(tx, source, run.id, stretch) }
        : { ...bounds, stage: (tx) => stage(tx, source, stretch) };
    },
  };
}

async function stage(
  tx: Tx,
  source: RepricingSource,
  within: Stretch,
): Promise<readonly Referred[]> {
  // Of whole days, mostly: single rows are looked up only when they are written.
  await tx`select set_config('enable_seqscan', 'on', true)`;
  const groups = await movedIn(tx, source, within);
  const moves = joinedInTime(groups.flatMap((group) => group.moves));
  if (moves.length === 0) return [];
  await stageLinear(tx, moves);
  await stageSingle(tx, moves);
  return moves.map(({ dimensions, dimensionSetId, span }) => ({
    ...{ dimensions, rateSet: span.rateSet, newTeam: null },
    filing: { dimensionSetId },
  }));
}

async function stageLinear(tx: Tx, moves: readonly Move[]): Promise<void> {
  await tx`
    insert into refiled
    select ${tx.unsafe(STAGED_ROW)}, m.new_dimension_set_id, m.new_rate_set_id,
           ${tx.unsafe(LINEAR_COST)}, ${tx.unsafe(LINEAR_LIST_COST)}, ${tx.unsafe(LINEAR_STATUS)},
           u.rule_id
      from ${movedRows(tx, moves)} and ${tx.unsafe(IS_LINEAR)}`;
}

async function stageSingle(tx: Tx, moves: readonly Move[]): Promise<void> {
  const rows: SingleRow[] = [];
  for await (const batch of singleRows(tx, moves)) rows.push(...batch);
  if (rows.length === 0) return;
  await tx`
    insert into refiled
    select ${tx.unsafe(STAGED_ROW)}, n.dimension_set_id, n.rate_set_id, n.cost, n.list_cost,
           n.cost_status, u.rule_id
      from jsonb_to_recordset(${storableJson(rows.map(recordOf))}::text::jsonb) as n (
             id uuid, started_at timestamptz, dimension_set_id int8, rate_set_id int8,
             cost numeric, list_cost numeric, cost_status text)
      join priced_event u on u.started_at = n.started_at and u.id = n.id`;
}

function recordOf({ move, id, startedAt, now }: SingleRow) {
  return {
    ...{ id, started_at: startedAt.toISOString() },
    dimension_set_id: `${move.dimensionSetId}`,
    rate_set_id: move.span.rateSet.id,
    cost: decimal(now.cost),
    list_cost: decimal(now.listCost),
    cost_status: now.status,
  };
}

function decimal(amount: Usd | null): string | null {
  return amount === null ? null : toDecimal(amount);
}

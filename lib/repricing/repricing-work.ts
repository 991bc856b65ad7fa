import type { SqlClient, Tx } from "#lib/db/client.ts";
import type { HistoryFilter } from "#lib/history-runs/history-filter.ts";
import { STAGED_ROW } from "#lib/history-runs/refile.ts";
import type { HistoryWork } from "#lib/history-runs/work-on-run.ts";
import type { Referred } from "#lib/ingest/references.ts";
import { storableJson } from "#lib/ledger/storable-json.ts";
import { toDecimal, type Usd } from "#lib/money/money.ts";
import { loadPricing } from "#lib/price-book/load-pricing.ts";
import type { Pricing } from "#lib/price-book/pricing.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { nextUnitStart } from "#lib/time/calendar.ts";
import { hourStart } from "#lib/time/zone.ts";
import {
  IS_LINEAR,
  LINEAR_COST,
  LINEAR_LIST_COST,
  LINEAR_STATUS,
  movedRows,
} from "./moved-rows.ts";
import type { Move, Stretch } from "./moves.ts";
import { joinedInTime, type MovedGroup, movedGroups } from "./plan-moves.ts";
import { pricedGroups } from "./priced-groups.ts";
import { type SingleRow, singleRows } from "./single-rows.ts";

/** About how many rows a step files anew: collectors wait that long. */
const ROWS_OF_STEP = 20_000;

/** Files calls under the rate sets that today's prices, names and contracts give. */
export function repricingWork(rowsOfStep = ROWS_OF_STEP): HistoryWork {
  return {
    nextStep: async (sql, run, from) => {
      const [pricing, timeZone] = await Promise.all([loadPricing(sql), organizationZone(sql)]);
      const source = { pricing, timeZone, filter: run.filter };
      for (let at = from; at < run.to; ) {
        const endMs = Math.min(nextUnitStart(at.getTime(), "day", timeZone), run.to.getTime());
        const rest = { fromMs: at.getTime(), toMs: endMs };
        const stretch = firstStretch(await moved(sql, source, rest), rest, timeZone, rowsOfStep);
        if (stretch !== null) {
          const [start, end] = [new Date(stretch.fromMs), new Date(stretch.toMs)];
          return { from: start, to: end, stage: (tx) => stage(tx, source, stretch) };
        }
        at = new Date(endMs);
      }
      return null;
    },
  };
}

type Source = {
  readonly pricing: Pricing;
  readonly timeZone: string;
  readonly filter: HistoryFilter;
};

/** The hours of a stretch with calls that may have another price now. */
async function moved(
  sql: SqlClient | Tx,
  { pricing, timeZone, filter }: Source,
  within: Stretch,
): Promise<MovedGroup[]> {
  const hours = { ...within, fromMs: hourStart(within.fromMs, timeZone) };
  const groups = await pricedGroups(sql, "hour", hours, filter);
  return movedGroups(sql, pricing, groups, within, (ms) => nextUnitStart(ms, "hour", timeZone));
}

async function stage(tx: Tx, source: Source, within: Stretch): Promise<readonly Referred[]> {
  const groups = await moved(tx, source, within);
  const moves = joinedInTime(groups.flatMap((group) => group.moves));
  if (moves.length === 0) return [];
  await stageLinear(tx, moves);
  await stageSingle(tx, moves);
  return moves.map(({ dimensions, dimensionSetId, span }) => ({
    ...{ dimensions, rateSet: span.rateSet, newTeam: null },
    filing: { dimensionSetId },
  }));
}

/** As many hours as hold about the rows of one step, or a part of one hour. */
function firstStretch(
  moved: readonly MovedGroup[],
  within: Stretch,
  timeZone: string,
  rowsOfStep: number,
): Stretch | null {
  const hours = [...Map.groupBy(moved, ({ group }) => group.at.getTime())].toSorted(
    ([a], [b]) => a - b,
  );
  const [first] = hours;
  if (first === undefined) return null;
  const from = Math.max(first[0], within.fromMs);
  let to = from;
  let rows = 0;
  for (const [hour, groups] of hours) {
    const more = groups.reduce((sum, { group }) => sum + group.calls, 0);
    if (rows > 0 && rows + more > rowsOfStep) break;
    rows += more;
    to = nextUnitStart(hour, "hour", timeZone);
  }
  const parts = Math.ceil(rows / rowsOfStep);
  if (parts > 1) to = Math.min(to, from + Math.ceil((to - first[0]) / parts));
  return { fromMs: from, toMs: Math.min(to, within.toMs) };
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
      join usage_event u on u.started_at = n.started_at and u.id = n.id`;
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

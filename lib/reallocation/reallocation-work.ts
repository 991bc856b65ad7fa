import type { SqlClient, Tx } from "#lib/db/client.ts";
import { filterCondition, type HistoryFilter } from "#lib/history-runs/history-filter.ts";
import { STAGED_ROW } from "#lib/history-runs/refile.ts";
import type { HistoryWork } from "#lib/history-runs/work-on-run.ts";
import { storableJson } from "#lib/ledger/storable-json.ts";
import { toDecimal, type Usd } from "#lib/money/money.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { nextUnitStart, unitStart } from "#lib/time/calendar.ts";
import { loadReallocationPlan } from "./load-plan.ts";
import { type ReallocatedRow, reallocatedRows, type Window } from "./reallocate-rows.ts";

/** About how many rows a step looks at. */
const ROWS_OF_STEP = 4_000;

/**
 * Gives past events to whom today's rules, teams and people give them. What is
 * to change is found before the ledger is locked; a row that something else
 * filed anew meanwhile is left to the next pass.
 */
export function reallocationWork(rowsOfStep = ROWS_OF_STEP): HistoryWork {
  return {
    nextStep: async (sql, run, from) => {
      const timeZone = await organizationZone(sql);
      const rest = { from, to: run.to };
      const window = await nextWindow(sql, run.filter, rest, timeZone, rowsOfStep);
      if (window === null) return null;
      const plan = await loadReallocationPlan(sql, timeZone);
      const rows = await reallocatedRows(sql, plan, run.filter, window);
      return {
        ...window,
        stage: async (tx) => {
          await stage(tx, rows);
          return rows;
        },
      };
    },
  };
}

/** The next hours with rows of the filter, or a part of one hour that has many. */
async function nextWindow(
  sql: SqlClient,
  filter: HistoryFilter,
  { from, to }: Window,
  timeZone: string,
  most: number,
): Promise<Window | null> {
  const first = new Date(unitStart(from.getTime(), "hour", timeZone));
  const hours = await sql<{ hour: Date; rows: bigint }[]>`
    select r.hour, sum(r.model_calls + r.tool_calls) as rows
      from usage_hour r join dimension_set d on d.id = r.dimension_set_id
     where r.hour >= ${first} and r.hour < ${to} and ${filterCondition(sql, filter)}
     group by r.hour order by r.hour limit 200`;
  const [start] = hours;
  if (start === undefined) return null;
  const fromMs = Math.max(from.getTime(), start.hour.getTime());
  let toMs = fromMs;
  let rows = 0;
  for (const { hour, rows: more } of hours) {
    if (rows > 0 && rows + Number(more) > most) break;
    rows += Number(more);
    toMs = nextUnitStart(hour.getTime(), "hour", timeZone);
  }
  const parts = Math.ceil(rows / most);
  if (parts > 1) toMs = Math.min(toMs, fromMs + Math.ceil((toMs - start.hour.getTime()) / parts));
  return { from: new Date(fromMs), to: new Date(Math.min(toMs, to.getTime())) };
}

async function stage(tx: Tx, rows: readonly ReallocatedRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx`
    insert into refiled
    select ${tx.unsafe(STAGED_ROW)}, n.dimension_set_id, n.rate_set_id, n.cost, n.list_cost,
           n.cost_status, n.rule_id
      from jsonb_to_recordset(${storableJson(rows.map(recordOf))}::text::jsonb) as n (
             id uuid, started_at timestamptz, old_dimension_set_id int8, old_rate_set_id int8,
             old_cost numeric, dimension_set_id int8, rate_set_id int8, cost numeric,
             list_cost numeric, cost_status text, rule_id uuid)
      join usage_event u on u.started_at = n.started_at and u.id = n.id
     where u.counted and u.dimension_set_id = n.old_dimension_set_id
       and u.rate_set_id is not distinct from n.old_rate_set_id
       and u.cost is not distinct from n.old_cost`;
}

function recordOf({ item, dimensionSetId, rateSetId, ruleId, cost }: ReallocatedRow) {
  const { filing } = item;
  return {
    id: item.id,
    started_at: new Date(item.startedAtMs).toISOString(),
    old_dimension_set_id: idText(filing?.dimensionSetId ?? null),
    old_rate_set_id: idText(filing?.rateSetId ?? null),
    old_cost: decimal(filing?.cost ?? null),
    dimension_set_id: idText(dimensionSetId),
    rate_set_id: idText(rateSetId),
    cost: decimal(cost.cost),
    list_cost: decimal(cost.listCost),
    cost_status: cost.status,
    rule_id: ruleId,
  };
}

function idText(id: bigint | null): string | null {
  return id === null ? null : `${id}`;
}

function decimal(amount: Usd | null): string | null {
  return amount === null ? null : toDecimal(amount);
}

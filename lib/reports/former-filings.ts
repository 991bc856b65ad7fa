import { type ReadScope, teamsOf } from "#lib/access/read-scope.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { startOfEventId } from "#lib/ledger/event-id.ts";
import { parseUsd, type Usd } from "#lib/money/money.ts";
import type { RateSet } from "#lib/pricing/rate-set.ts";

/** How an event was filed until a change of history filed it anew. */
export type FormerFiling = {
  /** The run that changed it. */
  readonly run: string;
  readonly kind: "reprice" | "reallocate";
  /** When the run was asked for. */
  readonly at: Date;
  /** Who asked for it; null for those who do not see all teams. */
  readonly by: string | null;
  /** Null for a team that the viewer does not see. */
  readonly team: string | null;
  readonly rateSetId: string | null;
  readonly rateSet: RateSet | null;
  /** Null while unpriced; a lower bound while partial. */
  readonly cost: Usd | null;
  readonly listCost: Usd | null;
  readonly costStatus: string;
};

/** The former filings of an event that the viewer may see, the latest first. */
export async function formerFilings(
  sql: SqlClient,
  scope: ReadScope,
  eventId: string,
): Promise<FormerFiling[]> {
  const teams = teamsOf(scope);
  const rows = await sql<Row[]>`
    select f.run_id, h.kind, h.requested_at, h.requested_by, d.team, f.rate_set_id, r.content,
           f.cost, f.list_cost, f.cost_status
      from (select run_id, pass, dimension_set_id, rate_set_id, cost, list_cost, cost_status
              from former_filing where event_id = ${eventId}::uuid
             union all
            -- A run has restated it, and what it holds is still what it was.
            select restated_by, 0, dimension_set_id, filed_rate_set_id, filed_cost,
                   filed_list_cost, filed_cost_status
              from priced_event
             where started_at = ${new Date(startOfEventId(eventId) ?? 0)}
               and id = ${eventId}::uuid and restated_by is not null) f
      join history_run h on h.id = f.run_id
      join dimension_set d on d.id = f.dimension_set_id
      left join rate_set r on r.id = f.rate_set_id
     order by f.run_id desc, f.pass desc limit 20`;
  return rows.map((row) => ({
    run: `${row.run_id}`,
    kind: row.kind,
    at: row.requested_at,
    by: teams === "all" ? row.requested_by : null,
    team: teams === "all" || teams.includes(row.team) ? row.team : null,
    rateSetId: row.rate_set_id === null ? null : `${row.rate_set_id}`,
    rateSet: row.content,
    cost: usdOrNull(row.cost),
    listCost: usdOrNull(row.list_cost),
    costStatus: row.cost_status,
  }));
}

type Row = {
  readonly run_id: bigint;
  readonly kind: FormerFiling["kind"];
  readonly requested_at: Date;
  readonly requested_by: string;
  readonly team: string;
  readonly rate_set_id: bigint | null;
  readonly content: RateSet | null;
  readonly cost: string | null;
  readonly list_cost: string | null;
  readonly cost_status: string;
};

function usdOrNull(amount: string | null): Usd | null {
  return amount === null ? null : parseUsd(amount);
}

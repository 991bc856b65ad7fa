import type { Tx } from "#lib/db/client.ts";
import { toDecimal, type Usd } from "#lib/money/money.ts";
import { TOKEN_CLASSES } from "#lib/usage/tokens.ts";
import type { Filing, LedgerItem } from "./ledger-row.ts";
import { storableJson } from "./storable-json.ts";

/** Files stored rows anew. Their id, time and what they said never change. */
export async function updateFilings(
  tx: Tx,
  updates: readonly { readonly item: LedgerItem; readonly filing: Filing }[],
): Promise<void> {
  if (updates.length === 0) return;
  const rows = [...updates].sort((a, b) => (a.item.id < b.item.id ? -1 : 1)).map(rowOf);
  await tx`
    update usage_event u
       set counted = n.counted, not_counted_because = n.because, twin_of = n.twin_of,
           dimension_set_id = n.dimension_set_id, rate_set_id = n.rate_set_id,
           session_id = n.session_id, user_id = n.user_id, attempt = n.attempt,
           input_uncached = n.input_uncached, cache_read = n.cache_read,
           cache_write_5m = n.cache_write_5m, cache_write_1h = n.cache_write_1h,
           output = n.output, reasoning = n.reasoning, units = n.units,
           cost = n.cost, list_cost = n.list_cost, cost_status = n.cost_status,
           reported_cost = n.reported_cost, rule_id = n.rule_id
      from jsonb_to_recordset(${storableJson(rows)}::text::jsonb) as n (
           id uuid, started_at timestamptz, counted boolean, because text, twin_of uuid,
           dimension_set_id int8, rate_set_id int8, session_id text, user_id text,
           attempt int4,
           input_uncached int8, cache_read int8, cache_write_5m int8, cache_write_1h int8,
           output int8, reasoning int8, units jsonb, cost numeric, list_cost numeric, cost_status text,
           reported_cost numeric, rule_id uuid)
     where u.id = n.id and u.started_at = n.started_at`;
}

function rowOf({ item, filing }: { item: LedgerItem; filing: Filing }): Record<string, unknown> {
  const tokens = TOKEN_CLASSES.map((tokenClass) => [
    tokenClass,
    filing.tokens?.[tokenClass] ?? null,
  ]);
  return {
    id: item.id,
    started_at: new Date(item.startedAtMs).toISOString(),
    counted: filing.counted,
    because: filing.because,
    twin_of: filing.twinOf,
    dimension_set_id: `${filing.dimensionSetId}`,
    rate_set_id: filing.rateSetId === null ? null : `${filing.rateSetId}`,
    session_id: filing.session,
    user_id: filing.user,
    attempt: filing.attempt,
    ...Object.fromEntries(tokens),
    units: Object.keys(filing.units).length === 0 ? null : filing.units,
    cost: decimal(filing.cost),
    list_cost: decimal(filing.listCost),
    cost_status: filing.costStatus,
    reported_cost: filing.reportedCost,
    rule_id: filing.ruleId,
  };
}

function decimal(amount: Usd | null): string | null {
  return amount === null ? null : toDecimal(amount);
}

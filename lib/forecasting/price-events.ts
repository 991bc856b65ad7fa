import type { SqlClient } from "#lib/db/client.ts";
import { loadPricing } from "#lib/price-book/load-pricing.ts";
import { type PriceOutlook, priceOutlook } from "./price-changes.ts";
import { readUsageRows, replayedDays } from "./read-usage-rows.ts";

/** What known prices make of the usage of the last 30 days. */
export async function readPriceOutlook(sql: SqlClient, now: number): Promise<PriceOutlook> {
  const period = await replayedDays(sql, now);
  const rows = await readUsageRows(sql, { kind: "organization" }, period);
  return priceOutlook(rows, await loadPricing(sql), now, period.timeZone);
}

/** Makes the events of the price book what it says now. */
export async function refreshPriceEvents(
  sql: SqlClient,
  { changes }: PriceOutlook,
  now: Date,
): Promise<void> {
  const records = changes.map(({ model, team, day, factor }) => ({
    label: model,
    scope: team === null ? `model:${model}` : `team:${team}/model:${model}`,
    day,
    effect: { kind: "factor", factor },
  }));
  await sql.begin(async (tx) => {
    await tx`delete from forecast_event where source = 'price_book'`;
    await tx`
      insert into forecast_event (kind, label, scope, first_day, effect, source, created_at,
                                  created_by)
      select 'price_change', label, scope, day, effect, 'price_book', ${now}, 'Outlay'
        from jsonb_to_recordset(${JSON.stringify(records)}::text::jsonb) as c (
             label text, scope text, day date, effect jsonb)`;
  });
}

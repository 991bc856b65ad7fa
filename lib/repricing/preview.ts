import type { SqlClient } from "#lib/db/client.ts";
import {
  type Change,
  type ChangeSums,
  mergeChanges,
  sumChanges,
} from "#lib/history-runs/change.ts";
import type { HistoryFilter } from "#lib/history-runs/history-filter.ts";
import type { HistoryPeriod } from "#lib/history-runs/history-period.ts";
import { loadPricing } from "#lib/price-book/load-pricing.ts";
import { organizationZone, readOnly } from "#lib/reports/read-only.ts";
import { keyOf } from "./change-of.ts";
import { type PricedAnew, pricedAnew } from "./priced-anew.ts";

/** What re-pricing would change, before anything is changed. */
export type RepricingPreview = {
  readonly total: ChangeSums;
  /** By day, team and model, as they are filed now. */
  readonly changes: readonly Change[];
};

/**
 * The difference between what a period is priced by and what today's prices,
 * names and contracts give for it, to the last digit.
 *
 * @throws {AppError} "unavailable" when it takes longer than a report may.
 */
export async function previewRepricing(
  sql: SqlClient,
  filter: HistoryFilter,
  period: HistoryPeriod,
): Promise<RepricingPreview> {
  const [pricing, timeZone] = await Promise.all([loadPricing(sql), organizationZone(sql)]);
  return readOnly(sql, async (tx) => {
    const changes = mergeChanges(
      (await pricedAnew(tx, pricing, filter, period, timeZone)).map(changeOf),
    );
    return { total: sumChanges(changes), changes };
  });
}

function changeOf({ day, was, calls, oldCost, newCost, ...list }: PricedAnew): Change {
  const { oldListCost, newListCost } = list;
  const sums = { calls, oldCost, newCost, oldListCost, newListCost };
  return { ...keyOf(day, was.dimensions), ...sums };
}

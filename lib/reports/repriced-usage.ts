import type { UsageOfDay } from "#lib/cost-model/cost-inputs.ts";
import type { Costs } from "#lib/cost-model/costs.ts";
import type { SqlClient } from "#lib/db/client.ts";
import type { Change } from "#lib/history-runs/change.ts";
import { addUsd, subtractUsd, type Usd } from "#lib/money/money.ts";
import { draftPricing } from "#lib/price-book/load-pricing.ts";
import type { NewRate } from "#lib/price-book/own-rate.ts";
import { previewRepricing } from "#lib/repricing/preview.ts";
import { type CivilDay, civilDayAt, startOfDay } from "#lib/time/civil-day.ts";
import type { DayPeriod } from "./cost-inputs.ts";

/**
 * The usage of a period as it would cost once it is re-priced with rates that
 * nobody has recorded yet: to the last digit, by the re-pricing's own arithmetic.
 *
 * @param usage By model.
 */
export async function repricedUsage(
  sql: SqlClient,
  usage: readonly UsageOfDay[],
  { from, to }: DayPeriod,
  timeZone: string,
  rates: readonly NewRate[],
): Promise<UsageOfDay[]> {
  const at = (day: CivilDay) => new Date(startOfDay(day, timeZone));
  const providers = [...new Set(rates.map(({ provider }) => provider))];
  const [only] = providers;
  const filter = providers.length === 1 && only != null ? { provider: only } : {};
  const pricing = await draftPricing(sql, rates);
  const { changes } = await previewRepricing(sql, filter, { from: at(from), to: at(to) }, pricing);
  const byPlace = Map.groupBy(changes, (change) =>
    placeOf(civilDayAt(change.day.getTime(), timeZone), change),
  );
  return usage.map((row) => {
    const place = placeOf(row.day, row);
    const moved = row.funding === null ? (byPlace.get(place) ?? []) : [];
    // A change is told by day, team and model: the first cost center takes it, each once.
    if (moved.length > 0) byPlace.delete(place);
    return { ...row, costs: moved.reduce(moveCosts, row.costs) };
  });
}

function moveCosts(costs: Costs, change: Change): Costs {
  const cost = subtractUsd(change.newCost, change.oldCost);
  const list = subtractUsd(change.newListCost, change.oldListCost);
  const plus = (amount: Usd) => addUsd(amount, cost);
  return {
    list: addUsd(costs.list, list),
    contracted: plus(costs.contracted),
    effective: plus(costs.effective),
    billed: plus(costs.billed),
  };
}

type Place = {
  readonly team: string;
  readonly provider: string | null;
  readonly model: string | null;
};

function placeOf(day: CivilDay, { team, provider, model }: Place): string {
  return JSON.stringify([day, team, provider, model]);
}

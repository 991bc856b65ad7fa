import type { SqlClient } from "#lib/db/client.ts";
import { agreedRatesOf } from "#lib/pricing/agreed-rates.ts";
import type { RateSet } from "#lib/pricing/rate-set.ts";
import { dayStart } from "#lib/time/zone.ts";
import {
  type Backfilled,
  type BackfillOptions,
  backfillPrices,
  knowsMore,
  type Unpriced,
} from "./backfill.ts";
import type { Pricing } from "./pricing.ts";

/**
 * Gives every call that has no price the one that is known by now: after a
 * price or a name was recorded, and after a release that brought prices.
 * Finds by the rollups what is worth a look; ended early, another run goes on.
 */
export async function backfillAll(
  sql: SqlClient,
  pricing: Pricing,
  options: BackfillOptions = {},
): Promise<Backfilled & { readonly isDone: boolean }> {
  let [rows, filed] = [0, 0];
  for (const model of await nowPriced(sql, pricing)) {
    if (options.signal?.aborted === true) return { rows, filed, isDone: false };
    const done = await backfillPrices(sql, pricing, model, options);
    rows += done.rows;
    filed += done.filed;
  }
  return { rows, filed, isDone: options.signal?.aborted !== true };
}

type UnpricedDay = {
  readonly provider: string | null;
  readonly model: string | null;
  readonly team: string;
  readonly day: Date;
  readonly content: RateSet;
};

const HOUR_MS = 3_600_000;

/** The models with unpriced calls for which more is known now, on any day that has such calls. */
async function nowPriced(sql: SqlClient, pricing: Pricing): Promise<Unpriced[]> {
  const days = await sql<UnpricedDay[]>`
    select distinct d.provider, d.model, d.team, u.day, r.content
      from usage_day u
      join dimension_set d on d.id = u.dimension_set_id
      join rate_set r on r.id = u.rate_set_id
     where u.unpriced_calls > 0`;
  const [organization] = await sql<{ time_zone: string }[]>`select time_zone from organization`;
  const timeZone = organization?.time_zone ?? "UTC";
  const priced = days.filter((day) => hasMoreRates(day, pricing, timeZone));
  const byName = new Map(
    priced.map(({ provider, model }) => [`${provider}\n${model}`, { provider, model }]),
  );
  return [...byName.values()];
}

/** Looks at each hour of the day: a price may begin or end in it, or hold for some hours only. */
function hasMoreRates(
  { team, day, content: before }: UnpricedDay,
  pricing: Pricing,
  timeZone: string,
): boolean {
  const { provider, model, tier, speed, region, inferenceGeo } = before;
  const agreed = agreedRatesOf(before);
  const query = { provider, model, tier, speed, region, inferenceGeo, agreed, contextTokens: 0 };
  // A day may last 25 hours; the first of the next is none of it, for most prices begin then.
  const hours = Array.from({ length: 25 }, (_, hour) => day.getTime() + hour * HOUR_MS).filter(
    (atMs) => dayStart(atMs, timeZone) === day.getTime(),
  );
  return hours.some((atMs) => {
    const { rateSet } = pricing.resolve({ ...query, atMs }, team);
    return knowsMore(rateSet, before);
  });
}

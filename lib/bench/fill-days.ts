import type { SqlClient } from "#lib/db/client.ts";
import { loadPricing } from "#lib/price-book/load-pricing.ts";

export type SeriesCount = { readonly teams: number; readonly models: number };

const DAYS = 365;

/** Gives every series the weekly forecasts that it would have after half a year; they are its newest one's. */
export async function keepHalfYear(sql: SqlClient) {
  await sql`
    insert into forecast (scope, day, issued_at, origin, maturity, history_days, history_total,
                          scale, point, bands, naive)
    select scope, day - 7 * week, issued_at, 'issued', maturity, history_days - 7 * week,
           history_total * (history_days - 7 * week) / history_days, scale, point, bands, naive
      from forecast, generate_series(1, 25) week
     where day = (select max(day) from forecast)
        on conflict do nothing`;
  await sql`vacuum analyze forecast`;
}

/** A year of days for every team and model, with a week, a level and noise of their own; filed day by day, as usage comes. */
export async function fillDays(sql: SqlClient, { teams, models }: SeriesCount, now: number) {
  const query = { provider: "openai", model: "gpt-5.5", tier: "standard", contextTokens: 2_000 };
  const { rateSet } = (await loadPricing(sql)).resolve({ ...query, atMs: now }, "team-1");
  for (let model = 1; model <= models; model += 1) {
    const content = { ...rateSet, id: String(model), model: `model-${model}` };
    await sql`
      insert into rate_set (id, status, provider, model, content)
      values (${String(model)}::text::int8, 'priced', 'openai', ${content.model},
              ${JSON.stringify(content)}::text::jsonb)`;
  }
  await sql`
    insert into dimension_set (id, kind, team, agent, model, provider, dialect, status)
    select t * 1000 + m, 'model_call', 'team-' || t, 'agent-' || (t % 20), 'model-' || m, 'openai',
           'otel-genai', 'ok'
      from generate_series(1, ${teams}::int) t, generate_series(1, ${models}::int) m`;
  await sql`
    insert into usage_day (day, dimension_set_id, rate_set_id, model_calls, input_uncached, output,
                           cost, list_cost)
    select date_trunc('day', ${new Date(now)}::timestamptz, 'UTC') - n * interval '1 day',
           t * 1000 + m, m, 100, 200000, 100000, cost, cost
      from generate_series(1, ${teams}::int) t, generate_series(1, ${models}::int) m,
           generate_series(1, ${DAYS}::int) n,
           lateral (select round((4 * (1 + (n % 7) * 0.1)
                      * (0.7 + (abs(hashint4(t * 7919 + m * 104729 + n)) % 600) / 1000.0))::numeric,
                      6) as cost) c
     order by 1`;
  await sql`vacuum analyze usage_day`;
  await sql`analyze dimension_set`;
}

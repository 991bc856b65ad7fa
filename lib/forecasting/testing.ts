import type { SqlClient } from "#lib/db/client.ts";

/** Spend with a week in it for so many complete days before 22 November, for tests. */
export async function spendDaily(
  sql: SqlClient,
  team: string,
  model: string,
  days: number,
  level: number,
): Promise<void> {
  await sql`
    insert into dimension_set (id, kind, team, model, provider, dialect, status)
    values (hashtext(${`${team} ${model}`}), 'model_call', ${team}, ${model}, 'openai',
            'otel-genai', 'ok') on conflict do nothing`;
  await sql`
    insert into usage_day (day, dimension_set_id, rate_set_id, model_calls, cost, list_cost)
    select day, hashtext(${`${team} ${model}`}), 0, 1, cost, cost
      from (select '2026-11-22'::timestamptz - n * interval '1 day' as day,
                   round((${level}::numeric * (1 + (n % 7) * 0.1 + (n % 5) * 0.02)), 6) as cost
              from generate_series(1, ${days}::int) n) s`;
}

/** Leaves nothing that a fit made or learns from but the usage itself. */
export async function emptyForecasts(sql: SqlClient): Promise<void> {
  await sql`
    truncate forecast, forecast_accuracy, forecast_fit, forecast_run, forecast_event,
      forecast_scenario`;
}

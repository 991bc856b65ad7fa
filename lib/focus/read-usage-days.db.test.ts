import assert from "node:assert/strict";
import { test } from "node:test";
import { parseUsd, sumUsd } from "#lib/money/money.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { parseDay } from "#lib/time/civil-day.ts";
import { readUsageDays } from "./read-usage-days.ts";

const { sql } = await createTestDatabase();
const TEAMS = 2_500;

test("days of thousands of groups are read to their end, whatever else is asked between them", async () => {
  await sql`
    insert into rate_set (id, status, provider, model, content)
    select n, 'priced', 'openai', 'gpt-5.5',
           jsonb_build_object('id', n::text, 'provider', 'openai', 'model', 'gpt-5.5',
                              'tier', 'standard', 'status', 'priced', 'rates', '[]'::jsonb)
      from generate_series(1, 3) n`;
  await sql`
    insert into dimension_set (id, kind, team, model, provider, dialect, status)
    select n, 'model_call', 'team-' || n, 'gpt-5.5', 'openai', 'otel-genai', 'ok'
      from generate_series(1, ${TEAMS}::int) n`;
  await sql`
    insert into usage_day (day, dimension_set_id, rate_set_id, model_calls, input_uncached, cost,
                           list_cost)
    select timestamptz '2026-11-01T00:00Z' + d * interval '1 day', n, 1 + d, 1, 10, 0.5, 0.5
      from generate_series(1, ${TEAMS}::int) n, generate_series(0, 2) d`;
  const days = { from: parseDay("2026-11-01"), to: parseDay("2026-11-05") };
  const read: [number, string | undefined, bigint][] = [];
  await sql.begin(async (tx) => {
    for await (const { groups } of readUsageDays(tx as never, "all", days, "UTC")) {
      await tx`select 1`;
      const cost = sumUsd(groups.map(({ costs }) => costs.effective));
      read.push([groups.length, groups[0]?.rateSet?.id, cost]);
    }
  });
  const half = parseUsd(String(TEAMS / 2));
  assert.deepEqual(read, [
    [TEAMS, "1", half],
    [TEAMS, "2", half],
    [TEAMS, "3", half],
    [0, undefined, 0n],
  ]);
});

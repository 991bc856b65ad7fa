import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { ADMIN, budgetBench, NOW } from "#lib/testing/budget-spend.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { readForecast } from "./read-forecast.ts";
import { refitForecasts } from "./refit.ts";
import { parseScope } from "./scope.ts";
import { emptyForecasts, spendDaily } from "./testing.ts";

const { sql } = await createTestDatabase();
const { reset } = budgetBench(sql);
const { signal } = new AbortController();
const history = (team: string, model: string, days: number, level: number) =>
  spendDaily(sql, team, model, days, level);
const read = (scope: string) => readForecast(sql, ADMIN, parseScope(scope), 30, NOW);
const refit = () => refitForecasts(sql, new Date(NOW), signal);

beforeEach(async () => {
  await reset();
  await emptyForecasts(sql);
});

test("a forecast takes a day on which nothing at all arrived as unknown, and a huge bill as one day", async () => {
  await history("payments", "gpt-5.5", 90, 10);
  await sql`delete from usage_day where day = '2026-11-12'`;
  await sql`update usage_day set cost = 100000 where day = '2026-10-20'`;
  const { spent, days } = await read("team:payments");
  assert.equal(spent.find(({ date }) => date === "2026-11-12")?.spent, null);
  assert.ok(
    days.every(({ expected }) => expected < 40),
    JSON.stringify(days[0]),
  );
});

test("a forecast of a week with empty weekends has them, too", async () => {
  await history("payments", "gpt-5.5", 90, 10);
  await sql`delete from usage_day where extract(isodow from day at time zone 'UTC') > 5`;
  const { days } = await read("team:payments");
  for (const { date, expected } of days) {
    const isWeekend = new Date(date).getUTCDay() % 6 === 0;
    assert.ok(isWeekend ? expected < 1 : expected > 9, `${date} ${expected}`);
  }
});

test("a forecast of a team that has stopped goes down to next to nothing, and ends after eight weeks", async () => {
  await history("payments", "gpt-5.5", 120, 10);
  await history("search", "gpt-5.5-mini", 120, 30);
  const stop = (since: string) => sql`
    delete from usage_day where dimension_set_id = hashtext('payments gpt-5.5')
       and day >= ${since}::text::timestamptz`;
  await stop("2026-10-20");
  await refit();
  const { days, basis } = await read("team:payments");
  assert.equal(basis, "stored");
  assert.ok(days.every(({ expected }) => expected < 1));
  await emptyForecasts(sql);
  await stop("2026-09-20");
  await refit();
  const stored = await sql`select 1 from forecast where scope = 'team:payments'`;
  assert.equal(stored.length, 0);
  assert.equal((await read("team:search")).basis, "stored");
});

test("a forecast is not thrown over by a call that arrives late", async () => {
  await history("payments", "gpt-5.5", 90, 10);
  await refit();
  const before = await read("team:payments");
  await sql`update usage_day set cost = cost * 1.2 where day = '2026-11-20'`;
  const after = await read("team:payments");
  assert.equal(after.basis, "stored");
  assert.deepEqual(after.days, before.days);
});

test("a forecast counts days of a zone whose clock changes", async () => {
  await sql`update organization set time_zone = 'America/New_York'`;
  await history("payments", "gpt-5.5", 1, 1);
  await sql`truncate usage_day`;
  await sql`
    insert into usage_day (day, dimension_set_id, rate_set_id, model_calls, cost, list_cost)
    select date_trunc('day', n, 'America/New_York'), hashtext('payments gpt-5.5'), 0, 1, 10, 10
      from generate_series('2026-09-01T16:00Z'::timestamptz, '2026-11-21T16:00Z', '1 day') n`;
  await refit();
  const { days, historyDays, basis } = await read("team:payments");
  await sql`update organization set time_zone = 'UTC'`;
  assert.deepEqual([historyDays, basis, days[0]?.date], [82, "stored", "2026-11-22"]);
  assert.ok(days.every(({ expected }) => Math.abs(expected - 10) < 0.01));
});

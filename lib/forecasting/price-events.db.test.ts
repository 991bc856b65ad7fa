import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { loadPricing } from "#lib/price-book/load-pricing.ts";
import type { NewRate } from "#lib/price-book/own-rate.ts";
import { recordRates } from "#lib/price-book/rate-store.ts";
import { DAY_MS, NOW } from "#lib/testing/budget-spend.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import { listEvents } from "./events.ts";
import { readForecast } from "./read-forecast.ts";
import { refitForecasts } from "./refit.ts";
import { refitIfDue } from "./refit-runs.ts";
import { parseScope } from "./scope.ts";
import { emptyForecasts } from "./testing.ts";

const { sql } = await createTestDatabase();
const ADMIN = testViewer();
const { signal } = new AbortController();
const refit = (now = NOW) => refitForecasts(sql, new Date(now), signal);
const expected = async (scope: string, now = NOW) => {
  const { days, basis } = await readForecast(sql, ADMIN, parseScope(scope), 30, now);
  return { basis, on: (date: string) => days.find((day) => day.date === date)?.expected ?? 0 };
};

/** $30 a million of output become $60: 40 dollars of usage (10 in, 30 out) become 70. */
const OUTPUT_DOUBLES: NewRate = {
  team: null,
  kind: "list",
  provider: "openai",
  model: "gpt-5.5",
  unit: "output",
  price: { amount: "60", per: 1_000_000 },
  tier: "standard",
  speed: null,
  region: null,
  context: null,
  window: null,
  includesFees: false,
  effectiveFrom: new Date("2026-12-01T00:00:00Z"),
  effectiveTo: null,
  source: { name: "by hand", url: "https://example.com", quote: null, checkedAt: "2026-11-22" },
};
const record = (...rates: NewRate[]) => sql.begin((tx) => recordRates(tx, rates, "ann"));

/** Two months of $40 a day of gpt-5.5 for payments, and $6 a day of gpt-5.4-mini for both teams. */
const SERIES = [
  [1, "payments", "gpt-5.5", "40"],
  [2, "payments", "gpt-5.4-mini", "6"],
  [3, "search", "gpt-5.4-mini", "6"],
] as const;

beforeEach(async () => {
  await emptyForecasts(sql);
  await sql`truncate price_rate,
                     usage_day, dimension_set, rate_set cascade`;
  const pricing = await loadPricing(sql);
  for (const [id, team, model, cost] of SERIES) {
    const query = { provider: "openai", model, tier: "standard", contextTokens: 2_000, atMs: NOW };
    const { rateSet } = pricing.resolve(query, team);
    await sql`
      insert into rate_set (id, status, provider, model, content)
      values (${rateSet.id}::text::int8, 'priced', 'openai', ${model},
              ${JSON.stringify(rateSet)}::text::jsonb) on conflict do nothing`;
    await sql`
      insert into dimension_set (id, kind, team, model, provider, dialect, status)
      values (${id}, 'model_call', ${team}, ${model}, 'openai', 'otel-genai', 'ok')`;
    await sql`
      insert into usage_day (day, dimension_set_id, rate_set_id, model_calls, input_uncached,
                             output, cost, list_cost)
      select day, ${id}, ${rateSet.id}::text::int8, 1000, 2000000, 1000000, ${cost}, ${cost}
        from generate_series('2026-09-01'::timestamptz, '2026-11-21', '1 day') day`;
  }
});

const close = (is: number, is_to_be: number) =>
  assert.ok(Math.abs(is - is_to_be) < 1e-6, `${is} is not ${is_to_be}`);

test("a price to come changes each forecast from its day on, as recent usage costs by it", async () => {
  await record(OUTPUT_DOUBLES);
  await refit();
  for (const [scope, before, after] of [
    ["team:payments", 46, 76],
    ["team:payments/model:gpt-5.5", 40, 70],
    ["model:gpt-5.5", 40, 70],
    ["team:search", 6, 6],
    ["organization", 52, 82],
  ] as const) {
    const { on, basis } = await expected(scope);
    assert.equal(basis, "stored");
    close(on("2026-11-30"), before);
    close(on("2026-12-01"), after);
    close(on("2026-12-20"), after);
  }
  const [event, ...others] = await listEvents(sql, ADMIN);
  assert.equal(others.length, 0);
  assert.deepEqual(
    [event?.kind, event?.label, event?.firstDay, event?.source, event?.effect],
    ["price_change", "gpt-5.5", "2026-12-01", "price_book", { kind: "factor", factor: 1.75 }],
  );
});

test("a team's own price to come is told as that team's, and to nobody else", async () => {
  await sql`insert into team (slug, name) values ('payments', 'P'), ('search', 'S')
              on conflict do nothing`;
  const agreed = { ...OUTPUT_DOUBLES, kind: "contract" as const, team: "payments" };
  await record({ ...agreed, model: "gpt-5.4-mini", price: { amount: "0", per: 1_000_000 } });
  await refit();
  close((await expected("team:payments")).on("2026-12-01"), 41.5);
  close((await expected("team:search")).on("2026-12-01"), 6);
  const seen = (teams: string[]) => listEvents(sql, testViewer("manager", teams));
  assert.equal((await seen(["payments"])).length, 1);
  assert.deepEqual(await seen(["search"]), []);
});

test("a price that has changed scales the history before it, so that the forecast stays up", async () => {
  await record(OUTPUT_DOUBLES);
  const { rateSet } = (await loadPricing(sql)).resolve(
    {
      ...{ provider: "openai", model: "gpt-5.5", tier: "standard", contextTokens: 2_000 },
      atMs: NOW + 10 * DAY_MS,
    },
    "payments",
  );
  await sql`
    insert into rate_set (id, status, provider, model, content)
    values (${rateSet.id}::text::int8, 'priced', 'openai', 'gpt-5.5',
            ${JSON.stringify(rateSet)}::text::jsonb)`;
  await sql`
    insert into usage_day (day, dimension_set_id, rate_set_id, model_calls, input_uncached,
                           output, cost, list_cost)
    select day, id, case id when 1 then ${rateSet.id}::text::int8 else r end, 1000, 2000000,
           1000000, case when id = 1 and day >= '2026-12-01' then 70 else cost end, 0
      from generate_series('2026-11-22'::timestamptz, '2026-12-02', '1 day') day,
           (select dimension_set_id as id, min(rate_set_id) as r, min(cost) as cost
              from usage_day group by 1) s
     where id <> 1 or day >= '2026-12-01'`;
  await sql`
    insert into usage_day (day, dimension_set_id, rate_set_id, model_calls, input_uncached,
                           output, cost, list_cost)
    select day, 1, (select min(rate_set_id) from usage_day where dimension_set_id = 1 and cost = 40),
           1000, 2000000, 1000000, 40, 40
      from generate_series('2026-11-22'::timestamptz, '2026-11-30', '1 day') day`;
  const now = Date.parse("2026-12-03T12:00:00Z");
  close((await expected("team:payments", now)).on("2026-12-04"), 76);
  await refit(now);
  const { on, basis } = await expected("team:payments", now);
  assert.equal(basis, "stored");
  close(on("2026-12-04"), 76);
  close((await expected("organization", now)).on("2026-12-20"), 82);
});

test("a price that is recorded or withdrawn has everything fitted anew", async () => {
  const clock = () => new Date(Date.now() + DAY_MS);
  await refitIfDue(sql, clock, signal);
  assert.equal(await refitIfDue(sql, clock, signal), null);
  await record(OUTPUT_DOUBLES);
  await sql`update price_rate set recorded_at = now() + interval '2 days'`;
  assert.notEqual(await refitIfDue(sql, clock, signal), null);
});

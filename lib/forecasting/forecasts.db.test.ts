import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { budgetDetail } from "#lib/budget-control/read-budgets.ts";
import { printAmount } from "#lib/budgets/amount.ts";
import { sumUsd, toDecimal, ZERO_USD } from "#lib/money/money.ts";
import { ADMIN, budgetBench, DAY_MS, NOW } from "#lib/testing/budget-spend.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import { readAccuracy } from "./accuracy.ts";
import { readForecast } from "./read-forecast.ts";
import { refitForecasts } from "./refit.ts";
import { refitIfDue, requestRefit } from "./refit-runs.ts";
import { parseScope } from "./scope.ts";
import { emptyForecasts, spendDaily } from "./testing.ts";

const { sql } = await createTestDatabase();
const { reset, set } = budgetBench(sql);
const MANAGER = testViewer("manager", ["payments"]);
const { signal } = new AbortController();
const code = (expected: string) => (error: unknown) =>
  (error as { code?: string }).code === expected;
const history = (team: string, model: string, days: number, level: number) =>
  spendDaily(sql, team, model, days, level);
const read = (scope: string, horizon = 30, now = NOW) =>
  readForecast(sql, ADMIN, parseScope(scope), horizon, now);
const refit = (now = NOW) => refitForecasts(sql, new Date(now), signal);

beforeEach(async () => {
  await reset();
  await emptyForecasts(sql);
});

describe("a refit", () => {
  beforeEach(async () => {
    await history("payments", "gpt-5.5", 120, 10);
    await history("payments", "gpt-5.5-mini", 120, 1);
    await history("search", "gpt-5.5", 120, 30);
  });

  test("keeps a forecast of every series, and teams add up to the organisation exactly", async () => {
    await refit();
    const names = await sql<{ scope: string }[]>`
      select scope from forecast where day = '2026-11-22' and origin = 'issued' order by 1`;
    assert.deepEqual(
      names.map(({ scope }) => scope),
      [
        "model:gpt-5.5",
        "model:gpt-5.5-mini",
        "organization",
        "team:payments",
        "team:payments/model:gpt-5.5",
        "team:payments/model:gpt-5.5-mini",
        "team:search",
        "team:search/model:gpt-5.5",
      ],
    );
    const [sums] = await sql<{ off: string }[]>`
      select sum(abs(o.p - t.p))::text as off
        from (select ordinality, p from forecast, unnest(point) with ordinality u (p)
               where scope = 'organization' and day = '2026-11-22') o
        join (select ordinality, sum(p) as p from forecast, unnest(point) with ordinality u (p)
               where scope ~ '^team:[^/]+$' and day = '2026-11-22' group by 1) t using (ordinality)`;
    assert.equal(sums?.off, "0");
    // One team has passed its day's forecast by far, the other has hardly begun.
    await sql`insert into usage_day (day, dimension_set_id, rate_set_id, cost, list_cost)
      values ('2026-11-22', hashtext('payments gpt-5.5'), 0, 19.123456789012345678, 19),
             ('2026-11-22', hashtext('search gpt-5.5'), 0, 0.000000000000000001, 0)`;
    await sql`
      update forecast f
         set point[1] = 7 + case f.scope when 'team:search' then 0 else
               (select p.point[1] from forecast p
                 where p.scope = 'team:payments' and p.day = f.day) end
       where day = '2026-11-22' and scope in ('team:search', 'organization')`;
    const shown = await read("organization");
    const teams = await Promise.all(["team:payments", "team:search"].map((team) => read(team)));
    for (const name of ["spent", "expected"] as const) {
      const parts = teams.map(({ monthEnd }) => monthEnd?.[name] ?? ZERO_USD);
      assert.equal(toDecimal(sumUsd(parts)), toDecimal(shown.monthEnd?.[name] ?? ZERO_USD), name);
    }
    assert.equal(shown.basis, "stored");
    assert.equal(shown.days.length, 30);
  });

  test("judges half a year of forecasts that were made from the days before each alone", async () => {
    await refit();
    const [accuracy] = await readAccuracy(sql, ADMIN, "organization", NOW);
    assert.ok((accuracy?.forecasts ?? 0) >= 8);
    assert.ok((accuracy?.wape ?? 1) < 0.1, `${accuracy?.wape}`);
    assert.ok(Math.abs(accuracy?.naiveBias ?? 1) < 0.1, `${accuracy?.naiveBias}`);
    assert.ok((accuracy?.held[95] ?? 0) > 0.9);
    assert.equal(accuracy?.isTooFew, false);
  });

  test("made again the next day learns from what it kept, and changes nothing of it", async () => {
    await refit();
    const kept = () => sql`
      select scope, day::text, point::text from forecast where day < '2026-11-22' order by 1, 2`;
    const before = await kept();
    assert.ok(before.length > 20);
    await sql`insert into usage_day (day, dimension_set_id, rate_set_id, cost, list_cost)
      values ('2026-11-22', hashtext('payments gpt-5.5'), 0, 12, 12)`;
    await refit(NOW + DAY_MS);
    assert.deepEqual([...(await kept())], [...before]);
    const next = await readForecast(sql, ADMIN, parseScope("team:payments"), 7, NOW + DAY_MS);
    assert.equal(next.days[0]?.date, "2026-11-23");
    assert.equal(next.basis, "stored");
  });

  test("of a quarter's history has enough past forecasts to tell how good they were", async () => {
    await sql`delete from usage_day where day < '2026-08-25'`;
    await refit();
    const [accuracy] = await readAccuracy(sql, ADMIN, "organization", NOW);
    assert.equal(accuracy?.isTooFew, false);
    assert.ok((accuracy?.totalError ?? 1) < 0.1, `${accuracy?.totalError}`);
  });

  test("of a history that was imported since forgets what was made before it", async () => {
    await sql`delete from usage_day where day < '2026-10-10'`;
    await refit();
    const [young] = await readAccuracy(sql, ADMIN, "team:search", NOW);
    assert.equal(young?.isTooFew, true);
    await sql`delete from usage_day`;
    await history("search", "gpt-5.5", 120, 30);
    await refit();
    const [whole] = await readAccuracy(sql, ADMIN, "team:search", NOW);
    assert.equal(whole?.isTooFew, false);
    const shown = await read("team:search");
    assert.equal(shown.basis, "stored");
    const { low = 0, high = 0 } = shown.days[3]?.bands[80] ?? {};
    assert.ok(high - low < 20, `${low} to ${high}`);
    // As it is made again on the next day, from what was kept.
    await refit(NOW + DAY_MS);
    const [again] = await readAccuracy(sql, ADMIN, "team:search", NOW + DAY_MS);
    assert.equal(again?.isTooFew, false);
  });

  test("judges a model of a team once a week, and fits it every day", async () => {
    const scope = "team:search/model:gpt-5.5";
    await sql`
      insert into usage_day (day, dimension_set_id, rate_set_id, model_calls, cost, list_cost)
      select day + interval '7 days', dimension_set_id, rate_set_id, model_calls, cost, list_cost
        from usage_day where day >= '2026-11-15'`;
    for (let day = 0; day < 8; day += 1) await refit(NOW + day * DAY_MS);
    const [row] = await sql<
      { fits: string; widths: number; smoothing: number; forecasts: string }[]
    >`
      select fitted_on::text as fits, cardinality(half_widths) as widths,
             cardinality(smoothing) as smoothing,
             (select count(*) from forecast where scope = ${scope})::text as forecasts
        from forecast_fit where scope = ${scope}`;
    assert.deepEqual(row, { fits: "2026-11-29", widths: 24, smoothing: 6, forecasts: "8" });
    const [accuracy] = await readAccuracy(sql, ADMIN, scope, NOW + 8 * DAY_MS);
    assert.ok((accuracy?.days ?? 0) > 0);
    assert.ok((accuracy?.asOf ?? "") > "2026-11-22");
  });

  test("keeps forecasts of a model of a team daily for five weeks, then one of each week", async () => {
    const scope = "team:search/model:gpt-5.5";
    await refit();
    await sql`
      insert into forecast (scope, day, issued_at, origin, maturity, history_days, history_total,
                            scale, point, bands, naive)
      select scope, day - n, issued_at, origin, maturity, history_days, history_total, scale, point,
             bands, naive from forecast, generate_series(1, 69) n where scope = ${scope}`;
    for (let day = 1; day < 8; day += 1) await refit(NOW + day * DAY_MS);
    const rows = await sql<{ age: number }[]>`
      select '2026-11-29'::date - day as age from forecast where scope = ${scope} order by 1`;
    const ages = rows.map(({ age }) => age);
    const daily = ages.filter((age) => age <= 35);
    const weekly = ages.filter((age) => age > 42).map((age) => age % 7);
    assert.equal(daily.length, 36);
    assert.equal(new Set(weekly).size, 1);
    assert.equal(weekly.length, 5);
  });

  test("runs once a day and on demand, in one worker at a time", async () => {
    const clock = () => new Date(NOW);
    const runs = await Promise.all([1, 2].map(() => refitIfDue(sql, clock, signal)));
    assert.equal(runs.filter((run) => run !== null).length, 1);
    assert.equal(await refitIfDue(sql, clock, signal), null);
    await requestRefit(sql, ADMIN, new Date(NOW));
    assert.equal((await refitIfDue(sql, clock, signal))?.day, "2026-11-22");
    assert.equal(await refitIfDue(sql, clock, signal), null);
  });
});

describe("a forecast", () => {
  test("ends the month with exact spend to date plus the days that it shows", async () => {
    await history("payments", "gpt-5.5", 90, 10);
    await refit();
    const { monthEnd, days, spent } = await read("team:payments");
    const november = spent.filter(({ date }) => date >= "2026-11-01");
    const toDate = sumUsd(november.flatMap(({ spent: cost }) => cost ?? []));
    const rest = days.filter(({ date }) => date <= "2026-11-30");
    assert.equal(rest.length, 9);
    const total = Number(toDecimal(toDate)) + rest.reduce((sum, { expected }) => sum + expected, 0);
    assert.ok(monthEnd !== null && Math.abs(Number(toDecimal(monthEnd.expected)) - total) < 1e-5);
    assert.ok(monthEnd.bands[80].low >= toDate && monthEnd.bands[80].high > monthEnd.expected);
    assert.ok(monthEnd.bands[95].high >= monthEnd.bands[80].high);
  });

  test("of history that has changed since is made anew", async () => {
    await history("payments", "gpt-5.5", 90, 10);
    await refit();
    const before = await read("team:payments");
    await sql`update usage_day set cost = cost * 2`;
    const after = await read("team:payments");
    assert.deepEqual([before.basis, after.basis], ["stored", "live"]);
    const [was = 0, is = 0] = [before, after].map(({ days }) => days[3]?.expected);
    assert.ok(Math.abs(is / was - 2) < 0.05);
  });

  test("of a young team is none: it has a run rate, labelled", async () => {
    await history("payments", "gpt-5.5", 6, 10);
    for (const look of [
      () => read("team:payments"),
      () => refit().then(() => read("team:payments")),
    ]) {
      const { maturity, days, monthEnd, runRate } = await look();
      assert.deepEqual([maturity, days.length, monthEnd], ["early", 0, null]);
      assert.equal(runRate?.days, 6);
    }
    const unused = await read("team:search");
    assert.deepEqual([unused.maturity, unused.runRate], ["none", null]);
    await assert.rejects(read("team:nobody"), code("not_found"));
    await assert.rejects(read("model:none"), code("not_found"));
  });

  test("of a budget is its status's", async () => {
    await history("payments", "gpt-5.5", 90, 10);
    const { id } = await set({ limit: "1000" });
    await refit();
    const { status } = await budgetDetail(sql, ADMIN, id, NOW);
    const shown = await read(`budget:${id}`);
    assert.equal(
      toDecimal(shown.monthEnd?.expected ?? sumUsd([])),
      printAmount(status.forecast?.p50 ?? (0n as never)),
    );
    assert.equal((await readAccuracy(sql, ADMIN, `budget:${id}`, NOW)).length, 1);
    const stranger = testViewer("manager", ["search"]);
    await assert.rejects(
      readForecast(sql, stranger, parseScope(`budget:${id}`), 30, NOW),
      code("not_found"),
    );
    assert.deepEqual(await readAccuracy(sql, stranger, `budget:${id}`, NOW), []);
  });

  test("of a scope that is not the viewer's is not there", async () => {
    await history("search", "gpt-5.5", 60, 10);
    for (const scope of [
      "organization",
      "team:search",
      "model:gpt-5.5",
      "team:search/model:gpt-5.5",
    ]) {
      const look = readForecast(sql, MANAGER, parseScope(scope), 30, NOW);
      await assert.rejects(look, code("not_found"), scope);
    }
    await refit();
    assert.deepEqual(await readAccuracy(sql, MANAGER, null, NOW), []);
  });
});

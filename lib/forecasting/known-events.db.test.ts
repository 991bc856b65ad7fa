import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { ADMIN, budgetBench, NOW } from "#lib/testing/budget-spend.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import { changeEvent, createEvent, EventInput, listEvents, withdrawEvent } from "./events.ts";
import { readForecast } from "./read-forecast.ts";
import { refitForecasts } from "./refit.ts";
import { parseScope } from "./scope.ts";
import { emptyForecasts, spendDaily } from "./testing.ts";

const { sql } = await createTestDatabase();
const { reset } = budgetBench(sql);
const MANAGER = testViewer("manager", ["payments"]);
const { signal } = new AbortController();
const code = (expected: string) => (error: unknown) =>
  (error as { code?: string }).code === expected;
const history = (team: string, model: string, days: number, level: number) =>
  spendDaily(sql, team, model, days, level);
const read = (scope: string) => readForecast(sql, ADMIN, parseScope(scope), 30, NOW);
const refit = () => refitForecasts(sql, new Date(NOW), signal);

beforeEach(async () => {
  await reset();
  await emptyForecasts(sql);
});

describe("known events", () => {
  const launch = EventInput.parse({
    kind: "launch",
    label: "Checkout goes live",
    scope: "team:payments",
    first_day: "2026-11-25",
    effect: { kind: "amount", per_day: "100" },
  });

  test("move their team and the organisation by the same, from their day on", async () => {
    await history("payments", "gpt-5.5", 90, 10);
    await history("search", "gpt-5.5", 90, 30);
    await refit();
    const before = [await read("team:payments"), await read("organization")];
    await createEvent(sql, ADMIN, launch, new Date(NOW));
    await refit();
    const after = [await read("team:payments"), await read("organization")];
    for (const [index, shown] of after.entries()) {
      const moved = [2, 3].map(
        (day) => (shown.days[day]?.expected ?? 0) - (before[index]?.days[day]?.expected ?? 0),
      );
      assert.deepEqual(moved.map(Math.round), [0, 100]);
    }
  });

  test("are changed and withdrawn by whoever may, and audited", async () => {
    const other = { ...launch, scope: "team:search" };
    await assert.rejects(createEvent(sql, MANAGER, other, new Date(NOW)), code("not_found"));
    const viewer = testViewer("viewer", ["payments"]);
    await assert.rejects(createEvent(sql, viewer, launch, new Date(NOW)), code("forbidden"));
    const foreign = await createEvent(sql, ADMIN, other, new Date(NOW));
    const whole = await createEvent(
      sql,
      ADMIN,
      { ...launch, scope: "organization" },
      new Date(NOW),
    );
    const own = await createEvent(sql, MANAGER, launch, new Date(NOW));
    const seen = (await listEvents(sql, MANAGER)).map(({ id }) => id);
    assert.deepEqual(seen.toSorted(), [whole.id, own.id].toSorted());
    await assert.rejects(changeEvent(sql, MANAGER, foreign.id, { label: "x" }), code("not_found"));
    await assert.rejects(withdrawEvent(sql, MANAGER, whole.id, new Date(NOW)), code("forbidden"));
    const changed = await changeEvent(sql, MANAGER, own.id, { label: "Later" });
    assert.deepEqual([changed.label, changed.firstDay], ["Later", "2026-11-25"]);
    const bad = { first_day: "2026-12-31", last_day: "2026-12-01" };
    await assert.rejects(changeEvent(sql, MANAGER, own.id, bad), code("invalid"));
    await withdrawEvent(sql, MANAGER, own.id, new Date(NOW));
    await assert.rejects(withdrawEvent(sql, MANAGER, own.id, new Date(NOW)), code("not_found"));
    const audit = await sql<{ action: string }[]>`
      select action from audit_entry where target_id = ${own.id} order by id`;
    assert.deepEqual(
      audit.map(({ action }) => action),
      ["forecast_event.created", "forecast_event.changed", "forecast_event.withdrawn"],
    );
  });

  test("leave days out of what is learned from", async () => {
    await history("payments", "gpt-5.5", 60, 10);
    await sql`update usage_day set cost = 500 where day >= '2026-11-10' and day < '2026-11-20'`;
    const backfill = {
      ...launch,
      kind: "exclude",
      effect: { kind: "exclude" },
      first_day: "2026-11-10",
      last_day: "2026-11-19",
    };
    await createEvent(sql, ADMIN, EventInput.parse(backfill), new Date(NOW));
    const { days } = await read("team:payments");
    assert.ok(days.every(({ expected }) => expected < 30));
  });
});

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { parseAmount } from "#lib/budgets/amount.ts";
import { ADMIN, budgetBench, DAY_MS, LINKS, NOW, spend } from "#lib/testing/budget-spend.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { sendDigest } from "./digest.ts";
import { muteBudget } from "./mutes.ts";
import { releaseHeld } from "./release-held.ts";
import { changeBudget } from "./store-budget.ts";

const { sql } = await createTestDatabase();
const { reset, set, look, today, said } = budgetBench(sql);

beforeEach(reset);

describe("silence", () => {
  test("of a mute is for good", async () => {
    const { id } = await set();
    await muteBudget(
      sql,
      ADMIN,
      id,
      { reason: "load test", endsAt: new Date(NOW + DAY_MS) },
      new Date(NOW),
    );
    await today("95");
    await look();
    await look(NOW + DAY_MS + 1_000);
    assert.deepEqual(await said(), []);
  });

  test("of a mute is for alarms: that one is over is told, and nothing of what came meanwhile", async () => {
    const { id } = await set();
    await today("60");
    await look();
    const mute = { reason: "load test", endsAt: new Date(NOW + 60 * DAY_MS) };
    await muteBudget(sql, ADMIN, id, mute, new Date(NOW));
    for (const usd of ["35", "-20", "-60"]) {
      await today(usd);
      await look();
    }
    const told = await sql`
      select type, (data #>> '{threshold,percent}')::int as percent, data->>'because' as because
        from notification_event order by seq`;
    assert.deepEqual(
      told.map((row) => Object.values(row)),
      [
        ["budget.threshold_crossed", 50, null],
        ["budget.threshold_uncrossed", 50, "correction"],
      ],
    );
  });

  test("of a mute lets the new period end the alarm of the one before, and no other begin", async () => {
    const { id } = await set({ period: "day" });
    await today("60");
    await look();
    const mute = { reason: "load test", endsAt: new Date(NOW + 60 * DAY_MS) };
    await muteBudget(sql, ADMIN, id, mute, new Date(NOW));
    await look(NOW + DAY_MS);
    await look(NOW + 2 * DAY_MS);
    assert.deepEqual(
      (await said()).map(({ type }) => type),
      ["budget.threshold_crossed", "budget.period_started"],
    );
  });

  test("of quiet hours ends with them: the highest that is still crossed is said", async () => {
    await set({ quiet_hours: { from: "15:00", to: "07:00" } });
    await today("85");
    await look();
    await today("-20");
    await look();
    const morning = Date.parse("2026-11-23T07:00:00Z");
    await releaseHeld(sql, morning - 1, LINKS);
    assert.deepEqual(await said(), []);
    await releaseHeld(sql, morning, LINKS);
    await releaseHeld(sql, morning, LINKS);
    assert.deepEqual(
      (await said()).map(({ percent }) => percent),
      [50],
    );
  });
});

describe("quiet hours", () => {
  const hours = { from: "22:00", to: "07:00" };
  const types = async () => (await said()).map(({ type, percent }) => [type, percent]);

  test("hold back that a correction took spend below a threshold, and do not name one never told", async () => {
    await set({ quiet_hours: hours });
    await today("60");
    await look();
    const night = Date.parse("2026-11-22T23:00:00Z");
    await today("25");
    await look(night);
    await today("-50");
    await look(night + 1_000);
    await look(night + 2_000);
    const told = [["budget.threshold_crossed", 50]];
    assert.deepEqual(await types(), told);
    const morning = Date.parse("2026-11-23T07:00:00Z");
    for (const at of [morning, morning + 1_000]) {
      await look(at);
      await releaseHeld(sql, at, LINKS);
    }
    assert.deepEqual(await types(), [...told, ["budget.threshold_uncrossed", 50]]);
  });

  test("hold back the beginning of a period", async () => {
    await set({ period: "day", quiet_hours: hours });
    await today("10");
    await look();
    await look(Date.parse("2026-11-23T00:00:05Z"));
    assert.deepEqual(await types(), []);
    await releaseHeld(sql, Date.parse("2026-11-23T07:00:00Z"), LINKS);
    assert.deepEqual(await types(), [["budget.period_started", null]]);
  });
});

test("a limit on a day inside the month fires on its own, each day anew", async () => {
  await set({ thresholds: [], limit: "1000", pacing: { unit: "day", limit: "20" } });
  await today("25");
  await look();
  await look();
  await spend(sql, { day: "2026-11-23", usd: "20" });
  await look(NOW + DAY_MS);
  assert.deepEqual(
    (await said()).map(({ type, spent }) => [type, spent]),
    [
      ["budget.threshold_crossed", "25"],
      ["budget.threshold_crossed", "20"],
    ],
  );
});

test("what is still over is told once a day, on a later day than it was crossed", async () => {
  await set();
  await today("95");
  await look();
  assert.equal(await sendDigest(sql, NOW, LINKS), 0);
  assert.equal(await sendDigest(sql, NOW + DAY_MS, LINKS), 1);
  assert.equal(await sendDigest(sql, NOW + DAY_MS, LINKS), 0);
});

test("a limit that was raised since is not told as crossed still", async () => {
  const { id } = await set();
  await today("95");
  await look();
  const morning = NOW + DAY_MS;
  await changeBudget(sql, ADMIN, id, { limit: parseAmount("1000") }, new Date(morning));
  await look(morning);
  assert.equal(await sendDigest(sql, morning, LINKS), 0);
  const [last] = await sql`
    select type, data->>'because' as because, data->'still_crossed' as still
      from notification_event order by seq desc limit 1`;
  assert.deepEqual(Object.values(last ?? {}), ["budget.threshold_uncrossed", "limit", null]);
});

test("the digest names each team's budgets that are over, from nine in the morning on", async () => {
  await set();
  await set({ name: "Search", scope: { team: "search" } });
  await set({ name: "Without", digest: false });
  await set({ name: "Taken back", scope: { team: "payments", model: "o5" } });
  const muted = await set({ name: "Muted later" });
  await today("40");
  await today("55", { model: "o5" });
  await today("60", { team: "search", model: "gpt" });
  await look();
  await today("-20", { model: "o5" });
  await today("20");
  await look();
  const mute = { reason: "known", endsAt: new Date(NOW + 2 * DAY_MS) };
  await muteBudget(sql, ADMIN, muted.id, mute, new Date(NOW));
  const nine = Date.parse("2026-11-23T09:00:00Z");
  assert.equal(await sendDigest(sql, nine - 1, LINKS), 0);
  assert.equal(await sendDigest(sql, nine, LINKS), 2);
  const told = await sql`
    select team, data #>> '{budgets,0,budget,name}' as budget,
           data #>> '{budgets,0,threshold,percent}' as percent,
           data #>> '{budgets,0,spent}' as spent, jsonb_array_length(data->'budgets') as count
      from notification_event where type = 'budget.still_over' order by team`;
  assert.deepEqual(
    told.map((row) => Object.values(row)),
    [
      ["payments", "Payments November", "90", "95", 1],
      ["search", "Search", "50", "60", 1],
    ],
  );
});

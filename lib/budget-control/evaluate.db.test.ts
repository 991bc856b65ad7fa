import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { parseAmount } from "#lib/budgets/amount.ts";
import { BudgetPatch } from "#lib/budgets/budget-input.ts";
import { ADMIN, budgetBench, DAY_MS, LINKS, NOW, spend } from "#lib/testing/budget-spend.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { requestIncrease } from "./increases.ts";
import { changeBudget } from "./store-budget.ts";

const { sql } = await createTestDatabase();
const { reset, set, look, today, said } = budgetBench(sql);

beforeEach(reset);

describe("thresholds on what was spent", () => {
  test("fire once, however often anybody looks", async () => {
    await set();
    await today("49.99");
    assert.equal(await look(), 0);
    await today("0.01");
    for (const _ of [1, 2, 3]) await look();
    await today("30");
    for (const _ of [1, 2, 3]) await look();
    assert.deepEqual(await said(), [
      { type: "budget.threshold_crossed", percent: 50, kind: "actual", spent: "50" },
      { type: "budget.threshold_crossed", percent: 80, kind: "actual", spent: "80" },
    ]);
  });

  test("several at once give one message, that names the highest, and one on the limit", async () => {
    await set();
    await today("120");
    await look();
    assert.deepEqual(await said(), [
      { type: "budget.threshold_crossed", percent: 90, kind: "actual", spent: "120" },
      { type: "budget.exceeded", percent: null, kind: null, spent: "120" },
    ]);
    const marks = await sql`
      select basis, percent::float8 as percent, silent_because from budget_crossing
       order by basis, percent`;
    assert.deepEqual(
      marks.map((mark) => [mark.basis, mark.percent, mark.silent_because]),
      [
        ["actual", 50, "higher"],
        ["actual", 80, "higher"],
        ["actual", 90, null],
        ["exceeded", 100, null],
      ],
    );
  });

  test("count what the team and those below it spend, and nobody else", async () => {
    await sql`update team set parent_slug = 'payments' where slug = 'search'`;
    await set({ thresholds: [50] });
    await today("30");
    await today("20", { team: "search" });
    await today("500", { team: "unallocated" });
    await look();
    assert.deepEqual(
      (await said()).map(({ spent }) => spent),
      ["50"],
    );
    await sql`update team set parent_slug = null where slug = 'search'`;
  });

  test("of a key and a person count what came with the key from the person", async () => {
    await sql`insert into access_key (id, kind, secret_hash) values ('k1', 'ingest', '\\x01')
      on conflict do nothing`;
    await set({ scope: { key: "k1", user: "ann" }, thresholds: [50] });
    await today("40", { key: "k1", user: "bo" });
    await today("40", { key: "k2", user: "ann" });
    assert.equal(await look(), 0);
    await today("50", { key: "k1", user: "ann" });
    await look();
    assert.deepEqual(
      (await said()).map(({ spent }) => spent),
      ["50"],
    );
  });

  test("of tokens count tokens", async () => {
    await set({ limit: "1000000", currency: "tokens", thresholds: [80] });
    await today("1", { tokens: 800_000 });
    await look();
    assert.deepEqual(
      (await said()).map(({ spent }) => spent),
      ["800000"],
    );
  });

  test("of a limit of 0 fire with the first cent, not before", async () => {
    await set({ limit: "0", thresholds: [100] });
    assert.equal(await look(), 0);
    await today("0.01");
    await look();
    assert.deepEqual(
      (await said()).map(({ type }) => type),
      ["budget.threshold_crossed", "budget.exceeded"],
    );
  });
});

describe("a correction", () => {
  test("that takes spend below a threshold says so once, and crossing it again is no news", async () => {
    await set();
    await today("85");
    await look();
    await today("-20");
    await look();
    await today("20");
    await look();
    await today("-20");
    await look();
    assert.deepEqual(
      (await said()).map(({ type, percent }) => [type, percent]),
      [
        ["budget.threshold_crossed", 80],
        ["budget.threshold_uncrossed", 80],
      ],
    );
  });

  test("says what is crossed all the same, and nothing once nothing is", async () => {
    await set();
    await today("95");
    for (const usd of ["0", "-10", "-30", "-20"]) {
      await today(usd);
      await look();
    }
    const still = await sql`
      select (data->'threshold'->>'percent')::float8 as percent,
             (data->'still_crossed'->>'percent')::float8 as still
        from notification_event where type = 'budget.threshold_uncrossed' order by seq`;
    assert.deepEqual(
      still.map((each) => [each.percent, each.still]),
      [
        [90, 80],
        [80, 50],
        [50, null],
      ],
    );
  });

  test("of a closed period gives no alert", async () => {
    await set({ starts_at: "2026-10-01" });
    await today("10");
    await look();
    await spend(sql, { day: "2026-10-20", usd: "500" });
    await look();
    assert.deepEqual(await said(), []);
  });
});

describe("another limit", () => {
  test("above what is spent arms the thresholds again", async () => {
    const { id } = await set();
    await today("85");
    await look();
    await changeBudget(sql, ADMIN, id, BudgetPatch.parse({ limit: "200" }), new Date(NOW));
    await look();
    await today("80");
    await look();
    assert.deepEqual(
      (await said()).map(({ type, percent, spent }) => [type, percent, spent]),
      [
        ["budget.threshold_crossed", 80, "85"],
        ["budget.threshold_uncrossed", 80, "85"],
        ["budget.threshold_crossed", 80, "165"],
      ],
    );
  });

  test("that changes nothing of what was crossed says nothing again", async () => {
    const { id } = await set();
    await today("85");
    await look();
    await changeBudget(sql, ADMIN, id, BudgetPatch.parse({ limit: "101" }), new Date(NOW));
    await look();
    assert.equal((await said()).length, 1);
  });

  test("of an increase holds until it ends, and then the old one again", async () => {
    const { id } = await set();
    await today("85");
    await look();
    const more = {
      amount: parseAmount("100"),
      reason: "launch",
      startsAt: null,
      endsAt: new Date(NOW + DAY_MS),
    };
    await requestIncrease(sql, ADMIN, id, more, new Date(NOW), LINKS);
    await look();
    await today("20");
    await look();
    await look(NOW + DAY_MS);
    assert.deepEqual(
      (await said()).map(({ type, percent, spent }) => [type, percent, spent]),
      [
        ["budget.threshold_crossed", 80, "85"],
        ["budget.threshold_uncrossed", 80, "85"],
        ["budget.threshold_crossed", 50, "105"],
        ["budget.threshold_crossed", 90, "105"],
        ["budget.exceeded", null, "105"],
      ],
    );
  });
});

describe("a new period", () => {
  test("is announced once, arms the thresholds, and the last look at the old one comes first", async () => {
    await set();
    await today("60");
    await look();
    await spend(sql, { day: "2026-11-30", usd: "25" });
    const december = Date.parse("2026-12-01T00:00:10Z");
    await look(december);
    await look(december + 1_000);
    await spend(sql, { day: "2026-12-01", usd: "55" });
    await look(december + 2_000);
    assert.deepEqual(
      (await said()).map(({ type, percent, spent }) => [type, percent, spent]),
      [
        ["budget.threshold_crossed", 50, "60"],
        ["budget.threshold_crossed", 80, "85"],
        ["budget.period_started", null, "0"],
        ["budget.threshold_crossed", 50, "55"],
      ],
    );
  });

  test("begins also when the old one was corrected in its last moments, and says nothing of that", async () => {
    await set();
    await today("85");
    await look();
    await today("-60");
    await look(Date.parse("2026-12-01T00:00:10Z"));
    assert.deepEqual(
      (await said()).map(({ type }) => type),
      ["budget.threshold_crossed", "budget.period_started"],
    );
  });

  test("that was slept through gives no late alerts", async () => {
    await set();
    await today("10");
    await look();
    await spend(sql, { day: "2026-11-30", usd: "80" });
    await look(Date.parse("2026-12-02T00:00:00Z"));
    assert.deepEqual(
      (await said()).map(({ type }) => type),
      ["budget.period_started"],
    );
  });
});

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Ledger } from "#lib/ingest/commit.ts";
import { createLog } from "#lib/log.ts";
import { NOTIFICATION_CHANNEL } from "#lib/notifications/emit-event.ts";
import { budgetBench, LINKS, NOW } from "#lib/testing/budget-spend.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { batch, modelCall, testPlan } from "#lib/testing/usage-events.ts";
import { AlertFeed, type LiveAlert } from "./alert-feed.ts";
import { watchBudgets } from "./watch.ts";

const { sql } = await createTestDatabase();
const { reset, set, said } = budgetBench(sql);

beforeEach(reset);

test("a committed call is told of as it crosses, to the outbox and to the pages", async () => {
  await set({ scope: {}, currency: "tokens", limit: "100", thresholds: [50] });
  const { promise: told, resolve: tell } = Promise.withResolvers<void>();
  const { unlisten } = await sql.listen(NOTIFICATION_CHANNEL, () => tell());
  const { promise: alerted, resolve: alert } = Promise.withResolvers<LiveAlert>();
  const unsubscribe = await new AlertFeed(sql).subscribe((each) => {
    if (each.type === "budget.threshold_crossed") alert(each);
  });
  const stop = await watchBudgets({
    sql,
    links: LINKS,
    log: createLog("budgets", () => {}),
    clock: () => new Date(NOW),
    restMs: 0,
  });
  try {
    await new Ledger(sql, testPlan).commit(batch([modelCall("a")]));
    await told;
    const { type, scope } = await alerted;
    assert.deepEqual([type, scope], ["budget.threshold_crossed", {}]);
  } finally {
    await stop();
    unsubscribe();
    await unlisten();
  }
  assert.deepEqual(
    (await said()).map(({ type, spent }) => [type, spent]),
    [
      ["budget.threshold_crossed", "110"],
      ["budget.exceeded", "110"],
    ],
  );
});

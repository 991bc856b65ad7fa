import assert from "node:assert/strict";
import { before, test } from "node:test";
import { toDecimal } from "#lib/money/money.ts";
import { ingest } from "#lib/testing/history.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { modelCall, tokens } from "#lib/testing/usage-events.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import { parseDay } from "#lib/time/civil-day.ts";
import type { LedgerUsage } from "./comparison.ts";
import { readLedgerUsage } from "./read-ledger-usage.ts";
import { listInvoices, readReconciliation, uploadInvoice } from "./reconcile.ts";

const { sql } = await createTestDatabase();
const finance = testViewer("finance");
const NOW = new Date("2026-11-22T12:00:00Z");
const DAYS = { from: parseDay("2026-10-01"), to: parseDay("2026-11-01") };

before(async () => {
  await ingest(
    sql,
    Array.from({ length: 60 }, (_, n) =>
      modelCall(`call ${n}`, {
        ...{ provider: "openai", model: n % 3 === 0 ? "gpt-5.4-mini" : "gpt-5.5" },
        startedAtMs: Date.parse("2026-10-05T20:00:00Z") + n * 3_600_000,
        tokens: tokens(1_000 + n, 100 + n, { cache_read: 7 * n }),
      }),
    ),
  );
});

type Result = Record<string, string | number>;

/** What OpenAI's usage report says of what the ledger has. */
async function report(change: (result: Result) => Result = (same) => same): Promise<string> {
  const usage = await readLedgerUsage(sql, DAYS, new Set(["openai"]));
  const days = Map.groupBy(usage, ({ day, model }) => JSON.stringify([day, model]));
  const data = [...days.values()].map((rows) => {
    const [{ day, model } = usage[0] as LedgerUsage] = rows;
    const of = (name: string) =>
      Number(rows.find(({ tokenClass }) => tokenClass === name)?.tokens ?? 0n);
    const [read, written] = [of("cache_read"), of("cache_write_5m")];
    const result = {
      ...{ object: "organization.usage.completions.result", model: model ?? "" },
      ...{ input_tokens: of("input_uncached") + read + written, output_tokens: of("output") },
      ...{ input_cached_tokens: read, input_cache_write_tokens: written },
    };
    const start = day * 86_400;
    return { start_time: start, end_time: start + 86_400, results: [change(result)] };
  });
  return JSON.stringify({ object: "page", data });
}

async function upload(text: string, isRehearsal = true) {
  const answer = await uploadInvoice(
    sql,
    finance,
    {
      ...{ source: "openai", month: "2026-10", fileName: "usage.json", text, isRehearsal },
      ...{ columns: null, provider: null, toEarlier: null },
    },
    NOW,
  );
  assert.ok(answer.kind !== "refused");
  return answer;
}

const reasonsOf = ({ comparison }: Awaited<ReturnType<typeof upload>>) =>
  comparison.reasons.map(({ reason, amount }) => [reason, toDecimal(amount)]);

test("a usage report of what the ledger has leaves no gap, in tokens or in money", async () => {
  const answer = await upload(await report());
  const { comparison } = answer;
  assert.deepEqual(answer.counted, { unpricedTokens: 0n });
  assert.ok(comparison.ours > 0n && comparison.byDay.length > 1 && comparison.byClass.length > 2);
  assert.deepEqual([comparison.gap, comparison.reasons], [0n, []]);
  for (const row of [...comparison.byDay, ...comparison.byModel, ...comparison.byClass]) {
    assert.deepEqual([row.invoicedTokens, row.invoiced], [row.tokens, row.ours]);
  }
});

test("tokens that nobody sent are a gap at the day's price, 30 dollars a million", async () => {
  const answer = await upload(await report(addTo("gpt-5.5", 1_000_000)));
  assert.deepEqual(reasonsOf(answer), [["not_instrumented", "30"]]);
  const [row] = answer.comparison.byModel.filter(({ value }) => value === "gpt-5.5");
  assert.equal((row?.invoicedTokens ?? 0n) - (row?.tokens ?? 0n), 1_000_000n);
});

test("tokens that the file has not are a gap the other way", async () => {
  const answer = await upload(await report(addTo("gpt-5.5", -100)));
  assert.deepEqual(reasonsOf(answer), [["not_invoiced", "-0.003"]]);
});

test("a model without a price is worth nothing here, and the file says so for good", async () => {
  const text = await report((result) => ({
    ...result,
    model: `lab-${String(result.model).length}`,
  }));
  const { id, counted, comparison } = await upload(text, false);
  assert.equal(comparison.invoiced, 0n);
  assert.ok((counted?.unpricedTokens ?? 0n) > 60_000n);
  const kept = await readReconciliation(sql, finance, id ?? "");
  assert.deepEqual(kept.invoice.counted, counted);
  assert.ok(kept.comparison.byModel.some(({ value }) => value === "lab-7"));
  assert.deepEqual(
    (await listInvoices(sql, finance)).map((one) => one.counted),
    [counted],
  );
});

/** The first day's output of a model, by so many tokens more. */
function addTo(model: string, more: number): (result: Result) => Result {
  let isDone = false;
  return (result) => {
    if (isDone || result.model !== model) return result;
    isDone = true;
    return { ...result, output_tokens: Number(result.output_tokens) + more };
  };
}

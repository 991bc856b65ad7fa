import assert from "node:assert/strict";
import { before, test } from "node:test";
import { closeMonth } from "#lib/close/close-month.ts";
import { listJournal, reverseBooking } from "#lib/close/journal.ts";
import { ExportRequest } from "#lib/exports/export-request.ts";
import { openExport } from "#lib/exports/open-export.ts";
import { parseUsd, sumUsd, toDecimal, type Usd } from "#lib/money/money.ts";
import { ingest, mixedCalls } from "#lib/testing/history.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { modelCall, tokens } from "#lib/testing/usage-events.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import { dayText, parseDay } from "#lib/time/civil-day.ts";
import { acceptGap } from "./accept-gap.ts";
import type { Comparison } from "./comparison.ts";
import { COMPARED_BY } from "./comparison-columns.ts";
import { gapOf } from "./gap-share.ts";
import { readLedgerUsage } from "./read-ledger-usage.ts";
import { listInvoices, readReconciliation, uploadInvoice } from "./reconcile.ts";

const { sql } = await createTestDatabase();
const finance = testViewer("finance");
const NOW = new Date("2026-11-22T12:00:00Z");
const DAYS = { from: parseDay("2026-10-01"), to: parseDay("2026-11-01") };
const CENT = parseUsd("0.01");

before(async () => {
  // Not UTC, by which providers invoice: a day's calls are of two days here.
  await sql`update organization set time_zone = 'Asia/Kolkata'`;
  await sql`insert into team (slug, name) values ('search', 'Search'), ('payments', 'Payments')`;
  await ingest(sql, mixedCalls(600));
  await ingest(
    sql,
    Array.from({ length: 20 }, (_, n) => bigCall(n)),
  );
});

/** Dear enough that rounding to cents is no noise. */
function bigCall(n: number) {
  return modelCall(`big ${n}`, {
    ...{ startedAtMs: Date.parse("2026-10-05T20:00:00Z") + n * 3_600_000 },
    ...{ tokens: tokens(2_000_000, 300_000, { cache_read: 500_000 }) },
    traceId: n.toString(16).padStart(32, "e"),
  });
}

/** The invoice that the provider would send for what the ledger has: a row a day, model and class, in cents. */
async function invoiceOf(provider: string, change: (amount: Usd, row: number) => Usd = (a) => a) {
  const usage = await readLedgerUsage(sql, DAYS, new Set([provider]));
  const rows = usage
    .filter(({ billed }) => billed > 0n)
    .map(({ model, day, tokenClass, billed, tokens: count }, row) => {
      const amount = ((change(billed, row) + CENT / 2n) / CENT) * CENT;
      return [
        dayText(day),
        `${model}-2026-04-23`,
        tokenClass ?? "",
        toDecimal(amount as Usd),
        count,
      ];
    });
  return ["day,model,class,amount,tokens", ...rows.map((row) => row.join())].join("\r\n");
}

const COLUMNS = { amount: "amount", day: "day", model: "model", token_class: "class" };
let files = 0;

async function upload(text: string, columns = {}, isRehearsal = false, provider = "openai") {
  const answer = await uploadInvoice(
    sql,
    finance,
    {
      ...{ source: "csv", month: "2026-10", fileName: `inv-${++files}.csv`, text, isRehearsal },
      columns: { ...COLUMNS, ...columns },
      ...{ provider, toEarlier: "replace" },
    },
    NOW,
  );
  assert.ok(answer.kind !== "refused");
  return answer;
}

function reasonsOf({ reasons, gap }: Comparison): Record<string, string> {
  assert.equal(sumUsd(reasons.map(({ amount }) => amount)), gap);
  return Object.fromEntries(reasons.map(({ reason, amount }) => [reason, toDecimal(amount)]));
}

/** The gap in thousandths of the invoice. */
const permille = ({ gap, invoiced }: Comparison) => Number((gap * 1_000n) / invoiced);

test("a clean month's invoice differs by rounding alone, far below 1 %", async () => {
  const { comparison } = await upload(await invoiceOf("openai"));
  assert.ok(Math.abs(permille(comparison)) < 1, toDecimal(comparison.gap));
  assert.deepEqual(Object.keys(reasonsOf(comparison)), ["rounding"]);
  assert.ok(comparison.byDay.length >= 3 && comparison.byClass.length >= 3);
  assert.deepEqual(
    comparison.byModel.map(({ value }) => value),
    ["gpt-5.4-mini", "gpt-5.5"],
  );
});

test("with noise of half a percent on every row the gap stays below 1 %", async () => {
  const noisy = await invoiceOf(
    "openai",
    (amount, row) => (amount + (amount * BigInt(((row * 7) % 11) - 5)) / 1_000n) as Usd,
  );
  const { comparison } = await upload(noisy, { tokens: "tokens" }, true);
  assert.ok(Math.abs(permille(comparison)) < 10, toDecimal(comparison.gap));
  reasonsOf(comparison);
});

test("what calls without a price cost is told as unpriced, in each class of tokens", async () => {
  const startedAtMs = Date.parse("2026-10-06T08:00:00Z");
  const told = { provider: "vllm", model: "house-llm-7b", tokens: tokens(900, 70), startedAtMs };
  await ingest(sql, [modelCall("house", told)]);
  const rows = ["input_uncached,4.00,900", "output,6.00,70"];
  const file = ["day,model,class,amount,tokens"];
  for (const row of rows) file.push(`2026-10-06,house-llm-7b,${row}`);
  const text = file.join("\n");
  const { comparison } = await upload(text, { tokens: "tokens" }, true, "vllm");
  assert.deepEqual(reasonsOf(comparison), { unpriced: "10" });
});

test("tax, credits, a fee and a day that nobody sent are each their reason", async () => {
  const text = await invoiceOf("openai");
  const more = [
    ...["2026-10-31,,,8.00,0,tax", "2026-10-31,,,-3.00,0,credit", "2026-10-31,,,1.00,0,fee"],
    "2026-10-20,gpt-5.5-mini,output,50.00,1000000,usage",
  ];
  const [head = "", ...rows] = text.split("\r\n");
  const file = [`${head},kind`, ...rows.map((row) => `${row},usage`), ...more].join("\r\n");
  const { comparison } = await upload(file, { tokens: "tokens", kind: "kind" });
  const { rounding: _, ...reasons } = reasonsOf(comparison);
  assert.deepEqual(reasons, { not_instrumented: "50", tax: "8", credits: "-3", fees: "1" });
});

test("searches without a class do not make the rest of an invoice untold", async () => {
  const text = `${await invoiceOf("openai")}\r\n2026-10-09,web search,,1.00,0`;
  const { comparison } = await upload(text, {}, true);
  const { rounding: _, ...reasons } = reasonsOf(comparison);
  assert.deepEqual(reasons, { not_instrumented: "1" });
});

test("a rehearsal keeps nothing; a file is kept once, and refused whole with its lines", async () => {
  const before = (await listInvoices(sql, finance)).length;
  const text = `${await invoiceOf("openai")}\r\n2026-10-09,gpt-5.5,output,3.00,1`;
  assert.equal((await upload(text, {}, true)).id, null);
  assert.equal((await listInvoices(sql, finance)).length, before);
  await upload(text);
  await assert.rejects(upload(text), { code: "conflict" });
  const bad = { text: `${text}\r\n2026-10-09,x,output,lots,1`, fileName: "bad.csv" };
  const wanted = {
    ...({ source: "csv", toEarlier: "replace" } as const),
    ...{ month: "2026-10", columns: COLUMNS, provider: "openai" },
  };
  const answer = await uploadInvoice(sql, finance, { ...wanted, ...bad, isRehearsal: false }, NOW);
  assert.ok(answer.kind === "refused" && (answer.errors[0]?.line ?? 0) > 10);
  const empty = { text: "day,model,class,amount\r\n2026-09-09,x,output,1", fileName: "old.csv" };
  const none = await uploadInvoice(sql, finance, { ...wanted, ...empty, isRehearsal: false }, NOW);
  assert.equal(none.kind, "refused");
  assert.equal((await listInvoices(sql, finance)).length, before + 1);
});

test("the files of a comparison add up to its page, whatever it is told apart by", async () => {
  const text = `${await invoiceOf("openai")}\r\n2026-10-30,gpt-5.5,output,4.00,1`;
  const { id, comparison } = await upload(text);
  assert.ok(id !== null);
  const usage = sumUsd(comparison.byModel.map(gapOf));
  for (const by of COMPARED_BY) {
    const request = ExportRequest.parse({ export: "reconciliation", parameters: { id, by } });
    const { body, control } = await openExport(sql, finance, request, NOW, { pace: "attended" });
    await new Response(body).text();
    const { sums, total } = control();
    const truth = toDecimal(by === "provider" || by === "reason" ? comparison.gap : usage);
    assert.deepEqual([sums.gap, total], [truth, truth], by);
    if (by === "provider") assert.equal(sums.invoiced, toDecimal(comparison.invoiced));
    await assert.rejects(
      openExport(sql, testViewer("viewer", ["search"]), request, NOW, { pace: "attended" }),
      {
        code: "forbidden",
      },
    );
  }
});

test("usage after the closing is late, and an accepted gap is booked once without it", async () => {
  await closeMonth(sql, finance, "2026-10", NOW);
  await ingest(sql, [bigCall(50)]);
  const { id } = await upload(`${await invoiceOf("openai")}\r\n2026-10-31,gpt-5.5,output,2.00,1`);
  assert.ok(id !== null);
  const { comparison } = await readReconciliation(sql, finance, id);
  const reasons = reasonsOf(comparison);
  const late = parseUsd(reasons.late ?? "0");
  assert.ok(late > parseUsd("1"), JSON.stringify(reasons));
  const wanted = { id, month: "2026-10", team: "unallocated", note: "Agreed with the provider" };
  await assert.rejects(acceptGap(sql, finance, wanted, NOW), { code: "closed_period" });
  await assert.rejects(
    acceptGap(sql, testViewer("manager", ["search"]), { ...wanted, month: "2026-11" }, NOW),
    { code: "forbidden" },
  );
  await acceptGap(sql, finance, { ...wanted, month: "2026-11" }, NOW);
  await assert.rejects(acceptGap(sql, finance, { ...wanted, month: "2026-11" }, NOW), {
    code: "conflict",
  });
  const booked = (await listJournal(sql, finance)).filter((e) => e.reason === "reconciliation");
  assert.deepEqual(
    booked.map(({ subject }) => subject.costs.billed),
    [comparison.gap - late],
  );
  assert.equal(booked[0]?.subject.provider, "openai");
  const { invoice } = await readReconciliation(sql, finance, id);
  assert.equal(invoice.accepted?.gap, toDecimal(comparison.gap));
});

test("a later invoice of the month books what the earlier one has not, unless that is taken back", async () => {
  const reconciled = async () =>
    (await listJournal(sql, finance)).filter(({ reason }) => reason === "reconciliation");
  const [first] = await reconciled();
  assert.ok(first !== undefined);
  const had = first.subject.costs.billed;
  const later = await invoiceOf("openai");
  const { id } = await upload(`${later}\r\n2026-10-31,gpt-5.5,output,7.00,1`);
  assert.ok(id !== null);
  const { comparison } = await readReconciliation(sql, finance, id);
  assert.deepEqual([...comparison.settled], [["openai", had]]);
  assert.ok(comparison.gap > had);
  const wanted = { id, month: "2026-11", team: "unallocated", note: "The corrected bill" };
  await acceptGap(sql, finance, wanted, NOW);
  const late = comparison.late.get("openai") ?? 0n;
  const booked = (await reconciled()).map(({ subject }) => subject.costs.billed);
  assert.equal(sumUsd(booked), comparison.gap - late);
  assert.deepEqual(
    booked.filter((amount) => amount !== had),
    [comparison.gap - late - had],
  );
  // What was accepted first does not look at what came after it.
  const [kept] = (await listInvoices(sql, finance)).filter(
    ({ accepted }) => accepted?.booking === first.booking,
  );
  const before = await readReconciliation(sql, finance, kept?.id ?? "");
  assert.deepEqual([...before.comparison.settled], []);
  for (const entry of await reconciled()) {
    await reverseBooking(sql, finance, { id: entry.id, note: "Wrong bill" }, NOW);
  }
  const third = await upload(`${later}\r\n2026-10-31,gpt-5.5,output,9.00,1`, {}, true);
  assert.deepEqual([...third.comparison.settled], []);
});

test("the file of invoices has each of them, with what was accepted", async () => {
  const request = ExportRequest.parse({ export: "invoices" });
  const { body, control } = await openExport(sql, finance, request, NOW, { pace: "attended" });
  await new Response(body).text();
  const listed = await listInvoices(sql, finance);
  const accepted = listed.flatMap(({ accepted: found }) => found ?? []);
  assert.equal(control().rows, listed.length);
  assert.equal(
    control().sums.accepted_gap,
    toDecimal(sumUsd(accepted.map(({ gap }) => parseUsd(gap)))),
  );
  assert.equal(accepted.length, 2);
  const few = testViewer("viewer", ["search"]);
  await assert.rejects(openExport(sql, few, request, NOW, { pace: "attended" }), {
    code: "forbidden",
  });
});

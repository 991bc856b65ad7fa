import assert from "node:assert/strict";
import { before, test } from "node:test";
import fc from "fast-check";
import { SYSTEM } from "#lib/audit/actor.ts";
import { recordCharge } from "#lib/cost-book/change-cost-book.ts";
import { ChargeInput } from "#lib/cost-book/cost-input.ts";
import { newCharge } from "#lib/cost-book/from-input.ts";
import { addCosts } from "#lib/cost-model/costs.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { ExportRequest } from "#lib/exports/export-request.ts";
import { openExport } from "#lib/exports/open-export.ts";
import { exportFocus } from "#lib/focus/export-rows.ts";
import { requestRun } from "#lib/history-runs/request-run.ts";
import { toDecimal } from "#lib/money/money.ts";
import { recordRates } from "#lib/price-book/rate-store.ts";
import { reallocationWork } from "#lib/reallocation/reallocation-work.ts";
import { teamCosts } from "#lib/reports/team-costs.ts";
import { repricingWork } from "#lib/repricing/repricing-work.ts";
import { finishRuns, ingest } from "#lib/testing/history.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { modelCall, tokens } from "#lib/testing/usage-events.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import { readAdjustments } from "./adjustment-store.ts";
import { bookLateChanges, bookMarkedMonths } from "./book-late-changes.ts";
import { closeMonth } from "./close-month.ts";
import { readClosedLines } from "./closed-line-store.ts";
import { closingHash } from "./closing-hash.ts";
import { saveGlCodes } from "./gl-codes.ts";
import { EntryInput } from "./hand-entry.ts";
import { bookByHand } from "./journal.ts";
import { instantsOf, monthNamed } from "./month.ts";
import { readMonthLines } from "./month-lines.ts";
import { sumOfLines } from "./statement-line.ts";
import { verifyClosed } from "./verify-closed.ts";

const { sql } = await createTestDatabase();
const NOW = new Date("2026-11-22T12:00:00Z");
const SEPTEMBER = monthNamed("2026-09");
const finance = testViewer("finance");
const WORKS = { reprice: repricingWork(), reallocate: reallocationWork() };
let calls = 0;
let closed = { hash: "", cost: "", files: [""] };

async function send(day: number, team: string, month = "09"): Promise<void> {
  const name = `call ${++calls}`;
  const at = `2026-${month}-${String(day).padStart(2, "0")}T12:00:00Z`;
  await ingest(sql, [
    modelCall(name, {
      ...{ startedAtMs: Date.parse(at), tokens: tokens(1_000 * day, 100) },
      ...{ traceId: calls.toString(16).padStart(32, "a"), attributes: { "team.id": team } },
    }),
  ]);
}

before(async () => {
  await sql`insert into team (slug, name) values ('search', 'Search'), ('payments', 'Payments')`;
  await saveGlCodes(sql, finance, [
    { dimension: "line", value: "usage", code: "6100" },
    { dimension: "team", value: "search", code: "P-1" },
    { dimension: "offset", value: "", code: "2000" },
  ]);
  await send(3, "search");
  await send(9, "payments");
  await send(9, "payments", "10");
  const closing = await closeMonth(sql, finance, "2026-09", NOW);
  closed = {
    ...{ hash: closing.hash, cost: closing.totals.effective_cost },
    files: await septemberFiles(),
  };
});

const DAYS = { from: "2026-09-01", to: "2026-10-01" };
/** What a controller takes away of a month. */
const FILES = [
  { export: "focus", parameters: DAYS },
  { export: "focus", parameters: { ...DAYS, version: "1.2" }, format: "jsonl" },
  { export: "focus", parameters: { from: "2026-09-09", to: "2026-09-20" }, format: "parquet" },
  { export: "statements", parameters: DAYS },
  { export: "statement", parameters: { month: "2026-09", team: "search" } },
  { export: "closed-lines", parameters: { month: "2026-09" } },
  { export: "closed-usage", parameters: { month: "2026-09" } },
  { export: "gl-journal", parameters: { month: "2026-09" } },
  { export: "gl-journal", parameters: { month: "2026-09", cost: "billed" }, format: "jsonl" },
] as const;

/** SHA-256 of each file. */
async function septemberFiles(): Promise<string[]> {
  const hashes: string[] = [];
  for (const file of FILES) {
    const { body, control } = await openExport(sql, finance, ExportRequest.parse(file), NOW, {
      pace: "attended",
    });
    for await (const _ of body);
    hashes.push(control().sha256);
  }
  return hashes;
}

type Step = { readonly what: keyof typeof STEPS; readonly day: number; readonly team: string };

/** What happens to a product after a month was closed. Some of it is refused. */
const STEPS = {
  send: ({ day, team }: Step) => send(day, team),
  sendToOpen: ({ day, team }: Step) => send(day, team, "10"),
  reprice: async ({ day, team }: Step) => {
    const price = { off: { num: day, den: 100 } };
    const rate = {
      ...({ team, kind: "contract", provider: null, model: null, unit: null, price } as const),
      ...{ tier: null, speed: null, region: null, context: null, window: null },
      ...{ includesFees: false, effectiveFrom: null, effectiveTo: null },
      source: { name: `deal ${++calls}`, url: "", checkedAt: "2026-11-22", quote: null },
    };
    await sql.begin((tx) => recordRates(tx, [rate], "ann"));
    await rewrite("reprice", day);
  },
  reallocate: async ({ day, team }: Step) => {
    const is = JSON.stringify([{ attribute: "service", operator: "equals", value: "shop" }]);
    await sql`
      insert into allocation_rule (position, conditions, assign)
      values (${++calls}, ${is}::text::jsonb, ${JSON.stringify({ team })}::text::jsonb)`;
    await rewrite("reallocate", day);
  },
  charge: async ({ day, team }: Step) => {
    const starts_on = day > 14 ? "2026-09-01" : "2026-10-01";
    const charge = { kind: "fee", name: "Gateway", team, amount: "30", recurrence: "monthly" };
    await refusedOrDone(
      recordCharge(sql, finance, newCharge(ChargeInput.parse({ ...charge, starts_on }))),
    );
  },
  adjust: async ({ day, team }: Step) => {
    const month = day > 14 ? "2026-09" : "2026-10";
    const entry = { kind: "credit", month, team, amount: `${day}`, note: "n", reference: "r" };
    await refusedOrDone(bookByHand(sql, finance, EntryInput.parse(entry), NOW));
  },
  rename: async ({ day, team }: Step) => {
    await sql`update team set name = ${`${team} ${day}`} where slug = ${team}`;
    await sql`update organization set name = ${`Acme ${day}`}`;
  },
  work: async () => void (await bookMarkedMonths(sql, NOW)),
} as const;

/** Over both months, or over the open one. */
async function rewrite(kind: "reprice" | "reallocate", day: number): Promise<void> {
  const period = {
    from: new Date(day > 14 ? "2026-09-01T00:00:00Z" : "2026-10-01T00:00:00Z"),
    to: new Date("2026-11-01T00:00:00Z"),
  };
  const wanted = { kind, period, filter: {}, expected: null, timeZone: "UTC" } as const;
  await refusedOrDone(requestRun(sql, wanted, SYSTEM, NOW));
  await finishRuns(sql, WORKS);
}

async function refusedOrDone(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof Error && "code" in error && error.code === "closed_period")) throw error;
  });
}

async function assertAsClosed(): Promise<void> {
  const [row] = await sql<{ hash: string }[]>`select hash from closed_month`;
  const lines = await readClosedLines(sql, SEPTEMBER);
  assert.equal(row?.hash, closed.hash);
  assert.equal(closingHash("2026-09", lines), closed.hash);
  assert.deepEqual((await verifyClosed(sql)).drifts, []);
  assert.deepEqual(await septemberFiles(), closed.files);
}

/** Told once each: the month as it was closed, and what came later in the open one. */
async function assertNothingLost(): Promise<void> {
  const about = await readAdjustments(sql, { about: SEPTEMBER });
  const ledger = (await sql.begin((tx) => readMonthLines(tx, SEPTEMBER, "UTC"))) as Awaited<
    ReturnType<typeof readMonthLines>
  >;
  const told = sumOfLines(await readClosedLines(sql, SEPTEMBER));
  assert.deepEqual(
    addCosts(told, sumOfLines(about.map(({ subject }) => subject))),
    sumOfLines(ledger),
  );
  const month = instantsOf(SEPTEMBER, "UTC");
  const { total } = await teamCosts(sql as SqlClient, finance, { ...month, bucket: "none" });
  assert.equal(toDecimal(total.effective), closed.cost);
  // Taken away with the month in which it is booked, no amount is missing or told twice.
  const both = { from: month.from, to: new Date("2026-11-01T00:00:00Z") };
  const all = await teamCosts(sql as SqlClient, finance, { ...both, bucket: "none" });
  await exportFocus(sql, finance, both, async (file) => {
    assert.deepEqual(file.total, all.total);
    return async () => {};
  });
}

test("a closed month's figures, hash and files stay to the byte, whatever is sent, re-priced, re-allocated or booked", async () => {
  const step = fc.record({
    what: fc.constantFrom(...(Object.keys(STEPS) as (keyof typeof STEPS)[])),
    day: fc.integer({ min: 1, max: 28 }),
    team: fc.constantFrom("search", "payments"),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 6 }), async (steps) => {
      for (const told of steps) {
        await STEPS[told.what](told);
        await assertAsClosed();
      }
      // What the worker did by its marks is all that there was to do.
      await bookMarkedMonths(sql, NOW);
      assert.equal(await bookLateChanges(sql, SYSTEM, NOW), 0);
      await assertNothingLost();
    }),
    { numRuns: 12 },
  );
});

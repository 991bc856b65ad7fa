import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Ledger } from "#lib/ingest/commit.ts";
import { loadIngestPlan } from "#lib/ingest/ingest-plan.ts";
import { verifyCosts } from "#lib/ledger/verify-costs.ts";
import { eventReceipt } from "#lib/reports/receipt.ts";
import { verifyRollups } from "#lib/rollups/verify.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { batch, modelCall, tokens } from "#lib/testing/usage-events.ts";
import { loadPricing } from "./load-pricing.ts";
import { recordPrices } from "./record-prices.ts";
import { own } from "./testing/own-rate.ts";

const { sql } = await createTestDatabase();
const ANN = { kind: "user", id: "u1", label: "ann" } as const;
const MILLION = tokens(0, 1_000_000);

await sql`insert into team (slug, name, parent_slug) values
  ('payments', 'Payments', null), ('cards', 'Cards', 'payments')`;
await recordPrices(sql, [own({ kind: "contract", team: "payments", usd: "3" })], ANN);

beforeEach(async () => {
  await sql`update team set parent_slug = 'payments' where slug = 'cards'`;
});

async function commit(name: string, attributes: Record<string, string>) {
  const plan = await loadIngestPlan(sql);
  const ledger = new Ledger(sql, () => plan);
  await ledger.commit(batch([modelCall(name, { tokens: MILLION, attributes })]));
  const [row] = await sql<{ id: string; cost: string; status: string }[]>`
    select id, trim_scale(cost)::text as cost, cost_status as status from usage_event
     where attributes->>'name' = ${name}`;
  return row;
}

test("a team below a contract pays by it, until it moves away", async () => {
  const { resolve } = await loadPricing(sql);
  const query = { provider: "openai", model: "gpt-5.5", contextTokens: 0, atMs: Date.now() };
  assert.equal(resolve(query, "cards").rateSet.rates.find(isOutput)?.amount, "3");
  await sql`update team set parent_slug = null where slug = 'cards'`;
  const moved = await loadPricing(sql);
  assert.equal(moved.resolve(query, "cards").rateSet.listRates, undefined);
});

const isOutput = ({ unit }: { readonly unit: string }) => unit === "output";

test("a price that came with the call is charged, shown as agreed, and verified", async () => {
  const price = { "outlay.price.output_tokens": "2.5", "team.id": "cards" };
  const row = await commit("agreed", price);
  assert.deepEqual([row?.cost, row?.status], ["2.5", "priced"]);
  const receipt = await eventReceipt(sql, "all", row?.id ?? "");
  const [line] = receipt?.lines ?? [];
  assert.deepEqual([line?.rate?.amount, line?.rate?.kind], ["2.5", "agreed"]);
  assert.equal(receipt?.reconciles, true);
  assert.notEqual(receipt?.event.listCost, receipt?.event.cost);
  assert.deepEqual(await verifyRollups(sql, { from: null, to: null }), []);
  assert.equal((await verifyCosts(sql, { from: null, to: null })).wrong, 0);
});

test("a reported cost is kept beside and never charged", async () => {
  const plan = await loadIngestPlan(sql);
  const ledger = new Ledger(sql, () => plan);
  await ledger.commit(batch([modelCall("reported", { tokens: MILLION, reportedCost: "99" })]));
  const [row] = await sql<{ cost: string; reported: string }[]>`
    select trim_scale(cost)::text as cost, trim_scale(reported_cost)::text as reported
      from usage_event where attributes->>'name' = 'reported'`;
  assert.deepEqual({ ...row }, { cost: "30", reported: "99" });
});

test("each change of prices stands in the audit log with its author", async () => {
  const rows = await sql<{ action: string; label: string; after: unknown }[]>`
    select action, actor_label as label, after from audit_entry order by at`;
  assert.equal(rows[0]?.action, "price.recorded");
  assert.equal(rows[0]?.label, "ann");
  assert.partialDeepStrictEqual(rows[0]?.after, { count: 1, prices: [{ amount: "3" }] });
});

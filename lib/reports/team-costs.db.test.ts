import assert from "node:assert/strict";
import { test } from "node:test";
import type { Viewer } from "#lib/access/viewer.ts";
import {
  recordCharge,
  recordPool,
  recordTeamModel,
  removeCharge,
  removeTeamModel,
} from "#lib/cost-book/change-cost-book.ts";
import { ChargeInput, ModelInput, PoolInput } from "#lib/cost-book/cost-input.ts";
import { newCharge, newModel, newPool } from "#lib/cost-book/from-input.ts";
import { NO_COSTS } from "#lib/cost-model/costs.ts";
import { Ledger } from "#lib/ingest/commit.ts";
import { loadIngestPlan } from "#lib/ingest/ingest-plan.ts";
import { verifyCosts } from "#lib/ledger/verify-costs.ts";
import { parseUsd, toDecimal, type Usd, ZERO_USD } from "#lib/money/money.ts";
import { recordRates } from "#lib/price-book/rate-store.ts";
import { verifyRollups } from "#lib/rollups/verify.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { batch, modelCall, type Told, tokens } from "#lib/testing/usage-events.ts";
import { listEvents } from "./events.ts";
import { sessionTree } from "./session-tree.ts";
import { listSessions } from "./sessions.ts";
import { type TeamCostLine, teamCosts } from "./team-costs.ts";
import { COST_BASES, type CostBasis, type UsageQuery } from "./usage-query.ts";
import { usageReceipt } from "./usage-receipt.ts";
import { usageReport } from "./usage-report.ts";

const { sql } = await createTestDatabase();
// The zone's days begin at 18:15 UTC, where UTC has no boundary.
await sql`update organization set time_zone = 'Asia/Kathmandu'`;
await sql`insert into team (slug, name, cost_center) values ('search', 'Search', 'CC-1'),
          ('payments', 'Payments', 'CC-2'), ('platform', 'Platform', 'CC-3'), ('pool', 'Pool', null)`;
const NOVEMBER = {
  from: new Date("2026-10-31T18:15:00Z"),
  to: new Date("2026-11-30T18:15:00Z"),
};
const finance: Viewer = {
  ...{ kind: "user", id: "u1", label: "Fin", role: "finance" },
  ...{ teams: "all", persons: "all" },
};

let spans = 0;
async function call(team: string, at: string, told: Told = {}): Promise<void> {
  const plan = await loadIngestPlan(sql);
  const event = modelCall(`call ${++spans}`, {
    ...{ startedAtMs: Date.parse(at), tokens: tokens(200_000, 100_000) },
    ...told,
    attributes: { "team.id": team },
    traceId: spans.toString(16).padStart(32, "a"),
  });
  await new Ledger(sql, () => plan).commit({
    ...batch([event]),
    receivedAtMs: Date.parse(at) + 60_000,
  });
}
const charge = (told: object) => recordCharge(sql, finance, newCharge(ChargeInput.parse(told)));
const model = (told: object) => recordTeamModel(sql, finance, newModel(ModelInput.parse(told)));
const lines = async (bucket: "none" | "day" = "none", scope: Viewer = finance) =>
  (await teamCosts(sql, scope, { ...NOVEMBER, bucket })).lines;
const sum = (
  found: readonly TeamCostLine[],
  matches: (line: TeamCostLine) => boolean,
  basis: CostBasis = "effective",
) => found.filter(matches).reduce((all, { costs }) => (all + costs[basis]) as Usd, ZERO_USD);
const of = (kind: TeamCostLine["kind"], team?: string) => (line: TeamCostLine) =>
  line.kind === kind && (team === undefined || line.team === team);
async function usage(costBasis: CostBasis, more: Partial<UsageQuery> = {}) {
  const query = {
    ...NOVEMBER,
    groupBy: [],
    bucket: "none",
    timeZone: "UTC",
    filters: {},
    costBasis,
  };
  return usageReport(sql, finance, { ...query, ...more } as UsageQuery);
}
const dollars = (amount: Usd) => toDecimal(amount);

// gpt-5.5 lists input at $5 and output at $30 per million: a call is $4.
test("each of the four costs of usage ties to /usage, whoever paid for it", async () => {
  const off = { off: { num: 1, den: 4 } };
  const contract = { team: "search", kind: "contract", provider: "openai", price: off } as const;
  const source = { name: "Contract", url: "", quote: null, checkedAt: "2026-11-01" };
  const open = { model: null, unit: null, tier: null, speed: null, region: null, context: null };
  await sql.begin((tx) =>
    recordRates(
      tx,
      [
        {
          ...{ ...contract, ...open, window: null, includesFees: false, source },
          ...{ effectiveFrom: null, effectiveTo: null },
        },
      ],
      "ann",
    ),
  );
  await model({
    team: "search",
    effective_from: "2026-11-10",
    funding: [{ provider: "openai", source: "credits" }],
  });
  await call("search", "2026-11-09T18:14:00Z");
  await call("search", "2026-11-09T18:15:00Z", { identityOf: { session: "s1" } });
  await call("payments", "2026-11-12T10:00:00Z", {
    funding: "plan",
    identityOf: { user: "ann", session: "s1" },
  });
  const costs = await Promise.all(COST_BASES.map(async (basis) => (await usage(basis)).total.cost));
  // Metered 3; on credits 0, worth 3; by plan 0, worth 4.
  assert.deepEqual(costs.map(dollars), ["3", "12", "10", "3"]);
  const found = await lines();
  for (const basis of COST_BASES) {
    const told = sum(found, ({ kind }) => kind === "usage" || kind === "covered", basis);
    assert.equal(told, (await usage(basis)).total.cost, basis);
  }
  assert.deepEqual(await verifyRollups(sql, { from: null, to: null }), []);
  assert.equal((await verifyCosts(sql, { from: null, to: null })).wrong, 0);
});

test("hours, persons and the ledger tell the same contracted cost as the days", async () => {
  const hours = await usage("contracted", { bucket: "hour", timeZone: "Asia/Kathmandu" });
  const persons = await usage("contracted", { groupBy: ["user"] });
  const sessions = await usage("contracted", { groupBy: ["session"] });
  for (const { total } of [hours, persons, sessions]) assert.equal(dollars(total.cost), "10");
});

test("the receipt of a sum is tokens by rates, and comes to the sum in each of the four costs", async () => {
  for (const costBasis of COST_BASES) {
    const { parts, total } = await usageReceipt(sql, finance, {
      ...NOVEMBER,
      filters: {},
      costBasis,
    });
    assert.equal(total, (await usage(costBasis)).total.cost, costBasis);
    for (const { lines, beside, cost, rateSet } of parts) {
      assert.equal(beside, 0n);
      const isPaid = rateSet.funding !== undefined && ["effective", "billed"].includes(costBasis);
      const told = lines.reduce((all, { amount }) => all + parseUsd(amount ?? "0"), 0n);
      assert.equal(cost, isPaid ? 0n : told, costBasis);
    }
  }
  const paid = async (of?: "metered" | "beforehand" | "plan") => {
    const asked = { ...NOVEMBER, filters: {}, costBasis: "list", paid: of } as const;
    return (await usageReceipt(sql, finance, asked)).total;
  };
  assert.ok((await paid("metered")) > 0n && (await paid("plan")) > 0n);
  assert.equal((await paid("metered")) + (await paid("beforehand")), await paid());
  const { rows } = await usage("contracted", { groupBy: ["user"] });
  assert.ok(rows.length > 0);
  for (const { group, measures } of rows) {
    const filters = { user: [group.user ?? null] };
    const ofPerson = { ...NOVEMBER, filters, costBasis: "contracted" } as const;
    assert.equal((await usageReceipt(sql, finance, ofPerson)).total, measures.cost);
  }
  const ofSession = { ...NOVEMBER, filters: { session: ["s1"] }, costBasis: "list" } as const;
  await assert.rejects(usageReceipt(sql, finance, ofSession), { code: "invalid" });
});

test("each part of a receipt comes to the rows of its rate set", async () => {
  for (const costBasis of COST_BASES) {
    const { parts } = await usageReceipt(sql, finance, { ...NOVEMBER, filters: {}, costBasis });
    assert.equal(parts.length, 3);
    for (const { rateSetId, cost, calls } of parts) {
      const asked = { ...NOVEMBER, filters: {}, limit: 9, costBasis, counted: true, rateSetId };
      const { events } = await listEvents(sql, finance, asked);
      assert.equal(events.length, calls);
      assert.equal(
        events.reduce((all, row) => all + (row.cost ?? 0n), 0n),
        cost,
      );
    }
  }
});

test("events, sessions and a session's tree tell each of the four costs", async () => {
  for (const costBasis of COST_BASES) {
    const { events } = await listEvents(sql, finance, { filters: {}, limit: 9, costBasis });
    const inSession = events.filter(({ session }) => session === "s1");
    const add = (all: typeof events) => all.reduce((cost, event) => cost + (event.cost ?? 0n), 0n);
    assert.equal(add(events), (await usage(costBasis)).total.cost, costBasis);
    const { sessions } = await listSessions(sql, finance, { limit: 9, costBasis });
    assert.equal(sessions[0]?.measures.cost, add(inSession), costBasis);
    const tree = await sessionTree(sql, finance, "s1", { limit: 9, offset: 0, costBasis });
    assert.equal(tree?.total.cost, add(inSession), costBasis);
  }
});

test("usage on credits that are not recorded is owed, and drawn from them once they are", async () => {
  assert.equal(dollars(sum(await lines(), of("overage", "search"))), "3");
  const id = await charge({
    ...{ kind: "credits", name: "Credits", team: "search", amount: "50", recurrence: "once" },
    ...{ starts_on: "2026-11-01", ends_on: "2027-11-01" },
  });
  const found = await lines();
  assert.equal(dollars(sum(found, of("overage"))), "0");
  assert.equal(dollars(sum(found, of("charge", "search"))), "3");
  assert.equal(dollars(sum(found, of("charge", "search"), "billed")), "50");
  await removeCharge(sql, finance, id);
});

test("of two seats one is idle, by the day and in the month", async () => {
  await charge({
    ...{ kind: "seat", name: "Seats", team: "payments", amount: "30", quantity: 2 },
    starts_on: "2026-11-01",
  });
  const month = await lines();
  assert.equal(dollars(sum(month, of("charge", "payments"))), "30");
  assert.equal(dollars(sum(month, of("idle", "payments"))), "30");
  const days = await lines("day");
  assert.equal(new Set(days.filter(of("idle")).map((line) => line.bucketStart.getTime())).size, 30);
  assert.equal(dollars(sum(days, of("idle", "payments"))), "30");
});

test("a shared fee and a markup are the teams', and the whole adds up", async () => {
  const pool = PoolInput.parse({
    name: "Gateway",
    method: "weights",
    weights: { search: 2, payments: 1 },
  });
  const id = await recordPool(sql, finance, newPool(pool));
  await charge({
    kind: "fee",
    name: "Licence",
    shared_cost: id,
    amount: "90",
    starts_on: "2026-11-01",
  });
  await model({ team: null, markup: "10%" });
  const found = await teamCosts(sql, finance, { ...NOVEMBER, bucket: "none" });
  assert.equal(dollars(sum(found.lines, of("share", "search"))), "60");
  assert.equal(dollars(sum(found.lines, of("share", "payments"))), "30");
  assert.equal(dollars(sum(found.lines, of("markup", "payments"))), "9");
  // Search has a model of its own without a markup, since the 10th: before, 3 of usage and 18 of share.
  assert.equal(dollars(sum(found.lines, of("markup", "search"))), "2.1");
  // Usage 3, owed 3, seats 60, licence 90, markup 11.1.
  assert.equal(dollars(found.total.effective), "167.1");
});

test("a viewer sees the teams that are theirs, and their shares", async () => {
  const own: Viewer = { ...finance, role: "viewer", teams: ["payments"], persons: "none" };
  const found = await teamCosts(sql, own, { ...NOVEMBER, bucket: "none" });
  assert.deepEqual([...new Set(found.lines.map(({ team }) => team))], ["payments"]);
  assert.equal(dollars(found.total.effective), "99");
  const nobody = await teamCosts(sql, { ...own, teams: [] }, { ...NOVEMBER, bucket: "none" });
  assert.deepEqual(nobody.total, NO_COSTS);
});

test("only finance changes what teams are charged, and closed months refuse", async () => {
  const manager: Viewer = { ...finance, role: "manager" };
  const input = newModel(ModelInput.parse({ team: "search", markup: "0.2" }));
  await assert.rejects(recordTeamModel(sql, manager, input), { code: "forbidden" });
  const unknown = newModel(ModelInput.parse({ team: "nobody" }));
  await assert.rejects(recordTeamModel(sql, finance, unknown), { code: "not_found" });
  await sql`insert into closed_month (month, closed_at, closed_by, totals, hash)
            values ('2026-11-01', now(), 'ann', '{}', '')`;
  const late = newModel(ModelInput.parse({ team: "search", effective_from: "2026-11-20" }));
  await assert.rejects(recordTeamModel(sql, finance, late), { code: "closed_period" });
  const after = newModel(ModelInput.parse({ team: "search", effective_from: "2026-12-01" }));
  const id = await recordTeamModel(sql, finance, after);
  await removeTeamModel(sql, finance, id);
  const audited = await sql<{ action: string }[]>`
    select action from audit_entry where target_id = ${id} order by id`;
  assert.deepEqual(
    audited.map(({ action }) => action),
    ["cost_model.recorded", "cost_model.withdrawn"],
  );
});

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Viewer } from "#lib/access/viewer.ts";
import { recordCharge, recordTeamModel, removeCharge } from "#lib/cost-book/change-cost-book.ts";
import { ChargeInput, ModelInput, PoolInput } from "#lib/cost-book/cost-input.ts";
import type { CostDraft } from "#lib/cost-book/draft.ts";
import { newCharge, newModel, newPool } from "#lib/cost-book/from-input.ts";
import { insertPool } from "#lib/cost-book/pool-store.ts";
import { requestRun } from "#lib/history-runs/request-run.ts";
import { Ledger } from "#lib/ingest/commit.ts";
import { loadIngestPlan } from "#lib/ingest/ingest-plan.ts";
import { toDecimal, ZERO_USD } from "#lib/money/money.ts";
import { newRates } from "#lib/price-book/new-rates.ts";
import { RateInput } from "#lib/price-book/rate-input.ts";
import { readRates } from "#lib/price-book/rate-store.ts";
import { recordPrices } from "#lib/price-book/record-prices.ts";
import { unknownNames } from "#lib/price-book/unknown-names.ts";
import { repricingWork } from "#lib/repricing/repricing-work.ts";
import { finishRuns } from "#lib/testing/history.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { batch, modelCall, tokens } from "#lib/testing/usage-events.ts";
import { previewCosts } from "./cost-preview.ts";
import { teamCosts } from "./team-costs.ts";

const { sql } = await createTestDatabase();
await sql`insert into team (slug, name) values ('search', 'Search'), ('payments', 'Payments')`;
const now = new Date("2026-11-22T12:00:00Z");
const finance: Viewer = {
  ...{ kind: "user", id: "u1", label: "Fin", role: "finance" },
  ...{ teams: "all", persons: "all" },
};

/** Calls of $4 at list: two in October, one in November. */
for (const [n, day] of ["2026-10-05", "2026-10-31", "2026-11-22"].entries()) {
  const at = Date.parse(`${day}T08:00:00Z`);
  const plan = await loadIngestPlan(sql);
  const event = modelCall(`call ${n}`, {
    ...{ startedAtMs: at, tokens: tokens(200_000, 100_000), traceId: `${n}`.padStart(32, "a") },
    attributes: { "team.id": "search" },
  });
  await new Ledger(sql, () => plan).commit({ ...batch([event]), receivedAtMs: at + 60_000 });
}

const totals = async (team: string | null, draft: CostDraft) =>
  (await previewCosts(sql, finance, team, draft, now)).map(({ name, before, after }) => [
    name,
    toDecimal(before.total.effective),
    toDecimal(after.total.effective),
  ]);
const contract = (told: object): CostDraft => ({
  kind: "contract",
  rates: newRates(
    RateInput.parse({ kind: "contract", team: "search", provider: "openai", ...told }),
    { sourceName: "test", today: "2026-11-22" },
  ),
});

test("a contract is previewed to the last digit, and nothing of it is recorded", async () => {
  assert.deepEqual(await totals("search", contract({ discount: "12%" })), [
    ["last", "8", "7.04"],
    ["this", "4", "3.52"],
  ]);
  // From a day on: the call of the 5th keeps its price.
  const late = contract({ discount: "50%", effective_from: "2026-10-20" });
  assert.deepEqual(await totals("search", late), [
    ["last", "8", "6"],
    ["this", "4", "2"],
  ]);
  assert.deepEqual(await totals("payments", contract({ discount: "12%" })), [
    ["last", "0", "0"],
    ["this", "0", "0"],
  ]);
  const [others] = await previewCosts(sql, finance, "payments", contract({ discount: "12%" }), now);
  const sides = [others?.before, others?.after].map((side) => side?.others.effective ?? ZERO_USD);
  assert.deepEqual(sides.map(toDecimal), ["8", "7.04"]);
  assert.deepEqual(await readRates(sql, "all"), []);
});

test("what others have not been re-priced for yet is not told of a team's contract", async () => {
  const below =
    "insert into team (slug, name, parent_slug) values ('ranking', 'Ranking', 'search')";
  await sql.unsafe(below);
  const ofAll = contract({ discount: "50%", team: null });
  assert.equal(ofAll.kind, "contract");
  if (ofAll.kind === "contract") await recordPrices(sql, ofAll.rates, finance);
  const othersOf = async (team: string) => {
    const draft = contract({ discount: "12%", team });
    const [last] = await previewCosts(sql, finance, "payments", draft, now);
    return toDecimal(last?.after.others.effective ?? ZERO_USD);
  };
  assert.deepEqual([await othersOf("search"), await othersOf("payments")], ["7.04", "8"]);
  await sql`delete from price_rate`;
});

test("closed months stay in a preview, and what would change them is refused", async () => {
  await sql`
    insert into closed_month (month, closed_at, closed_by, totals, hash)
    values ('2026-10-01', '2026-11-02T00:00Z', 'test', '{}', 'x')`;
  assert.deepEqual(await totals("search", contract({ discount: "12%" })), [
    ["last", "8", "8"],
    ["this", "4", "3.52"],
  ]);
  const markup = (effective_from: string): CostDraft => ({
    kind: "model",
    model: newModel(ModelInput.parse({ team: "search", effective_from, markup: "25%" })),
  });
  await assert.rejects(totals("search", markup("2026-10-31")), { code: "closed_period" });
  assert.deepEqual((await totals("search", markup("2026-11-01")))[1], ["this", "4", "5"]);
  await sql`delete from closed_month`;
});

test("what began in a month that is closed by now can be ended, and not be priced otherwise", async () => {
  const seats = (more: object) =>
    newCharge(
      ChargeInput.parse({
        ...{ kind: "fee", name: "Gateway", team: "search", amount: "31" },
        ...{ starts_on: "2026-10-01", ...more },
      }),
    );
  const id = await recordCharge(sql, finance, seats({}));
  await sql`
    insert into closed_month (month, closed_at, closed_by, totals, hash)
    values ('2026-10-01', '2026-11-02T00:00Z', 'test', '{}', 'x')`;
  const ended = seats({ ends_on: "2026-11-11" });
  const draft: CostDraft = { kind: "charge", charge: ended, corrects: id };
  assert.deepEqual(await totals("search", draft), [
    ["last", "39", "39"],
    ["this", "26.733333333333333333", "14.333333333333333333"],
  ]);
  await recordCharge(sql, finance, ended, id);
  for (const more of [{ ends_on: "2026-10-20" }, { quantity: 2 }, { starts_on: "2026-10-02" }])
    await assert.rejects(recordCharge(sql, finance, seats(more), id), { code: "closed_period" });
  await sql`delete from closed_month`;
  await removeCharge(sql, finance, id);
});

test("an override equal to the list gives equal cost", async () => {
  const equal = contract({ model: "gpt-5.5", unit: "output", amount: "30" });
  assert.deepEqual(await totals("search", equal), [
    ["last", "8", "8"],
    ["this", "4", "4"],
  ]);
});

test("a model's markup and funding, and a charge, are previewed alike", async () => {
  const input = ModelInput.parse({ team: "search", effective_from: "2026-11-01", markup: "25%" });
  assert.deepEqual(await totals("search", { kind: "model", model: newModel(input) }), [
    ["last", "8", "8"],
    ["this", "4", "5"],
  ]);
  const funding = [{ provider: "openai", source: "plan" }];
  const byPlan = newModel(ModelInput.parse({ team: "search", funding }));
  assert.deepEqual(await totals("search", { kind: "model", model: byPlan }), [
    ["last", "8", "0"],
    ["this", "4", "0"],
  ]);
  const seat = ChargeInput.parse({
    ...{ kind: "seat", name: "Seat", team: "search", amount: "30", starts_on: "2026-11-01" },
  });
  const charge: CostDraft = { kind: "charge", charge: newCharge(seat), corrects: null };
  assert.deepEqual(await totals(null, charge), [
    ["last", "8", "8"],
    ["this", "4", "26"],
  ]);
});

test("seats that are idle are previewed as used by whom a plan is to pay for", async () => {
  const seat = ChargeInput.parse({
    ...{ kind: "seat", name: "Seat of anybody", amount: "30", starts_on: "2026-11-01" },
  });
  const id = await recordCharge(sql, finance, newCharge(seat));
  const funding = [{ provider: "openai", source: "plan" }];
  const byPlan = newModel(ModelInput.parse({ team: "search", funding }));
  const [, month] = await previewCosts(
    sql,
    finance,
    "search",
    { kind: "model", model: byPlan },
    now,
  );
  const sides = [month?.before, month?.after].map((side) =>
    (["usage", "charge", "idle"] as const).map((line) =>
      toDecimal(side?.lines.get(line)?.effective ?? ZERO_USD),
    ),
  );
  assert.deepEqual(sides, [
    ["4", "0", "0"],
    ["0", "22", "0"],
  ]);
  await removeCharge(sql, finance, id);
});

test("of two shared costs of one source the one that was recorded first gives it away", async () => {
  const shared = (name: string, team: string) =>
    newPool(PoolInput.parse({ name, method: "even", source_team: "search", teams: [team] }));
  await sql`insert into team (slug, name) values ('platform', 'Platform')`;
  const first = "ffffffff-ffff-4fff-bfff-ffffffffffff";
  await sql.begin((tx) => insertPool(tx, shared("First", "payments"), "test", first));
  const draft: CostDraft = { kind: "pool", pool: shared("Second", "platform"), of: null };
  const previewed = await totals("payments", draft);
  assert.deepEqual(previewed, [
    ["last", "8", "8"],
    ["this", "4", "4"],
  ]);
  await sql.begin((tx) => insertPool(tx, shared("Second", "platform"), "test"));
  const seat = ChargeInput.parse({
    kind: "fee",
    name: "None",
    amount: "0",
    starts_on: "2026-11-01",
  });
  const none: CostDraft = { kind: "charge", charge: newCharge(seat), corrects: null };
  assert.deepEqual(await totals("payments", none), previewed);
  await sql`delete from shared_cost`;
});

test("a contract on usage that credits paid for is previewed as re-pricing makes it", async () => {
  const funding = [{ provider: "openai", source: "credits" }];
  await recordTeamModel(sql, finance, newModel(ModelInput.parse({ team: "search", funding })));
  const credits = ChargeInput.parse({
    ...{ kind: "credits", name: "Credits", team: "search", amount: "9", recurrence: "once" },
    ...{ starts_on: "2026-10-01", ends_on: "2026-11-30" },
  });
  await recordCharge(sql, finance, newCharge(credits));
  const third = contract({ discount: "1/3", model: "gpt-5.5" });
  // Neither the funding nor the contract is in the ledger yet: both come with the re-pricing.
  const previewed = await totals("search", third);
  assert.deepEqual(previewed, [
    ["last", "8", "5.333333333333333334"],
    ["this", "4", "2.666666666666666667"],
  ]);
  assert.equal(third.kind, "contract");
  if (third.kind === "contract") await recordPrices(sql, third.rates, finance);
  const period = { from: new Date("2026-10-01"), to: new Date("2026-11-23") };
  const run = { kind: "reprice" as const, period, filter: {}, expected: null, timeZone: "UTC" };
  await requestRun(sql, run, finance, now);
  await finishRuns(sql, { reprice: repricingWork(), reallocate: repricingWork() });
  const fee = ChargeInput.parse({
    kind: "fee",
    name: "None",
    amount: "0",
    starts_on: "2026-11-01",
  });
  const none: CostDraft = { kind: "charge", charge: newCharge(fee), corrects: null };
  const after = (rows: string[][]) => rows.map(([name, , amount]) => [name, amount]);
  assert.deepEqual(after(await totals("search", none)), after(previewed));
});

test("names that nobody uses and that have no price are told", async () => {
  const named = [
    { provider: null, model: null },
    { provider: "openai", model: null },
    { provider: "openai", model: "GPT-5.5" },
    { provider: "openai", model: "gpt-5.55" },
    { provider: "opnai", model: null },
  ];
  assert.deepEqual(await unknownNames(sql, named), ["openai gpt-5.55", "opnai"]);
});

test("a preview is for those who may change what it is about", async () => {
  const draft = contract({ discount: "12%" });
  const manager: Viewer = { ...finance, role: "manager" };
  await assert.rejects(previewCosts(sql, manager, "search", draft, now), { code: "forbidden" });
  await assert.rejects(
    recordTeamModel(sql, manager, newModel(ModelInput.parse({ team: "search" }))),
    { code: "forbidden" },
  );
});

test("what is booked beside the ledger is in a preview's total, as on the page, and stays", async () => {
  await sql`
    insert into adjustment (month, reason, team, kind, list, contracted, effective, billed,
                            booking, created_at, created_by)
    values ('2026-11-01', 'credit', 'search', 'adjustment', -1, -1, -1, -1,
            gen_random_uuid(), now(), 'test')`;
  const [, month] = await previewCosts(sql, finance, "search", contract({ discount: "12%" }), now);
  const { total } = await teamCosts(sql, finance, {
    ...{ from: new Date("2026-11-01"), to: new Date("2026-11-23"), bucket: "none" },
    teams: ["search"],
  });
  assert.equal(month?.before.total.effective, total.effective);
  const booked = [month?.before, month?.after].map((side) => side?.lines.get("adjustment"));
  assert.deepEqual(
    booked.map((costs) => toDecimal(costs?.effective ?? ZERO_USD)),
    ["-1", "-1"],
  );
});

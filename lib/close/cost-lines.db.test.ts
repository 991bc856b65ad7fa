import assert from "node:assert/strict";
import { before, test } from "node:test";
import { Ledger } from "#lib/ingest/commit.ts";
import { loadIngestPlan } from "#lib/ingest/ingest-plan.ts";
import { toDecimal } from "#lib/money/money.ts";
import { teamCosts } from "#lib/reports/team-costs.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { batch, modelCall, tokens } from "#lib/testing/usage-events.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import { bookLateChanges } from "./book-late-changes.ts";
import { closeMonth } from "./close-month.ts";
import { type CostLineFilter, costLines } from "./cost-lines.ts";
import { instantsOf, monthNamed } from "./month.ts";
import { sumOfLines } from "./statement-line.ts";

const finance = testViewer("finance");
const NOW = new Date("2026-11-22T12:00:00Z");
const { sql } = await createTestDatabase();
const september = instantsOf(monthNamed("2026-09"), "UTC");

async function call(team: string, id: number): Promise<void> {
  const plan = await loadIngestPlan(sql);
  const startedAtMs = Date.parse("2026-09-10T12:00:00Z");
  const event = modelCall(`call ${id}`, {
    ...{ startedAtMs, tokens: tokens(200_000, 100_000), attributes: { "team.id": team } },
    traceId: id.toString(16).padStart(32, "a"),
  });
  await new Ledger(sql, () => plan).commit({
    ...batch([event]),
    receivedAtMs: startedAtMs + 60_000,
  });
}
const linesOf = (asClosed: boolean, filter: CostLineFilter = {}, viewer = finance) =>
  costLines(sql, viewer, { ...september, asClosed, filter });

before(async () => {
  await sql`insert into team (slug, name, cost_center) values ('search', 'Search', 'CC-1'),
            ('payments', 'Payments', null)`;
  await call("search", 1);
  await call("payments", 2);
  await closeMonth(sql, finance, "2026-09", NOW);
  await call("search", 3);
  await bookLateChanges(sql, finance, NOW);
});

test("the lines as closed and as the ledger says now have one sum, that of the costs of teams", async () => {
  const { total } = await teamCosts(sql, finance, { ...september, bucket: "none" });
  const [closed, ledger] = [await linesOf(true), await linesOf(false)];
  assert.deepEqual(sumOfLines(closed), total);
  assert.deepEqual(sumOfLines(ledger), total);
  assert.deepEqual(
    closed.map(({ team, kind, costs }) => [team, kind, toDecimal(costs.effective)]),
    [
      ["payments", "usage", "4"],
      ["search", "usage", "4"],
    ],
  );
  assert.deepEqual(
    ledger.map(({ team, kind, costs }) => [team, kind, toDecimal(costs.effective)]),
    [
      ["payments", "usage", "4"],
      ["search", "usage", "8"],
      ["search", "adjustment", "-4"],
    ],
  );
});

test("a question narrows them by team, cost centre and kind, and rights do", async () => {
  const teams = async (filter: CostLineFilter, viewer = finance) =>
    (await linesOf(false, filter, viewer)).map(({ team, kind }) => `${team} ${kind}`);
  assert.deepEqual(await teams({ costCenter: null }), ["payments usage"]);
  assert.deepEqual(await teams({ costCenter: "CC-1", kinds: ["usage"] }), ["search usage"]);
  assert.deepEqual(await teams({ team: "search", kinds: ["charge", "idle"] }), []);
  assert.deepEqual(await teams({}, { ...finance, teams: ["payments"] }), ["payments usage"]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { listAnomalies } from "#lib/anomaly-control/list-anomalies.ts";
import { sentenceOf } from "#lib/anomaly-control/sentence.ts";
import { closeMonth } from "#lib/close/close-month.ts";
import { Ledger } from "#lib/ingest/commit.ts";
import { loadIngestPlan } from "#lib/ingest/ingest-plan.ts";
import { verifyCosts } from "#lib/ledger/verify-costs.ts";
import { verifyRollups } from "#lib/rollups/verify.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { apart, batch, modelCall } from "#lib/testing/usage-events.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import { loadSample } from "./load-sample.ts";
import { removeSample } from "./remove-sample.ts";
import { sampleHistory } from "./sample-history.ts";
import { SAMPLE_KEY } from "./sample-organization.ts";

const { sql } = await createTestDatabase();
const NOW = new Date("2026-11-22T16:00:00Z");
const ORDER = { days: 12, seed: 7, now: NOW };
const WHOLE = { from: null, to: null };

const assertNoDrift = async () => {
  assert.deepEqual(await verifyRollups(sql, WHOLE), []);
  assert.equal((await verifyCosts(sql, WHOLE)).wrong, 0);
};
const countOf = async (table: string) =>
  Number((await sql.unsafe(`select count(*) as n from ${table}`))[0]?.n);

test("the same seed gives the same history, another seed another", () => {
  const options = { days: 3, seed: 1, nowMs: NOW.getTime(), timeZone: "Asia/Taipei" };
  const [a, b] = [[...sampleHistory(options)], [...sampleHistory(options)]];
  assert.deepEqual(a, b);
  // A day each; in the last one somebody looks at a loop that has just begun.
  assert.equal(a.length, 4);
  assert.notDeepEqual(a, [...sampleHistory({ ...options, seed: 2 })]);
});

test("it is loaded through the ledger, and refuses to be mixed with anything", async () => {
  const stored = await loadSample(sql, ORDER);
  assert.ok(stored > 2_000);
  await assertNoDrift();
  const teams = await sql<{ team: string; cost: string; unpriced: bigint }[]>`
    select d.team, sum(u.cost) as cost, sum(u.unpriced_calls)::int8 as unpriced
      from usage_day u join dimension_set d on d.id = u.dimension_set_id group by 1 order by 1`;
  const named = teams.map(({ team }) => team);
  assert.ok(
    ["data-science", "payments", "platform", "search", "support", "unallocated"].every((slug) =>
      named.includes(slug),
    ),
    named.join(),
  );
  assert.ok(teams.some(({ unpriced }) => unpriced > 0n));
  assert.equal(await countOf("budget"), 4);
  const anomalies = await listAnomalies(sql, testViewer(), { kind: "runaway_loop", limit: 9 });
  assert.deepEqual(
    anomalies.anomalies.map((each) => [each.state, sentenceOf(each).replace(/^.*: /, "")]),
    [
      [
        "open",
        "agent `incident-helper` · team `platform` looped `query_logs` 600 times on claude-sonnet-5-5",
      ],
      ["resolved", "agent `reviewer` · team `payments` looped `grep` 950 times on gpt-5.5"],
    ],
  );
  await assert.rejects(loadSample(sql, ORDER), { code: "conflict" });
});

test("it goes without a trace although a month was closed on it, and not once that month is real", async () => {
  await closeMonth(sql, testViewer("finance"), "2026-10", NOW);
  const [first] = await sql`select min(id::text) as id from usage_event`;
  const keyOf = (key: string) =>
    sql`update usage_event set key_id = ${key} where id = ${first?.id}::uuid`;
  await keyOf("real");
  await assert.rejects(removeSample(sql), { code: "conflict" });
  await keyOf(SAMPLE_KEY);
  await removeSample(sql);
  for (const table of [
    "closed_month",
    "closed_line",
    "closed_usage",
    "closed_focus",
    "adjustment",
  ]) {
    assert.equal(await countOf(table), 0, table);
  }
  await loadSample(sql, ORDER);
});

test("it goes in one step and leaves what is real", async () => {
  const plan = await loadIngestPlan(sql);
  const [real] = apart(modelCall("real", { attributes: { "team.id": "search" } }));
  assert.ok(real !== undefined);
  await new Ledger(sql, () => plan).commit(batch([real]));
  await removeSample(sql);
  await assertNoDrift();
  assert.equal(await countOf("usage_event"), 1);
  assert.equal(await countOf("budget"), 0);
  assert.equal(await countOf("charge"), 0);
  assert.equal(await countOf("anomaly"), 0);
  // The real call is of the search team, below engineering.
  const left = await sql<{ slug: string }[]>`select slug from team order by slug`;
  assert.deepEqual(
    left.map(({ slug }) => slug),
    ["engineering", "search", "unallocated"],
  );
  await assert.rejects(removeSample(sql), { code: "not_found" });
});

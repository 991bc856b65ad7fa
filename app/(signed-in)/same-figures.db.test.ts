import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { readPeriod } from "#app/_period/period.ts";
import { filterPairs, readFilters } from "#app/_query/filters.ts";
import { usageCsvHref } from "#app/_query/links.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { ExportRequest, FORMATS } from "#lib/exports/export-request.ts";
import { openExport } from "#lib/exports/open-export.ts";
import { parseUsd, sumUsd, toDecimal, type Usd } from "#lib/money/money.ts";
import { type FixtureEvent, fillLedger, sumsOf } from "#lib/reports/ledger-fixture.ts";
import { toolCallReport } from "#lib/reports/tool-calls.ts";
import type { Dimension, UsageQuery } from "#lib/reports/usage-query.ts";
import { usageReport } from "#lib/reports/usage-report.ts";
import { verifyRollups } from "#lib/rollups/verify.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { parseCsv } from "../../e2e/support/csv.ts";
import { figures } from "../api/v1/_lib/figures.ts";
import { rawQuery } from "../api/v1/_lib/query.ts";
import { usageRowBody } from "../api/v1/_lib/usage.ts";
import { exploreLines, totalLine } from "./explore/explore-lines.ts";
import { MEASURES } from "./explore/measures.ts";
import { modelLines } from "./models/model-line.ts";
import { teamRows } from "./teams/team-rows.ts";

const { sql } = await createTestDatabase();
const ZONE = "Asia/Kathmandu";
const NOW = new Date("2026-11-20T10:00:00Z");
const everybody: Viewer = {
  ...{ kind: "user", id: "u1", label: "Fin", role: "finance" },
  ...{ teams: "all", persons: "all" },
};
const GROUPS = ["team", "agent", "model", "tool", "user", "kind"] as const;

const maybe = (...values: string[]) => fc.constantFrom(null, ...values);
const events: fc.Arbitrary<FixtureEvent[]> = fc.array(
  fc
    .record({
      name: fc.uuid(),
      startedAtMs: fc.integer({ min: Date.parse("2026-11-10"), max: NOW.getTime() }),
      kind: fc.constantFrom("model_call" as const, "tool_call" as const),
      team: fc.constantFrom("payments", "search", "unallocated"),
      status: fc.constantFrom("ok" as const, "error" as const, "rejected" as const),
      name2: maybe("planner", '=HYPERLINK("x")', "a,b\r\nc"),
      user: maybe("ann"),
      atto: fc.option(fc.bigInt({ min: 0n, max: 10n ** 21n })),
      output: fc.nat(9_000),
      counted: fc.constantFrom(true, true, true, false),
    })
    .map(({ kind, team, status, name2, atto, output, ...event }) => ({
      ...event,
      dimensions: { kind, team, status, agent: name2, ...named(kind, name2) },
      ...{ session: null, calls: 1, cost: atto as Usd | null, listCost: atto as Usd | null },
      tokens: kind === "tool_call" ? null : tokens(output),
      costStatus: atto === null ? "unpriced" : "priced",
    })),
  { maxLength: 25 },
);

function named(kind: "model_call" | "tool_call", name: string | null) {
  return kind === "tool_call" ? { tool: name } : { model: name, provider: name && "acme" };
}

function tokens(output: number) {
  const cached = { cache_read: output * 3, cache_write_5m: 1, cache_write_1h: 0 };
  return { input_uncached: 7, ...cached, output, reasoning: 0 };
}

const question = fc.record({
  groupBy: fc.uniqueArray(fc.constantFrom(...GROUPS), { minLength: 1, maxLength: 2 }),
  measure: fc.constantFrom(...MEASURES),
  period: fc.constantFrom("today", "7d", "mtd", "30d"),
  costBasis: fc.constantFrom("effective" as const, "list" as const),
  filters: fc.record(
    {
      team: fc.subarray(["payments", "unallocated", "nobody"], { minLength: 1 }),
      agent: fc.subarray([null, "planner", "a,b\r\nc"], { minLength: 1 }),
      user: fc.constant([null]),
      kind: fc.constant(["tool_call"]),
    },
    { requiredKeys: [], noNullPrototype: true },
  ),
});

// A figure on a page, in the API's answer, in the file that the page offers and in the ledger.
test("whatever is asked, page, API, file and ledger say the same to the last digit", async () => {
  await fc.assert(
    fc.asyncProperty(
      events,
      fc.array(question, { minLength: 6, maxLength: 6 }),
      async (all, asked) => {
        await fillLedger(sql, all, ZONE);
        assert.deepEqual(await verifyRollups(sql, { from: null, to: null }), []);
        for (const { period: name, filters, groupBy, costBasis, measure } of asked) {
          const period = readPeriod({ period: name }, NOW, ZONE);
          // What the page makes of its own address.
          const read = readFilters(pairs(filterPairs(filters)));
          assert.deepEqual(read, filters);
          const query: UsageQuery = {
            ...{ from: period.from, to: period.to, timeZone: ZONE, bucket: "none" },
            ...{ groupBy, costBasis, filters: read },
          };
          const page = await usageReport(sql, "all", query);
          const visible = all.filter((event) => matches(event, query));
          const truth = sumsOf(visible);
          assert.equal(page.total.cost, truth.cost);
          assert.equal(page.total.errors, truth.errors);

          const explored = {
            ...query,
            period,
            measure,
            compare: false,
            wantedBucket: null,
            added: null,
          };
          const lines = exploreLines(explored, page, null);
          const total = totalLine(explored, page, null).now.value;
          assert.equal(sum(lines.map(({ now }) => now.value)), total);

          const api = { rows: page.rows.map(usageRowBody), total: figures(page.total) };
          assert.equal(sumUsd(api.rows.map(({ cost }) => parseUsd(cost))), truth.cost);
          assert.equal(parseUsd(api.total.cost), truth.cost);

          const file = await download(
            usageCsvHref({ period, filters: read, costBasis }, groupBy, "none"),
          );
          assert.deepEqual(
            file.map(({ cost, list_cost, errors }) => [cost, list_cost, Number(errors)]),
            api.rows.map(({ cost, list_cost, errors }) => [cost, list_cost, errors]),
          );
          await assertFormats(query, api.rows);
          await assertTables(query, visible);
          await assertPages(query, visible);
        }
      },
    ),
    { numRuns: 12 },
  );
});

/** The tables with a shape of their own add up to the same. */
async function assertPages(query: UsageQuery, visible: readonly FixtureEvent[]): Promise<void> {
  const truth = sumsOf(visible);
  const by = (...groupBy: Dimension[]) => usageReport(sql, "all", { ...query, groupBy });
  const [teams, models, tools] = await Promise.all([
    by("team"),
    by("provider", "model"),
    toolCallReport(sql, "all", { ...query, groupBy: ["tool"] }),
  ]);
  const rows = teamRows({ teams: [], usage: teams, before: teams, budgets: [] });
  assert.equal(sumUsd(rows.map(({ measures }) => measures.cost)), truth.cost);
  const lines = modelLines(models, [], []);
  assert.equal(sumUsd(lines.map(({ measures }) => measures.cost)), truth.cost);
  const ofTools = sumsOf(visible.filter(({ dimensions }) => dimensions.kind === "tool_call"));
  assert.deepEqual(
    [tools.total.calls, tools.total.errors, tools.total.cost],
    [ofTools.tool_calls, ofTools.errors, ofTools.cost],
  );
  assert.equal(sumUsd(tools.rows.map(({ cost }) => cost)), ofTools.cost);
}

/** Each form of the file holds the figures of the API, and says their sum. */
async function assertFormats(query: UsageQuery, rows: readonly { readonly cost: string }[]) {
  const groupBy = ["group_by", query.groupBy.join(",")] as const;
  const parameters = parametersOf([...questionOf(query), groupBy]);
  const truth = toDecimal(sumUsd(rows.map(({ cost }) => parseUsd(cost))));
  for (const format of FORMATS) {
    const request = ExportRequest.parse({ export: "usage", format, parameters });
    const { body, control } = await openExport(sql, everybody, request, NOW, { pace: "attended" });
    const file = Buffer.from(await new Response(body).arrayBuffer());
    const { sums, total, rows: count, sha256 } = control();
    assert.deepEqual([sums.cost, total, count], [truth, truth, rows.length], format);
    assert.equal(sha256, createHash("sha256").update(file).digest("hex"));
    if (format !== "jsonl") continue;
    const lines = file.toString("utf8").split("\n").slice(0, -1);
    const costs = lines.map((line) => (JSON.parse(line) as { cost: string }).cost);
    assert.deepEqual(
      costs,
      rows.map(({ cost }) => cost),
    );
  }
}

/** The other tables that take the same filters hold the same question. */
async function assertTables(query: UsageQuery, visible: readonly FixtureEvent[]): Promise<void> {
  const parameters = parametersOf(questionOf(query));
  const tools = visible.filter(({ dimensions }) => dimensions.kind === "tool_call");
  const asked = [
    { export: "events", parameters: { ...parameters, counted: "true" }, held: visible },
    { export: "tool-calls", parameters: { ...parameters, group_by: "tool" }, held: tools },
    { export: "agents", parameters, held: visible },
    { export: "agents", parameters: { ...parameters, of: "workflow" }, held: visible },
  ];
  for (const { held, ...named } of asked) {
    const request = ExportRequest.parse(named);
    const { body, control } = await openExport(sql, everybody, request, NOW, { pace: "attended" });
    const rows = parseCsv(await new Response(body).text());
    const truth = toDecimal(sumsOf(held).cost);
    const sum = toDecimal(sumUsd(rows.map(({ cost }) => parseUsd(cost || "0"))));
    assert.deepEqual([sum, control().sums.cost, control().total], [truth, truth, truth]);
    if (named.export === "events") assert.equal(rows.length, held.length);
  }
}

/** What every table is asked by. */
function questionOf({ from, to, timeZone, costBasis, filters }: UsageQuery) {
  return [
    ...[["from", from.toISOString()] as const, ["to", to.toISOString()] as const],
    ...[["tz", timeZone] as const, ["cost", costBasis] as const],
    ...filterPairs(filters),
  ];
}

function parametersOf(all: readonly (readonly [string, string])[]) {
  return Object.fromEntries(
    Object.entries(pairs(all)).map(([name, values]) => [
      name,
      name.startsWith("filter.") ? values : (values[0] ?? ""),
    ]),
  );
}

/** The rows of the file that a link of a page leads to. */
async function download(href: string) {
  const { searchParams } = new URL(href, "http://outlay.example");
  const parameters = rawQuery(searchParams);
  const request = ExportRequest.parse({ export: "usage", parameters });
  const { body, control } = await openExport(sql, everybody, request, NOW, { pace: "attended" });
  const text = await new Response(body).text();
  assert.equal(control().rows, parseCsv(text).length);
  return parseCsv(text);
}

function matches({ dimensions, user, startedAtMs, counted }: FixtureEvent, query: UsageQuery) {
  const { from, to, filters } = query;
  const values = { ...dimensions, user };
  return (
    counted &&
    startedAtMs >= from.getTime() &&
    startedAtMs < to.getTime() &&
    (["team", "agent", "user", "kind"] as const).every(
      (name) => filters[name]?.includes(values[name] ?? null) ?? true,
    )
  );
}

/** As Next hands a query over. */
function pairs(all: readonly (readonly [string, string])[]): Record<string, string[]> {
  const grouped = Map.groupBy(all, ([name]) => name);
  return Object.fromEntries([...grouped].map(([name, of]) => [name, of.map(([, value]) => value)]));
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((all, value) => all + value, 0n);
}

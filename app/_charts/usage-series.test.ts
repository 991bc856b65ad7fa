import assert from "node:assert/strict";
import { test } from "node:test";
import { parseUsd, ZERO_USD } from "#lib/money/money.ts";
import type { Measures, UsageRow } from "#lib/reports/usage-query.ts";
import { NO_TOKENS } from "#lib/usage/tokens.ts";
import { OTHER, seriesTotal, usageSeries } from "./usage-series.ts";

const buckets = ["2026-11-01", "2026-11-02"].map((day) => ({
  start: new Date(`${day}T00:00:00Z`),
  end: new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000),
}));

function row(bucket: number, team: string | null, cost: string): UsageRow {
  const at = buckets[bucket];
  if (at === undefined) throw new Error("no such bucket");
  const measures: Measures = {
    modelCalls: 1,
    toolCalls: 0,
    errors: 0,
    tokens: NO_TOKENS,
    cost: parseUsd(cost),
    listCost: ZERO_USD,
    unpricedCalls: 0,
    unpricedTokens: 0,
  };
  return { bucketStart: at.start, bucketEnd: at.end, group: { team }, measures };
}

const byTeam = (group: UsageRow["group"]) => group.team ?? null;
const cost = ({ measures }: UsageRow) => measures.cost;

test("adds what is too small to be told apart to Other, and loses nothing", () => {
  const rows = Array.from({ length: 12 }, (_, index) =>
    row(index % 2, `t${index}`, `${index + 1}.01`),
  );
  const series = usageSeries(rows, byTeam, cost, buckets);
  assert.equal(series.keys.length, 9);
  assert.equal(series.keys[0], "t11");
  assert.equal(series.keys[8], OTHER);
  assert.equal(seriesTotal(series, 8), parseUsd("10.04"));
  assert.equal(
    series.amounts.flat().reduce((sum, amount) => sum + amount, 0n),
    parseUsd("78.12"),
  );
});

test("an unknown group is a series like the others", () => {
  const series = usageSeries([row(0, null, "2"), row(1, "a", "1")], byTeam, cost, buckets);
  assert.deepEqual(series.keys, [null, "a"]);
  assert.deepEqual(series.amounts, [
    [parseUsd("2"), ZERO_USD],
    [ZERO_USD, parseUsd("1")],
  ]);
});

test("a group that cost nothing is no series", () => {
  const series = usageSeries([row(0, "a", "1"), row(1, "free", "0")], byTeam, cost, buckets);
  assert.deepEqual(series.keys, ["a"]);
  assert.deepEqual(series.amounts, [[parseUsd("1")], [ZERO_USD]]);
});

test("counts what is asked for, by whatever names the group", () => {
  const series = usageSeries(
    [row(0, "a", "0"), row(0, "b", "0"), row(1, "a", "0")],
    ({ team }) => `team ${team}`,
    ({ measures }) => BigInt(measures.modelCalls),
    buckets,
  );
  assert.deepEqual(series.keys, ["team a", "team b"]);
  assert.deepEqual(series.amounts, [
    [1n, 1n],
    [1n, 0n],
  ]);
});

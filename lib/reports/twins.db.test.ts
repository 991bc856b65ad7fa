import assert from "node:assert/strict";
import { test } from "node:test";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { at, CALL, TOOL } from "./fixture-events.ts";
import { fillLedger, fixtureId } from "./ledger-fixture.ts";
import { listProducers } from "./producers.ts";
import { listTwins } from "./twins.ts";

const { sql } = await createTestDatabase();
const DAY = { from: new Date("2026-11-20T00:00:00Z"), to: new Date("2026-11-21T00:00:00Z") };

test("each row that does not count stands beside its twin, page by page", async () => {
  const secret = at(CALL, "secret", 1, { dimensions: { ...CALL.dimensions, team: "search" } });
  const lose = (name: string, seconds: number, twin: string | null) =>
    at(CALL, name, seconds, {
      counted: false,
      more: twin === null ? {} : { twin_of: twin },
    });
  const [a, b, c] = [
    lose("a", 2, fixtureId(CALL)),
    lose("b", 3, fixtureId(secret)),
    lose("c", 4, null),
  ];
  await fillLedger(sql, [CALL, secret, a, b, c], "UTC");
  const first = await listTwins(sql, { teams: ["payments"], persons: "all" }, { ...DAY, limit: 2 });
  const pairs = ({ pairs }: typeof first) =>
    pairs.map(({ uncounted, counted }) => [uncounted.id, counted?.id ?? null]);
  assert.deepEqual(pairs(first), [
    [fixtureId(c), null],
    [fixtureId(b), null],
  ]);
  assert.ok(first.next !== null);
  const rest = await listTwins(
    sql,
    { teams: ["payments"], persons: "all" },
    { ...DAY, limit: 2, after: first.next },
  );
  assert.deepEqual(pairs(rest), [[fixtureId(a), fixtureId(CALL)]]);
  assert.equal(rest.next, null);
  const all = await listTwins(sql, "all", { ...DAY, limit: 9, reason: "same_call" });
  assert.deepEqual(
    all.pairs.map(({ counted }) => counted?.team ?? null),
    [null, "search", "payments"],
  );
  assert.deepEqual(
    (await listTwins(sql, "all", { ...DAY, limit: 9, reason: "nested_call" })).pairs,
    [],
  );
});

test("producers are told by service and dialect, the longest silent first", async () => {
  const by = (service: string) => ({ dimensions: { ...CALL.dimensions, service } });
  await fillLedger(
    sql,
    [
      at(CALL, "1", 0, by("batch")),
      at(CALL, "2", 7_200, by("chat")),
      at(CALL, "3", 7_300, { ...by("chat"), counted: false }),
      TOOL,
    ],
    "UTC",
  );
  const found = await listProducers(sql, "all", DAY);
  assert.deepEqual(
    found.map(({ service, modelCalls, toolCalls, lastSeen, seenBy }) => [
      service,
      modelCalls,
      toolCalls,
      lastSeen.toISOString(),
      seenBy,
    ]),
    [
      ["batch", 1, 0, "2026-11-20T12:00:00.000Z", "hour"],
      [null, 0, 1, "2026-11-20T12:00:00.000Z", "hour"],
      ["chat", 1, 0, "2026-11-20T14:00:00.000Z", "hour"],
    ],
  );
  assert.deepEqual(await listProducers(sql, { teams: ["search"], persons: "all" }, DAY), []);
  const later = { from: DAY.from, to: new Date(DAY.to.getTime() + 3_600_000) };
  assert.deepEqual(
    (await listProducers(sql, "all", later)).map(({ lastSeen, seenBy }) => [
      lastSeen.toISOString(),
      seenBy,
    ]),
    Array(3).fill(["2026-11-20T00:00:00.000Z", "day"]),
  );
});

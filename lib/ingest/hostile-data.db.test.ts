import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { verifyRollups } from "#lib/rollups/verify.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import {
  apart,
  batch,
  logCall,
  modelCall,
  node,
  point,
  tokens,
} from "#lib/testing/usage-events.ts";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import { Ledger } from "./commit.ts";
import { loadIngestPlan } from "./ingest-plan.ts";

const { sql } = await createTestDatabase();
const plan = await loadIngestPlan(sql);
const ledger = new Ledger(sql, () => plan);

async function namesOf(service: string): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select attributes->>'name' as name
      from usage_event u join dimension_set d on d.id = u.dimension_set_id
     where d.service = ${service} order by name`;
  return rows.map(({ name }) => name);
}

async function assertNoDrift(): Promise<void> {
  assert.deepEqual(await verifyRollups(sql, { from: null, to: null }), []);
}

describe("hostile data", () => {
  const NUL = "\u0000";
  const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`k${i}`, `v${i}`]));
  const emoji = "😀".repeat(300);
  const cases: Record<string, Partial<UsageEvent>> = {
    "U+0000 in every name": {
      identity: `span:${NUL}:x`,
      model: `m${NUL}`,
      tool: `t${NUL}`,
      operation: `o${NUL}`,
      errorType: `e${NUL}`,
      responseIds: [`r${NUL}1`],
      identityOf: { session: `s${NUL}1`, user: `u${NUL}`, agent: NUL },
      attributes: { [`k${NUL}`]: NUL, "team.id": `te${NUL}am` },
    },
    "a lone surrogate in every name": {
      identity: "span:\ud800:x",
      model: "m\udc00",
      operation: "o\ud800",
      identityOf: { session: "s\ud800", user: "u\ud800" },
      responseIds: ["r\ud800"],
      attributes: { "k\ud800": "\ud800", "team.id": "t\ud800" },
    },
    "another lone surrogate": { identityOf: { session: "s\ud801", user: "u\ud801" } },
    "tabs, line ends and backslashes": {
      model: "a\tb\nc\rd\\N\\.",
      identityOf: { session: "\\N", user: "\t\\.\n" },
      attributes: { "\\.": "\n\\.\n" },
    },
    "10,000 attributes": { attributes: many },
    "names without end": {
      model: "m".repeat(100_000),
      operation: "o".repeat(100_000),
      identityOf: { session: emoji, user: emoji, agent: emoji, workflow: emoji, project: emoji },
      responseIds: ["r".repeat(100_000)],
      attributes: { "team.id": emoji, cost_center: emoji },
    },
    "a million million tokens": {
      tokens: tokens(1e12, 1e12, { cache_read: 1e12, cache_write_1h: 1e12, reasoning: 1e12 }),
    },
    "a cost that is none": { reportedCost: "NaN" },
    "a duration without end": { durationMs: 1e15 },
    "a time that cannot be": { startedAtMs: 0 },
    "a time far from now": { startedAtMs: 253_402_300_799_000 },
  };
  for (const [name, told] of Object.entries(cases)) {
    test(name, async () => {
      const service = `hostile ${name}`;
      const events = apart(
        modelCall("bad", {
          service,
          rank: 2,
          family: "hostile",
          ...told,
          attributes: { ...told.attributes, name: "bad" },
        }),
        modelCall("good", { service, family: "hostile", tokens: tokens(3, 3) }),
      );
      assert.equal((await ledger.commit(batch(events))).stored, 2);
      assert.equal((await ledger.commit(batch(events))).stored, 0, "sent again");
      // Reads the rows back, and files them anew under what the root says.
      const traceId = events[0]?.traceId ?? "";
      const root = {
        ...node("bad root", null, { session: told.identityOf?.session ?? "x", user: "root" }),
        traceId,
      };
      const late = modelCall("late", {
        service,
        traceId,
        identity: `late ${name}`,
        tokens: tokens(4, 4),
      });
      await ledger.commit(batch([late], [root]));
      assert.deepEqual(await namesOf(service), ["bad", "good", "late"]);
      await assertNoDrift();
    });
  }

  test("all of it at once", async () => {
    const all = Object.values(cases).flatMap((told, i) =>
      apart(modelCall(`all ${i}`, { ...told, service: "hostile all" })),
    );
    assert.equal((await ledger.commit(batch(all))).stored, all.length);
    await assertNoDrift();
  });
});

test("a service, session or tool of any name is judged alike before and after it is stored", async () => {
  const service = "ü".repeat(256);
  const told = { service, family: "f", identityOf: { session: "ß".repeat(300) } };
  await ledger.commit(
    batch([logCall("long log", told), point("long point", 10, 5, { service, stream: "long" })]),
  );
  await ledger.commit(batch(apart(modelCall("long span", told))));
  const rows = await sql`
    select attributes->>'name' as name, coalesce(not_counted_because, 'counts') as because
      from usage_event where attributes->>'name' like 'long %' order by 1`;
  assert.deepEqual(
    rows.map((row) => [row.name, row.because]),
    [
      ["long log", "better_signal"],
      ["long point", "better_signal"],
      ["long span", "counts"],
    ],
  );
  await assertNoDrift();
});

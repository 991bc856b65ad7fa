import assert from "node:assert/strict";
import { test } from "node:test";
import type { SqlClient } from "#lib/db/client.ts";
import { verifyRollups } from "#lib/rollups/verify.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import {
  aggregate,
  apart,
  batch,
  hexId,
  logCall,
  modelCall,
  NOON_MS,
  nameOf,
  node,
  point,
  tokens,
  toolCall,
} from "#lib/testing/usage-events.ts";
import { Ledger } from "./commit.ts";
import { type IngestPlan, loadIngestPlan } from "./ingest-plan.ts";

const { sql } = await createTestDatabase();
const plan: IngestPlan = await loadIngestPlan(sql);
const ledger = new Ledger(sql, () => plan);

type Row = { name: string; because: string; team: string; session: string; output: number };

async function rowsOf(service: string): Promise<Row[]> {
  return sql<Row[]>`
    select attributes->>'name' as name, coalesce(not_counted_because, 'counts') as because,
           d.team, coalesce(session_id, '') as session, coalesce(output, 0)::float8 as output
      from usage_event u join dimension_set d on d.id = u.dimension_set_id
     where d.service = ${service} order by name`;
}

async function verdictsOf(service: string): Promise<Record<string, string>> {
  return Object.fromEntries((await rowsOf(service)).map(({ name, because }) => [name, because]));
}

async function totals(client: SqlClient = sql): Promise<unknown> {
  const tables = [
    "usage_hour",
    "usage_day",
    "usage_day_team",
    "usage_day_user",
    "usage_day_person",
    "session",
  ];
  return Promise.all(
    tables.map((table) =>
      client.unsafe(
        `select sum(model_calls)::int as calls, sum(output)::text as output, sum(cost)::text as cost from ${table}`,
      ),
    ),
  );
}

async function assertNoDrift(): Promise<void> {
  assert.deepEqual(await verifyRollups(sql, { from: null, to: null }), []);
}

test("an export that is sent again is stored once", async () => {
  const events = apart(
    modelCall("a", { service: "again" }),
    modelCall("b", { service: "again", tokens: tokens(5, 5) }),
  );
  const nodes = [node("root", null)];
  assert.deepEqual(await ledger.commit(batch(events, nodes)), { stored: 2, repeated: 0 });
  const before = await totals();
  assert.deepEqual(await ledger.commit(batch(events, nodes)), { stored: 0, repeated: 2 });
  const twice = batch([...events, ...events], nodes);
  assert.deepEqual(await new Ledger(sql, () => plan).commit(twice), { stored: 0, repeated: 4 });
  assert.deepEqual(await totals(), before);
  await assertNoDrift();
});

test("a late root gives earlier calls their team, session and user, and the rollups follow", async () => {
  const service = "late-root";
  const call = modelCall("call", { service, under: "step" });
  const root = aggregate("root", {
    service,
    tokens: null,
    identityOf: { session: "late-s", user: "ann" },
    attributes: { "team.id": "Late Team" },
  });
  const [first, last] = apart(call, root);
  const nodes = [{ ...node("step", "root"), traceId: first?.traceId ?? "" }];
  await ledger.commit(batch(first === undefined ? [] : [first]));
  assert.deepEqual(
    (await rowsOf(service)).map(({ team, session }) => [team, session]),
    [["unallocated", ""]],
  );
  await ledger.commit(batch(last === undefined ? [] : [last]));
  await ledger.commit(batch([], nodes));
  const [row] = (await rowsOf(service)).filter(({ name }) => name === "call");
  assert.deepEqual([row?.team, row?.session, row?.because], ["late-team", "late-s", "counts"]);
  const [session] =
    await sql`select team, user_id, model_calls::int as calls from session where session_id = 'late-s'`;
  assert.deepEqual({ ...session }, { team: "late-team", user_id: "ann", calls: 1 });
  const [hour] = await sql`
    select sum(model_calls)::int as calls from usage_hour h join dimension_set d on d.id = h.dimension_set_id
     where d.service = ${service} and d.team = 'unallocated'`;
  assert.equal(hour?.calls ?? 0, 0);
  await assertNoDrift();
});

test("a call that comes after its root is stored once, under what the root says", async () => {
  const service = "early-root";
  const root = aggregate("root", { service, tokens: null, identityOf: { session: "early-s" } });
  const calls = ["a", "b"].map((name) => modelCall(name, { service, under: "root" }));
  const [first, ...later] = apart(root, ...calls);
  await ledger.commit(batch(first === undefined ? [] : [first]));
  await ledger.commit(batch(later));
  assert.deepEqual(
    (await rowsOf(service)).map(({ name, session }) => [name, session]),
    [
      ["a", "early-s"],
      ["b", "early-s"],
      ["root", "early-s"],
    ],
  );
  await assertNoDrift();
});

test("requests that were sent again tell the tries of their call, before or after it, and cost nothing more", async () => {
  const service = "resent";
  const [early, late] = [
    apart(modelCall("early", { service })),
    apart(modelCall("late", { service })),
  ];
  const requests = (events: typeof early) => [
    {
      ...node("POST", events[0] === undefined ? null : nameOf(events[0])),
      traceId: events[0]?.traceId ?? "",
      attempt: 3,
    },
  ];
  const figures = () => sql`
    select sum(model_calls)::int as calls, sum(retries)::int as retries, sum(output)::int as output
      from usage_hour h join dimension_set d on d.id = h.dimension_set_id
     where d.service = ${service}`;
  await ledger.commit(batch([], requests(late)));
  await ledger.commit(batch(early));
  await ledger.commit(batch(late));
  assert.deepEqual([...(await figures())], [{ calls: 2, retries: 1, output: 20 }]);
  for (let again = 0; again < 2; again++) {
    await ledger.commit(batch([], requests(early)));
    assert.deepEqual([...(await figures())], [{ calls: 2, retries: 2, output: 20 }]);
  }
  await assertNoDrift();
});

test("a better signal that comes late takes back what came before it", async () => {
  const told = { service: "late-signal", family: "agent", identityOf: { session: "ls" } };
  await ledger.commit(batch([point("p1", 10, 5, { ...told, stream: "ls" })]));
  await ledger.commit(batch([point("p2", 20, 9, { ...told, stream: "ls" })]));
  assert.deepEqual(
    (await rowsOf("late-signal")).map(({ because, output }) => [because, output]),
    [
      ["counts", 5],
      ["counts", 4],
    ],
  );
  await ledger.commit(batch([logCall("log", told)]));
  assert.deepEqual(await verdictsOf("late-signal"), {
    log: "counts",
    p1: "better_signal",
    p2: "better_signal",
  });
  await ledger.commit(batch(apart(modelCall("span", told))));
  assert.deepEqual(await verdictsOf("late-signal"), {
    log: "better_signal",
    p1: "better_signal",
    p2: "better_signal",
    span: "counts",
  });
  const [session] =
    await sql`select model_calls::int as calls, output::int from session where session_id = 'ls'`;
  assert.deepEqual({ ...session }, { calls: 1, output: 10 });
  await assertNoDrift();
});

test("a point between two stored ones changes what the later one adds", async () => {
  const told = { service: "between", stream: "between" };
  await ledger.commit(batch([point("a", 10, 5, told)]));
  await ledger.commit(batch([point("c", 30, 20, told)]));
  await ledger.commit(batch([point("b", 20, 12, told)]));
  assert.deepEqual(
    (await rowsOf("between")).map(({ output }) => output),
    [5, 7, 8],
  );
  await assertNoDrift();
});

test("client and gateway in different traces and batches are one call", async () => {
  const told = { service: "gateway", responseIds: ["gw-1"] };
  await ledger.commit(batch(apart(modelCall("client", told))));
  await ledger.commit(
    batch(
      apart(
        modelCall("gateway", {
          ...told,
          tokens: tokens(40, 10, { cache_read: 60 }),
          startedAtMs: NOON_MS + 300,
        }),
      ),
    ),
  );
  assert.deepEqual(await verdictsOf("gateway"), { client: "same_call", gateway: "counts" });
  await assertNoDrift();
});

test("sixteen collectors that write the same buckets at once lose and repeat nothing", async () => {
  const service = "crowd";
  const batches = Array.from({ length: 16 }, (_, i) =>
    batch(
      apart(
        modelCall(`a${i}`, { service, identityOf: { session: "crowd", user: `u${i % 3}` } }),
        modelCall(`b${i}`, {
          service,
          responseIds: [`crowd-${i % 4}`],
          identityOf: { session: "crowd" },
        }),
        toolCall(`t${i}`, { service }),
      ),
    ),
  );
  const sent = await Promise.all(
    [...batches, ...batches].map((one) => new Ledger(sql, () => plan).commit(one)),
  );
  assert.equal(
    sent.reduce((sum, { stored }) => sum + stored, 0),
    48,
  );
  const counted = (await rowsOf(service)).filter(({ because }) => because === "counts");
  assert.equal(counted.length, 16 + 4 + 16);
  await assertNoDrift();
});

test("a batch that fails in its middle leaves nothing", async () => {
  const before = await totals();
  const broken = modelCall("broken", {
    service: "broken",
    identityOf: { session: "broken" },
    rank: 99_999,
  });
  await assert.rejects(
    ledger.commit(
      batch(apart(modelCall("fine", { service: "broken" }), broken), [node("n", null)]),
    ),
  );
  assert.equal((await rowsOf("broken")).length, 0);
  assert.deepEqual(await totals(), before);
  const nodes =
    await sql`select 1 from trace_node t where t.nodes @> ${sql.json([{ spanId: hexId("n", 16) }])}`;
  assert.equal(nodes.length, 0);
  await assertNoDrift();
  const fine = await ledger.commit(batch(apart(modelCall("fine", { service: "broken" }))));
  assert.equal(fine.stored, 1);
});

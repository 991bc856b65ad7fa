import assert from "node:assert/strict";
import { test } from "node:test";
import { parseUsd, toDecimal } from "#lib/money/money.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { at, CALL, TOOL } from "./fixture-events.ts";
import { fillLedger, fixtureId } from "./ledger-fixture.ts";
import { openedTree, sessionBranch, sessionTree } from "./session-tree.ts";
import { listSessions } from "./sessions.ts";

const { sql } = await createTestDatabase();

const TRACE = Buffer.from("0af7651916cd43dd8448eb211c80319c", "hex");
const span = (n: number) => Buffer.from(n.toString(16).padStart(16, "0"), "hex");

test("a session is one row among sessions whatever its teams and people", async () => {
  const mine = { session: "s1", user: "ann" };
  const theirs = { session: "s1", user: null, dimensions: { ...CALL.dimensions, team: "search" } };
  await fillLedger(
    sql,
    [
      at(CALL, "a", 0, mine),
      at(CALL, "b", 60, theirs),
      at(TOOL, "c", 30, mine),
      at(CALL, "d", 45, { session: "s2" }),
      at(CALL, "gone", 90, { session: "s3", counted: false }),
    ],
    "UTC",
  );
  const first = await listSessions(sql, "all", { limit: 1 });
  assert.deepEqual(
    first.sessions.map(({ session, teams, users }) => [session, teams, users]),
    [["s1", ["payments", "search"], ["ann"]]],
  );
  assert.equal(first.sessions[0]?.measures.modelCalls, 2);
  assert.equal(first.sessions[0]?.measures.toolCalls, 1);
  assert.ok(first.next !== null);
  const second = await listSessions(sql, "all", { limit: 1, after: first.next });
  assert.deepEqual(
    second.sessions.map(({ session }) => session),
    ["s2"],
  );
  assert.equal(second.next, null);
  const own = await listSessions(sql, { teams: ["payments"], persons: "all" }, { limit: 9 });
  assert.deepEqual(
    own.sessions.map(({ session, measures }) => [session, toDecimal(measures.cost)]),
    [
      ["s2", "0.5"],
      ["s1", "0.5"],
    ],
  );
});

test("a session's tree joins calls over spans that are no usage, with subtotals at each node", async () => {
  const inTrace = (own: number, parent: number | null) => ({
    session: "s1",
    more: {
      trace_id: TRACE,
      span_id: span(own),
      parent_span_id: parent === null ? null : span(parent),
    },
  });
  const run = { kind: "agent_run", team: "payments", status: "ok", agent: "planner" } as const;
  const events = [
    at(TOOL, "run", 0, { dimensions: run, ...inTrace(1, null) }),
    at(CALL, "under the run", 1, inTrace(2, 9)),
    at(TOOL, "tool", 2, inTrace(3, 2)),
    at(CALL, "under the tool", 3, inTrace(4, 3)),
    at(CALL, "a copy", 4, { counted: false, ...inTrace(5, 4) }),
    at(CALL, "without a trace", 5, { session: "s1" }),
  ];
  await fillLedger(sql, events, "UTC");
  const between = [{ spanId: "0000000000000009", parentSpanId: "0000000000000001" }];
  await sql`insert into trace_node (trace_id, hash, received_at, nodes)
    values (${TRACE}, 1, now(), ${sql.json(between)})`;

  const tree = await sessionTree(sql, "all", "s1", { limit: 100, offset: 0 });
  assert.ok(tree !== null);
  const names = new Map(events.map((event) => [fixtureId(event), event.name]));
  assert.deepEqual(
    tree.nodes.map(({ id, depth, subtotal }) => [
      names.get(id) ?? id,
      depth,
      subtotal.modelCalls,
      subtotal.toolCalls,
      toDecimal(subtotal.cost),
    ]),
    [
      [TRACE.toString("hex"), 0, 2, 1, "1"],
      ["run", 1, 2, 1, "1"],
      ["under the run", 2, 2, 1, "1"],
      ["tool", 3, 1, 1, "0.5"],
      ["under the tool", 4, 1, 0, "0.5"],
      ["a copy", 5, 0, 0, "0"],
      ["without a trace", 0, 1, 0, "0.5"],
    ],
  );
  assert.equal(toDecimal(tree.total.cost), "1.5");
  const page = await sessionTree(sql, "all", "s1", { limit: 2, offset: 2 });
  assert.deepEqual(page?.nodes, tree.nodes.slice(2, 4));
  assert.equal(page?.nodeCount, 7);
  assert.equal(
    await sessionTree(sql, { teams: ["search"], persons: "all" }, "s1", { limit: 9, offset: 0 }),
    null,
  );
});

test("a tree is opened along its dearest path, and branch by branch", async () => {
  const under = (own: number, parent: number | null, cost: string | null, more: object = {}) => ({
    ...{ session: "s1", cost: cost === null ? null : parseUsd(cost) },
    more: {
      trace_id: TRACE,
      span_id: span(own),
      parent_span_id: parent === null ? null : span(parent),
    },
    ...more,
  });
  const failed = { dimensions: { ...CALL.dimensions, status: "error" as const } };
  const events = [
    at(CALL, "root", 0, under(1, null, "0.1")),
    at(CALL, "cheap", 1, under(2, 1, "1")),
    at(CALL, "dear", 2, under(3, 1, "1")),
    at(CALL, "deep", 3, under(4, 3, "5")),
    at(CALL, "broken", 4, under(5, 2, "0", failed)),
  ];
  await fillLedger(sql, events, "UTC");
  const names = new Map(events.map((event) => [fixtureId(event), event.name]));
  const nameOf = (id: string) => names.get(id) ?? "trace";
  const open = async (order: "time" | "cost" | "errors") => {
    const tree = await openedTree(sql, "all", "s1", { order, limit: 10 });
    return [tree?.opened.map(nameOf), tree?.nodes.map(({ id }) => nameOf(id))];
  };
  assert.deepEqual(await open("time"), [
    ["trace", "root"],
    ["trace", "root", "cheap", "dear"],
  ]);
  assert.deepEqual(await open("cost"), [
    ["trace", "root", "dear"],
    ["trace", "root", "dear", "cheap", "deep"],
  ]);
  assert.deepEqual(await open("errors"), [
    ["trace", "root", "cheap"],
    ["trace", "root", "cheap", "dear", "broken"],
  ]);

  const [root] = events;
  assert.ok(root !== undefined);
  const page = { parent: fixtureId(root), order: "cost", limit: 1, offset: 1 } as const;
  const branch = await sessionBranch(sql, "all", "s1", page);
  assert.equal(branch?.nodeCount, 2);
  assert.deepEqual(
    branch?.nodes.map(({ id, depth, subtotal }) => [nameOf(id), depth, toDecimal(subtotal.cost)]),
    [["cheap", 2, "1"]],
  );
  const elsewhere = { teams: ["search"], persons: "all" } as const;
  assert.equal(await sessionBranch(sql, elsewhere, "s1", page), null);
  assert.equal(await sessionBranch(sql, "all", "s1", { ...page, parent: "nothing" }), null);
});

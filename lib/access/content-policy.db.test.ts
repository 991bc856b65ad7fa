import assert from "node:assert/strict";
import { test } from "node:test";
import { SYSTEM } from "#lib/audit/actor.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { createKey, findKey, revokeKey, setContentPolicy } from "./keys.ts";

const { db, sql } = await createTestDatabase();
const NOW = new Date("2026-11-22T12:00:00Z");
const policyOf = async (secret: string) => (await findKey(sql, secret, NOW))?.contentPolicy;

test("what an ingest key keeps of content can be changed, and the change is on record once", async () => {
  const { id, secret } = await createKey(db, SYSTEM, {
    kind: "ingest",
    team: null,
    label: "agents",
  });
  assert.equal(await policyOf(secret), "drop");
  await setContentPolicy(db, SYSTEM, id, "hash");
  await setContentPolicy(db, SYSTEM, id, "hash");
  assert.equal(await policyOf(secret), "hash");
  const entries = await sql`
    select before, after from audit_entry where action = 'key.changed' and target_id = ${id}`;
  assert.deepEqual(
    entries.map(({ before, after }) => [before, after]),
    [[{ contentPolicy: "drop" }, { contentPolicy: "hash" }]],
  );
});

test("an API key keeps no content, and a revoked key keeps the policy it had", async () => {
  const api = await createKey(db, SYSTEM, { kind: "api", team: null, label: "reports" });
  await setContentPolicy(db, SYSTEM, api.id, "hash");
  assert.equal(await policyOf(api.secret), "drop");
  const old = await createKey(db, SYSTEM, { kind: "ingest", team: null, label: "old" });
  await revokeKey(db, SYSTEM, old.id, NOW);
  await setContentPolicy(db, SYSTEM, old.id, "hash");
  const [row] = await sql`select content_policy from access_key where id = ${old.id}`;
  assert.equal(row?.content_policy, "drop");
});

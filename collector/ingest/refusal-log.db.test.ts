import assert from "node:assert/strict";
import { test } from "node:test";
import { createKey } from "#lib/access/keys.ts";
import { SYSTEM } from "#lib/audit/actor.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { KeyRing } from "./key-ring.ts";
import { RefusalLog } from "./refusal-log.ts";

const database = await createTestDatabase();
const NOW = new Date();
const stored = () =>
  database.sql<{ reason: string; key_id: string; example: string; count: bigint }[]>`
    select reason, key_id, example, count from rejection order by reason`;

test("a sender with a wrong key shows, by a fingerprint of the key and never the key", async () => {
  const log = new RefusalLog(database.sql, (error) => assert.fail(String(error)));
  const ring = new KeyRing(database, log);
  const api = await createKey(database.db, SYSTEM, { kind: "api", team: null, label: "" });
  for (const secret of ["outlay_ik_guess", "outlay_ik_guess", null, api.secret]) {
    assert.notEqual((await ring.authenticate(secret, NOW)).kind, "ok");
  }
  await log.flush();
  const rows = await stored();
  assert.deepEqual(
    rows.map(({ reason, key_id, count }) => [reason, key_id, count]),
    [
      ["api_key", api.id, 1n],
      ["no_key", "", 1n],
      ["wrong_key", "", 2n],
    ],
  );
  assert.match(rows[2]?.example ?? "", /^sha256:[0-9a-f]{8}$/);
  assert.ok(!JSON.stringify(rows.map(({ example }) => example)).includes("guess"));

  await ring.authenticate("outlay_ik_guess", NOW);
  await log.flush();
  assert.equal((await stored())[2]?.count, 3n);
});

test("what cannot be stored is kept for the next time, within bounds", async () => {
  await database.sql`truncate rejection`;
  let isAway = true;
  let errors = 0;
  const begin: typeof database.sql.begin = (...given: never[]) => {
    if (isAway) throw new Error("away");
    return (database.sql.begin as (...args: never[]) => never)(...given);
  };
  const flaky = new Proxy(database.sql, {
    get: (target, name) => (name === "begin" ? begin : Reflect.get(target, name)),
  });
  const log = new RefusalLog(flaky, () => {
    errors++;
  });
  for (let n = 0; n < 3_000; n++) log.note({ reason: "api_key", example: "", keyId: `key-${n}` });
  await log.flush();
  isAway = false;
  await log.flush();
  assert.equal(errors, 1);
  assert.equal((await stored()).length, 1_000);
});

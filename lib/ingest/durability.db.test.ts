import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openDatabase } from "#lib/db/client.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { Durability } from "./durability.ts";

const database = await createTestDatabase();
// As in service; the server of the tests waits for no disk unless told to.
await database.sql.unsafe(
  `alter database ${new URL(database.url).pathname.slice(1)} set synchronous_commit = on`,
);
const { sql, close } = openDatabase(database.url, { maxConnections: 4 });
after(close);
await sql`create table note (text text)`;

/** Commits without waiting for the disk, and returns where in the log that ended. */
async function write(text: string): Promise<string> {
  await sql.begin(async (tx) => {
    await tx`set local synchronous_commit = off`;
    await tx`insert into note values (${text})`;
  });
  const [at] = await sql<{ lsn: string }[]>`select pg_current_wal_insert_lsn()::text as lsn`;
  return at?.lsn ?? "";
}

async function isOnDisk(lsn: string): Promise<boolean> {
  const [row] = await sql<{ is: boolean }[]>`
    select pg_current_wal_flush_lsn() >= ${lsn}::text::pg_lsn as is`;
  return row?.is === true;
}

test("what was committed before is on disk afterwards", async () => {
  const durability = new Durability(sql);
  for (const text of ["one", "two", "three"]) {
    const lsn = await write(text);
    await durability.reached();
    assert.equal(await isOnDisk(lsn), true);
  }
});

test("many that wait share a flush, and one that comes while it runs waits for the next", async () => {
  const durability = new Durability(sql);
  const lsns = await Promise.all(
    Array.from({ length: 20 }, async (_, i) => {
      const lsn = await write(`note ${i}`);
      await durability.reached();
      return { lsn, isFlushed: await isOnDisk(lsn) };
    }),
  );
  assert.ok(lsns.every(({ isFlushed }) => isFlushed));
});

test("a database that is away fails those who wait, and not those who come after it is back", async () => {
  let isAway = true;
  const flaky = new Proxy(sql, {
    apply: (target, self, args) =>
      isAway ? Promise.reject(new Error("away")) : Reflect.apply(target, self, args),
  });
  const durability = new Durability(flaky);
  await assert.rejects(durability.reached(), /away/);
  isAway = false;
  const lsn = await write("later");
  await durability.reached();
  assert.equal(await isOnDisk(lsn), true);
});

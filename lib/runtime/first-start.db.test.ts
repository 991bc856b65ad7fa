import assert from "node:assert/strict";
import { test } from "node:test";
import { findKey } from "#lib/access/keys.ts";
import { isSetupTokenUsable } from "#lib/access/setup-token.ts";
import { authUser } from "#lib/db/schema/auth.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { readConfig } from "../config.ts";
import { prepareFirstStart } from "./first-start.ts";

const NOW = new Date("2026-11-22T16:00:00Z");
const ATTENDED = readConfig({ OUTLAY_PUBLIC_URL: "https://outlay.example.com" });
const UNATTENDED = readConfig({
  OUTLAY_ADMIN_EMAIL: "Ada@Example.com",
  OUTLAY_ADMIN_PASSWORD: "correct horse battery",
  OUTLAY_INGEST_KEY: "chosen-ingest-key",
  OUTLAY_API_KEY: "chosen-api-key",
});

const attended = await createTestDatabase();
const unattended = await createTestDatabase();

test("gives a link that makes the first admin, once, however many processes start", async () => {
  const starts = await Promise.all([
    prepareFirstStart(attended, ATTENDED, NOW),
    prepareFirstStart(attended, ATTENDED, NOW),
  ]);
  const links = starts.flatMap(({ setupUrl }) => (setupUrl === null ? [] : [new URL(setupUrl)]));
  assert.equal(links.length, 1);
  const [link] = links;
  assert.equal(`${link?.origin}${link?.pathname}`, "https://outlay.example.com/setup");
  assert.ok(await isSetupTokenUsable(attended.db, link?.searchParams.get("token") ?? "", NOW));

  const keys = starts.flatMap(({ ingestKey }) => (ingestKey === null ? [] : [ingestKey]));
  assert.equal(keys.length, 1);
  assert.match(keys[0] ?? "", /^outlay_ik_/);
  assert.equal((await findKey(attended.sql, keys[0] ?? "", NOW))?.kind, "ingest");

  const later = await prepareFirstStart(attended, ATTENDED, NOW);
  assert.deepEqual(later, { setupUrl: null, ingestKey: null });
});

test("creates what the environment names, on the first start alone, and shows none of it", async () => {
  assert.deepEqual(await prepareFirstStart(unattended, UNATTENDED, NOW), {
    setupUrl: null,
    ingestKey: null,
  });
  assert.equal((await findKey(unattended.sql, "chosen-ingest-key", NOW))?.kind, "ingest");
  assert.equal((await findKey(unattended.sql, "chosen-api-key", NOW))?.role, "admin");
  const other = readConfig({
    OUTLAY_ADMIN_EMAIL: "mallory@example.com",
    OUTLAY_ADMIN_PASSWORD: "correct horse battery",
  });
  await prepareFirstStart(unattended, other, NOW);
  const users = await unattended.db
    .select({ email: authUser.email, role: authUser.role })
    .from(authUser);
  assert.deepEqual(users, [{ email: "ada@example.com", role: "admin" }]);
});

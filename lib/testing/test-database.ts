import { randomBytes } from "node:crypto";
import { after } from "node:test";
import postgres from "postgres";
import { type Database, openDatabase } from "#lib/db/client.ts";
import { migrateDatabase } from "#lib/db/migrate.ts";
import { TEST_DATABASE_VARIABLE } from "./test-server.ts";

export type TestDatabase = Database & { readonly url: string };

/**
 * A migrated database of the calling test file's own, dropped after it. Call it
 * with top-level await: inside a `before` hook the clean-up would run at once.
 *
 * Files run in parallel and may commit, run jobs or take locks without seeing
 * each other. A missing or remote server is an error, never a skip: a suite
 * that skips itself passes for the wrong reason.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const url = new URL(localServerUrl());
  const name = `test_${randomBytes(6).toString("hex")}`;
  const admin = postgres(url.href, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name}`);

  url.pathname = `/${name}`;
  await migrateDatabase(url.href);
  const database = openDatabase(url.href, { maxConnections: 4 });

  after(async () => {
    await database.close();
    await admin.unsafe(`drop database ${name} with (force)`);
    await admin.end();
  });
  return { ...database, url: url.href };
}

function localServerUrl(): string {
  const text = process.env[TEST_DATABASE_VARIABLE];
  if (text === undefined || text === "") {
    throw new Error(
      `${TEST_DATABASE_VARIABLE} is not set: run database tests with npm run test:db -- FILE…`,
    );
  }
  const { hostname } = new URL(text);
  if (!["127.0.0.1", "localhost", "[::1]"].includes(hostname)) {
    throw new Error(`${TEST_DATABASE_VARIABLE} must name a server on this machine`);
  }
  return text;
}

import { createKey } from "#lib/access/keys.ts";
import { createSetupToken } from "#lib/access/setup-token.ts";
import { SYSTEM } from "#lib/audit/actor.ts";
import { createUser, hasUsers } from "#lib/auth/create-user.ts";
import type { Database, Db } from "#lib/db/client.ts";
import { authSetupToken } from "#lib/db/schema/auth.ts";
import { accessKey } from "#lib/db/schema/organization.ts";
import type { Config } from "../config.ts";

/** What the first start has to show, once; null where there is nothing to show. */
export type FirstStartResult = {
  readonly setupUrl: string | null;
  readonly ingestKey: string | null;
};

const FIRST_START_LOCK = 7_302_027;
const NOTHING: FirstStartResult = { setupUrl: null, ingestKey: null };

/**
 * Creates the first ingest key and the first admin, or the link by which a
 * person becomes it, when the database is new; does nothing at any later start.
 * Of several processes at once on one database, one does it.
 */
export async function prepareFirstStart(
  database: Database,
  config: Config,
  now: Date,
): Promise<FirstStartResult> {
  return database.sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${FIRST_START_LOCK})`;
    return (await isNew(database.db)) ? createFirst(database.db, config, now) : NOTHING;
  });
}

async function isNew(db: Db): Promise<boolean> {
  if (await hasUsers(db)) return false;
  const tokens = await db.select().from(authSetupToken).limit(1);
  const keys = await db.select({ id: accessKey.id }).from(accessKey).limit(1);
  return tokens.length === 0 && keys.length === 0;
}

/** What the operator has chosen is not shown: it is known, and logs are kept. */
async function createFirst(db: Db, config: Config, now: Date): Promise<FirstStartResult> {
  const { apiKey, ingestKey } = config.firstStart;
  const ingest = await createKey(db, SYSTEM, {
    kind: "ingest",
    team: null,
    label: "first ingest key",
    ...(ingestKey === null ? {} : { secret: ingestKey }),
  });
  if (apiKey !== null) {
    const key = { kind: "api", team: null, label: "first API key", role: "admin" } as const;
    await createKey(db, SYSTEM, { ...key, secret: apiKey });
  }
  return {
    setupUrl: await createAdmin(db, config, now),
    ingestKey: ingestKey === null ? ingest.secret : null,
  };
}

/** @returns the link by which a person becomes the admin, or null when there is one now. */
async function createAdmin(db: Db, config: Config, now: Date): Promise<string | null> {
  const { adminEmail, adminPassword } = config.firstStart;
  if (adminEmail === null || adminPassword === null) {
    return `${config.publicUrl}/setup?token=${await createSetupToken(db, now)}`;
  }
  await createUser(db, SYSTEM, {
    name: "Admin",
    email: adminEmail.toLowerCase(),
    password: adminPassword,
    role: "admin",
    teams: [],
  });
  return null;
}

import { createSetupToken } from "#lib/access/setup-token.ts";
import { createUser, hasUsers } from "#lib/auth/create-user.ts";
import type { Database, Db } from "#lib/db/client.ts";
import { authSetupToken } from "#lib/db/schema/auth.ts";
import type { Config } from "../config.ts";

/** What the first start has to show, once; null where there is nothing to show. */
export type FirstStartResult = {
  readonly setupUrl: string | null;
  readonly ingestKey: string | null;
};

const FIRST_START_LOCK = 7_302_027;
const NOTHING: FirstStartResult = { setupUrl: null, ingestKey: null };

/**
 * Creates the first admin, or the link by which a person becomes it, when the
 * database is new; does nothing at any later start. Of several processes at
 * once on one database, one does it.
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
  return tokens.length === 0;
}

async function createFirst(db: Db, config: Config, now: Date): Promise<FirstStartResult> {
  const { adminEmail, adminPassword } = config.firstStart;
  if (adminEmail !== null && adminPassword !== null) {
    await createUser(db, {
      name: "Admin",
      email: adminEmail.toLowerCase(),
      password: adminPassword,
      role: "admin",
      teams: [],
    });
    return NOTHING;
  }
  const token = await createSetupToken(db, now);
  return { ...NOTHING, setupUrl: `${config.publicUrl}/setup?token=${token}` };
}

import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";

const WINDOW_MS = 5 * 60_000;
const ATTEMPTS = 10;

/**
 * Counts an attempt to sign in as `email` and says whether it may go on: ten in
 * five minutes. It stands beside the limit per address, which an attacker with
 * many addresses, or a forged `x-forwarded-for`, walks around. The key is a
 * hash, so the table holds no e-mail of people who only mistyped.
 */
export async function takeSignInAttempt(db: Db, email: string, now: Date): Promise<boolean> {
  const digest = createHash("sha256").update(email.trim().toLowerCase()).digest("hex");
  const nowMs = now.getTime();
  const rows = await db.execute<{ count: number }>(sql`
    insert into auth_rate_limit as r (id, key, count, last_request)
    values (${`email:${digest}`}, ${`email:${digest}`}, 1, ${nowMs})
    on conflict (key) do update
       set count        = case when r.last_request <= ${nowMs - WINDOW_MS} then 1 else r.count + 1 end,
           -- The window starts at its first attempt: hammering must not extend it for the owner.
           last_request = case when r.last_request <= ${nowMs - WINDOW_MS} then ${nowMs} else r.last_request end
    returning count`);
  return Number(rows[0]?.count ?? 1) <= ATTEMPTS;
}

import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";

const MINUTE_MS = 60_000;

/**
 * Each with its own count. The narrow one stops guessing at an account from one
 * place, and leaves its owner, who is elsewhere, alone; the wide one stops it
 * from many places. The limit per address alone is better-auth's.
 */
const LIMITS = {
  accountAndAddress: { attempts: 10, windowMs: 5 * MINUTE_MS },
  account: { attempts: 60, windowMs: 15 * MINUTE_MS },
} as const;

/**
 * Counts an attempt to sign in as `email` from `address` and says whether it
 * may go on. Keys are hashes, so the table holds no e-mail of people who only
 * mistyped.
 */
export async function takeSignInAttempt(
  db: Db,
  { email, address }: { readonly email: string; readonly address: string | null },
  now: Date,
): Promise<boolean> {
  const account = email.trim().toLowerCase();
  const narrow = await take(db, `${account} ${address ?? ""}`, LIMITS.accountAndAddress, now);
  // What the narrow limit has stopped must not use up the wide one for the owner.
  return narrow && take(db, account, LIMITS.account, now);
}

/** Whether another reset may be mailed: three an hour to an account, thirty from an address. */
export async function takeResetMail(
  db: Db,
  { email, address }: { readonly email: string; readonly address: string | null },
  now: Date,
): Promise<boolean> {
  const windowMs = 60 * MINUTE_MS;
  const wide = await take(db, `reset from ${address ?? ""}`, { attempts: 30, windowMs }, now);
  return wide && take(db, `reset of ${email}`, { attempts: 3, windowMs }, now);
}

/**
 * Takes a one-time code for used up: whatever it is, it is tried once in the
 * time in which it could be right (ASVS 6.5.1).
 */
export async function takeCode(db: Db, userId: string, code: string, now: Date): Promise<boolean> {
  return take(db, `code ${userId} ${code}`, { attempts: 1, windowMs: 2 * MINUTE_MS }, now);
}

async function take(
  db: Db,
  what: string,
  { attempts, windowMs }: { readonly attempts: number; readonly windowMs: number },
  now: Date,
): Promise<boolean> {
  const key = `outlay:${createHash("sha256").update(what).digest("hex")}`;
  const nowMs = now.getTime();
  const rows = await db.execute<{ count: number }>(sql`
    insert into auth_rate_limit as r (id, key, count, last_request)
    values (${key}, ${key}, 1, ${nowMs})
    on conflict (key) do update
       set count        = case when r.last_request <= ${nowMs - windowMs} then 1 else r.count + 1 end,
           -- The window starts at its first attempt: hammering must not extend it for the owner.
           last_request = case when r.last_request <= ${nowMs - windowMs} then ${nowMs} else r.last_request end
    returning count`);
  return Number(rows[0]?.count ?? 1) <= attempts;
}

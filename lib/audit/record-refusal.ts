import type { Db } from "#lib/db/client.ts";
import type { AuditActor } from "./actor.ts";
import { recordAudit } from "./record-audit.ts";

/** Whoever is refused the same thing again and again is written down once in this time. */
const QUIET_MS = 10 * 60_000;
const MOST_REMEMBERED = 5_000;
const told = new Map<string, number>();

/**
 * Puts on record that somebody who is known asked for what they may not do
 * (ASVS 16.3.2). A loop of such requests does not fill the log.
 *
 * @param asked For example `POST /api/v1/prices`, or the roles it takes.
 */
export async function recordRefusal(
  db: Pick<Db, "execute">,
  actor: AuditActor,
  asked: string,
  now: Date,
): Promise<void> {
  const key = `${actor.kind} ${actor.id} ${asked}`;
  const last = told.get(key);
  if (last !== undefined && now.getTime() - last < QUIET_MS) return;
  if (told.size >= MOST_REMEMBERED) told.clear();
  told.set(key, now.getTime());
  await recordAudit(db, {
    actor,
    action: "access.refused",
    target: { kind: "address", id: asked },
    result: "refused",
  });
}

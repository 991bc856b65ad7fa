import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Db } from "#lib/db/client.ts";
import { cliActor } from "./cli-actor.ts";
import type { Call } from "./command.ts";

/** Puts on record that a file was written on the machine, as the API does with downloads. */
export async function recordExport(
  db: Db,
  what: string,
  { options }: Call,
  rows: number,
): Promise<void> {
  await recordAudit(db, {
    ...{ actor: cliActor(), action: "file.exported", target: { kind: "command", id: what } },
    after: { asked: { ...options }, rows },
  });
}

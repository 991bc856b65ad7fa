import { revokeKey } from "#lib/access/keys.ts";
import { AppError } from "#lib/errors.ts";
import { cliActor } from "./cli-actor.ts";
import type { Command } from "./command.ts";
import { withDatabase } from "./command-database.ts";

/** Ends a key at once. */
export const keyRevoke: Command = {
  usage: "key revoke ID",
  words: [1, 1],
  run: async (call) => {
    const [id = ""] = call.words;
    const isDone = await withDatabase(call.config, ({ db }) =>
      revokeKey(db, cliActor(), id, new Date()),
    );
    if (!isDone) throw new AppError(`there is no key ${id} in force`, { code: "not_found" });
    return { line: `revoked key ${id}`, data: { id, revoked: true }, exitCode: 0 };
  },
};

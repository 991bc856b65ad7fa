import { rotateKey } from "#lib/access/rotate-key.ts";
import { AppError } from "#lib/errors.ts";
import { cliActor } from "./cli-actor.ts";
import { type Command, text } from "./command.ts";
import { withDatabase } from "./command-database.ts";

const HOUR_MS = 3_600_000;

/** Gives a key a new secret and prints it; the old one works for some hours more. */
export const keyRotate: Command = {
  usage: "key rotate ID [--overlap-hours N]",
  options: { "overlap-hours": { type: "string" } },
  words: [1, 1],
  run: async (call) => {
    const [id = ""] = call.words;
    const hours = text(call, "overlap-hours") ?? "24";
    if (!/^\d{1,3}$/.test(hours)) {
      throw new AppError("--overlap-hours must be 0 to 720", { code: "invalid" });
    }
    const now = new Date();
    const oldUntil = hours === "0" ? null : new Date(now.getTime() + Number(hours) * HOUR_MS);
    const { kind, secret } = await withDatabase(call.config, ({ db }) =>
      rotateKey(db, cliActor(), id, { oldUntil, now }),
    );
    const old =
      oldUntil === null ? "the old one has ended" : `the old one until ${oldUntil.toISOString()}`;
    return {
      line: `${kind} key ${id} has a new secret (${old}), shown this once: ${secret}`,
      data: { id, kind, secret, old_until: oldUntil?.toISOString() ?? null },
      exitCode: 0,
    };
  },
};

import { listKeys } from "#lib/access/list-keys.ts";
import type { Command } from "./command.ts";
import { withDatabase } from "./command-database.ts";
import { tableLines } from "./table-lines.ts";

/** Shows all keys, never their secrets. */
export const keyList: Command = {
  usage: "key list",
  run: async (call) => {
    const keys = await withDatabase(call.config, ({ sql }) => listKeys(sql, new Date()));
    const day = (at: Date | null) => at?.toISOString().slice(0, 10) ?? "";
    return {
      details: tableLines([
        ["ID", "KIND", "STATE", "TEAM", "ROLE", "SCOPES", "LAST USED", "EXPIRES", "LABEL"],
        ...keys.map((key) => [
          ...[key.id, key.kind, key.state, key.team ?? "", key.role ?? "", key.scopes.join(",")],
          ...[day(key.lastUsedAt), day(key.expiresAt), key.label],
        ]),
      ]),
      line: `${keys.length} keys`,
      data: { keys },
      exitCode: 0,
    };
  },
};

import { writeFile } from "node:fs/promises";
import { writeHrFile } from "#lib/organization/hr-file.ts";
import { membersByEmail } from "#lib/organization/people.ts";
import { type Command, text } from "./command.ts";
import { withDatabase } from "./command-database.ts";
import { recordExport } from "./record-export.ts";

/** Writes who works in which team from when to when, as `people import` reads it. */
export const peopleExport: Command = {
  usage: "people export [--out FILE]",
  options: { out: { type: "string" } },
  run: async (call) => {
    const { people, rows } = await withDatabase(call.config, async ({ sql, db }) => {
      const people = await membersByEmail(sql, "all");
      const rows = people.reduce((sum, { memberships }) => sum + memberships.length, 0);
      await recordExport(db, "people export", call, rows);
      return { people, rows };
    });
    const file = writeHrFile(people, "data");
    const out = text(call, "out");
    if (out === null && !call.json) process.stdout.write(file);
    else if (out !== null) await writeFile(out, file);
    return {
      line: out === null ? "" : `wrote ${rows} lines to ${out}`,
      data: { people, rows, file: out },
      exitCode: 0,
    };
  },
};

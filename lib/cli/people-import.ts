import { readFile, stat } from "node:fs/promises";
import { AppError } from "#lib/errors.ts";
import { type ImportedPeople, importPeople } from "#lib/organization/import-people.ts";
import { cliEditor } from "./cli-actor.ts";
import type { Command, Outcome } from "./command.ts";
import { withDatabase } from "./command-database.ts";

const MOST_BYTES = 64_000_000;
const MOST_LINES = 50;

/** Brings an HR export into the organisation: who works in which team from when to when. */
export const peopleImport: Command = {
  usage: "people import FILE [--dry-run] [--create-teams]",
  words: [1, 1],
  options: { "dry-run": { type: "boolean" }, "create-teams": { type: "boolean" } },
  run: async (call) => {
    const [path = ""] = call.words;
    const text = await contentOf(path);
    const by = cliEditor();
    const isRehearsal = call.options["dry-run"] === true;
    const imported = await withDatabase(call.config, ({ sql }) =>
      importPeople(sql, { by, now: new Date() }, text, {
        isRehearsal,
        makesTeams: call.options["create-teams"] === true,
      }),
    );
    return outcomeOf(imported, path, isRehearsal);
  },
};

function outcomeOf(imported: ImportedPeople, path: string, isRehearsal: boolean): Outcome {
  const { mistakes, newTeams, added, changed, unchanged, isApplied } = imported;
  const isWrong = mistakes.length > 0;
  const verb = isApplied ? "imported" : isWrong ? "nothing imported:" : "would import";
  const counts = `${added.length} new people, ${changed.length} changed, ${unchanged} as they were, ${newTeams.length} new teams`;
  return {
    details: [
      ...firstOf(mistakes.map(({ line, detail }) => `line ${line}: ${detail}`)),
      ...firstOf(changed.map(({ after }) => `changes ${after.email}`)),
    ],
    line: `${path}: ${verb} ${counts}${isWrong ? `, ${mistakes.length} mistakes` : ""}`,
    data: {
      ...{ file: path, dry_run: isRehearsal, applied: isApplied },
      ...{ added: added.length, changed: changed.length, unchanged },
      new_teams: newTeams.map(({ slug }) => slug),
      mistakes,
    },
    exitCode: isWrong ? 1 : 0,
  };
}

function firstOf(lines: readonly string[]): string[] {
  const more = lines.length - MOST_LINES;
  return [...lines.slice(0, MOST_LINES), ...(more > 0 ? [`and ${more} more`] : [])];
}

async function contentOf(path: string): Promise<string> {
  try {
    if ((await stat(path)).size > MOST_BYTES) {
      throw new AppError(`${path} is larger than an HR export can be`, { code: "too_large" });
    }
    return await readFile(path, "utf8");
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError(`cannot read ${path}`, { code: "invalid", cause });
  }
}

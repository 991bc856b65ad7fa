import { readFile, stat } from "node:fs/promises";
import { COMMAND_LINE } from "#lib/audit/actor.ts";
import { readRateFile } from "#lib/currency/rate-file.ts";
import { importRates, type RateImport } from "#lib/currency/rate-store.ts";
import { AppError } from "#lib/errors.ts";
import type { Command } from "./command.ts";
import { withDatabase } from "./command-database.ts";

const MOST_BYTES = 64_000_000;
const MOST_LINES = 50;

/** Records exchange rates of a file: the ECB's, or date,currency,rate. */
export const currencyImport: Command = {
  usage: "currency import FILE [--dry-run]",
  words: [1, 1],
  options: { "dry-run": { type: "boolean" } },
  run: async ({ words, options, config }) => {
    const [path = ""] = words;
    const file = readRateFile(await contentOf(path));
    const isRehearsal = options["dry-run"] === true;
    const done = await withDatabase(config, ({ sql }) =>
      importRates(sql, file, { by: COMMAND_LINE, isRehearsal }),
    );
    return {
      details: mistakeLines(done, path),
      line: lineOf(done, path),
      data: { file: path, dry_run: isRehearsal, ...done },
      exitCode: done.mistakes.length > 0 ? 1 : 0,
    };
  },
};

function mistakeLines({ mistakes }: RateImport, path: string): string[] {
  const more = mistakes.length - MOST_LINES;
  return [
    ...mistakes
      .slice(0, MOST_LINES)
      .map(({ line, reason }) => `${path}${line === null ? "" : `:${line}`}: ${reason}`),
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
}

function lineOf(done: RateImport, path: string): string {
  const { added, corrected, unchanged, mistakes, firstDate, lastDate, isApplied } = done;
  if (mistakes.length > 0) return `${path}: recorded nothing, ${mistakes.length} mistakes`;
  const verb = isApplied ? "recorded" : "would record";
  const counts = `${added} new, ${corrected} corrected, ${unchanged} unchanged`;
  return `${path}: ${verb} rates of ${firstDate} to ${lastDate}: ${counts}`;
}

async function contentOf(path: string): Promise<string> {
  try {
    if ((await stat(path)).size > MOST_BYTES) {
      throw new AppError(`${path} is larger than a rate file can be`, { code: "too_large" });
    }
    return await readFile(path, "utf8");
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError(`cannot read ${path}`, { code: "invalid", cause });
  }
}

import { readFile, stat } from "node:fs/promises";
import { COMMAND_LINE } from "#lib/audit/actor.ts";
import { AppError } from "#lib/errors.ts";
import { describeRate, IMPORT_MODES } from "#lib/price-book/plan-import.ts";
import { PRICE_FORMATS } from "#lib/price-book/price-file-formats.ts";
import { readPriceFile } from "#lib/price-book/read-price-file.ts";
import { type Imported, importPrices } from "#lib/price-book/record-prices.ts";
import { type Call, type Command, type Outcome, text } from "./command.ts";
import { withDatabase } from "./command-database.ts";

const MOST_BYTES = 64_000_000;
const MOST_LINES = 50;

/** Records the prices of a file: ours (JSON, CSV), LiteLLM's or models.dev's. */
export const pricesImport: Command = {
  usage:
    "prices import FILE [--format outlay|litellm|models.dev] [--mode missing|all] [--from ISO] [--dry-run] [--accept-changes]",
  words: [1, 1],
  options: {
    format: { type: "string" },
    mode: { type: "string" },
    from: { type: "string" },
    "dry-run": { type: "boolean" },
    "accept-changes": { type: "boolean" },
  },
  run: async (call) => {
    const [path = ""] = call.words;
    const now = new Date();
    const read = readPriceFile(await contentOf(path), choice(call, "format", PRICE_FORMATS), {
      effectiveFrom: momentOf(call) ?? now,
      today: now.toISOString().slice(0, 10),
    });
    const isRehearsal = call.options["dry-run"] === true;
    const imported = await withDatabase(call.config, ({ sql }) =>
      importPrices(
        sql,
        read,
        {
          mode:
            choice(call, "mode", IMPORT_MODES) ?? (read.format === "outlay" ? "all" : "missing"),
          isRehearsal,
          acceptChanges: call.options["accept-changes"] === true,
        },
        COMMAND_LINE,
        now,
      ),
    );
    return outcomeOf(imported, path, isRehearsal, call.options["accept-changes"] === true);
  },
};

function outcomeOf(
  imported: Imported,
  path: string,
  isRehearsal: boolean,
  isAccepted: boolean,
): Outcome {
  const { added, unchanged, differing, refused, suspicious, isApplied } = imported;
  const isHeld = suspicious.length > 0 && !isAccepted;
  const verb = isApplied ? "recorded" : isHeld ? "held" : "would record";
  const hint = isHeld ? "; look at what is suspicious and add --accept-changes" : "";
  return {
    details: [
      ...lines(
        "suspicious",
        suspicious.map(({ where, reason }) => `${where}: ${reason}`),
      ),
      ...lines(
        "refused",
        refused.map(({ where, reason }) => `${where}: ${reason}`),
      ),
      ...lines(
        "priced otherwise",
        differing.map(({ rate, before }) => `${describeRate(rate)}: ${before}`),
      ),
    ],
    line: `${path}: ${verb} ${added.length} prices, ${unchanged} unchanged, ${differing.length} priced otherwise and left, ${refused.length} refused, ${suspicious.length} suspicious${hint}`,
    data: {
      file: path,
      dry_run: isRehearsal,
      applied: isApplied,
      ...{ added: added.length, unchanged, differing: differing.length },
      ...{ refused, suspicious },
    },
    exitCode:
      isHeld || (added.length + unchanged + differing.length === 0 && refused.length > 0) ? 1 : 0,
  };
}

function lines(title: string, all: readonly string[]): string[] {
  const more = all.length - MOST_LINES;
  return [
    ...all.slice(0, MOST_LINES).map((line) => `${title}: ${line}`),
    ...(more > 0 ? [`${title}: and ${more} more`] : []),
  ];
}

async function contentOf(path: string): Promise<string> {
  try {
    if ((await stat(path)).size > MOST_BYTES) {
      throw new AppError(`${path} is larger than a price file can be`, { code: "too_large" });
    }
    return await readFile(path, "utf8");
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError(`cannot read ${path}`, { code: "invalid", cause });
  }
}

function choice<const T extends string>(call: Call, name: string, choices: readonly T[]): T | null {
  const given = text(call, name);
  if (given === null) return null;
  const found = choices.find((candidate) => candidate === given);
  if (found !== undefined) return found;
  throw new AppError(`--${name} must be one of ${choices.join(", ")}`, { code: "invalid" });
}

function momentOf(call: Call): Date | null {
  const given = text(call, "from");
  if (given === null) return null;
  const at = new Date(given);
  if (!Number.isNaN(at.getTime()) && /^\d{4}-\d{2}-\d{2}/.test(given)) return at;
  throw new AppError("--from must be an ISO 8601 instant or a date", { code: "invalid" });
}

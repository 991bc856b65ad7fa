import { readFile } from "node:fs/promises";
import { AppError } from "#lib/errors.ts";
import { findImportSource, IMPORT_SOURCES } from "#lib/imports/import-source.ts";
import { parseImport } from "#lib/imports/parse-import.ts";
import type { TelemetryOverlap } from "#lib/ingest/import-overlap.ts";
import { loadIngestPlan } from "#lib/ingest/ingest-plan.ts";
import { type ImportSummary, type ModelSums, storeImport } from "#lib/ingest/store-import.ts";
import { cliActor } from "./cli-actor.ts";
import type { Command, Outcome } from "./command.ts";
import { withDatabase } from "./command-database.ts";
import { tableLines } from "./table-lines.ts";

/** Longer files do not fit a string of the engine; no provider exports such. */
const MOST_BYTES = 500_000_000;
const MOST_ERROR_LINES = 50;

/** Brings a provider's export into the ledger, whole or not at all. */
export const importFile: Command = {
  usage: "import SOURCE FILE [--dry-run]",
  options: { "dry-run": { type: "boolean" } },
  words: [2, 2],
  run: async ({ words, options, config }) => {
    const [name = "", path = ""] = words;
    const source = findImportSource(name);
    if (source === null) {
      throw new AppError(`SOURCE must be one of ${IMPORT_SOURCES.join(", ")}`, { code: "invalid" });
    }
    const { events, errors } = parseImport(source, await readText(path));
    if (errors.length > 0) return refused(path, errors);
    const isRehearsal = options["dry-run"] === true;
    const summary = await withDatabase(config, async ({ sql }) => {
      const plan = await loadIngestPlan(sql);
      const options = { receivedAtMs: Date.now(), isRehearsal, by: cliActor(), source };
      return storeImport(sql, plan, events, options);
    });
    return {
      details: [
        ...(isRehearsal ? modelLines(summary.models) : []),
        ...overlapLines(summary.overlaps, isRehearsal),
      ],
      line: lineOf(summary, isRehearsal),
      data: {
        source,
        file: path,
        dry_run: isRehearsal,
        new: summary.stored,
        already_there: summary.repeated,
        not_counted: summary.notCounted,
        models: summary.models.map(({ provider, model, sums }) => ({ provider, model, ...sums })),
        possible_overlaps: summary.overlaps,
        errors: [],
      },
      exitCode: 0,
    };
  },
};

async function readText(path: string): Promise<string> {
  try {
    const bytes = await readFile(path);
    if (bytes.byteLength > MOST_BYTES) {
      throw new AppError(`${path} is larger than 500 MB; split it`, { code: "too_large" });
    }
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const why = cause instanceof TypeError ? "is not UTF-8" : `cannot be read: ${String(cause)}`;
    throw new AppError(`${path} ${why}`, { code: "invalid", cause });
  }
}

function refused(
  path: string,
  errors: readonly { readonly line: number; readonly message: string }[],
): Outcome {
  const shown = errors.slice(0, MOST_ERROR_LINES);
  const more = errors.length - shown.length;
  return {
    details: [
      ...shown.map(({ line, message }) => `${path}:${line}: ${message}`),
      ...(more === 0 ? [] : [`and ${more} more`]),
    ],
    line: `imported nothing: ${errors.length} bad ${errors.length === 1 ? "row" : "rows"}`,
    data: { file: path, new: 0, already_there: 0, errors },
    exitCode: 1,
  };
}

function lineOf({ stored, repeated, notCounted }: ImportSummary, isRehearsal: boolean): string {
  const verb = isRehearsal ? "would import" : "imported";
  const uncounted =
    notCounted === 0 ? "" : `; ${notCounted} of them not counted, because telemetry tells them`;
  return `${verb} ${stored} new rows, ${repeated} already there${uncounted}`;
}

/** The same usage told twice would be billed twice; nobody but the importer can know. */
function overlapLines(overlaps: readonly TelemetryOverlap[], isRehearsal: boolean): string[] {
  return overlaps.map(({ provider, model, days, calls, tokens, cost }) => {
    const told = `${calls} calls, ${tokens} tokens, $${cost} in ${days} of the file's days`;
    const what = isRehearsal ? "would count" : "count";
    return `warning: telemetry tells of ${provider ?? "-"} ${model ?? "-"} too: ${told}; if these are the same calls, they ${what} twice`;
  });
}

const COLUMNS = [
  "model_calls",
  "input_uncached",
  "cache_read",
  "cache_write_5m",
  "cache_write_1h",
  "output",
  "cost",
  "unpriced_calls",
] as const;

function modelLines(models: readonly ModelSums[]): string[] {
  if (models.length === 0) return [];
  return tableLines([
    ["provider", "model", ...COLUMNS],
    ...models.map(({ provider, model, sums }) => [
      provider ?? "-",
      model ?? "-",
      ...COLUMNS.map((column) => sums[column] ?? "0"),
    ]),
  ]);
}

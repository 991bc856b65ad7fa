import type { UsageEvent } from "#lib/usage/usage-event.ts";
import { anthropicRows } from "./anthropic.ts";
import { CsvSyntaxError } from "./csv-reader.ts";
import { cursorRows } from "./cursor.ts";
import { genericRows } from "./generic-csv.ts";
import { googleBillingRows } from "./google-billing.ts";
import { RowError } from "./import-row.ts";
import type { ImportError, ImportResult, ImportSource } from "./import-source.ts";
import { JsonSyntaxError } from "./json-reader.ts";
import { litellmRows } from "./litellm.ts";
import { openaiRows } from "./openai.ts";

/** A row that is yet to be read; `read` throws RowError, and returns null for what is no usage. */
export type PendingRow = { readonly line: number; readonly read: () => UsageEvent | null };

const READERS: Readonly<Record<ImportSource, (text: string) => Iterable<PendingRow>>> = {
  openai: openaiRows,
  anthropic: anthropicRows,
  cursor: cursorRows,
  "google-billing": googleBillingRows,
  litellm: litellmRows,
  csv: genericRows,
};

/**
 * Reads a provider's export into usage events. Pure: the same file gives the
 * same events with the same identities, so importing it again adds nothing.
 *
 * Two rows of one identity are taken once when they are alike; when they
 * differ, the second is an error, because one of the two figures is wrong.
 */
export function parseImport(source: ImportSource, text: string): ImportResult {
  const events = new Map<string, UsageEvent>();
  const errors: ImportError[] = [];
  try {
    for (const { line, read } of READERS[source](text)) {
      const problem = readInto(events, read);
      if (problem !== null) errors.push({ line, message: problem });
    }
  } catch (error) {
    errors.push(fileError(error));
  }
  return { events: [...events.values()], errors };
}

function readInto(events: Map<string, UsageEvent>, read: PendingRow["read"]): string | null {
  try {
    const event = read();
    if (event === null) return null;
    const earlier = events.get(event.identity);
    if (earlier === undefined) events.set(event.identity, event);
    else if (JSON.stringify(earlier) !== JSON.stringify(event)) {
      return "the row repeats an earlier one with other figures";
    }
    return null;
  } catch (error) {
    if (error instanceof RowError) return error.message;
    throw error;
  }
}

/** What makes the file as a whole unreadable; anything else is a bug and goes on. */
function fileError(error: unknown): ImportError {
  if (error instanceof CsvSyntaxError || error instanceof JsonSyntaxError) {
    return { line: error.line, message: error.message };
  }
  if (error instanceof RowError) return { line: 1, message: error.message };
  throw error;
}

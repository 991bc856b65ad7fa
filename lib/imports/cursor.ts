import type { Tokens } from "#lib/usage/tokens.ts";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import { readTable, requireColumns } from "./csv-table.ts";
import { attributesOf, importEvent, present } from "./import-event.ts";
import {
  asRow,
  type Row,
  RowError,
  readAmount,
  readCount,
  readRow,
  readText,
  readTime,
  readUnixTime,
  requireText,
} from "./import-row.ts";
import { readJson } from "./json-reader.ts";
import type { PendingRow } from "./parse-import.ts";

const WITH_WRITE = "Input (w/ Cache Write)";
const WITHOUT_WRITE = "Input (w/o Cache Write)";
const REQUIRED = [
  "Date",
  "Kind",
  "Model",
  WITH_WRITE,
  WITHOUT_WRITE,
  "Cache Read",
  "Output Tokens",
];

/** Words in the place of an amount: nothing is charged for the row. */
const NOT_CHARGED = /^(included|free|-|no charge)?$/i;

/**
 * Cursor's usage events: the dashboard's CSV, or the Admin API's
 * `/teams/filtered-usage-events` (cursor.com/docs/account/teams/admin-api).
 *
 * Events have no id, so time, user, model and tokens name one; the CSV and the
 * API name the same event alike.
 */
export function* cursorRows(text: string): Generator<PendingRow> {
  if (/^\ufeff?\s*[[{]/.test(text)) yield* apiRows(text);
  else yield* csvRows(text);
}

function* apiRows(text: string): Generator<PendingRow> {
  let line = 0;
  for (const { value } of readJson(text)) {
    for (const page of Array.isArray(value) ? value : [value]) {
      const events = asRow(page, "the export").usageEvents;
      if (!Array.isArray(events)) throw new RowError('the export has no list "usageEvents"');
      for (const event of events) {
        line += 1;
        yield { line, read: () => readApiEvent(asRow(event, "an event")) };
      }
    }
  }
}

function readApiEvent(row: Row): UsageEvent {
  const hasTokens = row.tokenUsage !== undefined && row.tokenUsage !== null;
  const usage = readRow(row, "tokenUsage");
  const charged = readAmount(row, "chargedCents", -2);
  return cursorEvent({
    timeMs: readUnixTime(row, "timestamp", "milliseconds"),
    user: readText(row, "userEmail"),
    model: requireText(row, "model"),
    kind: readText(row, "kind") ?? readText(row, "kindLabel") ?? "",
    tokens: hasTokens
      ? cursorTokens({
          input: readCount(usage, "inputTokens"),
          read: readCount(usage, "cacheReadTokens"),
          write: readCount(usage, "cacheWriteTokens"),
          output: readCount(usage, "outputTokens"),
        })
      : null,
    charged,
    attributes: {
      cloud_agent_id: readText(row, "cloudAgentId"),
      model_cost_usd: readAmount(usage, "totalCents", -2),
      max_mode: flag(row.maxMode),
      headless: flag(row.isHeadless),
      requests_costs: readAmount(row, "requestsCosts"),
    },
  });
}

function* csvRows(text: string): Generator<PendingRow> {
  const table = readTable(text);
  requireColumns(table, REQUIRED);
  for (const { line, read } of table.rows) yield { line, read: () => readCsvEvent(read()) };
}

function readCsvEvent(row: Row): UsageEvent {
  const cost = readText(row, "Cost") ?? "";
  const amount = cost.replace(/^\$/, "");
  return cursorEvent({
    timeMs: readTime(row, "Date"),
    user: readText(row, "User"),
    model: requireText(row, "Model"),
    kind: readText(row, "Kind") ?? "",
    tokens: readColumns(row),
    charged: NOT_CHARGED.test(cost) ? "0" : readAmount({ Cost: amount }, "Cost"),
    attributes: {
      cloud_agent_id: readText(row, "Cloud Agent ID"),
      automation_id: readText(row, "Automation ID"),
      max_mode: readText(row, "Max Mode"),
    },
  });
}

/**
 * "Input (w/ Cache Write)" holds the cache writes alone in some exports and
 * the whole input in others; the row's total tells which.
 */
function readColumns(row: Row): Tokens {
  const withWrite = readCount(row, WITH_WRITE);
  const input = readCount(row, WITHOUT_WRITE);
  const rest = { read: readCount(row, "Cache Read"), output: readCount(row, "Output Tokens") };
  const outside = readCount(row, "Total Tokens") - rest.read - rest.output;
  if (withWrite + input === outside) return cursorTokens({ ...rest, input, write: withWrite });
  if (withWrite === outside && withWrite >= input) {
    return cursorTokens({ ...rest, input, write: withWrite - input });
  }
  throw new RowError("the token columns do not add up to Total Tokens");
}

function cursorTokens(given: {
  input: number;
  read: number;
  write: number;
  output: number;
}): Tokens {
  return {
    input_uncached: given.input,
    cache_read: given.read,
    cache_write_5m: given.write,
    cache_write_1h: 0,
    output: given.output,
    reasoning: 0,
  };
}

type CursorEvent = {
  readonly timeMs: number;
  readonly user: string | null;
  readonly model: string;
  readonly kind: string;
  readonly tokens: Tokens | null;
  readonly charged: string | null;
  readonly attributes: Readonly<Record<string, string | null>>;
};

function cursorEvent(event: CursorEvent): UsageEvent {
  const { tokens, charged, kind } = event;
  const errored = /error|abort/i.test(kind);
  return importEvent({
    source: "cursor",
    service: "cursor",
    key: [event.timeMs, event.user?.toLowerCase() ?? null, event.model, ...tokenKey(tokens)],
    startedAtMs: event.timeMs,
    calls: 1,
    provider: "cursor",
    model: event.model,
    tokens,
    status: errored ? "error" : "ok",
    errorType: errored ? kind : null,
    funding: isCharged(charged, kind) ? "api" : "plan",
    reportedCost: charged,
    flags: flagsOf(tokens),
    identityOf: present({ user: event.user }),
    attributes: attributesOf({ kind: kind === "" ? null : kind, ...event.attributes }),
  });
}

/** Without an amount the kind decides: what is included or free is part of the seat. */
function isCharged(charged: string | null, kind: string): boolean {
  if (charged !== null && charged !== "0") return true;
  return charged === null && !/included|free|no charge/i.test(kind);
}

function flagsOf(tokens: Tokens | null): UsageEvent["flags"] {
  if (tokens === null) return ["usage_missing"];
  return tokens.cache_write_5m > 0 ? ["assumed_ttl"] : [];
}

function tokenKey(tokens: Tokens | null): (number | null)[] {
  if (tokens === null) return [null];
  return [tokens.input_uncached, tokens.cache_read, tokens.cache_write_5m, tokens.output];
}

function flag(value: unknown): string | null {
  return typeof value === "boolean" ? String(value) : null;
}

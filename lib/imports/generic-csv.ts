import type { Tokens } from "#lib/usage/tokens.ts";
import { TOKEN_CLASSES } from "#lib/usage/tokens.ts";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import { readTable, requireColumns } from "./csv-table.ts";
import { importEvent, present } from "./import-event.ts";
import {
  type Row,
  RowError,
  readAmount,
  readOptionalCount,
  readText,
  readTime,
  requireText,
} from "./import-row.ts";
import type { PendingRow } from "./parse-import.ts";

const IDENTITY = [
  "session",
  "user",
  "agent",
  "workflow",
  "project",
  "environment",
  "organization",
  "repository",
] as const;

const COLUMNS: ReadonlySet<string> = new Set([
  "id",
  "time",
  "kind",
  "provider",
  "model",
  "request_model",
  "operation",
  "tier",
  "speed",
  "region",
  "calls",
  ...TOKEN_CLASSES.map((name) => `${name}_tokens`),
  "web_search_requests",
  "tool",
  "status",
  "error_type",
  "attempt",
  "duration_ms",
  "response_id",
  "reported_cost",
  "funding",
  "service",
  ...IDENTITY,
]);

/**
 * Outlay's own CSV (docs/imports.md): `id`, `time` and the columns that apply;
 * `attr.NAME` columns become attributes for allocation rules. The token columns
 * are those of the usage export. Unknown columns are refused, for a misspelt
 * one would lose its figures without a word.
 */
export function* genericRows(text: string): Generator<PendingRow> {
  const table = readTable(text);
  requireColumns(table, ["id", "time"]);
  const unknown = table.columns.filter((name) => !COLUMNS.has(name) && !/^attr\../.test(name));
  if (unknown.length > 0) throw new RowError(`unknown column ${unknown.join(", ")}`);
  for (const { line, read } of table.rows) yield { line, read: () => readRecord(read()) };
}

function readRecord(row: Row): UsageEvent {
  const kind = oneOf(row, "kind", ["model_call", "tool_call"] as const);
  const responseId = readText(row, "response_id");
  const calls = readOptionalCount(row, "calls") ?? 1;
  const searches = readOptionalCount(row, "web_search_requests") ?? 0;
  const tokens = readTokens(row);
  const model = kind === "model_call" ? requireText(row, "model") : readText(row, "model");
  return importEvent({
    source: "csv",
    key: [requireText(row, "id")],
    startedAtMs: readTime(row, "time"),
    durationMs: readOptionalCount(row, "duration_ms"),
    kind,
    witness: calls === 1 ? "call" : "aggregate",
    calls,
    responseIds: responseId === null ? [] : [responseId],
    provider: readText(row, "provider"),
    model,
    requestModel: readText(row, "request_model"),
    operation: readText(row, "operation") ?? (kind === "model_call" ? "chat" : "execute_tool"),
    tier: readText(row, "tier"),
    speed: readText(row, "speed"),
    region: readText(row, "region"),
    tokens,
    flags: tokens === null && kind === "model_call" ? ["usage_missing"] : [],
    units: searches > 0 ? { web_search_requests: searches } : {},
    tool: kind === "tool_call" ? requireText(row, "tool") : readText(row, "tool"),
    status: oneOf(row, "status", ["ok", "error", "rejected"] as const),
    errorType: readText(row, "error_type"),
    attempt: readOptionalCount(row, "attempt"),
    reportedCost: readAmount(row, "reported_cost"),
    funding: oneOf(row, "funding", ["api", "plan"] as const),
    service: readText(row, "service") ?? "import",
    identityOf: present(Object.fromEntries(IDENTITY.map((name) => [name, readText(row, name)]))),
    attributes: readAttributes(row),
  });
}

/** Null when every token column is empty or absent: missing is not zero. */
function readTokens(row: Row): Tokens | null {
  const given = TOKEN_CLASSES.map(
    (name) => [name, readOptionalCount(row, `${name}_tokens`)] as const,
  );
  if (given.every(([, count]) => count === null)) return null;
  const tokens = Object.fromEntries(given.map(([name, count]) => [name, count ?? 0])) as Tokens;
  if (tokens.reasoning > tokens.output) {
    throw new RowError("reasoning_tokens exceed output_tokens, of which they are a part");
  }
  return tokens;
}

function readAttributes(row: Row): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const name of Object.keys(row)) {
    const value = name.startsWith("attr.") ? readText(row, name) : null;
    if (value !== null) attributes[name.slice("attr.".length)] = value;
  }
  return attributes;
}

/** The first choice when the column is empty. */
function oneOf<Choice extends string>(
  row: Row,
  key: string,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  const text = readText(row, key);
  const found = text === null ? choices[0] : choices.find((choice) => choice === text);
  if (found === undefined) throw new RowError(`${key} is none of ${choices.join(", ")}`);
  return found;
}

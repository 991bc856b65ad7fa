import type { UsageEvent } from "#lib/usage/usage-event.ts";
import { attributesOf, importEvent, present } from "./import-event.ts";
import {
  asRow,
  type Row,
  RowError,
  readAmount,
  readCount,
  readOptionalCount,
  readRow,
  readText,
  readUnixTime,
} from "./import-row.ts";
import type { PendingRow } from "./parse-import.ts";
import { reportRows } from "./report-buckets.ts";

/** What OpenAI's other usage endpoints count instead of tokens. */
const UNITS = {
  images: "images",
  characters: "characters",
  seconds: "audio_seconds",
  num_sessions: "code_interpreter_sessions",
  usage_bytes: "vector_store_bytes",
} as const;

const OPERATIONS: ReadonlyMap<string, string> = new Map([
  ["completions", "chat"],
  ["embeddings", "embeddings"],
]);

/**
 * OpenAI's `/v1/organization/usage/*` and `/v1/organization/costs`
 * (platform.openai.com/docs/api-reference/usage). `input_tokens` includes
 * cached reads and cache writes; dimensions that were not grouped by are null.
 *
 * Counts are left out of the identity: the bucket of today grows until it ends.
 */
export function* openaiRows(text: string): Generator<PendingRow> {
  for (const { line, bucket, result } of reportRows(text)) {
    yield { line, read: () => readResult(bucket, asRow(result, "a result")) };
  }
}

function readResult(bucket: Row, result: Row): UsageEvent {
  return result.amount === undefined ? readUsage(bucket, result) : readCost(bucket, result);
}

function readUsage(bucket: Row, result: Row): UsageEvent {
  const model = readText(result, "model");
  const endpoint = /usage\.(\w+)\.result/.exec(readText(result, "object") ?? "")?.[1] ?? null;
  const dimensions = readDimensions(result);
  return importEvent({
    source: "openai-usage",
    key: [endpoint, ...period(bucket), model, ...Object.values(dimensions)],
    startedAtMs: readUnixTime(bucket, "start_time", "seconds"),
    witness: "aggregate",
    calls: readCount(result, "num_model_requests"),
    provider: "openai",
    model,
    operation: OPERATIONS.get(endpoint ?? "completions") ?? endpoint ?? "chat",
    tier: tierOf(dimensions),
    tokens: readTokens(result),
    units: readUnits(result),
    identityOf: present({ project: dimensions.project_id, user: dimensions.user_id }),
    attributes: attributesOf({
      ...dimensions,
      input_audio_tokens: readOptionalCount(result, "input_audio_tokens"),
      output_audio_tokens: readOptionalCount(result, "output_audio_tokens"),
    }),
  });
}

function readTokens(result: Row) {
  const input = readCount(result, "input_tokens");
  const cached = readCount(result, "input_cached_tokens");
  const written =
    readOptionalCount(result, "input_cache_write_tokens") ??
    readCount(result, "input_cache_creation_tokens");
  if (cached + written > input) throw new RowError("cached tokens exceed input_tokens");
  return {
    input_uncached: input - cached - written,
    cache_read: cached,
    cache_write_5m: written,
    cache_write_1h: 0,
    output: readCount(result, "output_tokens"),
    reasoning: 0,
  };
}

function readUnits(result: Row): Record<string, number> {
  const units: Record<string, number> = {};
  for (const [key, unit] of Object.entries(UNITS)) {
    const count = readCount(result, key);
    if (count > 0) units[unit] = count;
  }
  return units;
}

/** A line of the bill: an amount without tokens, there to reconcile with. */
function readCost(bucket: Row, result: Row): UsageEvent {
  const amount = readRow(result, "amount");
  const currency = readText(amount, "currency") ?? "usd";
  if (currency.toLowerCase() !== "usd") throw new RowError(`the amount is in ${currency}, not USD`);
  const dimensions = readDimensions(result);
  const item = readText(result, "line_item");
  return importEvent({
    source: "openai-costs",
    key: [...period(bucket), item, ...Object.values(dimensions)],
    startedAtMs: readUnixTime(bucket, "start_time", "seconds"),
    witness: "aggregate",
    calls: 0,
    provider: "openai",
    tokens: null,
    reportedCost: readAmount(amount, "value"),
    flags: ["split_unknown"],
    identityOf: present({ project: dimensions.project_id, user: dimensions.user_id }),
    attributes: attributesOf({ ...dimensions, line_item: item }),
  });
}

function period(bucket: Row): [number, number] {
  const start = readUnixTime(bucket, "start_time", "seconds");
  return [start, readUnixTime(bucket, "end_time", "seconds")];
}

function readDimensions(result: Row) {
  const batch = result.batch;
  return {
    project_id: readText(result, "project_id"),
    user_id: readText(result, "user_id"),
    api_key_id: readText(result, "api_key_id"),
    service_tier: readText(result, "service_tier"),
    batch: typeof batch === "boolean" ? String(batch) : null,
  };
}

/** "default" is the API's word for standard; null means not grouped by, which says nothing. */
function tierOf({ batch, service_tier }: { batch: string | null; service_tier: string | null }) {
  if (batch === "true") return "batch";
  return service_tier === "default" ? "standard" : service_tier;
}

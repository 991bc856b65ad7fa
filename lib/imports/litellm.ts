import type { Tokens } from "#lib/usage/tokens.ts";
import { NO_TOKENS } from "#lib/usage/tokens.ts";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import { readTable, requireColumns } from "./csv-table.ts";
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
  readTime,
  requireText,
} from "./import-row.ts";
import { readJson } from "./json-reader.ts";
import type { PendingRow } from "./parse-import.ts";

/** LiteLLM's `custom_llm_provider` where OTel GenAI calls it otherwise. */
const PROVIDERS: Readonly<Record<string, string>> = {
  azure: "azure.ai.openai",
  azure_ai: "azure.ai.inference",
  bedrock: "aws.bedrock",
  bedrock_converse: "aws.bedrock",
  vertex_ai: "gcp.vertex_ai",
  vertex_ai_beta: "gcp.vertex_ai",
  gemini: "gcp.gemini",
  mistral: "mistral_ai",
  xai: "x_ai",
};

const OPERATIONS: readonly (readonly [RegExp, string])[] = [
  [/embedding/, "embeddings"],
  [/text_completion/, "text_completion"],
];

/**
 * LiteLLM's spend logs (docs.litellm.ai, `/spend/logs` or the table
 * LiteLLM_SpendLogs): JSON, one object a line, or CSV with `metadata` as JSON.
 * `prompt_tokens` includes the cache; its parts are in metadata.usage_object.
 * `request_id` is the provider's response id, so a call that was also traced
 * is the same call.
 */
export function* litellmRows(text: string): Generator<PendingRow> {
  if (/^\ufeff?\s*[[{]/.test(text)) yield* jsonRows(text);
  else {
    const table = readTable(text);
    requireColumns(table, ["request_id", "startTime", "prompt_tokens", "completion_tokens"]);
    for (const { line, read } of table.rows) yield { line, read: () => readLog(read()) };
  }
}

function* jsonRows(text: string): Generator<PendingRow> {
  for (const { line, value } of readJson(text)) {
    const found = Array.isArray(value) ? value : listIn(value);
    const logs = found ?? [value];
    for (const [index, log] of logs.entries()) {
      yield { line: line + index, read: () => readLog(asRow(log, "a spend log")) };
    }
  }
}

/** The UI's endpoint wraps the logs of a page in `data`. */
function listIn(value: unknown): unknown[] | null {
  const data = asRow(value, "a spend log").data;
  return Array.isArray(data) ? data : null;
}

function readLog(row: Row): UsageEvent {
  const id = requireText(row, "request_id");
  const metadata = jsonObject(row, "metadata");
  const failed = /fail|error/i.test(readText(row, "status") ?? readText(metadata, "status") ?? "");
  const cached = /^true$/i.test(readText(row, "cache_hit") ?? "");
  const startedAtMs = readTime(row, "startTime");
  const provider = readText(row, "custom_llm_provider");
  const model = readText(row, "model");
  const callType = readText(row, "call_type") ?? "";
  const usage = readTokens(row, jsonObject(metadata, "usage_object"));
  return importEvent({
    source: "litellm",
    service: "litellm",
    key: [id],
    startedAtMs,
    durationMs: readText(row, "endTime") === null ? null : readTime(row, "endTime") - startedAtMs,
    calls: 1,
    responseIds: [id],
    provider: provider === null ? null : (PROVIDERS[provider] ?? provider),
    model: withoutRoute(model, provider),
    operation: OPERATIONS.find(([pattern]) => pattern.test(callType))?.[1] ?? "chat",
    tokens: cached || failed ? NO_TOKENS : usage.tokens,
    flags: cached || failed ? [] : usage.flags,
    status: failed ? "error" : "ok",
    reportedCost: readAmount(row, "spend"),
    identityOf: present({
      user:
        readText(metadata, "user_api_key_user_email") ??
        readText(row, "user") ??
        readText(row, "end_user"),
      session: readText(row, "session_id"),
      organization: readText(row, "organization_id"),
    }),
    attributes: attributesOf({
      "metadata.user_api_key_team_id": readText(row, "team_id"),
      "metadata.user_api_key_team_alias": readText(metadata, "user_api_key_team_alias"),
      "metadata.user_api_key_alias": readText(metadata, "user_api_key_alias"),
      end_user: readText(row, "end_user"),
      model_group: readText(row, "model_group"),
      cache_hit: cached ? "true" : null,
    }),
  });
}

type Usage = { readonly tokens: Tokens | null; readonly flags: UsageEvent["flags"] };

function readTokens(row: Row, usage: Row): Usage {
  const input = readCount(row, "prompt_tokens");
  const output = readCount(row, "completion_tokens");
  if (input + output === 0) return { tokens: null, flags: ["usage_missing"] };
  const prompt = readRow(usage, "prompt_tokens_details");
  const completion = readRow(usage, "completion_tokens_details");
  const read =
    readOptionalCount(usage, "cache_read_input_tokens") ??
    readOptionalCount(prompt, "cached_tokens");
  const write =
    readOptionalCount(usage, "cache_creation_input_tokens") ??
    readCount(prompt, "cache_creation_tokens");
  if ((read ?? 0) + write > input) throw new RowError("cached tokens exceed prompt_tokens");
  const tokens = {
    input_uncached: input - (read ?? 0) - write,
    cache_read: read ?? 0,
    cache_write_5m: write,
    cache_write_1h: 0,
    output,
    reasoning: readCount(completion, "reasoning_tokens"),
  };
  if (read === null) return { tokens, flags: ["cache_unreported"] };
  return { tokens, flags: write > 0 ? ["assumed_ttl"] : [] };
}

/** "bedrock/us.anthropic.…" says the provider again. */
function withoutRoute(model: string | null, provider: string | null): string | null {
  return model !== null && provider !== null && model.startsWith(`${provider}/`)
    ? model.slice(provider.length + 1)
    : model;
}

/** An object, or the same as JSON text, which is how a CSV export holds it. */
function jsonObject(row: Row, key: string): Row {
  const value = row[key];
  if (typeof value !== "string" || value.trim() === "")
    return value === "" ? {} : readRow(row, key);
  try {
    return asRow(JSON.parse(value), key);
  } catch (cause) {
    throw new RowError(`${key} is not a JSON object`, { cause });
  }
}

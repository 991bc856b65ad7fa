import type { UsageEvent } from "#lib/usage/usage-event.ts";
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
} from "./import-row.ts";
import type { PendingRow } from "./parse-import.ts";
import { reportRows } from "./report-buckets.ts";

/**
 * Anthropic's `/v1/organizations/usage_report/messages` and `/cost_report`
 * (docs.claude.com, Usage and Cost API). The input counts are disjoint and the
 * lifetimes of cache writes are real; requests are not counted. Cost amounts
 * are decimal strings in cents. A null workspace is the default workspace.
 */
export function* anthropicRows(text: string): Generator<PendingRow> {
  for (const { line, bucket, result } of reportRows(text)) {
    yield { line, read: () => readResult(bucket, asRow(result, "a result")) };
  }
}

function readResult(bucket: Row, result: Row): UsageEvent {
  return result.amount === undefined ? readUsage(bucket, result) : readCost(bucket, result);
}

function readUsage(bucket: Row, result: Row): UsageEvent {
  const model = readText(result, "model");
  const dimensions = readDimensions(result);
  const written = readRow(result, "cache_creation");
  const searches = readCount(readRow(result, "server_tool_use"), "web_search_requests");
  return importEvent({
    source: "anthropic-usage",
    key: [...period(bucket), model, ...Object.values(dimensions)],
    startedAtMs: readTime(bucket, "starting_at"),
    witness: "aggregate",
    calls: 0,
    provider: "anthropic",
    model,
    tier: dimensions.service_tier,
    speed: dimensions.speed,
    region: regionOf(dimensions.inference_geo),
    tokens: {
      input_uncached: readCount(result, "uncached_input_tokens"),
      cache_read: readCount(result, "cache_read_input_tokens"),
      cache_write_5m: readCount(written, "ephemeral_5m_input_tokens"),
      cache_write_1h: readCount(written, "ephemeral_1h_input_tokens"),
      output: readCount(result, "output_tokens"),
      reasoning: 0,
    },
    units: searches > 0 ? { web_search_requests: searches } : {},
    identityOf: present({ project: dimensions.workspace_id, user: dimensions.account_id }),
    attributes: attributesOf(dimensions),
  });
}

/** A line of the bill: an amount without tokens, there to reconcile with. */
function readCost(bucket: Row, result: Row): UsageEvent {
  const currency = readText(result, "currency") ?? "USD";
  if (currency.toUpperCase() !== "USD") throw new RowError(`the amount is in ${currency}, not USD`);
  const model = readText(result, "model");
  const dimensions = readDimensions(result);
  const item = {
    description: readText(result, "description"),
    cost_type: readText(result, "cost_type"),
    token_type: readText(result, "token_type"),
  };
  return importEvent({
    source: "anthropic-costs",
    key: [...period(bucket), model, ...Object.values(dimensions), ...Object.values(item)],
    startedAtMs: readTime(bucket, "starting_at"),
    witness: "aggregate",
    calls: 0,
    provider: "anthropic",
    model,
    tier: dimensions.service_tier,
    tokens: null,
    reportedCost: readAmount(result, "amount", -2),
    flags: ["split_unknown"],
    identityOf: present({ project: dimensions.workspace_id, user: dimensions.account_id }),
    attributes: attributesOf({ ...dimensions, ...item }),
  });
}

function period(bucket: Row): [number, number] {
  return [readTime(bucket, "starting_at"), readTime(bucket, "ending_at")];
}

function readDimensions(result: Row) {
  return {
    workspace_id: readText(result, "workspace_id"),
    api_key_id: readText(result, "api_key_id"),
    account_id: readText(result, "account_id"),
    service_tier: readText(result, "service_tier"),
    context_window: readText(result, "context_window"),
    inference_geo: readText(result, "inference_geo"),
    speed: readText(result, "speed"),
  };
}

/** "global" and "not_available" carry no surcharge and are no place. */
function regionOf(geo: string | null): string | null {
  return geo === "global" || geo === "not_available" ? null : geo;
}

import { toDecimal, type Usd } from "#lib/money/money.ts";
import type { Filing, LedgerItem } from "./ledger-row.ts";
import { saidBy } from "./said.ts";
import { storableJson } from "./storable-json.ts";

/** The columns of `usage_event` in the order in which `copyLine` writes them. */
export const COPY_COLUMNS = [
  "id",
  "started_at",
  "received_at",
  "key_id",
  "dimension_set_id",
  "rate_set_id",
  "signal",
  "witness",
  "family",
  "rank",
  "counted",
  "not_counted_because",
  "twin_of",
  "trace_id",
  "span_id",
  "parent_span_id",
  "response_id",
  "tool_call_id",
  "call_key",
  "call_key_2",
  "stream_key",
  "session_id",
  "user_id",
  "calls",
  "duration_ms",
  "operation",
  "model_reported",
  "attempt",
  "error_type",
  "input_uncached",
  "cache_read",
  "cache_write_5m",
  "cache_write_1h",
  "output",
  "reasoning",
  "units",
  "cost",
  "list_cost",
  "reported_cost",
  "cost_status",
  "funding",
  "flags",
  "rule_id",
  "said",
  "attributes",
] as const;

const NULL = "\\N";

/** One row of the ledger in COPY's text format, with its line end. */
export function copyLine(item: LedgerItem, filing: Filing): string {
  const { event } = item;
  const { tokens } = filing;
  const units = Object.keys(event.units).length === 0 ? NULL : escape(storableJson(event.units));
  return `${[
    item.id,
    new Date(item.startedAtMs).toISOString(),
    new Date(item.receivedAtMs).toISOString(),
    escape(item.keyId),
    filing.dimensionSetId,
    filing.rateSetId ?? NULL,
    event.signal,
    event.witness,
    escape(event.family),
    event.rank,
    filing.counted ? "t" : "f",
    filing.because ?? NULL,
    filing.twinOf ?? NULL,
    hex(event.traceId),
    hex(event.spanId),
    hex(event.parentSpanId),
    text(event.responseIds[0]),
    text(event.toolCallId),
    item.callKeys[0] ?? NULL,
    item.callKeys[1] ?? NULL,
    item.streamKey ?? NULL,
    text(filing.session),
    text(filing.user),
    event.calls,
    event.durationMs ?? NULL,
    escape(event.operation),
    text(event.model),
    event.attempt ?? NULL,
    text(event.errorType),
    tokens?.input_uncached ?? NULL,
    tokens?.cache_read ?? NULL,
    tokens?.cache_write_5m ?? NULL,
    tokens?.cache_write_1h ?? NULL,
    tokens?.output ?? NULL,
    tokens?.reasoning ?? NULL,
    units,
    money(filing.cost),
    money(filing.listCost),
    filing.reportedCost ?? NULL,
    filing.costStatus,
    event.funding,
    `{${event.flags.join(",")}}`,
    filing.ruleId ?? NULL,
    escape(storableJson(saidBy(event))),
    escape(storableJson(event.attributes)),
  ].join("\t")}\n`;
}

function money(amount: Usd | null): string {
  return amount === null ? NULL : toDecimal(amount);
}

function text(value: string | null | undefined): string {
  return value === null || value === undefined ? NULL : escape(value);
}

function hex(id: string | null): string {
  return id === null ? NULL : `\\\\x${id}`;
}

const SPECIAL = /[\\\t\n\r\u0000]/;

function escape(value: string): string {
  if (!SPECIAL.test(value)) return value;
  return value
    .replaceAll("\u0000", "")
    .replaceAll("\\", "\\\\")
    .replaceAll("\t", "\\t")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r");
}

import { parseUsd } from "#lib/money/money.ts";
import { spanItemIdentity } from "#lib/usage/span-item-identity.ts";
import { NO_TOKENS, type Tokens } from "#lib/usage/tokens.ts";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import type { Filing, LedgerItem } from "./ledger-row.ts";
import { callKeysOf, lookupKeysOf, twinKeysOf } from "./link-keys.ts";
import type { Said } from "./said.ts";

/** A row of `priced_event` with the columns of its dimension set that make an event whole. */
export type LedgerRow = Readonly<Record<string, unknown>>;

/** A row of the ledger as the item it was, and as it is filed now. */
export function itemFrom(row: LedgerRow): LedgerItem {
  const event = eventFrom(row);
  const callKeys = callKeysOf(event, (row.received_at as Date).getTime());
  return {
    id: String(row.id),
    event,
    callKeys,
    lookupKeys: lookupKeysOf(event, callKeys),
    twinKeys: twinKeysOf(event, callKeys),
    streamKey: row.stream_key as bigint | null,
    startedAtMs: event.startedAtMs,
    receivedAtMs: (row.received_at as Date).getTime(),
    keyId: String(row.key_id ?? ""),
    filing: filingFrom(row, event),
  };
}

function eventFrom(row: LedgerRow): UsageEvent {
  const said = row.said as Said;
  return {
    ...wholeAgain(said, row),
    kind: row.kind as UsageEvent["kind"],
    witness: row.witness as UsageEvent["witness"],
    signal: row.signal as UsageEvent["signal"],
    dialect: row.dialect as UsageEvent["dialect"],
    rank: Number(row.rank),
    family: String(row.family),
    startedAtMs: (row.started_at as Date).getTime(),
    durationMs: row.duration_ms as number | null,
    parentSpanId: hexFrom(row.parent_span_id),
    calls: Number(row.calls),
    operation: String(row.operation),
    tool: row.tool as string | null,
    status: row.status as UsageEvent["status"],
    errorType: row.error_type as string | null,
    attempt: row.attempt as number | null,
    funding: row.funding as UsageEvent["funding"],
    flags: row.flags as UsageEvent["flags"],
    service: String(row.service ?? ""),
    attributes: row.attributes as UsageEvent["attributes"],
    tokens: said.tokens ?? tokensFrom(row),
  };
}

/** What `saidBy` left out for being empty or in a column of its own. */
function wholeAgain(said: Said, row: LedgerRow) {
  const place = { traceId: hexFrom(row.trace_id), spanId: hexFrom(row.span_id) };
  const responseId = row.response_id as string | null;
  return {
    ...place,
    identity: said.identity ?? spanItemIdentity(place),
    responseIds: said.responseIds ?? (responseId === null ? [] : [responseId]),
    toolCallId: row.tool_call_id as string | null,
    provider: said.provider ?? null,
    model: row.model_reported as string | null,
    requestModel: said.requestModel ?? null,
    tier: said.tier ?? null,
    speed: said.speed ?? null,
    region: said.region ?? null,
    units: said.units ?? {},
    reportedCost: said.reportedCost ?? null,
    identityOf: said.identityOf ?? {},
    series: said.series ?? null,
  } as const;
}

function filingFrom(row: LedgerRow, event: UsageEvent): Filing {
  return {
    counted: row.counted as boolean,
    because: row.not_counted_because as never,
    twinOf: row.twin_of as string | null,
    dimensionSetId: row.dimension_set_id as bigint,
    rateSetId: row.rate_set_id as bigint | null,
    session: row.session_id as string | null,
    user: row.user_id as string | null,
    team: String(row.team),
    kind: event.kind,
    provider: row.provider as string | null,
    model: row.model as string | null,
    status: event.status,
    calls: event.calls,
    attempt: event.attempt,
    tokens: tokensFrom(row),
    units: (row.units ?? {}) as Filing["units"],
    cost: usdFrom(row.cost),
    listCost: usdFrom(row.list_cost),
    costStatus: row.cost_status as never,
    ruleId: row.rule_id as string | null,
    reportedCost: row.reported_cost as string | null,
  };
}

function tokensFrom(row: LedgerRow): Tokens | null {
  if (row.input_uncached === null) return null;
  const tokens: Record<string, number> = { ...NO_TOKENS };
  for (const key of Object.keys(tokens)) tokens[key] = Number(row[key]);
  return tokens as Tokens;
}

function hexFrom(value: unknown): string | null {
  return value === null ? null : (value as Buffer).toString("hex");
}

function usdFrom(value: unknown) {
  return value === null ? null : parseUsd(String(value));
}

import { z } from "zod";
import { FILTERS } from "#lib/parameters/dimensions.ts";
import { limit } from "#lib/parameters/limit.ts";
import { From, TimeZone, To } from "#lib/parameters/moments.ts";
import { RateSetId } from "#lib/parameters/rate-set.ts";
import type { LedgerEvent } from "#lib/reports/ledger-event.ts";
import { Amount, decimalOrNull, Instant, TokensBody } from "./figures.ts";
import { iso } from "./iso.ts";
import { Cursor } from "./query.ts";

export const EventParameters = z.strictObject({
  from: From.optional(),
  to: To.optional(),
  tz: TimeZone.optional(),
  counted: z
    .enum(["true", "false"])
    .optional()
    .meta({ description: "Only rows that count, or only rows that do not; default: both" }),
  rate_set: RateSetId.optional(),
  ...FILTERS,
  limit: limit(100, 1_000),
  cursor: Cursor.optional(),
});

const Name = z.string().nullable();

export const EventBody = z.strictObject({
  id: z.string(),
  kind: z.string(),
  started_at: Instant,
  received_at: Instant,
  duration_ms: z.number().nullable(),
  trace_id: Name,
  span_id: Name,
  parent_span_id: Name,
  response_id: Name,
  dialect: z.string(),
  signal: z.string(),
  counted: z.boolean(),
  not_counted_because: Name,
  twin_of: Name.meta({ description: "The row that counts in this one's place" }),
  team: z.string(),
  project: Name,
  environment: Name,
  service: Name,
  agent: Name,
  workflow: Name,
  cost_center: Name,
  session: Name,
  user: Name,
  provider: Name,
  model: Name,
  model_reported: Name,
  tier: Name,
  operation: z.string(),
  calls: z.int(),
  tokens: TokensBody.nullable().meta({ description: "Null when the producer gave no usage" }),
  units: z.record(z.string(), z.union([z.number(), z.string()])),
  tool: Name,
  status: z.string(),
  error_type: Name,
  attempt: z.int().nullable(),
  cost: Amount.nullable().meta({ description: "Null while unpriced; a lower bound while partial" }),
  list_cost: Amount.nullable(),
  reported_cost: Amount.nullable().meta({ description: "What the emitter said; advisory" }),
  cost_status: z.string(),
  funding: z.string(),
  flags: z.array(z.string()),
  rate_set_id: Name,
  attributes: z.record(z.string(), z.unknown()),
});

export const EventsBody = z.strictObject({
  events: z.array(EventBody),
  next_cursor: z.string().nullable(),
});

export function eventBody(event: LedgerEvent): z.input<typeof EventBody> {
  return {
    id: event.id,
    kind: event.kind,
    started_at: iso(event.startedAt),
    received_at: iso(event.receivedAt),
    duration_ms: event.durationMs,
    trace_id: event.traceId,
    span_id: event.spanId,
    parent_span_id: event.parentSpanId,
    response_id: event.responseId,
    dialect: event.dialect,
    signal: event.signal,
    counted: event.counted,
    not_counted_because: event.notCountedBecause,
    twin_of: event.twinOf,
    team: event.team,
    project: event.project,
    environment: event.environment,
    service: event.service,
    agent: event.agent,
    workflow: event.workflow,
    cost_center: event.costCenter,
    session: event.session,
    user: event.user,
    provider: event.provider,
    model: event.model,
    model_reported: event.modelReported,
    tier: event.tier,
    operation: event.operation,
    calls: event.calls,
    tokens: event.tokens,
    units: event.units,
    tool: event.tool,
    status: event.status,
    error_type: event.errorType,
    attempt: event.attempt,
    cost: decimalOrNull(event.cost),
    list_cost: decimalOrNull(event.listCost),
    reported_cost: decimalOrNull(event.reportedCost),
    cost_status: event.costStatus,
    funding: event.funding,
    flags: [...event.flags],
    rate_set_id: event.rateSetId,
    attributes: event.attributes,
  };
}

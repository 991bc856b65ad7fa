import type { Fragment } from "postgres";
import type { ReadScope } from "#lib/access/read-scope.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { parseUsd, type Usd } from "#lib/money/money.ts";
import type { Tokens } from "#lib/usage/tokens.ts";
import { personColumn } from "./dimension-sql.ts";
import { withoutPersons } from "./person-attributes.ts";

/** One row of the ledger with its dimensions, as events, receipts and sessions show it. */
export type LedgerEvent = {
  readonly id: string;
  readonly kind: string;
  readonly startedAt: Date;
  readonly receivedAt: Date;
  readonly durationMs: number | null;
  /** Lower-case hex. */
  readonly traceId: string | null;
  readonly spanId: string | null;
  readonly parentSpanId: string | null;
  readonly responseId: string | null;
  readonly dialect: string;
  readonly signal: string;
  readonly counted: boolean;
  readonly notCountedBecause: string | null;
  /** The row that counts in this one's place. */
  readonly twinOf: string | null;
  readonly team: string;
  readonly project: string | null;
  readonly environment: string | null;
  readonly service: string | null;
  readonly agent: string | null;
  readonly workflow: string | null;
  readonly costCenter: string | null;
  readonly session: string | null;
  readonly user: string | null;
  readonly provider: string | null;
  readonly model: string | null;
  readonly modelReported: string | null;
  readonly tier: string | null;
  readonly operation: string;
  /** How many requests the row stands for. */
  readonly calls: number;
  /** Null when the producer gave no usage. */
  readonly tokens: Tokens | null;
  /** Other billable units by name. */
  readonly units: Readonly<Record<string, number | string>>;
  readonly tool: string | null;
  readonly status: string;
  readonly errorType: string | null;
  readonly attempt: number | null;
  /** Null while unpriced; a lower bound while `costStatus` is partial. */
  readonly cost: Usd | null;
  readonly listCost: Usd | null;
  /** What the emitter said, for comparison only. */
  readonly reportedCost: Usd | null;
  readonly costStatus: string;
  readonly funding: string;
  readonly flags: readonly string[];
  /** A signed 64-bit integer in decimal. */
  readonly rateSetId: string | null;
  readonly ruleId: string | null;
  readonly attributes: Readonly<Record<string, unknown>>;
};

/**
 * The columns of `priced_event u` and `dimension_set d` that make a `LedgerEvent` for its viewer.
 *
 * @param cost What `cost` is: of `basisSql` over `u`, where it is not the effective one.
 */
export function eventColumns(
  sql: SqlClient,
  scope: ReadScope,
  cost: Fragment = sql`u.cost`,
): Fragment {
  return sql`
    u.id, u.started_at, u.received_at, u.duration_ms, encode(u.trace_id, 'hex') as trace_id,
    encode(u.span_id, 'hex') as span_id, encode(u.parent_span_id, 'hex') as parent_span_id,
    u.response_id, u.signal, u.counted, u.not_counted_because, u.twin_of,
    u.session_id, ${personColumn(sql, scope, sql`u.user_id`, sql`d.team`)} as user_id,
    ${personColumn(sql, scope, sql`'shown'`, sql`d.team`)} is not null as shows_person,
    u.model_reported, u.operation, u.calls,
    u.input_uncached, u.cache_read, u.cache_write_5m, u.cache_write_1h, u.output, u.reasoning,
    u.units, u.error_type, u.attempt, ${cost} as cost, u.list_cost, u.reported_cost, u.cost_status,
    u.funding, u.flags, u.rate_set_id::text as rate_set_id, u.rule_id, u.attributes,
    d.kind, d.team, d.project, d.environment, d.service, d.agent, d.workflow, d.cost_center,
    d.provider, d.model, d.tier, d.tool, d.status, d.dialect`;
}

export type EventRow = {
  readonly id: string;
  readonly started_at: Date;
  readonly received_at: Date;
  readonly duration_ms: number | null;
  readonly calls: number;
  readonly attempt: number | null;
  readonly counted: boolean;
  readonly shows_person: boolean;
  readonly flags: string[];
  readonly units: Record<string, number | string> | null;
  readonly attributes: Record<string, unknown>;
} & { readonly [T in keyof Tokens]: bigint | null } & {
  readonly [C in
    | "signal"
    | "operation"
    | "cost_status"
    | "funding"
    | "kind"
    | "team"
    | "status"
    | "dialect"]: string;
} & {
  readonly [C in
    | "trace_id"
    | "span_id"
    | "parent_span_id"
    | "response_id"
    | "not_counted_because"
    | "twin_of"
    | "session_id"
    | "user_id"
    | "model_reported"
    | "error_type"
    | "cost"
    | "list_cost"
    | "reported_cost"
    | "rate_set_id"
    | "rule_id"
    | "project"
    | "environment"
    | "service"
    | "agent"
    | "workflow"
    | "cost_center"
    | "provider"
    | "model"
    | "tier"
    | "tool"]: string | null;
};

export function toLedgerEvent(row: EventRow): LedgerEvent {
  return {
    id: row.id,
    kind: row.kind,
    startedAt: row.started_at,
    receivedAt: row.received_at,
    durationMs: row.duration_ms,
    traceId: row.trace_id,
    spanId: row.span_id,
    parentSpanId: row.parent_span_id,
    responseId: row.response_id,
    dialect: row.dialect,
    signal: row.signal,
    counted: row.counted,
    notCountedBecause: row.not_counted_because,
    twinOf: row.twin_of,
    team: row.team,
    project: row.project,
    environment: row.environment,
    service: row.service,
    agent: row.agent,
    workflow: row.workflow,
    costCenter: row.cost_center,
    session: row.session_id,
    user: row.user_id,
    provider: row.provider,
    model: row.model,
    modelReported: row.model_reported,
    tier: row.tier,
    operation: row.operation,
    calls: row.calls,
    tokens: tokensOf(row),
    units: row.units ?? {},
    tool: row.tool,
    status: row.status,
    errorType: row.error_type,
    attempt: row.attempt,
    cost: usdOrNull(row.cost),
    listCost: usdOrNull(row.list_cost),
    reportedCost: usdOrNull(row.reported_cost),
    costStatus: row.cost_status,
    funding: row.funding,
    flags: row.flags,
    rateSetId: row.rate_set_id,
    ruleId: row.rule_id,
    attributes: row.shows_person ? row.attributes : withoutPersons(row.attributes),
  };
}

export function usdOrNull(text: string | null): Usd | null {
  return text === null ? null : parseUsd(text);
}

export function tokensOf(row: Pick<EventRow, keyof Tokens>): Tokens | null {
  if (row.input_uncached === null) return null;
  return {
    input_uncached: Number(row.input_uncached),
    cache_read: Number(row.cache_read ?? 0n),
    cache_write_5m: Number(row.cache_write_5m ?? 0n),
    cache_write_1h: Number(row.cache_write_1h ?? 0n),
    output: Number(row.output ?? 0n),
    reasoning: Number(row.reasoning ?? 0n),
  };
}

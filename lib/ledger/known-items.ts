import type { Tx } from "#lib/db/client.ts";
import { parseUsd } from "#lib/money/money.ts";
import { NO_TOKENS, type Tokens } from "#lib/usage/tokens.ts";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import type { LedgerItem } from "./ledger-row.ts";
import { callKeysOf } from "./link-keys.ts";
import type { Said } from "./said.ts";

/** By what stored items are looked for; an item that matches any of them is found. */
export type Lookup = {
  readonly ids: readonly string[];
  readonly traceIds: readonly string[];
  readonly callKeys: readonly bigint[];
  readonly sessions: readonly string[];
  /** Inclusive bounds of the start time: only those days' partitions are read. */
  readonly fromMs: number;
  readonly toMs: number;
};

/**
 * The stored items that belong to what is being written. Reads by the ledger's
 * partial indexes, one branch each, within the given days.
 */
export async function findItems(tx: Tx, lookup: Lookup): Promise<LedgerItem[]> {
  const { ids, sessions } = lookup;
  const traceIds = lookup.traceIds.map(byteaText);
  const callKeys = lookup.callKeys.map(String);
  const within = tx`started_at between ${new Date(lookup.fromMs)} and ${new Date(lookup.toMs)}`;
  const branches = [
    ids.length > 0
      ? tx`select id, started_at from usage_event where id = any(${ids}::uuid[]) and ${within}`
      : null,
    traceIds.length > 0
      ? tx`select id, started_at from usage_event where trace_id = any(${traceIds}::text[]::bytea[]) and ${within}`
      : null,
    callKeys.length > 0
      ? tx`select id, started_at from usage_event where call_key = any(${callKeys}::int8[]) and ${within}
           union all
           select id, started_at from usage_event where call_key_2 = any(${callKeys}::int8[]) and ${within}`
      : null,
    // Only those that a better signal of the session may outrank.
    sessions.length > 0
      ? tx`select id, started_at from usage_event
            where session_id = any(${sessions}) and counted and (rank > 1 or witness = 'series') and ${within}`
      : null,
  ].filter((branch) => branch !== null);
  if (branches.length === 0) return [];

  const found = branches.reduce((all, branch) => tx`${all} union all ${branch}`);
  return readItems(tx, tx`(u.id, u.started_at) in (${found})`);
}

/** The points around the given ones: of each stream the last before and the first after. */
export async function findNeighbours(
  tx: Tx,
  points: readonly { readonly streamKey: bigint; readonly startedAtMs: number }[],
): Promise<LedgerItem[]> {
  if (points.length === 0) return [];
  const keys = points.map(({ streamKey }) => `${streamKey}`);
  const times = points.map(({ startedAtMs }) => new Date(startedAtMs).toISOString());
  return readItems(
    tx,
    tx`(u.id, u.started_at) in (
         select near.id, near.started_at
           from unnest(${keys}::int8[], ${times}::timestamptz[]) as p (stream_key, at)
          cross join lateral (
                (select id, started_at from usage_event u
                  where u.stream_key = p.stream_key and u.started_at <= p.at
                  order by started_at desc, id desc limit 2)
                union all
                (select id, started_at from usage_event u
                  where u.stream_key = p.stream_key and u.started_at > p.at
                  order by started_at, id limit 1)
          ) as near)`,
  );
}

/** Counted points of metrics of these services: a span or log of the same days makes them repeats. */
export async function findCoveredPoints(
  tx: Tx,
  services: readonly string[],
  { fromMs, toMs }: Pick<Lookup, "fromMs" | "toMs">,
): Promise<LedgerItem[]> {
  return readItems(
    tx,
    tx`u.stream_key is not null and u.counted and d.service = any(${services as string[]})
       and u.started_at between ${new Date(fromMs)} and ${new Date(toMs)}`,
  );
}

type Row = Record<string, unknown>;

async function readItems(tx: Tx, where: ReturnType<Tx>): Promise<LedgerItem[]> {
  const rows = await tx<Row[]>`
    select u.*, d.kind, d.team, d.service, d.tool, d.dialect, d.status
      from usage_event u
      join dimension_set d on d.id = u.dimension_set_id
     where ${where}`;
  return rows.map(itemFrom);
}

/** A row of the ledger as the item it was, and as it is filed now. */
export function itemFrom(row: Row): LedgerItem {
  const said = row["said"] as Said;
  const startedAtMs = (row["started_at"] as Date).getTime();
  const effective = tokensFrom(row);
  const event: UsageEvent = {
    identity: said.identity ?? "",
    kind: row["kind"] as UsageEvent["kind"],
    witness: row["witness"] as UsageEvent["witness"],
    signal: row["signal"] as UsageEvent["signal"],
    dialect: row["dialect"] as UsageEvent["dialect"],
    rank: Number(row["rank"]),
    family: String(row["family"]),
    startedAtMs,
    durationMs: row["duration_ms"] as number | null,
    traceId: hexFrom(row["trace_id"]),
    spanId: hexFrom(row["span_id"]),
    parentSpanId: hexFrom(row["parent_span_id"]),
    responseIds: said.responseIds ?? [],
    toolCallId: said.toolCallId ?? null,
    calls: Number(row["calls"]),
    provider: said.provider ?? null,
    model: said.model ?? null,
    requestModel: said.requestModel ?? null,
    operation: String(row["operation"]),
    tier: said.tier ?? null,
    speed: said.speed ?? null,
    region: said.region ?? null,
    tokens: said.tokens ?? effective,
    units: said.units ?? {},
    tool: row["tool"] as string | null,
    status: row["status"] as UsageEvent["status"],
    errorType: row["error_type"] as string | null,
    attempt: row["attempt"] as number | null,
    reportedCost: said.reportedCost ?? null,
    funding: row["funding"] as UsageEvent["funding"],
    flags: row["flags"] as UsageEvent["flags"],
    service: String(row["service"] ?? ""),
    identityOf: said.identityOf ?? {},
    series: said.series ?? null,
    attributes: row["attributes"] as UsageEvent["attributes"],
  };
  return {
    id: String(row["id"]),
    event,
    callKeys: callKeysOf(event),
    streamKey: row["stream_key"] as bigint | null,
    startedAtMs,
    receivedAtMs: (row["received_at"] as Date).getTime(),
    keyId: String(row["key_id"] ?? ""),
    filing: {
      counted: row["counted"] as boolean,
      because: row["not_counted_because"] as never,
      twinOf: row["twin_of"] as string | null,
      dimensionSetId: row["dimension_set_id"] as bigint,
      rateSetId: row["rate_set_id"] as bigint | null,
      session: row["session_id"] as string | null,
      user: row["user_id"] as string | null,
      team: String(row["team"]),
      kind: event.kind,
      status: event.status,
      calls: event.calls,
      attempt: event.attempt,
      tokens: effective,
      cost: usdFrom(row["cost"]),
      listCost: usdFrom(row["list_cost"]),
      costStatus: row["cost_status"] as never,
      ruleId: row["rule_id"] as string | null,
      reportedCost: row["reported_cost"] as string | null,
    },
  };
}

function tokensFrom(row: Row): Tokens | null {
  if (row["input_uncached"] === null) return null;
  const tokens: Record<string, number> = { ...NO_TOKENS };
  for (const key of Object.keys(tokens)) tokens[key] = Number(row[key]);
  return tokens as Tokens;
}

/** The driver takes the type of an array from its first value; text is cast by the statement. */
export function byteaText(hex: string): string {
  return `\\x${hex}`;
}

function hexFrom(value: unknown): string | null {
  return value === null ? null : (value as Buffer).toString("hex");
}

function usdFrom(value: unknown) {
  return value === null ? null : parseUsd(String(value));
}

import { createHash } from "node:crypto";
import type { SqlClient } from "#lib/db/client.ts";
import { eventIdOf } from "#lib/ledger/event-id.ts";
import { toDecimal, type Usd } from "#lib/money/money.ts";
import { QUALITY_SUMS } from "#lib/rollups/quality-sums.ts";
import { dayStart, hourStart } from "#lib/time/zone.ts";
import { type Tokens, totalTokens } from "#lib/usage/tokens.ts";
import { COUNT_COLUMNS } from "./measures.ts";

/** One row of the ledger, as tests of reports need it. */
export type FixtureEvent = {
  readonly name: string;
  readonly startedAtMs: number;
  readonly dimensions: FixtureDimensions;
  readonly user: string | null;
  readonly session: string | null;
  readonly calls: number;
  readonly tokens: Tokens | null;
  readonly cost: Usd | null;
  readonly listCost: Usd | null;
  readonly costStatus: string;
  readonly counted: boolean;
  /** Further columns of the row. */
  readonly more?: Readonly<
    Partial<Record<"trace_id" | "span_id" | "parent_span_id", Buffer | null>> &
      Partial<Record<"twin_of" | "key_id" | "flags" | "rate_set_id", string>>
  >;
};

export type FixtureDimensions = {
  readonly kind: "model_call" | "tool_call" | "agent_run";
  readonly team: string;
  readonly status: "ok" | "error" | "rejected";
  readonly dialect?: string;
} & {
  readonly [D in
    | "project"
    | "environment"
    | "service"
    | "agent"
    | "workflow"
    | "tool"
    | "provider"
    | "model"
    | "tier"
    | "cost_center"]?: string | null;
};

export type FixtureSums = { [C in (typeof COUNT_COLUMNS)[number]]: number } & {
  cost: Usd;
  list_cost: Usd;
};

/** Empties the database and fills ledger, dimension sets and rollups with these events. */
export async function fillLedger(
  sql: SqlClient,
  events: readonly FixtureEvent[],
  timeZone: string,
): Promise<void> {
  await sql`create table if not exists usage_event_any partition of usage_event default`;
  await sql`truncate usage_event, dimension_set, rate_set, usage_hour, usage_day, usage_day_team, usage_day_user, usage_day_person, session, quality_day`;
  await sql`update organization set time_zone = ${timeZone}`;
  const sets = new Map(events.map(({ dimensions }) => [dimensionSetId(dimensions), dimensions]));
  const dimensionRows = [...sets].map(([id, dimensions]) => dimensionRow(id, dimensions));
  if (events.length === 0) return;
  await sql`insert into dimension_set ${sql(dimensionRows)}`;
  await sql`insert into usage_event ${sql(events.map(eventRow))}`;
  await fillRollups(sql, events, timeZone);
  await sql.unsafe(
    `insert into quality_day (day, sort, name, team, dialect, rows, example_id) ${QUALITY_SUMS}`,
    [timeZone],
  );
}

export function fixtureId(event: FixtureEvent): string {
  return eventIdOf(event.name, event.startedAtMs);
}

/** The sums of the counted ones of some rows, by the rules of the ledger. */
export function sumsOf(events: readonly FixtureEvent[]): FixtureSums {
  const sums = { ...NO_SUMS };
  for (const event of events) if (event.counted) addTo(sums, event);
  return sums;
}

function addTo(
  sums: FixtureSums,
  { dimensions, costStatus, calls, tokens, ...event }: FixtureEvent,
) {
  const { kind, status } = dimensions;
  if (kind === "agent_run") return;
  const isUnpriced = costStatus === "unpriced" || costStatus === "partial";
  if (kind === "model_call") sums.model_calls += calls;
  else sums.tool_calls += 1;
  if (status === "error") sums.errors += 1;
  if (isUnpriced) sums.unpriced_calls += Math.max(1, calls);
  if (isUnpriced && tokens !== null) sums.unpriced_tokens += totalTokens(tokens);
  for (const [name, count] of Object.entries(tokens ?? {})) sums[name as keyof Tokens] += count;
  sums.cost = (sums.cost + (event.cost ?? 0n)) as Usd;
  sums.list_cost = (sums.list_cost + (event.listCost ?? 0n)) as Usd;
}

const NO_SUMS: FixtureSums = {
  ...(Object.fromEntries(COUNT_COLUMNS.map((name) => [name, 0])) as Record<
    (typeof COUNT_COLUMNS)[number],
    number
  >),
  cost: 0n as Usd,
  list_cost: 0n as Usd,
};

async function fillRollups(sql: SqlClient, events: readonly FixtureEvent[], timeZone: string) {
  // What was taken back leaves zeros.
  const filed = events.filter((event) => event.dimensions.kind !== "agent_run");
  const set = (event: FixtureEvent) => dimensionSetId(event.dimensions);
  const hours = Map.groupBy(filed, (e) => `${hourStart(e.startedAtMs, timeZone)}|${set(e)}`);
  const days = Map.groupBy(filed, (e) => `${dayStart(e.startedAtMs, timeZone)}|${set(e)}`);
  const users = Map.groupBy(
    filed,
    (e) => `${dayStart(e.startedAtMs, timeZone)}|${set(e)}|${e.user ?? ""}`,
  );
  for (const [key, members] of hours) {
    const [hour, id] = key.split("|");
    const row = { hour: at(hour), dimension_set_id: id, rate_set_id: "0", ...sumRow(members) };
    await sql`insert into usage_hour ${sql(row)}`;
  }
  for (const [key, members] of days) {
    const [day, id] = key.split("|");
    const row = { day: at(day), dimension_set_id: id, rate_set_id: "0", ...sumRow(members) };
    await sql`insert into usage_day ${sql(row)}`;
  }
  const teams = Map.groupBy(filed, ({ startedAtMs, dimensions: d }) =>
    JSON.stringify([dayStart(startedAtMs, timeZone), d.team, d.kind, d.provider, d.model]),
  );
  for (const [key, members] of teams) {
    const [day, team, kind, provider, model] = JSON.parse(key) as (string | null)[];
    const names = { team, kind, provider: provider ?? "", model: model ?? "" };
    await sql`insert into usage_day_team ${sql({ day: new Date(Number(day)), ...names, ...sumRow(members) })}`;
  }
  for (const [key, members] of users) {
    const [day, id, user] = key.split("|");
    const row = {
      day: at(day),
      user_id: user,
      dimension_set_id: id,
      rate_set_id: "0",
      ...sumRow(members),
    };
    await sql`insert into usage_day_user ${sql(row)}`;
  }
  const persons = Map.groupBy(filed, ({ startedAtMs, dimensions: d, user }) =>
    JSON.stringify([dayStart(startedAtMs, timeZone), d.team, d.kind, user ?? ""]),
  );
  for (const [key, members] of persons) {
    const [day, team, kind, user_id] = JSON.parse(key) as string[];
    const names = { day: new Date(Number(day)), team, kind, user_id };
    await sql`insert into usage_day_person ${sql({ ...names, ...sumRow(members) })}`;
  }
  const sessions = Map.groupBy(
    filed.filter((e) => e.session !== null),
    (e) => JSON.stringify([e.session, e.dimensions.team, e.user ?? ""]),
  );
  for (const [key, members] of sessions) {
    const [session_id, team, user_id] = JSON.parse(key) as string[];
    const times = members.map((e) => e.startedAtMs);
    const first_at = new Date(Math.min(...times));
    const last_at = new Date(Math.max(...times));
    const row = { session_id, team, user_id, first_at, last_at, ...sumRow(members) };
    await sql`insert into session ${sql(row)}`;
  }
}

function at(ms: string | undefined): Date {
  return new Date(Number(ms));
}

function sumRow(events: readonly FixtureEvent[]) {
  const { cost, list_cost, ...counts } = sumsOf(events);
  return { ...counts, cost: toDecimal(cost), list_cost: toDecimal(list_cost) };
}

export function dimensionSetId(dimensions: FixtureDimensions): string {
  const sorted = Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(sorted)).digest().readBigInt64BE(0).toString();
}

function dimensionRow(id: string, dimensions: FixtureDimensions) {
  const none = {
    project: null,
    environment: null,
    service: null,
    agent: null,
    workflow: null,
    tool: null,
    provider: null,
    model: null,
    tier: null,
    cost_center: null,
    dialect: "otel-genai",
  };
  return { id, ...none, ...dimensions };
}

function eventRow(event: FixtureEvent) {
  const { tokens } = event;
  return {
    id: fixtureId(event),
    started_at: new Date(event.startedAtMs),
    received_at: new Date(event.startedAtMs),
    key_id: null,
    dimension_set_id: dimensionSetId(event.dimensions),
    rate_set_id: null,
    signal: "span",
    witness: "call",
    family: "test",
    rank: 1,
    trace_id: null,
    span_id: null,
    parent_span_id: null,
    twin_of: null,
    counted: event.counted,
    not_counted_because: event.counted ? null : "same_call",
    session_id: event.session,
    user_id: event.user,
    calls: event.calls,
    operation: event.dimensions.kind === "model_call" ? "chat" : "execute_tool",
    input_uncached: tokens?.input_uncached ?? null,
    cache_read: tokens?.cache_read ?? null,
    cache_write_5m: tokens?.cache_write_5m ?? null,
    cache_write_1h: tokens?.cache_write_1h ?? null,
    output: tokens?.output ?? null,
    reasoning: tokens?.reasoning ?? null,
    cost: event.cost === null ? null : toDecimal(event.cost),
    list_cost: event.listCost === null ? null : toDecimal(event.listCost),
    cost_status: event.costStatus,
    funding: "api",
    flags: "{}",
    said: {},
    attributes: {},
    ...event.more,
  };
}

import { hash } from "node:crypto";
import { createAllocator } from "#lib/allocation/allocate.ts";
import { count, plantForest, sessionIn } from "#lib/counting/count.ts";
import { bestOf, evidenceOf, NO_EVIDENCE, scopesOf } from "#lib/counting/scopes.ts";
import type { Outcome } from "#lib/counting/witnessed.ts";
import type { Batch } from "#lib/ingest/batch.ts";
import type { IngestPlan } from "#lib/ingest/ingest-plan.ts";
import { witness } from "#lib/ingest/witness.ts";
import type { LedgerItem } from "#lib/ledger/ledger-row.ts";
import { NO_TOKENS, type Tokens } from "#lib/usage/tokens.ts";
import type { Identity, TraceNode, UsageEvent } from "#lib/usage/usage-event.ts";

/** The noon that all made-up events begin at. */
export const NOON_MS = Date.parse("2026-11-22T12:00:00Z");
export const TRACE = hexId("trace", 32);

/** What a test says of an event; `under` names the span above it. */
export type Told = Partial<UsageEvent> & { readonly under?: string };

/** A span of one model call. Events are told apart by their names, here and in `verdicts`. */
export function modelCall(name: string, told: Told = {}): UsageEvent {
  const { under, ...given } = told;
  const traceId = given.traceId === undefined ? TRACE : given.traceId;
  return {
    identity: `span:${traceId}:${name}`,
    kind: "model_call",
    witness: "call",
    signal: "span",
    dialect: "otel-genai",
    rank: 1,
    family: "service:shop",
    startedAtMs: NOON_MS,
    durationMs: 1_000,
    spanId: spanId(name),
    parentSpanId: under === undefined ? null : spanId(under),
    responseIds: [],
    toolCallId: null,
    calls: 1,
    provider: "openai",
    model: "gpt-5.5",
    requestModel: null,
    operation: "chat",
    tier: null,
    speed: null,
    region: null,
    tokens: tokens(100, 10),
    units: {},
    tool: null,
    status: "ok",
    errorType: null,
    attempt: null,
    reportedCost: null,
    funding: "api",
    flags: [],
    service: "shop",
    identityOf: {},
    series: null,
    ...given,
    attributes: { name, ...given.attributes },
    traceId,
  };
}

/** A span of one tool call. */
export function toolCall(name: string, told: Told = {}): UsageEvent {
  return modelCall(name, {
    kind: "tool_call",
    operation: "execute_tool",
    calls: 0,
    provider: null,
    model: null,
    tokens: null,
    tool: "search",
    ...told,
  });
}

/** A span that sums up the calls below it. */
export function aggregate(name: string, told: Told = {}): UsageEvent {
  return modelCall(name, { witness: "aggregate", operation: "invoke_agent", calls: 0, ...told });
}

/** A log record of one model call, outside any trace. */
export function logCall(name: string, told: Told = {}): UsageEvent {
  return modelCall(name, {
    identity: `log:${name}`,
    signal: "log",
    traceId: null,
    spanId: null,
    rank: 2,
    ...told,
  });
}

/** A point of a metric stream that began at noon; `value` counts output tokens. */
export function point(
  name: string,
  seconds: number,
  value: number,
  told: Told & { readonly stream?: string; readonly startMs?: number; delta?: boolean } = {},
): UsageEvent {
  const { stream = "s", startMs = NOON_MS, delta = false, ...given } = told;
  const endMs = NOON_MS + seconds * 1_000;
  return logCall(name, {
    identity: `point:${stream}:${startMs}:${endMs}`,
    witness: "series",
    signal: "metric",
    rank: 3,
    calls: 0,
    startedAtMs: endMs,
    durationMs: null,
    tokens: tokens(0, value),
    series: { stream, temporality: delta ? "delta" : "cumulative", startMs, endMs },
    ...given,
  });
}

/** A span that is no usage. */
export function node(name: string, under: string | null, identityOf: Identity = {}): TraceNode {
  return {
    traceId: TRACE,
    spanId: spanId(name),
    parentSpanId: under === null ? null : spanId(under),
    startedAtMs: NOON_MS,
    identityOf,
    provider: null,
    model: null,
    attributes: {},
  };
}

export function tokens(input: number, output: number, more: Partial<Tokens> = {}): Tokens {
  return { ...NO_TOKENS, input_uncached: input, output, ...more };
}

export function spanId(name: string): string {
  return hexId(name, 16);
}

export function hexId(name: string, length: number): string {
  return hash("md5", name, "hex").slice(0, length);
}

export function itemOf(event: UsageEvent, keyId = "key"): LedgerItem {
  return witness({ event, keyId }, NOON_MS + 60_000);
}

export function nameOf({ attributes }: UsageEvent): string {
  return attributes.name ?? "";
}

/** What the rules of counting make of these events, when they are all there is. */
export function outcomes(
  events: readonly UsageEvent[],
  nodes: readonly TraceNode[] = [],
): Map<string, Outcome> {
  const items = events.map((event) => itemOf(event));
  const forest = plantForest({ items, nodes });
  const scopes = new Map(
    items.map((item) => [item.id, scopesOf(item.event, sessionIn(forest, item), item.keyId)]),
  );
  const evidence = new Map<string, typeof NO_EVIDENCE>();
  for (const item of items) {
    const proof = evidenceOf(item.event);
    for (const scope of proof === null ? [] : (scopes.get(item.id)?.proves ?? [])) {
      evidence.set(scope, bestOf(evidence.get(scope) ?? NO_EVIDENCE, proof ?? NO_EVIDENCE));
    }
  }
  const found = count(forest, ({ id }) =>
    (scopes.get(id)?.judgedBy ?? [])
      .map((scope) => evidence.get(scope) ?? NO_EVIDENCE)
      .reduce(bestOf, NO_EVIDENCE),
  );
  const named = items.map(({ id, event }) => [nameOf(event), found.get(id)] as const);
  return new Map(named.flatMap(([name, outcome]) => (outcome ? [[name, outcome]] : [])));
}

/** For each event by name: "counts", or why it does not. */
export function verdicts(
  events: readonly UsageEvent[],
  nodes: readonly TraceNode[] = [],
): Record<string, string> {
  return Object.fromEntries(
    [...outcomes(events, nodes)].map(([name, { because }]) => [name, because ?? "counts"]),
  );
}

let traces = 0;

/** The same items in a trace of their own, which no other test writes to. */
export function apart<T extends UsageEvent>(...items: readonly T[]): T[] {
  const traceId = hexId(`trace ${++traces}`, 32);
  return items.map((item) => ({
    ...item,
    traceId: item.traceId === null ? null : traceId,
    identity: `${item.identity} ${traceId}`,
  }));
}

/** What comes in one export, under one key. */
export function batch(
  events: readonly UsageEvent[],
  nodes: readonly TraceNode[] = [],
  keyId = "key",
): Batch {
  return {
    arrivals: events.map((event) => ({ event, keyId })),
    nodes,
    refusals: [],
    receivedAtMs: NOON_MS + 60_000,
  };
}

/** A plan without teams, rules and prices. */
export function testPlan(): IngestPlan {
  return {
    timeZone: "UTC",
    allocate: createAllocator({ rules: [], teams: [] }),
    teamOfKey: () => null,
    resolveRateSet: ({ provider, model }) => ({
      id: "1",
      provider: provider ?? "unknown",
      model: model ?? "",
      tier: "standard",
      speed: null,
      region: null,
      inferenceGeo: null,
      status: "unpriced",
      rates: [],
    }),
  };
}

import { contextTokens } from "#lib/usage/tokens.ts";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import type { Witnessed } from "./witnessed.ts";

/** Both ends of the two accounts of a call lie no further apart: one process, one clock. */
const TOLERANCE_MS = 1_000;

/** Whether a twin may have begun on another day. */
export function isNearMidnight(ms: number): boolean {
  const day = (at: number) => Math.floor(at / 86_400_000);
  return day(ms - TOLERANCE_MS) !== day(ms + TOLERANCE_MS);
}

/** Calls that look alike are looked for in pieces of so much time. */
const PIECE_MS = 60_000;

/** Of more calls that look alike in one piece nobody could say which is which: none is joined. */
export const MOST_ALIKE = 32;

/** Scopes of providers' own clients and of what instruments them: they see what frameworks do through them. */
const OF_A_CLIENT =
  /(^|[^a-z])(anthropic|openai|google[._-]?genai|vertex[._-]?ai|bedrock|mistral(ai)?|cohere|groq)([^a-z]|$)/i;

/**
 * What a call and its twin in another trace must have in common, each text with
 * the piece of time that it may be found in; empty for a call that can have no
 * such twin. A framework's call without a response id may be the one that the
 * provider's client, instrumented by itself, tells of in a trace of its own.
 */
export function twinLikenesses(event: UsageEvent): string[] {
  const side = sideOf(event);
  const { model, service, tokens, startedAtMs } = event;
  if (side === null || tokens === null) return [];
  const { input_uncached, cache_read, cache_write_5m, cache_write_1h, output } = tokens;
  // A framework may not tell the lifetime of what was written.
  const usage = [input_uncached, cache_read, cache_write_5m + cache_write_1h, output].join(" ");
  const slack = side === "client" ? 0 : TOLERANCE_MS;
  const pieces = [startedAtMs - slack, startedAtMs + slack].map((ms) => Math.floor(ms / PIECE_MS));
  return [...new Set(pieces)].map((piece) => `${service.slice(0, 100)}|${model}|${usage}|${piece}`);
}

type Side = "client" | "framework";

function sideOf(event: UsageEvent): Side | null {
  if (event.kind !== "model_call" || event.signal !== "span" || event.witness !== "call")
    return null;
  const { durationMs, flags, model, responseIds, service, status, tokens, traceId } = event;
  if (traceId === null || durationMs === null || model === null || status !== "ok") return null;
  if (tokens === null || tokens.output === 0 || contextTokens(tokens) === 0) return null;
  if (flags.includes("clock_skew") || service.startsWith("unknown_service")) return null;
  // Below a span of the program the framework's account would be in the same trace.
  if (responseIds.length > 0 && event.parentSpanId !== null) return null;
  const scope = scopeOf(event);
  if (OF_A_CLIENT.test(scope)) return responseIds.length === 1 ? "client" : null;
  return scope !== "" && responseIds.length === 0 ? "framework" : null;
}

export type TraceTwins = { readonly framework: Witnessed; readonly client: Witnessed };

/**
 * Calls of a framework and of a provider's client, in two traces, that are one:
 * same service, model and tokens of every class, both ends at the same time, and
 * nothing that tells them apart. The nearest in time are paired first, each once;
 * two accounts of one instrumentation are never joined.
 *
 * @param alike As `lookingAlike` gives them.
 * @param isAlone Whether nothing else tells of the call yet.
 */
export function traceTwins(
  alike: readonly (readonly Witnessed[])[],
  isAlone: (item: Witnessed) => boolean,
): TraceTwins[] {
  return nearestFirst(alike.flatMap((calls) => pairsIn(calls, isAlone)));
}

/**
 * The calls that share a twin key, for each that calls of both sides share and
 * not too many in all.
 *
 * @param crowded Twin keys that too many calls of the ledger share.
 */
export function lookingAlike(
  items: readonly Witnessed[],
  crowded: ReadonlySet<bigint>,
): Witnessed[][] {
  const frameworks = new Map<bigint, Witnessed[]>();
  for (const item of items) {
    if (isOfClient(item)) continue;
    for (const key of item.twinKeys) addTo(frameworks, key, item);
  }
  if (frameworks.size === 0) return [];
  const clients = new Map<bigint, Witnessed[]>();
  for (const item of items) {
    if (!isOfClient(item)) continue;
    for (const key of item.twinKeys) if (frameworks.has(key)) addTo(clients, key, item);
  }
  return [...clients]
    .filter(([key]) => !crowded.has(key))
    .map(([key, ofClients]) => [...(frameworks.get(key) ?? []), ...ofClients])
    .filter(({ length }) => length <= MOST_ALIKE);
}

function addTo(byKey: Map<bigint, Witnessed[]>, key: bigint, item: Witnessed): void {
  const others = byKey.get(key);
  if (others === undefined) byKey.set(key, [item]);
  else others.push(item);
}

function pairsIn(alike: readonly Witnessed[], isAlone: (item: Witnessed) => boolean): TraceTwins[] {
  const clients = alike.filter(isOfClient);
  return alike
    .filter((item) => !isOfClient(item) && isAlone(item))
    .flatMap((framework) =>
      clients.filter((client) => agree(framework, client)).map((client) => ({ framework, client })),
    );
}

function nearestFirst(candidates: readonly TraceTwins[]): TraceTwins[] {
  const taken = new Set<string>();
  return [...candidates]
    .sort((a, b) => apart(a) - apart(b) || (keyOf(a) < keyOf(b) ? -1 : 1))
    .filter(({ framework, client }) => {
      if (taken.has(framework.id) || taken.has(client.id)) return false;
      taken.add(framework.id).add(client.id);
      return true;
    });
}

/** Of the attributes of one process. */
const OF_A_PROCESS = ["service.instance.id", "host.name", "process.pid"] as const;

function agree({ event: a }: Witnessed, { event: b }: Witnessed): boolean {
  if (a.traceId === b.traceId) return false;
  if (Math.abs(a.startedAtMs - b.startedAtMs) > TOLERANCE_MS) return false;
  if (Math.abs(endOf(a) - endOf(b)) > TOLERANCE_MS) return false;
  return (
    !differ(a.provider, b.provider) &&
    !differ(a.identityOf.session, b.identityOf.session) &&
    !differ(a.identityOf.user, b.identityOf.user) &&
    OF_A_PROCESS.every((name) => !differ(a.attributes[name], b.attributes[name]))
  );
}

/** Whether both say it, and say it otherwise. */
function differ(a: string | null | undefined, b: string | null | undefined): boolean {
  return typeof a === "string" && typeof b === "string" && a !== b;
}

function isOfClient({ event }: Witnessed): boolean {
  return event.responseIds.length > 0;
}

function scopeOf({ attributes }: UsageEvent): string {
  return attributes["otel.scope.name"] ?? "";
}

function endOf({ startedAtMs, durationMs }: UsageEvent): number {
  return startedAtMs + (durationMs ?? 0);
}

function apart({ framework: { event: a }, client: { event: b } }: TraceTwins): number {
  return Math.abs(a.startedAtMs - b.startedAtMs) + Math.abs(endOf(a) - endOf(b));
}

function keyOf({ framework, client }: TraceTwins): string {
  return `${framework.id} ${client.id}`;
}

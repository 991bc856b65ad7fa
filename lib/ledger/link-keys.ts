import { NESTING_REACH_MS } from "#lib/counting/nested-points.ts";
import { twinLikenesses } from "#lib/counting/trace-twins.ts";
import type { SeriesPoint, UsageEvent } from "#lib/usage/usage-event.ts";
import { hash64 } from "./hash.ts";

/**
 * What names a call on several items: response and request ids; for tools the
 * call id within its trace and within its session, since models number their
 * tool calls anew in each conversation. An item whose clock is so far ahead that
 * a retry may be filed at another time is named by its identity instead.
 */
export function callKeysOf(event: UsageEvent, receivedAtMs: number): string[] {
  if (hasDoubtfulClock(event, receivedAtMs)) return [`identity|${event.identity}`];
  if (event.witness !== "call") return [];
  if (event.kind !== "tool_call") return event.responseIds.map((id) => `response|${id}`);
  if (event.toolCallId === null) return [];
  const keys: string[] = [];
  const { session } = event.identityOf;
  if (session !== undefined) keys.push(`tool|session|${session}|${event.toolCallId}`);
  if (event.traceId !== null) keys.push(`tool|trace|${event.traceId}|${event.toolCallId}`);
  return keys;
}

/** Half of what is still filed at the time it tells (lib/ingest/witness.ts): a retry may come on the other side. */
const DOUBTFUL_MS = 30 * 60_000;

function hasDoubtfulClock(
  { flags, startedAtMs, signal }: UsageEvent,
  receivedAtMs: number,
): boolean {
  if (signal === "import") return false;
  return flags.includes("clock_skew") || startedAtMs > receivedAtMs + DOUBTFUL_MS;
}

/**
 * The keys by which items are found outside their own trace, hashed: the
 * columns `call_key` and `call_key_2`. What is of one trace is found by the
 * trace; points that hold each other are found by their group and time.
 */
export function lookupKeysOf({ series }: UsageEvent, callKeys: readonly string[]): bigint[] {
  return callKeys
    .filter((key) => !key.startsWith("tool|trace|"))
    .slice(0, 2)
    .map((key) => hash64(key))
    .concat(series === null ? [] : readingKeys(series, 0));
}

/**
 * The keys by which a call's twin in another trace is found, in the columns that
 * its names leave free. They are asked for only where there may be such twins.
 */
export function twinKeysOf(event: UsageEvent, callKeys: readonly string[]): bigint[] {
  if (callKeys.length > 1 || callKeys[0]?.startsWith("identity|")) return [];
  return twinLikenesses(event).map((likeness) => hash64("twin", likeness));
}

/** The keys of the points that a point may hold or be held by. */
export function nestingKeysOf({ series }: UsageEvent): bigint[] {
  return series === null ? [] : readingKeys(series, NESTING_REACH_MS * 2);
}

/** The points of one group are found in pieces of so much time. */
const READINGS_MS = 4_000;

function readingKeys({ nesting, endMs }: SeriesPoint, reachMs: number): bigint[] {
  if (nesting === undefined) return [];
  const [first, last] = [endMs - reachMs, endMs + reachMs].map((ms) =>
    Math.floor(ms / READINGS_MS),
  );
  return [...new Set([first, last])].map((piece) => hash64("nesting", nesting.group, `${piece}`));
}

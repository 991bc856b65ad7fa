import { totalTokens } from "#lib/usage/tokens.ts";
import type { UsageEvent } from "#lib/usage/usage-event.ts";

const DAY_MS = 86_400_000;

/** The best ranks seen in a scope; null where there is none of that sort. */
export type Evidence = {
  readonly spanBlind: number | null;
  readonly spanNamed: number | null;
  readonly logBlind: number | null;
  readonly logNamed: number | null;
};

export const NO_EVIDENCE: Evidence = {
  spanBlind: null,
  spanNamed: null,
  logBlind: null,
  logNamed: null,
};

/**
 * The scopes in which an item competes with the other signals of its program,
 * as text to be hashed. It proves something in its session and in its service's
 * day; it is itself judged by its session, and by its service only when it
 * names none: one person's logs say nothing about another person's spans.
 *
 * @param session The item's session, own or inherited.
 */
export function scopesOf(
  event: UsageEvent,
  session: string | undefined,
  keyId: string,
): { readonly proves: readonly string[]; readonly judgedBy: readonly string[] } {
  if (event.signal === "import") return { proves: [], judgedBy: [] };
  const ofSession =
    session === undefined ? [] : [`${event.kind}|${event.family}|session|${session}`];
  if (event.witness === "series") {
    return { proves: [], judgedBy: session === undefined ? coveredDays(event, keyId) : ofSession };
  }
  const ofService = serviceDay(event, keyId, event.startedAtMs);
  const judgedBy = session === undefined ? [ofService] : ofSession;
  return { proves: [...ofSession, ofService], judgedBy: mayBeOutranked(event) ? judgedBy : [] };
}

/** The days that a point of a metric covers: from the start of its series to its time. */
function coveredDays(event: UsageEvent, keyId: string): string[] {
  const from = event.series?.startMs || event.startedAtMs;
  const to = event.series?.endMs ?? event.startedAtMs;
  const days = Math.min(Math.floor(to / DAY_MS) - Math.floor(from / DAY_MS), MOST_DAYS);
  return Array.from({ length: Math.max(days, 0) + 1 }, (_, back) =>
    serviceDay(event, keyId, to - back * DAY_MS),
  );
}

/** A process that reports one cumulative stream for longer is judged by its last days. */
const MOST_DAYS = 7;

function serviceDay(event: UsageEvent, keyId: string, ms: number): string {
  return `${event.kind}|${event.service}|${keyId}|day|${Math.floor(ms / DAY_MS)}`;
}

/** What the item itself proves in its scopes; null when it proves nothing, for want of usage. */
export function evidenceOf(event: UsageEvent): Evidence | null {
  if (event.witness === "series" || event.signal === "import") return null;
  const tells =
    event.kind === "model_call"
      ? event.tokens !== null && totalTokens(event.tokens) > 0
      : event.kind === "tool_call";
  if (!tells) return null;
  const named = event.responseIds.length > 0 || event.toolCallId !== null;
  if (event.signal === "span") {
    return { ...NO_EVIDENCE, ...(named ? { spanNamed: event.rank } : { spanBlind: event.rank }) };
  }
  return { ...NO_EVIDENCE, ...(named ? { logNamed: event.rank } : { logBlind: event.rank }) };
}

export function bestOf(a: Evidence, b: Evidence): Evidence {
  return {
    spanBlind: least(a.spanBlind, b.spanBlind),
    spanNamed: least(a.spanNamed, b.spanNamed),
    logBlind: least(a.logBlind, b.logBlind),
    logNamed: least(a.logNamed, b.logNamed),
  };
}

export function isSameEvidence(a: Evidence, b: Evidence): boolean {
  return (
    a.spanBlind === b.spanBlind &&
    a.spanNamed === b.spanNamed &&
    a.logBlind === b.logBlind &&
    a.logNamed === b.logNamed
  );
}

/** False for what is itself the best: nothing that arrives later can take its place. */
export function mayBeOutranked(event: UsageEvent): boolean {
  return event.signal !== "import" && (event.rank > 1 || event.witness === "series");
}

/**
 * Whether the item only repeats what items of a better rank report in its scope.
 *
 * A point of a metric does so as soon as anything else is there. An item with
 * response ids is joined to the better items by those ids: when they carry ids
 * too and none is equal, it is another call. An aggregate is judged against the
 * other signals only, for within its own the tree tells what it sums up.
 */
export function isOutranked(event: UsageEvent, evidence: Evidence): boolean {
  if (event.signal === "import") return false;
  if (event.witness === "series") {
    return (
      least(
        least(evidence.spanBlind, evidence.spanNamed),
        least(evidence.logBlind, evidence.logNamed),
      ) !== null
    );
  }
  const named = event.responseIds.length > 0 || event.toolCallId !== null;
  const isAggregate = event.witness === "aggregate";
  const spans =
    isAggregate && event.signal === "span"
      ? null
      : best(evidence.spanBlind, evidence.spanNamed, named);
  const logs =
    isAggregate && event.signal === "log"
      ? null
      : best(evidence.logBlind, evidence.logNamed, named);
  const rank = least(spans, logs);
  return rank !== null && event.rank > rank;
}

function best(blind: number | null, named: number | null, joinedById: boolean): number | null {
  return joinedById ? blind : least(blind, named);
}

function least(a: number | null, b: number | null): number | null {
  if (a === null) return b;
  return b === null ? a : Math.min(a, b);
}

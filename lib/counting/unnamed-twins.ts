import { contextTokens, totalTokens } from "#lib/usage/tokens.ts";
import type { Witnessed } from "./witnessed.ts";

/** A record at the end of a stream has no length; clocks of one process hardly differ. */
const SLACK_MS = 2_000;

type Twins = { readonly unnamed: Witnessed; readonly named: Witnessed };

/**
 * Calls that two instrumentations of one program tell of side by side, where
 * one of them does not know the response id (streams, mostly): neither an id
 * nor nesting joins them. Within one trace, a call without an id is taken for
 * the call with an id that another scope reports with the same model and the
 * same tokens at the same time. Each is paired once, the nearest in time first.
 *
 * @param isAlone Whether nothing else tells of the call yet.
 */
export function unnamedTwins(
  items: readonly Witnessed[],
  isAlone: (item: Witnessed) => boolean,
): Twins[] {
  const calls = items.filter(
    ({ event }) =>
      event.kind === "model_call" &&
      event.traceId !== null &&
      event.tokens !== null &&
      totalTokens(event.tokens) > 0,
  );
  const alike = Map.groupBy(calls, likeness);
  return [...alike.values()].flatMap((group) => (group.length < 2 ? [] : pairUp(group, isAlone)));
}

/** What the two must agree on. */
function likeness({ event }: Witnessed): string {
  const { tokens } = event;
  const usage = tokens === null ? "" : `${contextTokens(tokens)} ${tokens.output}`;
  return `${event.traceId} ${event.model ?? ""} ${usage}`;
}

function pairUp(group: readonly Witnessed[], isAlone: (item: Witnessed) => boolean): Twins[] {
  const named = group.filter(({ event }) => event.responseIds.length > 0);
  const candidates = group
    .filter((item) => item.event.responseIds.length === 0 && isAlone(item))
    .flatMap((unnamed) =>
      named
        .filter((other) => scopeOf(other) !== scopeOf(unnamed) && meet(unnamed, other))
        .map((other) => ({ unnamed, named: other })),
    )
    .sort((a, b) => apart(a) - apart(b) || (keyOf(a) < keyOf(b) ? -1 : 1));
  const taken = new Set<string>();
  return candidates.filter(({ unnamed, named: other }) => {
    const paired = `${other.id} ${scopeOf(unnamed)}`;
    if (taken.has(unnamed.id) || taken.has(paired)) return false;
    taken.add(unnamed.id).add(paired);
    return true;
  });
}

function scopeOf({ event }: Witnessed): string {
  return event.attributes["otel.scope.name"] ?? "";
}

function meet({ event: a }: Witnessed, { event: b }: Witnessed): boolean {
  const endOf = (event: Witnessed["event"]) => event.startedAtMs + (event.durationMs ?? 0);
  return a.startedAtMs <= endOf(b) + SLACK_MS && b.startedAtMs <= endOf(a) + SLACK_MS;
}

function apart({ unnamed, named }: Twins): number {
  return Math.abs(unnamed.event.startedAtMs - named.event.startedAtMs);
}

function keyOf({ unnamed, named }: Twins): string {
  return `${unnamed.id} ${named.id}`;
}

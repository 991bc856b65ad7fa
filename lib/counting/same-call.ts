import { contextTokens, NO_TOKENS, type Tokens, totalTokens } from "#lib/usage/tokens.ts";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import { failedTwins } from "./failed-twins.ts";
import type { TraceTree } from "./trace-tree.ts";
import { lookingAlike, traceTwins } from "./trace-twins.ts";
import { unnamedTwins } from "./unnamed-twins.ts";
import type { Witnessed } from "./witnessed.ts";

/**
 * Clocks of two hosts, and a log written just after the call it tells of, may
 * be off by so much; two calls that share an id by chance are further apart.
 */
const CLOCK_SLACK_MS = 2_000;

/** Items that tell of one and the same call; the first is the one that counts. */
export type CallGroup = {
  readonly members: readonly Witnessed[];
  /** The members that were joined by nesting and equal tokens, not by an id. */
  readonly nested: ReadonlySet<string>;
};

type Session = (item: Witnessed) => string | undefined;

/**
 * Groups single calls that are one call (DIALECTS 0.2 rule 3): those that share
 * a response id or a tool call id, those that stand inside one another with
 * equal tokens or, for tools, with the same name, and those that two
 * instrumentations tell of side by side.
 *
 * @param trees The tree of each trace that the items belong to.
 * @param crowded Twin keys by which nothing is joined: too many calls share them.
 */
export function groupSameCalls(
  items: readonly Witnessed[],
  trees: ReadonlyMap<string, TraceTree>,
  sessionOf: Session,
  crowded: ReadonlySet<bigint>,
): CallGroup[] {
  const sets = new DisjointSets();
  const nested = new Set<string>();
  joinByKeys(items, sessionOf, sets);
  for (const item of items) {
    const outer = enclosingSameCall(item, trees);
    if (outer === null) continue;
    if (sets.find(item.id) !== sets.find(outer.id)) nested.add(item.id).add(outer.id);
    sets.join(item.id, outer.id);
  }
  const sizes = Map.groupBy(items, ({ id }) => sets.find(id));
  const isAlone = ({ id }: Witnessed) => sizes.get(sets.find(id))?.length === 1;
  for (const { unnamed, named } of unnamedTwins(items, isAlone)) sets.join(unnamed.id, named.id);
  for (const [one, other] of failedTwins(items, isAlone)) sets.join(one.id, other.id);
  joinAcrossTraces(items, crowded, sets);
  const groups = Map.groupBy(items, ({ id }) => sets.find(id));
  return [...groups.values()].map((members) => ({
    members: members.length === 1 ? members : byTrust(members, trees),
    nested,
  }));
}

/** A call that a framework tells of already, in the client's own trace, is not another call of the framework. */
function joinAcrossTraces(
  items: readonly Witnessed[],
  crowded: ReadonlySet<bigint>,
  sets: DisjointSets,
): void {
  const alike = lookingAlike(items, crowded);
  if (alike.length === 0) return;
  const groups = Map.groupBy(items, ({ id }) => sets.find(id));
  const groupOf = ({ id }: Witnessed) => groups.get(sets.find(id)) ?? [];
  const twins = traceTwins(alike, (item) => groupOf(item).length === 1);
  const told = new Set<string>();
  for (const { framework, client } of twins) {
    const group = groupOf(client);
    const scopes = group.map(({ event }) => event.attributes["otel.scope.name"]);
    const name = group.map(({ id }) => id).sort()[0] ?? client.id;
    if (scopes.includes(framework.event.attributes["otel.scope.name"]) || told.has(name)) continue;
    told.add(name);
    sets.join(framework.id, client.id);
  }
}

function joinByKeys(items: readonly Witnessed[], sessionOf: Session, sets: DisjointSets): void {
  const byKey = new Map<string, Witnessed[]>();
  for (const item of items) {
    for (const callKey of item.callKeys) {
      const key = `${item.event.kind} ${callKey}`;
      const others = byKey.get(key);
      if (others === undefined) byKey.set(key, [item]);
      else others.push(item);
    }
  }
  for (const named of byKey.values()) {
    if (named.length > 1) joinNamed(named, sessionOf, sets);
  }
}

/**
 * An equal id alone may be chance (or a mock's counter): two items of one id
 * must share a trace or overlap in time. A log may be written at any time after
 * its call; for it the session will do, while two spans tell when they were.
 */
function joinNamed(named: readonly Witnessed[], sessionOf: Session, sets: DisjointSets): void {
  for (const [traceId, inTrace] of Map.groupBy(named, ({ event }) => event.traceId)) {
    if (traceId !== null) joinAll(inTrace, sets);
  }
  for (const [session, inSession] of Map.groupBy(named, sessionOf)) {
    const areTimed = inSession.every(({ event }) => event.signal === "span");
    if (session !== undefined && !areTimed) joinAll(inSession, sets);
  }
  joinByTime(named, sets);
}

function joinAll([first, ...others]: readonly Witnessed[], sets: DisjointSets): void {
  for (const other of others) if (first !== undefined) sets.join(other.id, first.id);
}

/** In order of their starts, each item meets those before it exactly when it meets the one that ends last. */
function joinByTime(items: readonly Witnessed[], sets: DisjointSets): void {
  let last: Witnessed | null = null;
  for (const item of [...items].sort((a, b) => a.event.startedAtMs - b.event.startedAtMs)) {
    if (last !== null && item.event.startedAtMs - endOf(last) <= CLOCK_SLACK_MS) {
      sets.join(item.id, last.id);
    }
    if (last === null || endOf(item) > endOf(last)) last = item;
  }
}

function endOf({ event }: Witnessed): number {
  return event.startedAtMs + (event.durationMs ?? 0);
}

/** The nearest call around an item, if it is the same call seen from outside. */
function enclosingSameCall(
  item: Witnessed,
  trees: ReadonlyMap<string, TraceTree>,
): Witnessed | null {
  const tree = item.event.traceId === null ? undefined : trees.get(item.event.traceId);
  if (tree === undefined) return null;
  for (const { items } of tree.ancestors(item)) {
    const outer = items.find(({ id }) => id !== item.id);
    if (outer === undefined) continue;
    // A tool below a model call below a tool is another tool call.
    const isCall = outer.event.witness === "call" && outer.event.kind === item.event.kind;
    return isCall && looksTheSame(item, outer) ? outer : null;
  }
  return null;
}

function looksTheSame({ event: inner }: Witnessed, { event: outer }: Witnessed): boolean {
  if (inner.kind === "tool_call") {
    return inner.tool === outer.tool && !differ(inner.toolCallId, outer.toolCallId);
  }
  if (inner.responseIds.some((id) => outer.responseIds.includes(id))) return true;
  // A gateway may give the answer an id of its own: then only equal usage tells.
  if (inner.responseIds.length > 0 && outer.responseIds.length > 0) {
    return areEqual(inner.tokens, outer.tokens) && totalTokens(inner.tokens ?? NO_TOKENS) > 0;
  }
  return outer.tokens === null || areEqual(inner.tokens, outer.tokens) || isHalfOf(outer, inner);
}

/** Whether what a call tells of half its usage is what another tells of that half. */
function isHalfOf({ flags, tokens: half }: UsageEvent, { tokens: whole }: UsageEvent): boolean {
  if (half === null || whole === null || !flags.includes("usage_incomplete")) return false;
  return half.output > 0
    ? half.output === whole.output
    : contextTokens(half) === contextTokens(whole);
}

/** Whether two items tell of the same usage; one may split it into finer classes than the other. */
function areEqual(a: Tokens | null, b: Tokens | null): boolean {
  if (a === null || b === null) return a === b;
  return contextTokens(a) === contextTokens(b) && a.output === b.output;
}

function differ(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a !== b;
}

/**
 * Orders the members of one call by how much they tell. Model calls: with
 * usage, richest token split, best rank, named, innermost. Tool calls: best
 * rank, named, then outermost, since the agent's own span knows the id and the outcome. The
 * id decides what is left, so that the order of arrival never does.
 */
function byTrust(
  members: readonly Witnessed[],
  trees: ReadonlyMap<string, TraceTree>,
): Witnessed[] {
  const scored = members.map((item) => ({
    item,
    depth: depthOf(item, trees),
    richness: richness(item),
  }));
  return scored
    .sort((a, b) => {
      const inward = a.item.event.kind === "tool_call" ? 1 : -1;
      return (
        b.richness - a.richness ||
        a.item.event.rank - b.item.event.rank ||
        Number(isNamed(b.item)) - Number(isNamed(a.item)) ||
        inward * (a.depth - b.depth) ||
        (a.item.id < b.item.id ? -1 : 1)
      );
    })
    .map(({ item }) => item);
}

function depthOf(item: Witnessed, trees: ReadonlyMap<string, TraceTree>): number {
  const { traceId } = item.event;
  return (traceId === null ? undefined : trees.get(traceId)?.depthOf(item)) ?? 0;
}

/** With an id of the call, by which further items will be joined to it. */
function isNamed({ callKeys }: Witnessed): boolean {
  return callKeys.length > 0;
}

function richness({ event }: Witnessed): number {
  if (event.kind === "tool_call") return event.status === "rejected" ? 0 : 1;
  const { tokens, flags } = event;
  if (tokens === null) return 0;
  if (flags.includes("usage_incomplete")) return 1;
  const split =
    (flags.includes("cache_unreported") ? 0 : 4) + (flags.includes("assumed_ttl") ? 0 : 2);
  return 8 + split + (isSplit(tokens) ? 1 : 0);
}

function isSplit(tokens: Tokens): boolean {
  return (
    tokens.cache_read > 0 ||
    tokens.cache_write_5m > 0 ||
    tokens.cache_write_1h > 0 ||
    tokens.reasoning > 0
  );
}

/** Union-find by path halving. */
class DisjointSets {
  readonly #parent = new Map<string, string>();

  find(id: string): string {
    let at = id;
    for (;;) {
      const parent = this.#parent.get(at) ?? at;
      if (parent === at) return at;
      const above = this.#parent.get(parent) ?? parent;
      this.#parent.set(at, above);
      at = above;
    }
  }

  join(a: string, b: string): void {
    const [rootA, rootB] = [this.find(a), this.find(b)];
    if (rootA !== rootB) this.#parent.set(rootA, rootB);
  }
}

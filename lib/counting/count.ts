/**
 * Counted once: which of all items that tell of usage count, and what each
 * finally says (DIALECTS 0.2). A pure function of the set of items, so neither
 * the order of arrival nor the way they were split can change a figure.
 */
import { TOKEN_CLASSES, type Tokens } from "#lib/usage/tokens.ts";
import type { Identity, UsageEvent } from "#lib/usage/usage-event.ts";
import { uncountedAggregates } from "./aggregates.ts";
import { withoutParts } from "./nested-points.ts";
import { groupSameCalls } from "./same-call.ts";
import { type Evidence, isOutranked, mayBeOutranked } from "./scopes.ts";
import { increases } from "./series.ts";
import { type Inherited, merge, TraceTree } from "./trace-tree.ts";
import type { Known, NotCounted, Outcome, Witnessed } from "./witnessed.ts";

/** All that is known, arranged: the tree of each trace, and what each item inherits in it. */
export type Forest = {
  readonly items: readonly Witnessed[];
  readonly trees: ReadonlyMap<string, TraceTree>;
  readonly inherited: ReadonlyMap<string, Inherited>;
  readonly settled: ReadonlyMap<string, Tokens | null>;
  readonly crowded: ReadonlySet<bigint>;
};

/** Arranges what is known, so that sessions can be asked for before anything is decided. */
export function plantForest(known: Known): Forest {
  // In the order of their ids: whatever is chosen below, the order of arrival has no say.
  const items = known.items.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const trees = treesOf({ ...known, items });
  const inherited = new Map(items.map((item) => [item.id, inheritedBy(item, trees)]));
  const { settled = new Map(), crowded = new Set() } = known;
  return { items, trees, inherited, settled, crowded };
}

/** The session that an item belongs to, its own or its trace's. */
export function sessionIn(forest: Forest, item: Witnessed): string | undefined {
  return forest.inherited.get(item.id)?.identity.session;
}

/** The best ranks in all scopes of an item. */
export type EvidenceFor = (item: Witnessed) => Evidence;

/**
 * Decides about all items of the forest. It must be whole: all known items of
 * each trace, all that share a call key with them, and for each cumulative
 * point that is not settled the one before it.
 */
export function count(forest: Forest, evidenceFor: EvidenceFor): Map<string, Outcome> {
  const { items, trees, inherited } = forest;
  const sessionOf = (item: Witnessed) => sessionIn(forest, item);
  const outranked = (item: Witnessed) =>
    mayBeOutranked(item.event) && isOutranked(item.event, evidenceFor(item));

  const outcomes = new Map<string, Outcome>();
  const decide: Decide = (item, because, more = {}) => {
    outcomes.set(item.id, outcomeOf(item, inherited.get(item.id) ?? ownOf(item), because, more));
  };
  const calls = items.filter(({ event }) => event.witness === "call");
  for (const { members, nested } of groupSameCalls(calls, trees, sessionOf, forest.crowded)) {
    decideCall({ members, nested, outranked, forest, decide });
  }
  decideAggregates(items, trees, outranked, decide);
  decideSeries(forest, outranked, decide);
  return outcomes;
}

type Decide = (item: Witnessed, because: NotCounted | null, more?: Partial<Outcome>) => void;

function treesOf({ items, nodes }: Known): Map<string, TraceTree> {
  const itemsOf = Map.groupBy(items, ({ event }) => event.traceId);
  const nodesOf = Map.groupBy(nodes, ({ traceId }) => traceId);
  const trees = new Map<string, TraceTree>();
  for (const [traceId, ofTrace] of itemsOf) {
    if (traceId === null) continue;
    trees.set(traceId, new TraceTree({ items: ofTrace, nodes: nodesOf.get(traceId) ?? [] }));
  }
  return trees;
}

function ownOf({ event }: Witnessed): Inherited {
  return {
    identity: event.identityOf,
    provider: event.provider,
    model: event.model,
    attributes: event.attributes,
  };
}

function inheritedBy(item: Witnessed, trees: ReadonlyMap<string, TraceTree>): Inherited {
  const own = ownOf(item);
  const tree = item.event.traceId === null ? undefined : trees.get(item.event.traceId);
  return tree === undefined ? own : merge(own, tree.inheritedBy(item));
}

function outcomeOf(
  { event }: Witnessed,
  said: Inherited,
  because: NotCounted | null,
  more: Partial<Outcome>,
): Outcome {
  const isModelCall = event.kind === "model_call";
  return {
    counted: because === null,
    because,
    twinOf: null,
    identity: said.identity,
    provider: isModelCall ? said.provider : event.provider,
    model: isModelCall ? said.model : event.model,
    tier: event.tier,
    tool: event.tool,
    attempt: event.attempt,
    tokens: event.tokens,
    units: event.units,
    reportedCost: event.reportedCost,
    attributes: said.attributes,
    ...more,
  };
}

/** The first member counts, unless the call is told better elsewhere; it takes from the others what it lacks. */
function decideCall({
  members,
  nested,
  outranked,
  forest,
  decide,
}: {
  readonly members: readonly Witnessed[];
  readonly nested: ReadonlySet<string>;
  readonly outranked: (item: Witnessed) => boolean;
  readonly forest: Forest;
  readonly decide: Decide;
}): void {
  const [winner, ...others] = members;
  if (winner === undefined) return;
  if (members.every(outranked)) {
    for (const item of members) decide(item, "better_signal");
    return;
  }
  const attempt = lastTryOf(members, forest.trees);
  decide(winner, null, { ...filledFrom(winner, others, forest.inherited), attempt });
  const shared = sharedKeys(members);
  for (const other of others) {
    const isJoinedByKey = other.callKeys.some((key) => shared.has(key));
    const because = !isJoinedByKey && nested.has(other.id) ? "nested_call" : "same_call";
    decide(other, because, { twinOf: winner.id });
  }
}

/** However often a call was tried, it is one call: its tries are told by its items, or by the requests below them. */
function lastTryOf(
  members: readonly Witnessed[],
  trees: ReadonlyMap<string, TraceTree>,
): number | null {
  let last: number | null = null;
  for (const item of members) {
    const { kind, traceId, attempt: own } = item.event;
    const tree = traceId === null || kind !== "model_call" ? undefined : trees.get(traceId);
    const attempt = Math.max(own ?? 0, tree?.lastTryBelow(item) ?? 0, last ?? 0);
    last = attempt === 0 ? null : attempt;
  }
  return last;
}

/** The keys that more than one member carries. */
function sharedKeys(members: readonly Witnessed[]): Set<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const { callKeys } of members) {
    for (const key of new Set(callKeys)) (seen.has(key) ? shared : seen).add(key);
  }
  return shared;
}

function filledFrom(
  winner: Witnessed,
  others: readonly Witnessed[],
  inherited: ReadonlyMap<string, Inherited>,
): Partial<Outcome> {
  if (others.length === 0) return {};
  let said = inherited.get(winner.id) ?? ownOf(winner);
  for (const other of others) said = merge(said, inherited.get(other.id) ?? ownOf(other));
  const events = [winner, ...others].map(({ event }) => event);
  const gateway = others.find(({ event }) => isDeployed(event, said.model));
  const answered = gateway === undefined ? said : merge(ownOf(gateway), said);
  return {
    identity: said.identity as Identity,
    provider: answered.provider,
    model: answered.model,
    attributes: said.attributes,
    tier: events.find(({ tier }) => tier !== null)?.tier ?? null,
    tool: events.find(({ tool }) => tool !== null)?.tool ?? null,
    reportedCost: events.find(({ reportedCost }) => reportedCost !== null)?.reportedCost ?? null,
    units: Object.assign({}, ...events.map(({ units }) => units).reverse()),
  };
}

/**
 * Behind a gateway a client knows the model by the gateway's name for it, and
 * takes the gateway's protocol for its provider; the gateway knows who answered.
 * What the client said stays in its row as the model reported.
 */
function isDeployed({ dialect, model, requestModel }: UsageEvent, alias: string | null): boolean {
  return dialect === "litellm" && model !== null && alias !== null && requestModel === alias;
}

function decideAggregates(
  items: readonly Witnessed[],
  trees: ReadonlyMap<string, TraceTree>,
  outranked: (item: Witnessed) => boolean,
  decide: Decide,
): void {
  for (const [traceId, part] of Map.groupBy(items, ({ event }) => event.traceId)) {
    const verdicts = traceId === null ? null : uncountedAggregates(part, trees.get(traceId));
    for (const item of part.filter(({ event }) => event.witness === "aggregate")) {
      const verdict = verdicts?.get(item.id);
      if (verdict !== undefined) decide(item, verdict.because, { twinOf: verdict.twinOf });
      else decide(item, outranked(item) ? "better_signal" : null);
    }
  }
}

function decideSeries(
  { items, settled }: Forest,
  outranked: (item: Witnessed) => boolean,
  decide: Decide,
): void {
  const points = items.filter(({ event }) => event.witness === "series");
  const cumulative = points.filter(({ event }) => event.series?.temporality === "cumulative");
  const added = new Map<string, Tokens>();
  for (const [, stream] of Map.groupBy(cumulative, ({ streamKey }) => streamKey)) {
    for (const [id, tokens] of increases(stream)) added.set(id, tokens);
  }
  const increaseOf = (point: Witnessed) =>
    settled.get(point.id) ?? added.get(point.id) ?? point.event.tokens;
  const remainders = withoutParts(points, increaseOf);
  for (const point of points) {
    // What is settled of a whole is settled without its parts.
    const tokens = settled.get(point.id) ?? remainders.get(point.id) ?? increaseOf(point);
    const because = outranked(point) ? "better_signal" : isIncrease(tokens) ? null : "no_increase";
    decide(point, because, { tokens });
  }
}

function isIncrease(tokens: Tokens | null): boolean {
  return tokens !== null && TOKEN_CLASSES.some((tokenClass) => tokens[tokenClass] !== 0);
}

import type { Identity, TraceNode } from "#lib/usage/usage-event.ts";
import type { Known, Witnessed } from "./witnessed.ts";

/** What a place in a trace says of itself and hands down to what is below it. */
export type Inherited = {
  readonly identity: Identity;
  readonly provider: string | null;
  readonly model: string | null;
  readonly attributes: Readonly<Record<string, string>>;
};

type Place = {
  parent: string | null;
  readonly items: Witnessed[];
  own: Inherited;
};

/** How many spans are known from one upwards, and whether they lead to a root. */
type WayUp = { readonly length: number; readonly isComplete: boolean };

/** A request stands just below its call, with at most a few spans of clients between. */
const MOST_STEPS_TO_CALL = 8;
const NOTHING: Inherited = { identity: {}, provider: null, model: null, attributes: {} };

/**
 * One trace as a tree of spans, as far as they are known. Roots may never come,
 * and a parent may be missing between a call and its ancestors: then the chain
 * is broken there, and `isComplete` says so.
 */
export class TraceTree {
  readonly #places = new Map<string, Place>();
  readonly #inherited = new Map<string, Inherited>();
  readonly #waysUp = new Map<string, WayUp>();
  /** Spans of requests that were sent again, and which try each is. */
  readonly #resent = new Map<string, number>();
  #triesOfCalls: ReadonlyMap<string, number> | null = null;
  #sole: Inherited | null = null;

  constructor({ items, nodes }: Known) {
    for (const node of nodes) this.#addNode(node);
    for (const item of items) this.#addItem(item);
    this.#cutCircles();
  }

  /** The spans above an item, nearest first. */
  *ancestors(
    item: Witnessed,
  ): Generator<{ readonly items: readonly Witnessed[]; readonly spanId: string }> {
    let spanId = item.event.parentSpanId;
    while (spanId !== null) {
      const place = this.#places.get(spanId);
      if (place === undefined) return;
      yield { items: place.items, spanId };
      spanId = place.parent;
    }
  }

  /** False where a parent above the item is not known (yet). */
  isComplete(item: Witnessed): boolean {
    return this.#wayUp(item.event.parentSpanId).isComplete;
  }

  /** How many known spans are above the item. */
  depthOf(item: Witnessed): number {
    return this.#wayUp(item.event.parentSpanId).length;
  }

  /** What an item inherits: from the nearest ancestor that says it, else what only one value in the trace is said for. */
  inheritedBy(item: Witnessed): Inherited {
    const parent = item.event.parentSpanId;
    const above = parent === null ? NOTHING : this.#handedDown(parent);
    return merge(above, this.#onlyOnes());
  }

  /** Which try of a call the last request below it was; null where none was sent again. */
  lastTryBelow({ event }: Witnessed): number | null {
    this.#triesOfCalls ??= this.#readTries();
    return (event.spanId === null ? undefined : this.#triesOfCalls.get(event.spanId)) ?? null;
  }

  #readTries(): ReadonlyMap<string, number> {
    const tries = new Map<string, number>();
    for (const [request, attempt] of this.#resent) {
      let spanId: string | null = request;
      for (let step = 0; step < MOST_STEPS_TO_CALL && spanId !== null; step++) {
        spanId = this.#places.get(spanId)?.parent ?? null;
        if (spanId === null || this.#places.get(spanId)?.items.length === 0) continue;
        tries.set(spanId, Math.max(attempt, tries.get(spanId) ?? 1));
        break;
      }
    }
    return tries;
  }

  #addNode(node: TraceNode): void {
    if (this.#places.has(node.spanId)) return;
    if (node.attempt !== undefined) this.#resent.set(node.spanId, node.attempt);
    this.#places.set(node.spanId, {
      parent: node.parentSpanId,
      items: [],
      own: {
        identity: node.identityOf,
        provider: node.provider,
        model: node.model,
        attributes: node.attributes,
      },
    });
  }

  #addItem(item: Witnessed): void {
    const { event } = item;
    if (event.signal !== "span" || event.spanId === null) return;
    const own: Inherited = {
      identity: event.identityOf,
      provider: event.provider,
      model: event.model,
      attributes: event.attributes,
    };
    const place = this.#places.get(event.spanId);
    if (place === undefined) {
      this.#places.set(event.spanId, { parent: event.parentSpanId, items: [item], own });
    } else {
      place.items.push(item);
      place.own = merge(place.own, own);
    }
  }

  /** Spans that are each other's ancestors are hostile or broken: the one of least id becomes a root, whatever came first. */
  #cutCircles(): void {
    const done = new Set<string>();
    for (const from of this.#places.keys()) {
      const path = new Set<string>();
      let at: string | null = from;
      while (at !== null && !done.has(at) && !path.has(at)) {
        path.add(at);
        at = this.#places.get(at)?.parent ?? null;
      }
      if (at !== null && path.has(at)) {
        const circle = [...path].slice([...path].indexOf(at));
        const least = this.#places.get(circle.toSorted()[0] ?? at);
        if (least !== undefined) least.parent = null;
      }
      for (const spanId of path) done.add(spanId);
    }
  }

  #handedDown(spanId: string): Inherited {
    const { path, end } = this.#climb(spanId, this.#inherited);
    let result = (end === null ? undefined : this.#inherited.get(end)) ?? NOTHING;
    for (const id of path.reverse()) {
      const place = this.#places.get(id);
      if (place !== undefined) result = merge(place.own, result);
      this.#inherited.set(id, result);
    }
    return result;
  }

  #wayUp(spanId: string | null): WayUp {
    if (spanId === null) return { length: 0, isComplete: true };
    const { path, end } = this.#climb(spanId, this.#waysUp);
    const known = end === null ? undefined : this.#waysUp.get(end);
    const isComplete = known?.isComplete ?? (end === null || this.#places.has(end));
    let length = known?.length ?? 0;
    for (const id of path.reverse()) this.#waysUp.set(id, { length: ++length, isComplete });
    return { length, isComplete };
  }

  /**
   * The known spans from one upwards, and what ended the climb: null above a
   * root, else the span that the memo holds or that is not known. Iterative,
   * with a memo: a trace may be thousands of spans deep.
   */
  #climb(
    from: string,
    memo: ReadonlyMap<string, unknown>,
  ): { readonly path: string[]; readonly end: string | null } {
    const path: string[] = [];
    let at: string | null = from;
    while (at !== null && !memo.has(at)) {
      const place = this.#places.get(at);
      if (place === undefined) break;
      path.push(at);
      at = place.parent;
    }
    return { path, end: at };
  }

  /** Session, user, organisation and repository of a trace are shared by all its calls when only one is named. */
  #onlyOnes(): Inherited {
    if (this.#sole !== null) return this.#sole;
    const values = new Map<string, Set<string>>();
    for (const { own } of this.#places.values()) {
      for (const key of SHARED_BY_TRACE) {
        const value = own.identity[key];
        if (value !== undefined) values.set(key, (values.get(key) ?? new Set()).add(value));
      }
    }
    const identity = Object.fromEntries(
      [...values].flatMap(([key, said]) => (said.size === 1 ? [[key, [...said][0]]] : [])),
    );
    this.#sole = { ...NOTHING, identity };
    return this.#sole;
  }
}

const SHARED_BY_TRACE = ["session", "user", "organization", "repository", "workflow"] as const;

/** `near` wins, key by key. */
export function merge(near: Inherited, far: Inherited): Inherited {
  if (far === NOTHING) return near;
  if (near === NOTHING) return far;
  return {
    identity: { ...far.identity, ...near.identity },
    provider: near.provider ?? far.provider,
    model: near.model ?? far.model,
    attributes: { ...far.attributes, ...near.attributes },
  };
}

/** For tests: a request before it is encoded, and what decoding it must give. */

import type { Attributes, LogRecord, MetricPoint, Resource, Scope, Span } from "../model.ts";
import type { Origin } from "../protobuf/envelope.ts";

type Bare<Item> = Omit<Item, keyof Origin>;
export type BareSpan = Bare<Span>;
export type BareRecord = Bare<LogRecord>;
export type BarePoint = Bare<MetricPoint>;

export type TestRequest<Item> = readonly {
  readonly resource: Resource;
  readonly scopes: readonly { readonly scope: Scope; readonly items: readonly Item[] }[];
}[];

/** One resource and one scope around the items. */
export function requestOf<Item>(...items: Item[]): TestRequest<Item> {
  const resource = { attributes: new Map([["service.name", "test"]]), schemaUrl: "" };
  const scope = { name: "tests", version: "1", attributes: new Map(), schemaUrl: "" };
  return [{ resource, scopes: [{ scope, items }] }];
}

export function itemsOf<Item>(request: TestRequest<Item>): (Item & Origin)[] {
  return request.flatMap(({ resource, scopes }, r) =>
    scopes.flatMap(({ scope, items }, s) =>
      items.map((item, i) => ({ ...item, resource, scope, position: [r, s, i] as const })),
    ),
  );
}

export function spanWith(attributes: Attributes, overrides: Partial<BareSpan> = {}): BareSpan {
  return {
    traceId: "5b8efff798038103d269b633813fc60c",
    spanId: "eee19b7ec3c1b174",
    parentSpanId: "",
    name: "chat",
    kind: 3,
    startNanos: 1_795_365_429_622_000_000n,
    endNanos: 1_795_365_430_622_000_001n,
    attributes,
    events: [],
    statusCode: 0,
    statusMessage: "",
    ...overrides,
  };
}

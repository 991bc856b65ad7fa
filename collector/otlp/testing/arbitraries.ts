/** For tests: any request that OTLP can say. */

import fc from "fast-check";
import type { Attributes, AttributeValue, SpanEvent } from "../model.ts";
import type { BarePoint, BareRecord, BareSpan, TestRequest } from "./request.ts";

/** Plain objects: strict equality tells them from those without a prototype. */
function record<T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record(model, { noNullPrototype: true });
}

/** Every code point that UTF-8 has, U+0000 too. */
const text = fc.string({ unit: "binary", maxLength: 90 });
const nanos = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const kind = fc.integer({ min: 0, max: 5 });

const beyondDouble = fc.oneof(
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }),
  fc.bigInt({ min: -(2n ** 63n), max: -(2n ** 53n) }),
);

const { value } = fc.letrec<{ value: AttributeValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    text,
    fc.double(),
    fc.maxSafeInteger(),
    beyondDouble,
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array({ maxLength: 20 }),
    fc.array(tie("value"), { maxLength: 4 }),
    mapOf(tie("value")),
  ),
}));

const attributes = mapOf(value);

function mapOf(values: fc.Arbitrary<AttributeValue>): fc.Arbitrary<Attributes> {
  return fc.array(fc.tuple(text, values), { maxLength: 5 }).map((pairs) => new Map(pairs));
}

function hexId(bytes: number): fc.Arbitrary<string> {
  return fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .filter((id) => id.some((byte) => byte !== 0))
    .map((id) => Buffer.from(id).toString("hex"));
}

const optionalSpanId = fc.option(hexId(8), { nil: "" });

const event: fc.Arbitrary<SpanEvent> = record({ name: text, timeNanos: nanos, attributes });

export const anySpan: fc.Arbitrary<BareSpan> = record({
  traceId: hexId(16),
  spanId: hexId(8),
  parentSpanId: optionalSpanId,
  name: text,
  kind,
  startNanos: nanos,
  endNanos: nanos,
  attributes,
  events: fc.array(event, { maxLength: 3 }),
  statusCode: fc.integer({ min: 0, max: 2 }),
  statusMessage: text,
});

export const anyRecord: fc.Arbitrary<BareRecord> = record({
  timeNanos: nanos,
  observedNanos: nanos,
  eventName: text,
  body: value,
  attributes,
  traceId: fc.option(hexId(16), { nil: "" }),
  spanId: optionalSpanId,
});

/** Gauges know neither temporality nor monotonicity. */
export const anyNumberPoint: fc.Arbitrary<BarePoint> = record({
  metric: text,
  unit: text,
  type: fc.constantFrom("gauge", "sum"),
  temporality: fc.integer({ min: 0, max: 2 }),
  monotonic: fc.boolean(),
  attributes,
  startNanos: nanos,
  timeNanos: nanos,
  value: fc.oneof(fc.double(), beyondDouble, fc.constant(null)),
  count: fc.constant(1),
}).map((point) =>
  point.type === "gauge" ? { ...point, temporality: 0, monotonic: false } : point,
);

export function anyRequest<Item>(item: fc.Arbitrary<Item>): fc.Arbitrary<TestRequest<Item>> {
  const scope = record({ name: text, version: text, attributes, schemaUrl: text });
  const scoped = record({ scope, items: fc.array(item, { maxLength: 3 }) });
  return fc.array(
    record({
      resource: record({ attributes, schemaUrl: text }),
      scopes: fc.array(scoped, { maxLength: 2 }),
    }),
    { maxLength: 2 },
  );
}

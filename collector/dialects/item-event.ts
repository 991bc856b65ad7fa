import { spanItemIdentity } from "#lib/usage/span-item-identity.ts";
import { UNSAID } from "#lib/usage/unsaid.ts";
import type { DialectName, UsageEvent } from "#lib/usage/usage-event.ts";
import type { Attributes, LogRecord, MetricPoint, Scope, Span } from "../otlp/model.ts";
import { retainedAttributes } from "../retained-attributes.ts";
import { attemptOf } from "./attempts.ts";
import { text } from "./attributes.ts";
import { identityOf } from "./identity.ts";
import { canonical, hash, streamOf } from "./item-hash.ts";
import { nestingOf } from "./metric-nesting.ts";

/** What a dialect must say about an event; everything else has a default. */
export type Given = Partial<UsageEvent> & Pick<UsageEvent, "kind" | "operation">;

/** A usage event of a span: place in the trace, time, identity and attributes are the span's. */
export function spanEvent(dialect: DialectName, span: Span, given: Given): UsageEvent {
  return complete(dialect, span, {
    identity: spanItemIdentity(span),
    signal: "span",
    startedAtMs: toMs(span.startNanos),
    durationMs: spanDurationMs(span),
    traceId: span.traceId || null,
    spanId: span.spanId || null,
    parentSpanId: span.parentSpanId || null,
    ...given,
  });
}

/**
 * A usage event of a log record. Without `given.identity` its identity is a
 * hash of the record itself; give the producer's own ids where it has any.
 */
export function logEvent(dialect: DialectName, record: LogRecord, given: Given): UsageEvent {
  return complete(dialect, record, {
    identity: `log:${logHash(record)}`,
    signal: "log",
    startedAtMs: logTimeMs(record),
    traceId: record.traceId || null,
    parentSpanId: record.spanId || null,
    ...given,
  });
}

/** A usage event of a metric point, as a series. `calls` is 0: points do not tell calls apart. */
export function pointEvent(dialect: DialectName, point: MetricPoint, given: Given): UsageEvent {
  const stream = streamOf(point);
  const nesting = nestingOf(point);
  return complete(dialect, point, {
    identity: `point:${stream}:${point.startNanos}:${point.timeNanos}`,
    witness: "series",
    signal: "metric",
    rank: 3,
    calls: 0,
    startedAtMs: toMs(point.timeNanos),
    series: {
      stream,
      temporality: point.temporality === 1 ? "delta" : "cumulative",
      startMs: toMs(point.startNanos),
      endMs: toMs(point.timeNanos),
      ...(nesting === undefined ? {} : { nesting }),
    },
    ...given,
  });
}

type Item = Span | LogRecord | MetricPoint;

function complete(
  dialect: DialectName,
  item: Item,
  given: Given & Pick<UsageEvent, "identity" | "signal" | "startedAtMs">,
): UsageEvent {
  const service = serviceOf(item.resource.attributes);
  const { requestModel = null } = given;
  const model = given.model ?? requestModel;
  const isCall = given.kind === "model_call" && given.witness !== "aggregate";
  return {
    ...UNSAID,
    dialect,
    family: `service:${service}`,
    calls: isCall ? 1 : 0,
    attempt: isCall ? attemptOf(item.attributes) : null,
    service,
    identityOf: identityOf(item.attributes, item.resource.attributes),
    attributes: retainedAttributes(
      item.attributes,
      item.resource.attributes,
      item.scope.attributes,
      nameOf(item.scope),
    ),
    ...given,
    model,
    requestModel: requestModel === model ? null : requestModel,
  };
}

/** A scope's name as an attribute; one scope stands behind many items. */
function nameOf(scope: Scope): Attributes {
  let known = namesOfScopes.get(scope);
  if (known === undefined) {
    known = new Map([["otel.scope.name", scope.name]]);
    namesOfScopes.set(scope, known);
  }
  return known;
}

const namesOfScopes = new WeakMap<Scope, Attributes>();

/** `service.name`, or what OTel says for a resource without one. */
export function serviceOf(resource: Attributes): string {
  return text(resource, "service.name")?.slice(0, 256) ?? "unknown_service";
}

/** Whole milliseconds since 1970. */
export function toMs(nanos: bigint): number {
  return Number(nanos / 1_000_000n);
}

/** Null for a span that has no end, or one before its start. */
export function spanDurationMs(span: Span): number | null {
  const isSound = span.endNanos >= span.startNanos && span.startNanos > 0n;
  return isSound ? toMs(span.endNanos - span.startNanos) : null;
}

/** The time of a record: its own, else `event.timestamp`, else when it was observed (DIALECTS 0.3). */
export function logTimeMs(record: LogRecord): number {
  if (record.timeNanos > 0n) {
    return toMs(record.timeNanos);
  }
  const told = Date.parse(text(record.attributes, "event.timestamp") ?? "");
  return Number.isNaN(told) ? toMs(record.observedNanos) : told;
}

/** The name of a log event: `eventName`, else the attribute `event.name`, else the body. */
export function eventNameOf(record: LogRecord): string {
  const body = typeof record.body === "string" ? record.body : "";
  return record.eventName || text(record.attributes, "event.name") || body.slice(0, 256);
}

function logHash(record: LogRecord): string {
  return hash(
    canonical(record.resource.attributes),
    record.scope.name,
    record.eventName,
    String(record.timeNanos || record.observedNanos),
    record.traceId,
    record.spanId,
    canonical(record.body),
    canonical(record.attributes),
  );
}

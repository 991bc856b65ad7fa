import type { TraceNode } from "#lib/usage/usage-event.ts";
import { type ContentPolicy, DROP_CONTENT, withContentHashes } from "../content-hashes.ts";
import type { Attributes, LogRecord, MetricPoint, Span } from "../otlp/model.ts";
import { retainedAttributes } from "../retained-attributes.ts";
import { attemptOf } from "./attempts.ts";
import { text } from "./attributes.ts";
import type { Dialect, Normalised, Reading, Rejection } from "./dialect.ts";
import { DIALECT_ORDER } from "./dialect-order.ts";
import { spanIdentity } from "./identity.ts";
import { toMs } from "./item-event.ts";
import { providerOf } from "./provider.ts";

/**
 * All that the spans of one export say. Every span becomes an event, a node of
 * its trace, or both for the ledger: a span that is no usage is kept as a node,
 * so that calls below it find their ancestors.
 */
export function normaliseSpans(
  spans: readonly Span[],
  policy: ContentPolicy = DROP_CONTENT,
): Normalised {
  const { events, rejections } = readAll(spans, "span", policy, (span) => ({
    name: span.name,
    reading: ownerOf(span, "ownsSpan")?.readSpan?.(span) ?? null,
  }));
  // A span may hold events of others' calls without being a call itself.
  const placed = new Set(events.map((event) => `${event.traceId}:${event.spanId}`));
  const nodes = spans
    .filter(({ traceId, spanId }) => traceId !== "" && spanId !== "")
    .filter(({ traceId, spanId }) => !placed.has(`${traceId}:${spanId}`))
    .map(nodeOf);
  return { events, nodes, rejections };
}

/** All that the log records of one export say. */
export function normaliseLogs(
  records: readonly LogRecord[],
  policy: ContentPolicy = DROP_CONTENT,
): Normalised {
  const { events, rejections } = readAll(records, "log", policy, (record) => ({
    name: record.eventName,
    reading: ownerOf(record, "ownsLog")?.readLog?.(record) ?? null,
  }));
  return { events, nodes: [], rejections };
}

/** All that the metric points of one export say. */
export function normalisePoints(points: readonly MetricPoint[]): Normalised {
  const { events, rejections } = readAll(points, "metric", DROP_CONTENT, (point) => ({
    name: point.metric,
    reading: ownerOf(point, "ownsPoint")?.readPoint?.(point) ?? null,
  }));
  return { events, nodes: [], rejections };
}

type Owns = "ownsSpan" | "ownsLog" | "ownsPoint";
type Owned<Kind extends Owns> = Parameters<NonNullable<Dialect[Kind]>>[0];

function ownerOf<Kind extends Owns>(item: Owned<Kind>, owns: Kind): Dialect | undefined {
  return DIALECT_ORDER.find((dialect) => {
    const test = dialect[owns] as ((item: Owned<Kind>) => boolean) | undefined;
    return test?.(item) === true;
  });
}

/**
 * Reads item by item. One item that breaks its dialect is rejected by name and
 * must not cost the export the others.
 */
function readAll<Item extends { readonly attributes: Attributes }>(
  items: readonly Item[],
  signal: Rejection["signal"],
  policy: ContentPolicy,
  read: (item: Item) => { name: string; reading: Reading | null },
): Pick<Normalised, "events" | "rejections"> {
  const events: Normalised["events"][number][] = [];
  const rejections: Rejection[] = [];
  for (const item of items) {
    const { name, reading } = read(item);
    events.push(...withContentHashes(reading?.events ?? [], item.attributes, policy));
    if (reading?.rejection !== undefined) {
      rejections.push({
        signal,
        reason: reading.rejection,
        example: name.slice(0, 120),
      });
    }
  }
  return { events, rejections };
}

/** Attributes of nodes that calls below inherit for allocation; the rest of a plain span is noise. */
const ALLOCATING =
  /(team|department|cost|project|product|environment|user|session|conversation|org|repo|customer|tenant|metadata|tag|agent|workflow|label|business|group|owner)/i;

function nodeOf(span: Span): TraceNode {
  const { attributes } = span;
  const own = Object.entries(retainedAttributes(attributes));
  const attempt = attemptOf(attributes) ?? 1;
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId || null,
    startedAtMs: toMs(span.startNanos),
    identityOf: spanIdentity(span),
    provider: providerOf({
      named: [text(attributes, "gen_ai.provider.name", "gen_ai.system", "llm.provider")],
    }),
    model: text(
      attributes,
      "gen_ai.response.model",
      "gen_ai.request.model",
      "llm.model_name",
      "model",
    ),
    attributes: Object.fromEntries(own.filter(([key]) => ALLOCATING.test(key))),
    ...(attempt > 1 ? { attempt } : {}),
  };
}

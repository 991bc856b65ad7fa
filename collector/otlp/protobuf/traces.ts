/**
 * opentelemetry/proto/trace/v1/trace.proto
 *
 * Span    trace_id 1 bytes · span_id 2 bytes · trace_state 3 · parent_span_id 4 bytes · name 5 string ·
 *         kind 6 varint · start_time_unix_nano 7 fixed64 · end_time_unix_nano 8 fixed64 ·
 *         attributes 9 KeyValue · dropped_attributes_count 10 · events 11 Event · dropped_events_count 12 ·
 *         links 13 · dropped_links_count 14 · status 15 Status · flags 16
 * Event   time_unix_nano 1 fixed64 · name 2 string · attributes 3 KeyValue · dropped_attributes_count 4
 * Status  message 2 string · code 3 varint
 */

import { EVENT_COST, ITEM_COST } from "../decode-limits.ts";
import type { Decoded } from "../decoded.ts";
import type { Attributes, AttributeValue, Span, SpanEvent } from "../model.ts";
import { invalidIds, isSpanId } from "../span-ids.ts";
import { readKeyValue } from "./any-value.ts";
import { type Draft, type Origin, readEnvelope } from "./envelope.ts";
import type { OtlpReader } from "./otlp-reader.ts";

/** Decodes an ExportTraceServiceRequest. Throws on malformed bytes; a span without valid ids is rejected alone. */
export function decodeTraces(bytes: Uint8Array): Decoded<Span> {
  const items: Span[] = [];
  let rejected = 0;
  let reason = "";
  readEnvelope(bytes, (reader, end, origin) => {
    const span = readSpan(reader, end, origin);
    const invalid = invalidIds(span);
    if (invalid === null) {
      items.push(span);
      return;
    }
    rejected += 1;
    if (reason === "") reason = invalid;
  });
  return { items, rejected, reason };
}

function readSpan(reader: OtlpReader, parentEnd: number, origin: Origin): Span {
  const end = reader.enter(parentEnd);
  reader.budget.spend(ITEM_COST);
  const attributes = new Map<string, AttributeValue>();
  const events: SpanEvent[] = [];
  const span = emptySpan(origin, attributes, events);
  while (reader.pos < end) {
    const tag = reader.nextTag();
    switch (tag) {
      case 10:
        span.traceId = reader.hexId();
        break;
      case 18:
        span.spanId = reader.hexId();
        break;
      case 34:
        span.parentSpanId = linkedSpanId(reader);
        break;
      case 42:
        span.name = reader.text();
        break;
      case 48:
        span.kind = reader.int32();
        break;
      case 57:
        span.startNanos = reader.nanos();
        break;
      case 65:
        span.endNanos = reader.nanos();
        break;
      case 74:
        readKeyValue(reader, end, 1, attributes);
        break;
      case 90:
        events.push(readEvent(reader, end));
        break;
      case 122:
        readStatus(reader, end, span);
        break;
      default:
        reader.skipField(tag);
    }
  }
  reader.finish(end);
  return span;
}

/** All fields at once, so that every span has one hidden class. */
function emptySpan(
  origin: Origin,
  attributes: Attributes,
  events: readonly SpanEvent[],
): Draft<Span> {
  return {
    resource: origin.resource,
    scope: origin.scope,
    position: origin.position,
    traceId: "",
    spanId: "",
    parentSpanId: "",
    name: "",
    kind: 0,
    startNanos: 0n,
    endNanos: 0n,
    attributes,
    events,
    statusCode: 0,
    statusMessage: "",
  };
}

/** A parent's id of a wrong length links to nothing. */
function linkedSpanId(reader: OtlpReader): string {
  const id = reader.hexId();
  return isSpanId(id) ? id : "";
}

function readEvent(reader: OtlpReader, parentEnd: number): SpanEvent {
  const end = reader.enter(parentEnd);
  reader.budget.spend(EVENT_COST);
  const attributes = new Map<string, AttributeValue>();
  let timeNanos = 0n;
  let name = "";
  while (reader.pos < end) {
    const tag = reader.nextTag();
    if (tag === 9) timeNanos = reader.nanos();
    else if (tag === 18) name = reader.text();
    else if (tag === 26) readKeyValue(reader, end, 1, attributes);
    else reader.skipField(tag);
  }
  reader.finish(end);
  return { name, timeNanos, attributes };
}

function readStatus(reader: OtlpReader, parentEnd: number, span: Draft<Span>): void {
  const end = reader.enter(parentEnd);
  while (reader.pos < end) {
    const tag = reader.nextTag();
    if (tag === 18) span.statusMessage = reader.text();
    else if (tag === 24) span.statusCode = reader.int32();
    else reader.skipField(tag);
  }
  reader.finish(end);
}

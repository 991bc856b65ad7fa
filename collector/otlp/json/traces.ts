import { type DecodeBudget, EVENT_COST, ITEM_COST } from "../decode-limits.ts";
import type { Decoded } from "../decoded.ts";
import type { Span, SpanEvent } from "../model.ts";
import { readAttributes } from "./any-value.ts";
import { decodeJson, type JsonItemContext } from "./envelope.ts";
import {
  enumOf,
  hexIdOf,
  invalid,
  type JsonObject,
  listOf,
  nanosOf,
  objectOf,
  optionalObject,
  textOf,
} from "./fields.ts";

const NAMES = { resources: "resourceSpans", scopes: "scopeSpans", items: "spans" };

const KINDS = new Map([
  ["SPAN_KIND_INTERNAL", 1],
  ["SPAN_KIND_SERVER", 2],
  ["SPAN_KIND_CLIENT", 3],
  ["SPAN_KIND_PRODUCER", 4],
  ["SPAN_KIND_CONSUMER", 5],
]);

const STATUS_CODES = new Map([
  ["STATUS_CODE_OK", 1],
  ["STATUS_CODE_ERROR", 2],
]);

/** Decodes an ExportTraceServiceRequest in JSON; a span without valid ids is rejected alone. */
export function decodeTracesJson(bytes: Uint8Array): Decoded<Span> {
  return decodeJson(bytes, NAMES, (json, context) => [readSpan(json, context)]);
}

function readSpan(json: JsonObject, { origin, budget }: JsonItemContext): Span {
  budget.spend(ITEM_COST);
  const status = optionalObject(json.status, "status");
  return {
    ...origin,
    traceId: requiredId(json.traceId, 16, "traceId"),
    spanId: requiredId(json.spanId, 8, "spanId"),
    parentSpanId: hexIdOf(json.parentSpanId, 8) ?? "",
    name: textOf(json.name, "name"),
    kind: enumOf(json.kind, KINDS, "kind"),
    startNanos: nanosOf(json.startTimeUnixNano, "startTimeUnixNano"),
    endNanos: nanosOf(json.endTimeUnixNano, "endTimeUnixNano"),
    attributes: readAttributes(json.attributes, budget),
    events: listOf(json.events, "events").map((event) => readEvent(event, budget)),
    statusCode: enumOf(status.code, STATUS_CODES, "code"),
    statusMessage: textOf(status.message, "message"),
  };
}

function readEvent(json: unknown, budget: DecodeBudget): SpanEvent {
  budget.spend(EVENT_COST);
  const event = objectOf(json, "event");
  return {
    name: textOf(event.name, "name"),
    timeNanos: nanosOf(event.timeUnixNano, "timeUnixNano"),
    attributes: readAttributes(event.attributes, budget),
  };
}

function requiredId(value: unknown, bytes: number, what: string): string {
  const id = hexIdOf(value, bytes);
  if (id !== null && id !== "") return id;
  throw invalid(`${what} is missing, all zero or not ${bytes * 2} hex digits`);
}

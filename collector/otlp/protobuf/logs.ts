/**
 * opentelemetry/proto/logs/v1/logs.proto
 *
 * LogRecord  time_unix_nano 1 fixed64 · severity_number 2 · severity_text 3 · body 5 AnyValue ·
 *            attributes 6 KeyValue · dropped_attributes_count 7 · flags 8 · trace_id 9 bytes ·
 *            span_id 10 bytes · observed_time_unix_nano 11 fixed64 · event_name 12 string
 */

import { ITEM_COST } from "../decode-limits.ts";
import type { Decoded } from "../decoded.ts";
import type { Attributes, AttributeValue, LogRecord } from "../model.ts";
import { isSpanId, isTraceId } from "../span-ids.ts";
import { readAnyValue, readKeyValue } from "./any-value.ts";
import { type Draft, type Origin, readEnvelope } from "./envelope.ts";
import type { OtlpReader } from "./otlp-reader.ts";

/** Decodes an ExportLogsServiceRequest. Throws on malformed bytes; an invalid trace or span id only unlinks its record. */
export function decodeLogs(bytes: Uint8Array): Decoded<LogRecord> {
  const items: LogRecord[] = [];
  readEnvelope(bytes, (reader, end, origin) => {
    items.push(readLogRecord(reader, end, origin));
  });
  return { items, rejected: 0, reason: "" };
}

function readLogRecord(reader: OtlpReader, parentEnd: number, origin: Origin): LogRecord {
  const end = reader.enter(parentEnd);
  reader.budget.spend(ITEM_COST);
  const attributes = new Map<string, AttributeValue>();
  const record = emptyRecord(origin, attributes);
  while (reader.pos < end) {
    const tag = reader.nextTag();
    switch (tag) {
      case 9:
        record.timeNanos = reader.nanos();
        break;
      case 42:
        record.body = readAnyValue(reader, end, 1);
        break;
      case 50:
        readKeyValue(reader, end, 1, attributes);
        break;
      case 74:
        record.traceId = reader.hexId();
        break;
      case 82:
        record.spanId = reader.hexId();
        break;
      case 89:
        record.observedNanos = reader.nanos();
        break;
      case 98:
        record.eventName = reader.text();
        break;
      default:
        reader.skipField(tag);
    }
  }
  reader.finish(end);
  if (!isTraceId(record.traceId)) record.traceId = "";
  if (!isSpanId(record.spanId)) record.spanId = "";
  return record;
}

function emptyRecord(origin: Origin, attributes: Attributes): Draft<LogRecord> {
  return {
    resource: origin.resource,
    scope: origin.scope,
    position: origin.position,
    timeNanos: 0n,
    observedNanos: 0n,
    eventName: "",
    body: null,
    attributes,
    traceId: "",
    spanId: "",
  };
}

import { ITEM_COST } from "../decode-limits.ts";
import type { Decoded } from "../decoded.ts";
import type { LogRecord } from "../model.ts";
import { readAnyValue, readAttributes } from "./any-value.ts";
import { decodeJson, type JsonItemContext } from "./envelope.ts";
import { hexIdOf, type JsonObject, nanosOf, textOf } from "./fields.ts";

const NAMES = { resources: "resourceLogs", scopes: "scopeLogs", items: "logRecords" };

/** Decodes an ExportLogsServiceRequest in JSON; an invalid trace or span id only unlinks its record. */
export function decodeLogsJson(bytes: Uint8Array): Decoded<LogRecord> {
  return decodeJson(bytes, NAMES, (json, context) => [readLogRecord(json, context)]);
}

function readLogRecord(json: JsonObject, { origin, budget }: JsonItemContext): LogRecord {
  budget.spend(ITEM_COST);
  return {
    ...origin,
    timeNanos: nanosOf(json.timeUnixNano, "timeUnixNano"),
    observedNanos: nanosOf(json.observedTimeUnixNano, "observedTimeUnixNano"),
    eventName: textOf(json.eventName, "eventName"),
    body: readAnyValue(json.body, budget, 1),
    attributes: readAttributes(json.attributes, budget),
    traceId: hexIdOf(json.traceId, 16) ?? "",
    spanId: hexIdOf(json.spanId, 8) ?? "",
  };
}

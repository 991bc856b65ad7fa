/** For tests: requests as OTLP/JSON. */

import type { Attributes, AttributeValue } from "../model.ts";
import type { BarePoint, BareRecord, BareSpan, TestRequest } from "./request.ts";

export function jsonRequest<Item>(
  names: readonly [resources: string, scopes: string, items: string],
  request: TestRequest<Item>,
  toJson: (item: Item) => unknown,
): Buffer {
  const [resources, scopes, items] = names;
  const body = request.map((group) => ({
    resource: { attributes: jsonAttributes(group.resource.attributes) },
    schemaUrl: group.resource.schemaUrl,
    [scopes]: group.scopes.map(({ scope, items: list }) => ({
      scope: {
        name: scope.name,
        version: scope.version,
        attributes: jsonAttributes(scope.attributes),
      },
      schemaUrl: scope.schemaUrl,
      [items]: list.map(toJson),
    })),
  }));
  return Buffer.from(JSON.stringify({ [resources]: body }));
}

export function jsonSpan(span: BareSpan): object {
  return {
    traceId: span.traceId,
    spanId: span.spanId.toUpperCase(),
    parentSpanId: span.parentSpanId,
    name: span.name,
    kind: span.kind,
    startTimeUnixNano: String(span.startNanos),
    endTimeUnixNano: String(span.endNanos),
    attributes: jsonAttributes(span.attributes),
    events: span.events.map((event) => ({
      name: event.name,
      timeUnixNano: String(event.timeNanos),
      attributes: jsonAttributes(event.attributes),
    })),
    status: { code: span.statusCode, message: span.statusMessage },
  };
}

export function jsonRecord(record: BareRecord): object {
  return {
    timeUnixNano: String(record.timeNanos),
    observedTimeUnixNano: String(record.observedNanos),
    severityNumber: 9,
    eventName: record.eventName,
    body: jsonValue(record.body),
    attributes: jsonAttributes(record.attributes),
    traceId: record.traceId,
    spanId: record.spanId,
  };
}

/** A metric of one number point. */
export function jsonNumberMetric(point: BarePoint): object {
  const value =
    typeof point.value === "bigint"
      ? { asInt: String(point.value) }
      : { asDouble: point.value === null ? null : jsonDouble(point.value) };
  return {
    name: point.metric,
    unit: point.unit,
    [point.type]: {
      aggregationTemporality: point.temporality,
      isMonotonic: point.monotonic,
      dataPoints: [
        {
          startTimeUnixNano: String(point.startNanos),
          timeUnixNano: String(point.timeNanos),
          attributes: jsonAttributes(point.attributes),
          ...value,
        },
      ],
    },
  };
}

function jsonAttributes(attributes: Attributes): object[] {
  return [...attributes].map(([key, value]) => ({ key, value: jsonValue(value) }));
}

function jsonValue(value: AttributeValue): object {
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  if (typeof value === "bigint") return { intValue: String(value) };
  if (typeof value === "number") return jsonNumber(value);
  if (value instanceof Uint8Array) return { bytesValue: Buffer.from(value).toString("base64") };
  if (value instanceof Map) return { kvlistValue: { values: jsonAttributes(value) } };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(jsonValue) } };
  return {};
}

function jsonNumber(value: number): object {
  const isInt = Number.isSafeInteger(value) && !Object.is(value, -0);
  return isInt ? { intValue: value } : { doubleValue: jsonDouble(value) };
}

function jsonDouble(value: number): number | string {
  if (Object.is(value, -0)) return "-0";
  return Number.isFinite(value) ? value : String(value);
}

/** For tests: requests as protobuf, written after the .proto files and not after our decoder. */

import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import type { Attributes, AttributeValue, SpanEvent } from "../model.ts";
import type { BarePoint, BareRecord, BareSpan, TestRequest } from "./request.ts";

const { Varint, Bit64, LengthDelimited } = WireType;

export type WriteItem<Item> = (writer: BinaryWriter, item: Item) => void;

export function writeRequest<Item>(request: TestRequest<Item>, writeItem: WriteItem<Item>): Buffer {
  const writer = new BinaryWriter();
  for (const { resource, scopes } of request) {
    message(writer, 1, () => {
      message(writer, 1, () => writeAttributes(writer, 1, resource.attributes));
      for (const { scope, items } of scopes) {
        message(writer, 2, () => {
          message(writer, 1, () => {
            text(writer, 1, scope.name);
            text(writer, 2, scope.version);
            writeAttributes(writer, 3, scope.attributes);
          });
          for (const item of items) message(writer, 2, () => writeItem(writer, item));
          text(writer, 3, scope.schemaUrl);
        });
      }
      text(writer, 3, resource.schemaUrl);
    });
  }
  return Buffer.from(writer.finish());
}

export function writeSpan(writer: BinaryWriter, span: BareSpan): void {
  id(writer, 1, span.traceId);
  id(writer, 2, span.spanId);
  if (span.parentSpanId !== "") id(writer, 4, span.parentSpanId);
  text(writer, 5, span.name);
  writer.tag(6, Varint).int32(span.kind);
  writer.tag(7, Bit64).fixed64(span.startNanos);
  writer.tag(8, Bit64).fixed64(span.endNanos);
  writeAttributes(writer, 9, span.attributes);
  for (const event of span.events) message(writer, 11, () => writeEvent(writer, event));
  message(writer, 15, () => {
    text(writer, 2, span.statusMessage);
    writer.tag(3, Varint).int32(span.statusCode);
  });
}

export function writeRecord(writer: BinaryWriter, record: BareRecord): void {
  writer.tag(1, Bit64).fixed64(record.timeNanos);
  writer.tag(2, Varint).int32(9);
  message(writer, 5, () => writeValue(writer, record.body));
  writeAttributes(writer, 6, record.attributes);
  if (record.traceId !== "") id(writer, 9, record.traceId);
  if (record.spanId !== "") id(writer, 10, record.spanId);
  writer.tag(11, Bit64).fixed64(record.observedNanos);
  text(writer, 12, record.eventName);
}

/** A metric of one point; number points only, totals are written by the tests of metrics. */
export function writeNumberMetric(writer: BinaryWriter, point: BarePoint): void {
  text(writer, 1, point.metric);
  text(writer, 3, point.unit);
  message(writer, point.type === "gauge" ? 5 : 7, () => {
    message(writer, 1, () => {
      writer.tag(2, Bit64).fixed64(point.startNanos);
      writer.tag(3, Bit64).fixed64(point.timeNanos);
      if (typeof point.value === "bigint") writer.tag(6, Bit64).sfixed64(point.value);
      else if (point.value !== null) writer.tag(4, Bit64).double(point.value);
      writeAttributes(writer, 7, point.attributes);
    });
    if (point.type === "gauge") return;
    writer.tag(2, Varint).int32(point.temporality);
    writer.tag(3, Varint).bool(point.monotonic);
  });
}

export function writeValue(writer: BinaryWriter, value: AttributeValue): void {
  if (typeof value === "string") writer.tag(1, LengthDelimited).string(value);
  else if (typeof value === "boolean") writer.tag(2, Varint).bool(value);
  else if (typeof value === "bigint") writer.tag(3, Varint).int64(value);
  else if (typeof value === "number") writeNumber(writer, value);
  else if (value instanceof Uint8Array) writer.tag(7, LengthDelimited).bytes(value);
  else if (value instanceof Map) message(writer, 6, () => writeAttributes(writer, 1, value));
  else if (Array.isArray(value)) {
    message(writer, 5, () => {
      for (const entry of value) message(writer, 1, () => writeValue(writer, entry));
    });
  }
}

export function writeAttributes(writer: BinaryWriter, field: number, attributes: Attributes): void {
  for (const [key, value] of attributes) {
    message(writer, field, () => {
      text(writer, 1, key);
      message(writer, 2, () => writeValue(writer, value));
    });
  }
}

export function message(writer: BinaryWriter, field: number, write: () => void): void {
  writer.tag(field, LengthDelimited).fork();
  write();
  writer.join();
}

function writeNumber(writer: BinaryWriter, value: number): void {
  const isInt = Number.isSafeInteger(value) && !Object.is(value, -0);
  if (isInt) writer.tag(3, Varint).int64(value);
  else writer.tag(4, Bit64).double(value);
}

function writeEvent(writer: BinaryWriter, event: SpanEvent): void {
  writer.tag(1, Bit64).fixed64(event.timeNanos);
  text(writer, 2, event.name);
  writeAttributes(writer, 3, event.attributes);
}

function text(writer: BinaryWriter, field: number, value: string): void {
  writer.tag(field, LengthDelimited).string(value);
}

function id(writer: BinaryWriter, field: number, hex: string): void {
  writer.tag(field, LengthDelimited).bytes(Buffer.from(hex, "hex"));
}

import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

const { Varint, Bit32, Bit64, LengthDelimited } = WireType;

export type WireValue = string | number | readonly string[];
export type WireAttributes = Readonly<Record<string, WireValue>>;

export type WireSpan = {
  readonly traceId: Buffer;
  readonly spanId: Buffer;
  readonly parentSpanId: Buffer | null;
  readonly name: string;
  /** 1 internal, 3 client. */
  readonly kind: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: WireAttributes;
  readonly isError: boolean;
};

export type WireRequest = {
  readonly resource: WireAttributes;
  readonly scope: { readonly name: string; readonly version: string };
  readonly spans: readonly WireSpan[];
};

/** Sampled, and the parent is not remote. */
const FLAGS = 0x101;

/** An OTLP ExportTraceServiceRequest (opentelemetry-proto 1.x) of one resource and one scope. */
export function writeTraceRequest({ resource, scope, spans }: WireRequest): Uint8Array {
  const writer = new BinaryWriter();
  message(writer, 1, () => {
    message(writer, 1, () => writeAttributes(writer, 1, resource));
    message(writer, 2, () => {
      message(writer, 1, () => {
        text(writer, 1, scope.name);
        text(writer, 2, scope.version);
      });
      for (const span of spans) message(writer, 2, () => writeSpan(writer, span));
    });
  });
  return writer.finish();
}

function writeSpan(writer: BinaryWriter, span: WireSpan): void {
  writer.tag(1, LengthDelimited).bytes(span.traceId);
  writer.tag(2, LengthDelimited).bytes(span.spanId);
  if (span.parentSpanId !== null) writer.tag(4, LengthDelimited).bytes(span.parentSpanId);
  text(writer, 5, span.name);
  writer.tag(6, Varint).int32(span.kind);
  writer.tag(7, Bit64).fixed64(nanos(span.startMs));
  writer.tag(8, Bit64).fixed64(nanos(span.endMs));
  writeAttributes(writer, 9, span.attributes);
  message(writer, 15, () => {
    if (span.isError) writer.tag(3, Varint).int32(2);
  });
  writer.tag(16, Bit32).fixed32(FLAGS);
}

function writeAttributes(writer: BinaryWriter, field: number, attributes: WireAttributes): void {
  for (const [key, value] of Object.entries(attributes)) {
    message(writer, field, () => {
      text(writer, 1, key);
      message(writer, 2, () => writeValue(writer, value));
    });
  }
}

function writeValue(writer: BinaryWriter, value: WireValue): void {
  if (typeof value === "string") text(writer, 1, value);
  else if (typeof value !== "number") {
    message(writer, 5, () => {
      for (const entry of value) message(writer, 1, () => writeValue(writer, entry));
    });
  } else if (Number.isInteger(value)) writer.tag(3, Varint).int64(value);
  else writer.tag(4, Bit64).double(value);
}

function message(writer: BinaryWriter, field: number, write: () => void): void {
  writer.tag(field, LengthDelimited).fork();
  write();
  writer.join();
}

function text(writer: BinaryWriter, field: number, value: string): void {
  writer.tag(field, LengthDelimited).string(value);
}

function nanos(ms: number): bigint {
  return BigInt(Math.round(ms * 1_000)) * 1_000n;
}

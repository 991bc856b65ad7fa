import { BinaryReader } from "@bufbuild/protobuf/wire";
import { DecodeBudget } from "../decode-limits.ts";
import { internedText, MAX_INTERNED_BYTES } from "./interned-text.ts";

/** Longer than any id, so that a wrong length stays wrong without a megabyte of hex. */
const MAX_ID_BYTES = 17;

/**
 * The wire reader of `@bufbuild/protobuf` with what OTLP needs on its hot path.
 *
 * Decoders switch on the whole tag, `field << 3 | wire type`, so a known field
 * of an unexpected wire type is skipped like an unknown one. Every read is
 * within the buffer or throws; `finish` then sees to it that no field ran past
 * the message it stands in.
 */
export class OtlpReader extends BinaryReader {
  readonly budget = new DecodeBudget();
  private readonly source: Buffer;
  private readonly fixed: DataView;

  constructor(bytes: Uint8Array) {
    super(bytes);
    this.source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.fixed = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The next tag as one number. Fields 1 to 15 take one byte, which is nearly all of OTLP. */
  nextTag(): number {
    const first = this.source[this.pos];
    if (first !== undefined && first < 0x80 && first > 7 && (first & 7) <= 5) {
      this.pos += 1;
      return first;
    }
    const [field, wireType] = this.tag();
    return (field << 3) | wireType;
  }

  skipField(tag: number): void {
    this.skip(tag & 7, tag >>> 3);
  }

  /** Enters a length-delimited message and returns where it ends. */
  enter(end: number): number {
    const length = this.uint32();
    const inner = this.pos + length;
    if (inner > end) throw new RangeError(`message of ${length} bytes runs past its parent`);
    return inner;
  }

  /** Must follow the loop over a message's fields. */
  finish(end: number): void {
    if (this.pos !== end) throw new RangeError("field runs past its message");
  }

  text(): string {
    const length = this.uint32();
    const start = this.pos;
    const end = start + length;
    if (end > this.len) throw new RangeError(`text of ${length} bytes runs past the end`);
    this.pos = end;
    if (length <= MAX_INTERNED_BYTES) return internedText(this.source, start, end);
    return this.source.toString("utf8", start, end);
  }

  /** Lower-case hex; "" when absent or all zero. A wrong length stays visible in the text's length. */
  hexId(): string {
    const length = this.uint32();
    const start = this.pos;
    this.pos += length;
    if (this.pos > this.len) throw new RangeError(`id of ${length} bytes runs past the end`);
    const end = start + Math.min(length, MAX_ID_BYTES);
    for (let at = start; at < end; at++) {
      if (this.source[at] !== 0) return this.source.toString("hex", start, end);
    }
    return "";
  }

  nanos(): bigint {
    const value = this.fixed.getBigUint64(this.pos, true);
    this.pos += 8;
    return value;
  }

  /** A copy: a view would keep the whole request body alive. */
  copiedBytes(): Uint8Array {
    return Uint8Array.from(this.bytes());
  }

  /** A varint int64: a number where that is exact, else a bigint. */
  wholeNumber(): number | bigint {
    const at = this.pos;
    const { source } = this;
    const isShort =
      at + 4 <= this.len &&
      ((source[at] ?? 0) &
        (source[at + 1] ?? 0) &
        (source[at + 2] ?? 0) &
        (source[at + 3] ?? 0) &
        0x80) ===
        0;
    return isShort ? this.uint32() : exactNumber(BigInt(this.int64()));
  }

  /** An sfixed64: a number where that is exact, else a bigint. */
  wholeNumberFixed(): number | bigint {
    const value = this.fixed.getBigInt64(this.pos, true);
    this.pos += 8;
    return exactNumber(value);
  }

  /** A fixed64 count. Beyond 2^53, which nobody observes, the nearest number. */
  count(): number {
    return Number(this.nanos());
  }
}

function exactNumber(value: bigint): number | bigint {
  const near = Number(value);
  return Number.isSafeInteger(near) ? near : value;
}

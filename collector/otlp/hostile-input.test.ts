/** Input that nobody sends by accident: no crash, no lost neighbour, bounded memory. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { AppError } from "#lib/errors.ts";
import { decodeExport } from "./decode.ts";
import type { Encoding } from "./decoded.ts";
import type { Attributes, AttributeValue, Span } from "./model.ts";
import { jsonRequest, jsonSpan } from "./testing/json-writer.ts";
import { message, writeRequest, writeSpan } from "./testing/protobuf-writer.ts";
import { type BareSpan, requestOf, spanWith } from "./testing/request.ts";

const NAMES = ["resourceSpans", "scopeSpans", "spans"] as const;
const ENCODINGS: readonly Encoding[] = ["protobuf", "json"];

function decodeSpans(encoding: Encoding, ...spans: BareSpan[]) {
  const request = requestOf(...spans);
  const bytes =
    encoding === "json" ? jsonRequest(NAMES, request, jsonSpan) : writeRequest(request, writeSpan);
  const decoded = decodeExport("traces", encoding, bytes);
  assert.ok(decoded.signal === "traces");
  return decoded;
}

/** A text with lists or maps around it, `depth` values in all. */
function nested(depth: number, wrap: (inner: AttributeValue) => AttributeValue): AttributeValue {
  return depth <= 1 ? "deepest" : wrap(nested(depth - 1, wrap));
}

function depthOf(value: AttributeValue | undefined): number {
  if (value instanceof Map) return 1 + depthOf([...value.values()][0]);
  return Array.isArray(value) ? 1 + depthOf(value[0]) : 1;
}

function deepest(value: AttributeValue | undefined): AttributeValue | undefined {
  if (value instanceof Map) return deepest([...value.values()][0]);
  return Array.isArray(value) ? deepest(value[0]) : value;
}

const good = spanWith(new Map([["k", "v"]]));

for (const encoding of ENCODINGS) {
  describe(`hostile ${encoding}`, () => {
    test("P05: a span without valid ids is rejected, its neighbours are kept", () => {
      const zero = { ...good, traceId: "0".repeat(32) };
      const short = { ...good, spanId: "eee19b7e" };
      const long = { ...good, traceId: "ab".repeat(500) };
      const absent = { ...good, traceId: "" };
      const decoded = decodeSpans(encoding, zero, short, good, long, absent);
      assert.equal(decoded.rejected, 4);
      assert.match(decoded.reason, /trace_?id/i);
      assert.deepEqual(
        decoded.items.map(({ traceId, position }) => [traceId, position]),
        [[good.traceId, [0, 0, 2]]],
      );
    });

    test("a parent of the wrong length links to nothing", () => {
      const { items } = decodeSpans(encoding, { ...good, parentSpanId: "eee1" });
      assert.equal(items[0]?.parentSpanId, "");
    });

    test("a value at depth 100 is kept, a deeper one becomes null and its span stays", () => {
      const wraps: ((inner: AttributeValue) => AttributeValue)[] = [
        (inner) => [inner],
        (inner) => new Map([["d", inner]]),
      ];
      for (const wrap of wraps) {
        for (const [depth, innermost] of [
          [100, "deepest"],
          [101, null],
          [500, null],
        ] as const) {
          const deep = spanWith(new Map([["deep", nested(depth, wrap)]]));
          const { items } = decodeSpans(encoding, deep, good);
          assert.equal(items.length, 2);
          const value = items[0]?.attributes.get("deep");
          assert.equal(depthOf(value), Math.min(depth, 101));
          assert.equal(deepest(value), innermost);
        }
      }
    });

    test("10,000 attributes of one span are all there", () => {
      const attributes: Attributes = new Map(
        Array.from({ length: 10_000 }, (_, n) => [`key.${n}`, n]),
      );
      const { items } = decodeSpans(encoding, spanWith(attributes));
      assert.deepEqual(items[0]?.attributes, attributes);
    });

    test("U+0000, a text of a megabyte and a clock three years off come through", () => {
      const hostile = spanWith(new Map([["k\u0000", `v\u0000${"長".repeat(350_000)}`]]), {
        name: "a\u0000b",
        startNanos: good.startNanos + 3n * 365n * 86_400n * 1_000_000_000n,
        endNanos: 2n ** 64n - 1n,
      });
      const { items } = decodeSpans(encoding, hostile, good);
      assert.partialDeepStrictEqual(items[0], hostile as Partial<Span>);
      assert.equal(items.length, 2);
    });
  });
}

describe("bounded memory", () => {
  test("a million empty log records are refused as too large", () => {
    const writer = new BinaryWriter();
    message(writer, 1, () =>
      message(writer, 2, () => {
        for (let n = 0; n < 1_000_000; n++) writer.tag(2, WireType.LengthDelimited).uint32(0);
      }),
    );
    assert.throws(() => decodeExport("logs", "protobuf", writer.finish()), isTooLarge);
  });

  test("five million empty attributes are refused as too large, in both encodings", () => {
    const writer = new BinaryWriter();
    const empty = 5_000_000;
    message(writer, 1, () =>
      message(writer, 1, () => {
        for (let n = 0; n < empty; n++) writer.tag(1, WireType.LengthDelimited).uint32(0);
      }),
    );
    assert.throws(() => decodeExport("logs", "protobuf", writer.finish()), isTooLarge);
    const json = `{"resourceLogs":[{"resource":{"attributes":[{}${",{}".repeat(empty)}]}}]}`;
    assert.throws(() => decodeExport("logs", "json", Buffer.from(json)), isTooLarge);
  });

  test("a million brackets are refused before they are parsed", () => {
    const json = Buffer.from(`{"x":${"[".repeat(1_000_000)}`);
    assert.throws(() => decodeExport("logs", "json", json), isInvalid);
  });

  test("nested groups, which no OTLP message has, do not exhaust the stack", () => {
    assert.throws(() => decodeExport("logs", "protobuf", Buffer.alloc(100_000, 0x1b)), isInvalid);
  });

  test("a length beyond its message is refused", () => {
    const overrun = Buffer.from([0x0a, 0x02, 0x12, 0x04, 0, 0, 0, 0]);
    assert.throws(() => decodeExport("traces", "protobuf", overrun), isInvalid);
  });
});

test("of a repeated key the last value wins", () => {
  const twice = new BinaryWriter();
  message(twice, 1, () =>
    message(twice, 2, () =>
      message(twice, 2, () => {
        for (const text of ["first", "last"]) {
          message(twice, 6, () => {
            twice.tag(1, WireType.LengthDelimited).string("k");
            message(twice, 2, () => twice.tag(1, WireType.LengthDelimited).string(text));
          });
        }
      }),
    ),
  );
  const { items } = decodeExport("logs", "protobuf", twice.finish());
  assert.deepEqual(items[0]?.attributes, new Map([["k", "last"]]));
});

function isTooLarge(error: unknown): boolean {
  return error instanceof AppError && error.code === "too_large";
}

function isInvalid(error: unknown): boolean {
  return error instanceof AppError && error.code === "invalid";
}

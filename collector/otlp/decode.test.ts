/** Both encodings of any request decode to the same items, exactly those that were encoded. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { AppError } from "#lib/errors.ts";
import { decodeExport } from "./decode.ts";
import type { OtlpSignal } from "./decoded.ts";
import { anyNumberPoint, anyRecord, anyRequest, anySpan } from "./testing/arbitraries.ts";
import { jsonNumberMetric, jsonRecord, jsonRequest, jsonSpan } from "./testing/json-writer.ts";
import {
  type WriteItem,
  writeNumberMetric,
  writeRecord,
  writeRequest,
  writeSpan,
} from "./testing/protobuf-writer.ts";
import { itemsOf } from "./testing/request.ts";

function roundTrips<Item>(
  signal: OtlpSignal,
  item: fc.Arbitrary<Item>,
  write: WriteItem<Item>,
  toJson: (item: Item) => unknown,
): void {
  const names = NAMES[signal];
  fc.assert(
    fc.property(anyRequest(item), (request) => {
      const expected = { signal, items: itemsOf(request), rejected: 0, reason: "" };
      const protobuf = decodeExport(signal, "protobuf", writeRequest(request, write));
      assert.deepStrictEqual(protobuf, expected);
      const json = decodeExport(signal, "json", jsonRequest(names, request, toJson));
      assert.deepStrictEqual(json, expected);
    }),
    { numRuns: 150 },
  );
}

const NAMES = {
  traces: ["resourceSpans", "scopeSpans", "spans"],
  logs: ["resourceLogs", "scopeLogs", "logRecords"],
  metrics: ["resourceMetrics", "scopeMetrics", "metrics"],
} as const;

describe("decodeExport", () => {
  test("gives back every span, from protobuf and from JSON", () => {
    roundTrips("traces", anySpan, writeSpan, jsonSpan);
  });

  test("gives back every log record, from protobuf and from JSON", () => {
    roundTrips("logs", anyRecord, writeRecord, jsonRecord);
  });

  test("gives back every number point, from protobuf and from JSON", () => {
    roundTrips("metrics", anyNumberPoint, writeNumberMetric, jsonNumberMetric);
  });

  test("answers any bytes with items or with an error that a sender can read", () => {
    fc.assert(
      fc.property(
        fc.constantFrom<OtlpSignal>("traces", "logs", "metrics"),
        fc.constantFrom("protobuf" as const, "json" as const),
        fc.uint8Array({ maxLength: 200 }),
        (signal, encoding, bytes) => {
          try {
            decodeExport(signal, encoding, bytes);
          } catch (error) {
            assert.ok(error instanceof AppError && error.code === "invalid", String(error));
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test("a request cut short anywhere never reads as a whole one with other items", () => {
    const mutated = fc.tuple(anyRequest(anySpan), fc.nat());
    fc.assert(
      fc.property(mutated, ([request, cut]) => {
        const whole = writeRequest(request, writeSpan);
        const bytes = whole.subarray(0, whole.length === 0 ? 0 : cut % whole.length);
        try {
          const { items } = decodeExport("traces", "protobuf", bytes);
          assert.deepStrictEqual(items, itemsOf(request).slice(0, items.length));
        } catch (error) {
          assert.ok(error instanceof AppError && error.code === "invalid", String(error));
        }
      }),
      { numRuns: 200 },
    );
  });
});

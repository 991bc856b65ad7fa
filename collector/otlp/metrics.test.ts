/** Every kind of metric, as protobuf and as JSON. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { decodeMetricsJson } from "./json/metrics.ts";
import type { MetricPoint } from "./model.ts";
import { decodeMetrics } from "./protobuf/metrics.ts";
import { message, writeAttributes } from "./testing/protobuf-writer.ts";

const { Varint, Bit64, LengthDelimited } = WireType;
const START = 1_795_365_429_000_000_000n;
const TIME = 1_795_365_430_000_000_000n;

/** A metric whose name comes after its data: the order on the wire is free. */
function metric(field: number, write: (writer: BinaryWriter) => void): MetricPoint[] {
  const writer = new BinaryWriter();
  message(writer, 1, () =>
    message(writer, 2, () =>
      message(writer, 2, () => {
        message(writer, field, () => write(writer));
        writer.tag(3, LengthDelimited).string("{token}");
        writer.tag(1, LengthDelimited).string("tokens");
      }),
    ),
  );
  return [...decodeMetrics(writer.finish()).items];
}

function times(writer: BinaryWriter): void {
  writer.tag(2, Bit64).fixed64(START).tag(3, Bit64).fixed64(TIME);
}

const described = { metric: "tokens", unit: "{token}", startNanos: START, timeNanos: TIME };
const attributes = new Map([["k", "v"]]);

describe("histograms", () => {
  for (const packed of [true, false]) {
    test(`M04: the sum and count are read past ${packed ? "packed" : "unpacked"} buckets`, () => {
      const points = metric(9, (writer) => {
        message(writer, 1, () => {
          times(writer);
          writer.tag(4, Bit64).fixed64(3n).tag(5, Bit64).double(30);
          if (packed) message(writer, 6, () => writer.fixed64(1n).fixed64(2n));
          else writer.tag(6, Bit64).fixed64(1n).tag(6, Bit64).fixed64(2n);
          if (packed) message(writer, 7, () => writer.double(10));
          else writer.tag(7, Bit64).double(10);
          writeAttributes(writer, 9, attributes);
          writer.tag(11, Bit64).double(1).tag(12, Bit64).double(20);
        });
        writer.tag(2, Varint).int32(1);
      });
      assert.equal(points.length, 1);
      assert.partialDeepStrictEqual(points[0], {
        ...described,
        type: "histogram",
        temporality: 1,
        value: 30,
        count: 3,
        attributes,
      });
    });
  }

  test("M05: an exponential histogram keeps its attributes in field 1", () => {
    const points = metric(10, (writer) => {
      message(writer, 1, () => {
        writeAttributes(writer, 1, attributes);
        times(writer);
        writer.tag(4, Bit64).fixed64(6n).tag(5, Bit64).double(12.5).tag(6, Varint).sint32(-1);
        writer.tag(7, Bit64).fixed64(1n);
        message(writer, 8, () => writer.tag(1, Varint).sint32(-2));
        writer.tag(14, Bit64).double(0.001);
      });
      writer.tag(2, Varint).int32(2);
    });
    assert.partialDeepStrictEqual(points[0], {
      ...described,
      type: "exponential_histogram",
      temporality: 2,
      value: 12.5,
      count: 6,
      attributes,
    });
  });

  test("without a sum the value is null", () => {
    const points = metric(9, (writer) =>
      message(writer, 1, () => writer.tag(4, Bit64).fixed64(3n)),
    );
    assert.partialDeepStrictEqual(points[0], { value: null, count: 3 });
  });
});

test("M06: a summary has its sum and count", () => {
  const points = metric(11, (writer) =>
    message(writer, 1, () => {
      times(writer);
      writer.tag(4, Bit64).fixed64(2n).tag(5, Bit64).double(3);
      message(writer, 6, () => writer.tag(1, Bit64).double(0.5).tag(2, Bit64).double(1.5));
      writeAttributes(writer, 7, attributes);
    }),
  );
  assert.partialDeepStrictEqual(points[0], {
    ...described,
    type: "summary",
    value: 3,
    count: 2,
    attributes,
  });
});

test("M07: NO_RECORDED_VALUE is null, not zero", () => {
  const points = metric(7, (writer) => {
    message(writer, 1, () => {
      times(writer);
      writer.tag(4, Bit64).double(0).tag(8, Varint).uint32(1);
    });
    writer.tag(2, Varint).int32(2).tag(3, Varint).bool(true);
  });
  assert.partialDeepStrictEqual(points[0], {
    type: "sum",
    temporality: 2,
    monotonic: true,
    value: null,
    count: 1,
  });
});

test("M09: JSON has the same kinds, with counts as strings", () => {
  const times = { startTimeUnixNano: String(START), timeUnixNano: String(TIME) };
  const point = (fields: object) => ({
    dataPoints: [{ ...times, ...fields }],
    aggregationTemporality: 1,
  });
  const metrics = [
    { gauge: point({ asDouble: 1.5 }) },
    { sum: { ...point({ asInt: "5", flags: 1 }), isMonotonic: true } },
    { histogram: point({ count: "3", sum: 30, bucketCounts: ["1", "2"], explicitBounds: [10] }) },
    {
      exponentialHistogram: point({
        count: 4,
        sum: 9,
        positive: { offset: 1, bucketCounts: ["1"] },
      }),
    },
    { summary: point({ count: "2", sum: 3 }) },
  ].map((data) => ({ name: "tokens", unit: "{token}", ...data }));
  const body = { resourceMetrics: [{ scopeMetrics: [{ metrics }] }] };
  const { items } = decodeMetricsJson(Buffer.from(JSON.stringify(body)));
  assert.deepEqual(
    items.map(({ type, value, count }) => [type, value, count]),
    [
      ["gauge", 1.5, 1],
      ["sum", null, 1],
      ["histogram", 30, 3],
      ["exponential_histogram", 9, 4],
      ["summary", 3, 2],
    ],
  );
  for (const item of items) assert.partialDeepStrictEqual(item, { ...described, temporality: 1 });
});

/** The JSON mapping of OTLP, where it differs from what JavaScript would do by itself. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { decodeLogsJson } from "./logs.ts";
import { decodeMetricsJson } from "./metrics.ts";
import { decodeTracesJson } from "./traces.ts";

const IDS = `"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174"`;

function spans(...fields: string[]) {
  const list = fields.map((field) => `{${IDS}${field === "" ? "" : `,${field}`}}`).join(",");
  return decodeTracesJson(Buffer.from(`{"resourceSpans":[{"scopeSpans":[{"spans":[${list}]}]}]}`));
}

function attribute(value: string) {
  const { items, reason } = spans(`"attributes":[{"key":"k","value":${value}}]`);
  assert.equal(reason, "");
  return items[0]?.attributes.get("k");
}

describe("64-bit integers", () => {
  test("J04: as strings they keep every digit", () => {
    assert.equal(attribute(`{"intValue":"9007199254740993"}`), 9_007_199_254_740_993n);
    assert.equal(attribute(`{"intValue":"-12"}`), -12);
  });

  test("J05: as numbers they keep every digit too, in attributes, times and points", () => {
    assert.equal(attribute(`{"intValue":1200}`), 1200);
    assert.equal(attribute(`{"intValue":-9223372036854775808}`), -(2n ** 63n));
    assert.equal(attribute(`{"intValue":9007199254740993}`), 9_007_199_254_740_993n);
    const { items } = spans(
      `"startTimeUnixNano": 1795365429622000001,"endTimeUnixNano":1795365429622000002`,
    );
    assert.equal(items[0]?.startNanos, 1_795_365_429_622_000_001n);
    assert.equal(items[0]?.endNanos, 1_795_365_429_622_000_002n);
    const points = decodeMetricsJson(
      Buffer.from(
        `{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"sum":{"dataPoints":[{"asInt":42},{"asInt":9223372036854775807},{"asInt":"7"}]}}]}]}]}`,
      ),
    ).items;
    assert.deepEqual(
      points.map(({ value }) => value),
      [42, 2n ** 63n - 1n, 7],
    );
  });

  test("digits inside texts are left alone, whatever stands around them", () => {
    for (const text of [
      `: 12345678901234567890,`,
      `\\\\\\":1234567890123456789`,
      `[1111111111111111]`,
    ]) {
      assert.equal(attribute(`{"stringValue":"${text}"}`), JSON.parse(`"${text}"`));
    }
  });

  test("long fractions stay doubles", () => {
    assert.equal(attribute(`{"doubleValue":0.1234567890123456789}`), 0.123_456_789_012_345_68);
    assert.equal(attribute(`{"doubleValue":12345678901234567890}`), 12_345_678_901_234_567_000);
  });
});

test("doubles may be numbers, decimal strings, NaN and the infinities", () => {
  assert.equal(attribute(`{"doubleValue":"1e-7"}`), 1e-7);
  assert.ok(Number.isNaN(attribute(`{"doubleValue":"NaN"}`)));
  assert.equal(attribute(`{"doubleValue":"-Infinity"}`), Number.NEGATIVE_INFINITY);
});

test("null and absent are the default; an empty value is null", () => {
  const { items } = spans(
    `"attributes":null,"events":null,"links":null,"parentSpanId":null,"status":null`,
  );
  assert.partialDeepStrictEqual(items[0], {
    attributes: new Map(),
    events: [],
    parentSpanId: "",
    statusCode: 0,
  });
  assert.equal(attribute("{}"), null);
  assert.equal(attribute("null"), null);
});

test("unknown names are ignored at every depth, snake_case ones too", () => {
  const { items, rejected } = spans(
    `"future":{"a":[1,{"b":null}]},"parent_span_id":5,"start_time_unix_nano":"x","attributes":[{"key":"k","value":{"stringValue":"v","new":1},"newer":2}]`,
  );
  assert.equal(rejected, 0);
  assert.deepEqual(items[0]?.attributes, new Map([["k", "v"]]));
  assert.equal(items[0]?.startNanos, 0n);
});

test("enums may come as integers or by name", () => {
  const { items } = spans(
    `"kind":3,"status":{"code":2}`,
    `"kind":"SPAN_KIND_CLIENT","status":{"code":"STATUS_CODE_ERROR"}`,
  );
  assert.deepEqual(
    items.map(({ kind, statusCode }) => [kind, statusCode]),
    [
      [3, 2],
      [3, 2],
    ],
  );
});

test("an item of the wrong shape is rejected alone, and the sender is told which", () => {
  const { items, rejected, reason } = spans(
    "",
    `"startTimeUnixNano":"soon"`,
    `"attributes":"none"`,
    "",
  );
  assert.equal(items.length, 2);
  assert.equal(rejected, 2);
  assert.equal(reason, "startTimeUnixNano must be a 64-bit integer (resource 0, scope 0, item 1)");
});

test("a lone surrogate, which no UTF-8 has, becomes U+FFFD", () => {
  assert.equal(attribute(`{"stringValue":"a\\ud800b"}`), "a\uFFFDb");
});

test("a log with an invalid trace id is kept without its link", () => {
  const { items, rejected } = decodeLogsJson(
    Buffer.from(
      `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"traceId":"zz","spanId":"0000000000000000","body":{"stringValue":"x"}}]}]}]}`,
    ),
  );
  assert.equal(rejected, 0);
  assert.partialDeepStrictEqual(items[0], { traceId: "", spanId: "", body: "x" });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fileItem } from "#lib/ingest/file-item.ts";
import { itemOf, modelCall, outcomes, testPlan } from "#lib/testing/usage-events.ts";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import { COPY_COLUMNS, copyLine } from "./copy-row.ts";

function fields(event: UsageEvent): Record<string, string> {
  const item = itemOf(event);
  const outcome = outcomes([event]).get("a");
  assert.ok(outcome);
  const line = copyLine(item, fileItem(item, outcome, testPlan()).filing);
  assert.ok(line.endsWith("\n"));
  const values = line.slice(0, -1).split("\t");
  assert.equal(values.length, COPY_COLUMNS.length);
  assert.ok(!line.slice(0, -1).includes("\n"));
  return Object.fromEntries(COPY_COLUMNS.map((column, i) => [column, values[i] ?? ""]));
}

/** What Postgres makes of a field in COPY's text format; null for \N. */
function read(field: string | undefined): string | null {
  if (field === undefined || field === "\\N") return null;
  const escapes: Record<string, string> = { t: "\t", n: "\n", r: "\r", "\\": "\\" };
  return field.replaceAll(/\\(.)/g, (_, char: string) => escapes[char] ?? char);
}

test("the characters that mean something to COPY come out as they went in", () => {
  for (const text of ["\\N", "\\.", "a\tb", "a\nb", "a\r\nb", "\\t", "\\\\", "\\", '"', "ü😀"]) {
    assert.equal(read(fields(modelCall("a", { operation: text })).operation), text);
    assert.equal(read(fields(modelCall("a", { errorType: text })).error_type), text);
  }
});

test("any string survives, but for what Postgres cannot hold", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const row = fields(modelCall("a", { operation: `x${text}`, attributes: { k: text } }));
      const kept = text.replaceAll("\u0000", "").toWellFormed();
      assert.equal(read(row.operation), `x${kept}`);
      assert.deepEqual(JSON.parse(read(row.attributes) ?? ""), { name: "a", k: kept });
    }),
  );
});

test("U+0000 is dropped and a lone surrogate replaced, also in JSON and in keys", () => {
  const row = fields(
    modelCall("a", {
      operation: "o\u0000p",
      provider: "\ud800",
      attributes: { "k\u0000": "v\u0000\udc00" },
    }),
  );
  assert.equal(read(row.operation), "op");
  assert.deepEqual(JSON.parse(read(row.attributes) ?? ""), { k: "v\ufffd", name: "a" });
  assert.equal(JSON.parse(read(row.said) ?? "").provider, "\ufffd");
});

test("what is missing is null, and what is zero is zero", () => {
  const row = fields(modelCall("a", { tokens: null, durationMs: null, traceId: null }));
  for (const column of ["output", "duration_ms", "trace_id", "units", "attempt", "twin_of"]) {
    assert.equal(read(row[column]), null, column);
  }
  const zero = fields(modelCall("a", { durationMs: 0 }));
  assert.deepEqual([read(zero.duration_ms), read(zero.reasoning)], ["0", "0"]);
  assert.equal(read(zero.trace_id)?.startsWith("\\x"), true);
});

/** Runs the black-box conformance script against the server, all levels, every option. */

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { KEYS, memoryReceiver } from "../otlp/testing/memory-receiver.ts";
import { createOtlpHttpServer } from "./server.ts";

const SCRIPT = fileURLToPath(new URL("../testdata/otlp-conformance.mjs", import.meta.url));
const ORIGIN = "https://app.example.com";
const MAX_BODY_BYTES = 8 * 1024 * 1024;

type Report = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly cases: readonly {
    readonly id: string;
    readonly result: string;
    readonly note: string;
  }[];
};

const { receiver, batches, errors } = memoryReceiver({ maxBodyBytes: MAX_BODY_BYTES });
const server = createOtlpHttpServer({
  receiver,
  isReady: async () => true,
  corsOrigins: [ORIGIN],
});
const port = await server.listen(0, "127.0.0.1");
after(() => server.stop(1000));

const options = [
  ["--base", `http://127.0.0.1:${port}`],
  ["--header", `x-api-key: ${KEYS.ok}`],
  ["--bearer", KEYS.ok],
  ["--forbidden-header", `x-api-key: ${KEYS.forbidden}`],
  ["--throttled-header", `x-api-key: ${KEYS.throttled}`],
  ["--cors-origin", ORIGIN],
  ["--max-body", String(MAX_BODY_BYTES)],
  ["--level", "all"],
  ["--json"],
].flat();

test("passes all 96 conformance cases, none skipped", { timeout: 120_000 }, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, ...options], {
    maxBuffer: 16 * 1024 * 1024,
  }).catch((error: { stdout: string }) => error);
  const report = JSON.parse(stdout) as Report;
  assert.deepEqual(
    report.cases.filter(({ result }) => result !== "PASS"),
    [],
  );
  assert.equal(report.passed, 96);
  assert.deepEqual(errors, []);
});

test("M02: the cumulative counter came in as 10, 25 and 3 after a reset, which is 28 units", () => {
  const points = batches
    .flatMap((batch) => (batch.signal === "metrics" ? batch.points : []))
    .filter(({ metric, temporality }) => metric === "claude_code.cost.usage" && temporality === 2);
  assert.deepEqual(
    points.map(({ value }) => value),
    [10, 25, 3],
  );

  let units = 0;
  let last: { startNanos: bigint; value: number } | null = null;
  for (const { startNanos, value } of points) {
    assert.equal(typeof value, "number");
    const reading = Number(value);
    units += last !== null && last.startNanos === startNanos ? reading - last.value : reading;
    last = { startNanos, value: reading };
  }
  assert.equal(units, 28);
});

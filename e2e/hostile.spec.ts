import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { expect, test } from "@playwright/test";
import { askApi } from "./support/api.ts";
import {
  type ExportAnswer,
  jsonHeaders,
  modelCall,
  postExport,
  postSpans,
  type Span,
  spansRequest,
} from "./support/otlp.ts";
import { mintApiKey, mintTeam, type Team } from "./support/outlay.ts";
import { DataQuality, Events, Usage } from "./support/schemas.ts";

// What a broken or hostile sender does to the running collector: it is told so,
// and nobody else notices.

let team: Team;
let managerKey: string;

test.beforeAll(async () => {
  team = await mintTeam("hostile");
  managerKey = await mintApiKey("manager", team.slug);
});

test("a wrong, an empty and no key are refused before the body is read", async () => {
  const body = spansRequest([modelCall()]);
  const type = { "content-type": "application/json" };
  for (const headers of [
    type,
    { ...type, "x-api-key": "outlay_ik_000000000000_wrong" },
    { ...type, authorization: "Bearer " },
    { ...type, authorization: `Basic ${btoa(`x:${team.ingestKey}`)}` },
    { ...type, authorization: `Bearer ${"a".repeat(4_000)}` },
  ]) {
    expect((await postExport("traces", body, headers)).status).toBe(401);
  }
});

test("bytes that are no OTLP are a bad request, whatever they claim to be", async () => {
  const protobuf = { "x-api-key": team.ingestKey, "content-type": "application/x-protobuf" };
  for (const signal of ["traces", "logs", "metrics"] as const) {
    expect((await postExport(signal, Buffer.from("ffffffffff", "hex"), protobuf)).status).toBe(400);
    expect((await postExport(signal, randomBytes(5_000), protobuf)).status).toBe(400);
    expect((await postExport(signal, "{", jsonHeaders(team.ingestKey))).status).toBe(400);
    expect((await postExport(signal, "[]", jsonHeaders(team.ingestKey))).status).toBe(400);
  }
  const html = { ...protobuf, "content-type": "text/html" };
  expect((await postExport("traces", "<p>", html)).status).toBe(415);
});

test("a span without ids is told back, and its good neighbour is counted", async () => {
  const answer = await besideGood(modelCall({}, { traceId: "0".repeat(32) }));
  expect(partialSuccess(answer)).toMatchObject({ rejectedSpans: "1" });
  expect(partialSuccess(await besideGood(modelCall({}, { spanId: "0".repeat(16) })))).toMatchObject(
    {
      rejectedSpans: "1",
    },
  );
  expect(await calls()).toBe(2);
  // Refusals are counted beside the exports, a moment later.
  await expect
    .poll(async () => (await askApi(DataQuality, "/data-quality")).rejected.items)
    .toContainEqual(expect.objectContaining({ key_id: keyId(team.ingestKey), count: 2 }));
});

test("U+0000 and lone surrogates in names are stored as something readable", async () => {
  const before = await calls();
  const nasty = modelCall({
    "gen_ai.agent.name": "zero\u0000inside",
    "user.id": "\u0000",
    "x\u0000y": "z\u0000",
  });
  const lone = spansRequest([modelCall()]).replace('"e2e"', '"\\ud800e2e"');
  expect((await besideGood(nasty)).status).toBe(200);
  expect((await postExport("traces", lone, jsonHeaders(team.ingestKey))).status).toBe(200);
  expect(await calls()).toBe(before + 3);
  const { events } = await askApi(Events, "/events?limit=50", managerKey);
  expect(JSON.stringify(events)).not.toContain("\\u0000");
});

test("ten thousand attributes, and values of every size, are taken or left but lose no call", async () => {
  const before = await calls();
  const many = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, place) => [`attribute.${place}`, `value ${place}`]),
  );
  expect((await besideGood(modelCall(many))).status).toBe(200);
  const long = modelCall({
    "gen_ai.prompt": "x".repeat(1_000_000),
    "gen_ai.agent.name": "長".repeat(50_000),
  });
  expect((await besideGood(long)).status).toBe(200);
  expect(await calls()).toBe(before + 4);
  const { events } = await askApi(Events, "/events?limit=50", managerKey);
  expect(Math.max(...events.map((event) => JSON.stringify(event).length))).toBeLessThan(100_000);
});

test("absurd token counts never become money", async () => {
  const before = await askApi(Usage, "/usage", managerKey);
  const absurd = [-1, 9_007_199_254_740_992, 1e15].map((tokens) =>
    modelCall({ "gen_ai.usage.input_tokens": tokens, "gen_ai.usage.output_tokens": 0 }),
  );
  expect((await postSpans(team.ingestKey, ...absurd)).status).toBe(200);
  const after = await askApi(Usage, "/usage", managerKey);
  expect(after.total.cost).toBe(before.total.cost);
});

test("a gzip bomb, broken gzip and a body that is too large are refused", async () => {
  const headers = { ...jsonHeaders(team.ingestKey), "content-encoding": "gzip" };
  const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024, 0x20));
  expect([400, 413]).toContain((await postExport("traces", bomb, headers)).status);
  expect((await postExport("traces", Buffer.from("1f8b08ff"), headers)).status).toBe(400);
  expect((await postSpans(team.ingestKey, modelCall())).status).toBe(200);
});

test("a clock three years off is filed when it came, and flagged", async () => {
  const before = await askApi(DataQuality, "/data-quality", managerKey);
  const usageBefore = await calls();
  for (const years of [-3, 3]) {
    const at = (BigInt(Date.now()) + BigInt(years * 365 * 86_400_000)) * 1_000_000n;
    const off = { startTimeUnixNano: String(at), endTimeUnixNano: String(at + 1_000_000_000n) };
    expect((await besideGood(modelCall({}, off))).status).toBe(200);
  }
  const after = await askApi(DataQuality, "/data-quality", managerKey);
  expect(after.clock_skew.count).toBe(before.clock_skew.count + 2);
  for (const { started_at } of after.clock_skew.examples) {
    expect(Math.abs(Date.now() - Date.parse(started_at))).toBeLessThan(3_600_000);
  }
  expect(await calls()).toBe(usageBefore + 4);
});

test("thousands of values nested into each other do not bring the collector down", async () => {
  const depth = 5_000;
  const nested = '{"arrayValue":{"values":['.repeat(depth) + "]}}".repeat(depth);
  const body = spansRequest([modelCall()]).replace(
    '"attributes":[',
    `"attributes":[{"key":"deep","value":${nested}},`,
  );
  const answer = await postExport("traces", body, jsonHeaders(team.ingestKey));
  expect([200, 400, 413]).toContain(answer.status);
  expect((await postSpans(team.ingestKey, modelCall())).status).toBe(200);
});

/** Sends the span with a sound one after it. */
async function besideGood(span: Span): Promise<ExportAnswer> {
  return postSpans(team.ingestKey, span, modelCall());
}

async function calls(): Promise<number> {
  return (await askApi(Usage, "/usage", managerKey)).total.model_calls;
}

/** The public part of a key's secret. */
function keyId(secret: string): string | undefined {
  return secret.split("_")[2];
}

function partialSuccess({ status, body }: ExportAnswer): unknown {
  expect(status).toBe(200);
  return (JSON.parse(body.toString()) as { partialSuccess?: unknown }).partialSuccess;
}

import { Agent, request as httpRequest } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { type LoadShape, loadRequests } from "./load-requests.ts";
import { writeTraceRequest } from "./otlp-writer.ts";
import { percentile } from "./percentile.ts";

/** What the load generator is told, as the only argument, in JSON. */
export type LoadOrder = {
  readonly url: string;
  readonly key: string;
  readonly connections: number;
  /** So many a second at steady times, late ones counted from when they were due; null: as fast as they are taken. */
  readonly rate: number | null;
  readonly warmUpRequests: number;
  /** Of each stretch that is measured. */
  readonly requests: number;
  readonly stretches: number;
  readonly shape: LoadShape;
};

/** Its reports, as messages to its parent: first the payload, then, on each "go", how a stretch went. */
export type LoadReport =
  | {
      readonly kind: "encoded";
      readonly bytes: number;
      readonly gzippedBytes: number;
      /** Of all requests, to be found again in the ledger. */
      readonly outputTokens: number;
    }
  | {
      readonly kind: "sent";
      readonly accepted: number;
      readonly refusals: readonly string[];
      readonly seconds: number;
      readonly cpuSeconds: number;
      readonly ackMs: { readonly p50: number; readonly p95: number; readonly p99: number };
    };

// The load generator: a process of its own, so that the collector's clock does
// not run while it makes its data. Everything is encoded and compressed before
// the first request.
const order = JSON.parse(process.argv[2] ?? "") as LoadOrder;
const payloads = encodeAll();
const agent = new Agent({ keepAlive: true, maxSockets: order.connections });
let next = 0;
process.on("message", (message) => {
  if (message === "warm up") void send(order.warmUpRequests);
  if (message === "measure") void send(order.requests);
});

function encodeAll(): Buffer[] {
  const encoded: Buffer[] = [];
  let bytes = 0;
  let gzippedBytes = 0;
  let outputTokens = 0;
  for (const request of loadRequests(order.shape, Date.now())) {
    if (encoded.length === order.warmUpRequests + order.requests * order.stretches) break;
    for (const { attributes } of request.spans) {
      outputTokens += Number(attributes["gen_ai.usage.output_tokens"] ?? 0);
    }
    const plain = writeTraceRequest(request);
    const gzipped = gzipSync(plain);
    bytes += plain.length;
    gzippedBytes += gzipped.length;
    encoded.push(gzipped);
  }
  tell({ kind: "encoded", bytes, gzippedBytes, outputTokens });
  return encoded;
}

/** Sends the next requests over all connections; each takes the next one as soon as it has its answer. */
async function send(count: number): Promise<void> {
  const end = next + count;
  const refusals: string[] = [];
  const waits: number[] = [];
  let accepted = 0;
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  const first = next;
  const dueAt = (index: number) =>
    order.rate === null ? performance.now() : startedAt + ((index - first) * 1_000) / order.rate;
  const keepSending = async () => {
    while (next < end) {
      const due = dueAt(next);
      const payload = payloads[next++];
      if (payload === undefined) return;
      if (due > performance.now()) await sleep(due - performance.now());
      const refusal = await post(payload);
      waits.push(performance.now() - due);
      if (refusal === null) accepted++;
      else refusals.push(refusal);
    }
  };
  await Promise.all(Array.from({ length: order.connections }, keepSending));
  const seconds = (performance.now() - startedAt) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  tell({
    kind: "sent",
    accepted,
    refusals: refusals.slice(0, 5),
    seconds,
    cpuSeconds: (user + system) / 1e6,
    ackMs: {
      p50: percentile(waits, 0.5),
      p95: percentile(waits, 0.95),
      p99: percentile(waits, 0.99),
    },
  });
}

/** @returns null when it was accepted, else the answer. */
function post(payload: Buffer): Promise<string | null> {
  return new Promise((resolve) => {
    const sent = httpRequest(order.url, {
      method: "POST",
      agent,
      headers: {
        "content-type": "application/x-protobuf",
        "content-encoding": "gzip",
        "content-length": payload.length,
        authorization: `Bearer ${order.key}`,
      },
    });
    sent.on("response", (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", (error) => resolve(error.message));
      response.on("end", () => {
        // A partial success is told in the body of a 200.
        const isWhole = response.statusCode === 200 && Buffer.concat(parts).length === 0;
        resolve(isWhole ? null : `${response.statusCode} ${Buffer.concat(parts).toString()}`);
      });
    });
    sent.on("error", (error) => resolve(error.message));
    sent.end(payload);
  });
}

function tell(report: LoadReport): void {
  process.send?.(report);
}

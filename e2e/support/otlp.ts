import { randomBytes } from "node:crypto";
import { ENVIRONMENT } from "./outlay.ts";

export type Signal = "traces" | "logs" | "metrics";
export type Attributes = Readonly<Record<string, string | number>>;
export type Span = Readonly<Record<string, unknown>>;

/** What the collector says of an export, in JSON or in protobuf. */
export type ExportAnswer = { readonly status: number; readonly body: Buffer };

/** Posts one export as it is; the answer may be a refusal. */
export async function postExport(
  signal: Signal,
  body: string | Buffer,
  headers: Readonly<Record<string, string>>,
): Promise<ExportAnswer> {
  const response = await fetch(`${ENVIRONMENT.otlpUrl}/v1/${signal}`, {
    method: "POST",
    headers,
    body: typeof body === "string" ? body : new Uint8Array(body),
  });
  return { status: response.status, body: Buffer.from(await response.arrayBuffer()) };
}

/** Posts spans as OTLP/JSON with the key. */
export function postSpans(key: string, ...spans: readonly Span[]): Promise<ExportAnswer> {
  return postExport("traces", spansRequest(spans), jsonHeaders(key));
}

export function jsonHeaders(key: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${key}`, "content-type": "application/json" };
}

/** One resource and one scope around the spans. */
export function spansRequest(spans: readonly Span[], service = "e2e"): string {
  const resource = { attributes: jsonAttributes({ "service.name": service }) };
  return JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ scope: {}, spans }] }] });
}

/** A model call that ended just now, as OTel GenAI instrumentations tell it; 1,000 tokens in, 100 out. */
export function modelCall(attributes: Attributes = {}, overrides: Span = {}): Span {
  const now = BigInt(Date.now()) * 1_000_000n;
  return {
    traceId: randomBytes(16).toString("hex"),
    spanId: randomBytes(8).toString("hex"),
    name: "chat gpt-5.5",
    kind: 3,
    startTimeUnixNano: String(now - 1_000_000_000n),
    endTimeUnixNano: String(now),
    attributes: jsonAttributes({
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": "openai",
      "gen_ai.request.model": "gpt-5.5",
      "gen_ai.response.model": "gpt-5.5",
      "gen_ai.usage.input_tokens": 1000,
      "gen_ai.usage.output_tokens": 100,
      ...attributes,
    }),
    ...overrides,
  };
}

export function jsonAttributes(attributes: Attributes): readonly object[] {
  return Object.entries(attributes).map(([key, value]) => ({
    key,
    value: typeof value === "number" ? { intValue: String(value) } : { stringValue: value },
  }));
}

import { hash } from "node:crypto";
import type { Random } from "#lib/sample/random.ts";
import type { WireAttributes, WireSpan } from "./otlp-writer.ts";
import type { BenchAgent, BenchModel } from "./workload.ts";

/** One agent run, five model calls and four tool calls. */
export const SPANS_OF_TRACE = 10;
const FAILED_SHARE = 0.01;

export type TraceOptions = {
  /** With `number` it decides the ids, so that they can be computed again. */
  readonly run: string;
  readonly number: number;
  readonly agent: BenchAgent;
  readonly user: string;
  readonly session: string;
  readonly startMs: number;
};

export function traceIdOf(run: string, number: number): Buffer {
  return hash("md5", `${run}:${number}`, "buffer");
}

export function spanIdOf(run: string, number: number, index: number): Buffer {
  return hash("md5", `${run}:${number}:${index}`, "buffer").subarray(0, 8);
}

/**
 * One run of an agent as the GenAI semantic conventions (1.38) tell it: the run
 * first, then model and tool calls in turn. Model calls name session and
 * person; tool calls inherit them from the run.
 */
export function agentTrace(options: TraceOptions, random: Random): WireSpan[] {
  const { run, number, agent, startMs } = options;
  const traceId = traceIdOf(run, number);
  const root = spanIdOf(run, number, 0);
  let at = startMs + random.between(1, 20);
  const calls: WireSpan[] = [];
  for (let index = 1; index < SPANS_OF_TRACE; index++) {
    const isModelCall = index % 2 === 1;
    const isError = isModelCall && random.next() < FAILED_SHARE;
    const durationMs = isModelCall ? random.between(400, 9_000) : random.between(5, 800);
    const model = random.of(agent.models);
    const tool = random.of(agent.tools);
    const spanId = spanIdOf(run, number, index);
    calls.push({
      traceId,
      spanId,
      parentSpanId: root,
      name: isModelCall ? `chat ${model.model}` : `execute_tool ${tool}`,
      kind: isModelCall ? 3 : 1,
      startMs: at,
      endMs: at + durationMs,
      attributes: isModelCall
        ? chatAttributes(options, model, spanId, isError, random)
        : toolAttributes(tool, spanId),
      isError,
    });
    at += durationMs + random.between(1, 20);
  }
  const first = agent.models[0];
  return [
    {
      traceId,
      spanId: root,
      parentSpanId: null,
      name: `invoke_agent ${agent.name}`,
      kind: 1,
      startMs,
      endMs: at,
      attributes: {
        "gen_ai.operation.name": "invoke_agent",
        "gen_ai.agent.name": agent.name,
        ...(first === undefined ? {} : { "gen_ai.provider.name": first.provider }),
        "gen_ai.conversation.id": options.session,
        "user.id": options.user,
      },
      isError: false,
    },
    ...calls,
  ];
}

const HOSTS: Readonly<Record<string, string>> = {
  openai: "api.openai.com",
  anthropic: "api.anthropic.com",
  "gcp.gemini": "generativelanguage.googleapis.com",
  x_ai: "api.x.ai",
};

function chatAttributes(
  { agent, session, user }: TraceOptions,
  { provider, model }: BenchModel,
  spanId: Buffer,
  isError: boolean,
  random: Random,
): WireAttributes {
  const request: WireAttributes = {
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": provider,
    "gen_ai.request.model": model,
    "gen_ai.request.max_tokens": 4_096,
    "gen_ai.request.temperature": 0.2,
    "gen_ai.agent.name": agent.name,
    "gen_ai.conversation.id": session,
    "user.id": user,
    "server.address": HOSTS[provider] ?? provider,
    "server.port": 443,
  };
  if (isError) return { ...request, "error.type": "429" };
  const fresh = random.between(50, 4_000);
  const cached = random.next() < 0.7 ? random.between(1_024, 30_000) : 0;
  const written = provider === "anthropic" && random.next() < 0.3 ? random.between(500, 4_000) : 0;
  return {
    ...request,
    "gen_ai.response.model": model,
    "gen_ai.response.id": `resp_${hash("md5", spanId)}`,
    "gen_ai.response.finish_reasons": [random.next() < 0.8 ? "tool_calls" : "stop"],
    "gen_ai.usage.input_tokens": fresh + cached + written,
    "gen_ai.usage.cache_read.input_tokens": cached,
    "gen_ai.usage.cache_creation.input_tokens": written,
    "gen_ai.usage.output_tokens": random.between(20, 2_000),
  };
}

function toolAttributes(tool: string, spanId: Buffer): WireAttributes {
  return {
    "gen_ai.operation.name": "execute_tool",
    "gen_ai.tool.name": tool,
    "gen_ai.tool.type": "function",
    "gen_ai.tool.call.id": `call_${hash("md5", spanId).slice(0, 24)}`,
  };
}

import { hash } from "node:crypto";
import { NO_TOKENS, type Tokens } from "#lib/usage/tokens.ts";
import { UNSAID } from "#lib/usage/unsaid.ts";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import type { Random } from "./random.ts";
import { SAMPLE_SESSION, type SampleAgent } from "./sample-organization.ts";

const HOUR_MS = 3_600_000;
const SECOND_MS = 1_000;

export type RunOrder = {
  readonly agent: SampleAgent;
  /** Null: telemetry that names no team. */
  readonly team: string | null;
  readonly user: string | null;
  readonly startMs: number;
  /** Nothing begins at or after it. */
  readonly endMs: number;
  readonly random: Random;
  /** Tells this run from every other. */
  readonly name: string;
};

/** The events of one run: an agent's span, and below it model calls with tool calls between them. */
export function sampleRun(order: RunOrder): UsageEvent[] {
  const { agent, random, startMs, endMs, name } = order;
  const model = random.next() < 0.75 ? first(agent.models) : random.of(agent.models);
  const frame = frameOf(order);
  const turns = random.between(...agent.turns);
  const events: UsageEvent[] = [];
  let prompt = { context: random.between(...agent.prompt), cached: 0 };
  let at = startMs + 200;
  for (let turn = 0; turn < turns && at < endMs; turn++) {
    const call = modelTurn(order, frame, { turn, at, model, ...prompt });
    const output = call.tokens?.output ?? 0;
    events.push(call);
    at += (call.durationMs ?? 0) + 150;
    prompt = {
      context: prompt.context + output + random.between(800, 9_000),
      cached: call.status === "ok" ? prompt.context : prompt.cached,
    };
    if (agent.tools.length === 0 || turn === turns - 1) continue;
    const durationMs = random.between(40, 6_000);
    const tool = toolOf(frame, name, turn, random.of(agent.tools), random);
    events.push({ ...tool, startedAtMs: at, durationMs });
    at += durationMs + 100;
  }
  const root: UsageEvent = {
    ...frame,
    ...spanOf(name, "run"),
    kind: "agent_run",
    witness: "aggregate",
    operation: "invoke_agent",
    calls: 0,
    parentSpanId: null,
    startedAtMs: startMs,
    durationMs: at - startMs,
  };
  return [root, ...events];
}

type Turn = {
  readonly turn: number;
  readonly at: number;
  readonly model: readonly [provider: string, model: string];
  readonly context: number;
  readonly cached: number;
};

function modelTurn(
  { agent, random, name }: RunOrder,
  frame: Frame,
  { turn, at, model: [provider, model], context, cached }: Turn,
): UsageEvent {
  const isFailed = random.next() < 0.012;
  const output = random.between(150, 3_200);
  return {
    ...frame,
    ...spanOf(name, `call ${turn}`),
    provider,
    model,
    startedAtMs: at,
    durationMs: 900 + output * 8 + random.between(0, 1_500),
    tokens: isFailed ? NO_TOKENS : tokensOf(provider, context, cached, output),
    responseIds: isFailed ? [] : [`resp_${hex(`${name} ${turn}`, 24)}`],
    status: isFailed ? "error" : "ok",
    errorType: isFailed ? "rate_limit_exceeded" : null,
    funding: agent.isPlanPaid === true ? "plan" : "api",
  };
}

/** One tool called with the same arguments again and again, with a model call after each. */
export function sampleLoop(order: RunOrder, tool: string, times: number): UsageEvent[] {
  const { agent, name, random } = order;
  const [provider, model] = first(agent.models);
  const frame = frameOf(order);
  const events: UsageEvent[] = [];
  let context = 60_000;
  let at = order.startMs;
  for (let turn = 0; turn < times; turn++) {
    events.push({
      ...toolOf(frame, name, turn, tool, random),
      status: "ok",
      errorType: null,
      startedAtMs: at,
      durationMs: 300,
      attributes: { ...frame.attributes, "gen_ai.tool.call.arguments.hash": hex("the same", 32) },
    });
    at += 1_200;
    const tokens = tokensOf(provider, context, context - 2_500, 260);
    events.push({
      ...frame,
      ...spanOf(name, `call ${turn}`),
      ...{ provider, model, startedAtMs: at, durationMs: 2_400, tokens },
      responseIds: [`resp_${hex(`${name} ${turn}`, 24)}`],
    });
    context += 60;
    at += 2_600;
  }
  return events;
}

type Frame = Omit<UsageEvent, "identity" | "spanId" | "startedAtMs">;

function frameOf({ agent, team, user, name }: RunOrder): Frame {
  const { dialect, service, workflow } = agent;
  return {
    ...UNSAID,
    kind: "model_call",
    signal: "span",
    dialect,
    family: `service:${service}`,
    traceId: hex(name, 32),
    parentSpanId: hex(`${name} run`, 16),
    calls: 1,
    operation: "chat",
    service,
    identityOf: {
      session: `${SAMPLE_SESSION}${hex(`${name} session`, 16)}`,
      agent: agent.name,
      workflow,
      environment: "production",
      ...(user !== null && { user: `${user}@example.com` }),
    },
    attributes: { "service.name": service, ...(team !== null && { "team.id": team }) },
  };
}

function toolOf(
  frame: Frame,
  name: string,
  turn: number,
  tool: string,
  random: Random,
): Omit<UsageEvent, "startedAtMs"> {
  const isFailed = random.next() < 0.04;
  return {
    ...frame,
    ...spanOf(name, `tool ${turn}`),
    kind: "tool_call",
    operation: "execute_tool",
    calls: 0,
    tool,
    status: isFailed ? "error" : "ok",
    errorType: isFailed ? "tool_error" : null,
    toolCallId: `call_${hex(`${name} tool ${turn}`, 20)}`,
  };
}

function spanOf(name: string, part: string) {
  const spanId = hex(`${name} ${part}`, 16);
  return { spanId, identity: `span:${hex(name, 32)}:${spanId}` };
}

/** What was in the prompt before is read from the cache; Anthropic also bills what is written to it. */
function tokensOf(provider: string, context: number, cached: number, output: number): Tokens {
  const read = Math.floor(cached * 0.94);
  const fresh = context - read;
  const written = provider === "anthropic" ? Math.floor(fresh * 0.8) : 0;
  return {
    ...NO_TOKENS,
    input_uncached: fresh - written,
    cache_read: read,
    cache_write_5m: written,
    output,
    reasoning: provider === "openai" ? Math.floor(output * 0.35) : 0,
  };
}

/** When on a working day runs begin: few at night, most in the late morning and afternoon. */
export function startOfRun(dayMs: number, isSteady: boolean, random: Random): number {
  const spread = isSteady ? random.next() : (random.next() + random.next()) / 2;
  const [least, most] = isSteady ? [0, 24] : [7, 20];
  const hour = least + spread * (most - least);
  return Math.floor(dayMs + hour * HOUR_MS + random.next() * SECOND_MS);
}

function first<T>(list: readonly T[]): T {
  const [element] = list;
  if (element === undefined) throw new RangeError("nothing to choose from");
  return element;
}

function hex(text: string, length: number): string {
  return hash("sha256", `sample ${text}`, "hex").slice(0, length);
}

import type { TokenClass } from "#lib/usage/tokens.ts";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import type { Attributes, MetricPoint, Span } from "../otlp/model.ts";
import { agentIdentity } from "./agent-identity.ts";
import { count, text } from "./attributes.ts";
import type { Dialect, Reading } from "./dialect.ts";
import { failureOf } from "./gen-ai-span.ts";
import { callUsage, genAiUsage, hasUsage } from "./gen-ai-usage.ts";
import { type Given, spanEvent } from "./item-event.ts";
import { providerOf } from "./provider.ts";
import { tokenPoint } from "./token-point.ts";
import { EXCLUSIVE, INCLUSIVE, type Usage } from "./tokens.ts";

const DIALECT = "openclaw";
const CALL = "openclaw.model_call.";
const RUN = "openclaw.tokens.";

/** `prompt` and `total` are sums of the others. */
const POINT_CLASSES: Readonly<Record<string, TokenClass>> = {
  input: "input_uncached",
  output: "output",
  cache_read: "cache_read",
  cache_write: "cache_write_5m",
};

/**
 * OpenClaw's diagnostics-otel (DIALECTS section 8). `openclaw.model.call` is
 * the call; `openclaw.model.usage` beside it is the sum of the run, though it
 * calls itself a chat. With GenAI names only the attributes tell the two
 * apart. Zeros are left out. The prefix of metrics can be renamed, the key
 * `openclaw.token` cannot.
 */
export const openclaw: Dialect = {
  ownsSpan: (span) =>
    span.scope.name === DIALECT ||
    span.name.startsWith("openclaw.") ||
    hasKey(span.attributes, "openclaw."),
  ownsPoint: (point) =>
    point.scope.name === DIALECT ||
    point.metric.startsWith("openclaw.") ||
    point.attributes.has("openclaw.token"),
  readSpan,
  readPoint,
};

function hasKey(attributes: Attributes, prefix: string): boolean {
  return attributes.keys().some((key) => key.startsWith(prefix));
}

function readSpan(span: Span): Reading | null {
  const { attributes, name } = span;
  if (name === "openclaw.model.usage" || hasKey(attributes, RUN)) return one(span, runUsage(span));
  if (name === "openclaw.model.call" || hasKey(attributes, CALL)) return one(span, modelCall(span));
  if (name === "openclaw.tool.execution" || isTool(attributes)) return one(span, toolCall(span));
  return isAgent(span)
    ? one(span, { kind: "agent_run", operation: "invoke_agent", ...failureOf(span) })
    : null;
}

function one(span: Span, given: Given): Reading {
  const agent = text(span.attributes, "openclaw.agent", "gen_ai.agent.name");
  const event = spanEvent(DIALECT, span, {
    family: DIALECT,
    identityOf: agentIdentity(span, { agent: agent ?? DIALECT }),
    ...given,
  });
  return { events: [event] };
}

/** A turn is all that a CLI below did for one message: full usage, unknown requests. */
function modelCall(span: Span): Given {
  const { attributes } = span;
  const isTurn = text(attributes, `${CALL}observation_unit`) === "turn";
  const failure = failureOf(span);
  const usage = usageOf(attributes, failure.status === "error");
  return {
    kind: "model_call",
    ...named(attributes),
    operation: isTurn ? "invoke_agent" : (text(attributes, "gen_ai.operation.name") ?? "chat"),
    calls: isTurn ? 0 : 1,
    tokens: usage.tokens,
    flags: usage.flags,
    ...failure,
  };
}

function usageOf(attributes: Attributes, isFailed: boolean): Usage {
  const read = (name: string) => count(attributes, `${CALL}usage.${name}_tokens`);
  const own = {
    input: read("input"),
    output: read("output"),
    cacheRead: read("cache_read_input"),
    cacheWrite: read("cache_creation_input"),
    reasoning: read("reasoning_output"),
  };
  const rest = { isFailed, isEmbedding: false, omitsZeroCache: true };
  return hasUsage(own)
    ? callUsage({ raw: own, convention: EXCLUSIVE, ...rest })
    : callUsage({ raw: genAiUsage(attributes), convention: INCLUSIVE, ...rest });
}

function runUsage(span: Span): Given {
  const { attributes } = span;
  const read = (name: string) => count(attributes, `${RUN}${name}`);
  const own = {
    input: read("input"),
    output: read("output"),
    cacheRead: read("cache_read"),
    cacheWrite: read("cache_write"),
  };
  const rest = { isFailed: false, isEmbedding: false, omitsZeroCache: true };
  const usage = hasUsage(own)
    ? callUsage({ raw: own, convention: EXCLUSIVE, ...rest })
    : callUsage({ raw: genAiUsage(attributes), convention: INCLUSIVE, ...rest });
  return {
    kind: "model_call",
    ...named(attributes),
    operation: "chat",
    witness: "aggregate",
    rank: 2,
    tokens: usage.tokens,
    flags: usage.flags,
  };
}

function toolCall(span: Span): Given {
  const { attributes } = span;
  const failure = failureOf(span);
  const category = text(attributes, "openclaw.errorCategory");
  const isBlocked =
    text(attributes, "openclaw.outcome") === "blocked" ||
    text(attributes, "openclaw.deniedReason") !== null;
  const isFailed = failure.status === "error" || category !== null;
  return {
    kind: "tool_call",
    operation: "execute_tool",
    tool: text(attributes, "gen_ai.tool.name", "openclaw.toolName"),
    toolCallId: text(attributes, "gen_ai.tool.call.id"),
    status: isBlocked ? "rejected" : isFailed ? "error" : "ok",
    errorType: isFailed
      ? (category ?? failure.errorType)
      : text(attributes, "openclaw.deniedReason"),
  };
}

function isTool(attributes: Attributes): boolean {
  return (
    text(attributes, "gen_ai.operation.name") === "execute_tool" ||
    text(attributes, "openclaw.toolName") !== null
  );
}

function isAgent({ attributes, name }: Span): boolean {
  return name === "openclaw.run" || text(attributes, "gen_ai.operation.name") === "invoke_agent";
}

function readPoint(point: MetricPoint): Reading | null {
  const { attributes } = point;
  const tokenClass = POINT_CLASSES[text(attributes, "openclaw.token") ?? ""];
  if (!point.metric.endsWith(".tokens") || tokenClass === undefined) return null;
  const { provider, requestModel } = named(attributes);
  return tokenPoint(DIALECT, point, [tokenClass], {
    family: DIALECT,
    provider,
    model: requestModel,
    flags: tokenClass === "cache_write_5m" ? ["assumed_ttl"] : [],
    identityOf: agentIdentity(point, { agent: text(attributes, "openclaw.agent") ?? DIALECT }),
  });
}

/** OpenClaw names a CLI below it as provider; behind it stands its vendor. */
function named(attributes: Attributes): Pick<UsageEvent, "provider" | "model" | "requestModel"> {
  const model = text(attributes, "gen_ai.response.model");
  const requestModel = text(attributes, "gen_ai.request.model", "openclaw.model");
  const names = ["openclaw.provider", "gen_ai.provider.name", "gen_ai.system"].map((key) =>
    text(attributes, key),
  );
  const vendors = names.map((name) => name?.replace(/^claude-cli$/, "anthropic") ?? null);
  return {
    provider: providerOf({ named: vendors, models: [model, requestModel] }),
    model,
    requestModel,
  };
}

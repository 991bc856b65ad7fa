import type { TokenClass } from "#lib/usage/tokens.ts";
import type { Identity } from "#lib/usage/usage-event.ts";
import type { Attributes, LogRecord, MetricPoint } from "../otlp/model.ts";
import { agentIdentity } from "./agent-identity.ts";
import { amount, count, number, text, truth } from "./attributes.ts";
import type { Dialect, Reading } from "./dialect.ts";
import { callUsage } from "./gen-ai-usage.ts";
import { eventNameOf, type Given, logEvent } from "./item-event.ts";
import { providerOf } from "./provider.ts";
import { tokenPoint } from "./token-point.ts";
import { EXCLUSIVE } from "./tokens.ts";

const DIALECT = "cline";

const POINT_CLASSES: Readonly<Record<string, TokenClass>> = {
  "cline.tokens.input.total": "input_uncached",
  "cline.tokens.output.total": "output",
  "cline.cache.read.tokens.total": "cache_read",
  "cline.cache.write.tokens.total": "cache_write_5m",
};

/**
 * Cline (DIALECTS section 9): events `task.*`, of which `task.tokens` stands for
 * one request and `task.conversation_turn` and `task.completed` repeat it. The
 * input excludes the cache. Its documentation writes names with underscores,
 * the program in camel case; both are read.
 */
export const cline: Dialect = {
  ownsLog: (record) => isOurs(record) || eventNameOf(record).startsWith("cline."),
  ownsPoint: (point) => isOurs(point) || point.metric.startsWith("cline."),
  readLog,
  readPoint,
};

function isOurs({ resource, scope }: LogRecord | MetricPoint): boolean {
  return scope.name === DIALECT || text(resource.attributes, "service.name") === DIALECT;
}

function readLog(record: LogRecord): Reading | null {
  switch (eventNameOf(record).replace(/^cline\./, "")) {
    case "task.tokens":
      return one(record, modelCall(record.attributes));
    case "task.tool_used":
      return one(record, toolCall(record.attributes));
    default:
      return null;
  }
}

function one(record: LogRecord, given: Given): Reading {
  const event = logEvent(DIALECT, record, { family: DIALECT, identityOf: whose(record), ...given });
  return { events: [event] };
}

function modelCall(attributes: Attributes): Given {
  const usage = callUsage({
    raw: {
      input: count(attributes, "tokensIn", "tokens_in"),
      output: count(attributes, "tokensOut", "tokens_out"),
      cacheRead: count(attributes, "cacheReadTokens", "cache_read_tokens", "cached_tokens"),
      cacheWrite: count(attributes, "cacheWriteTokens", "cache_write_tokens"),
    },
    convention: EXCLUSIVE,
    isFailed: false,
    isEmbedding: false,
    omitsZeroCache: true,
  });
  return {
    kind: "model_call",
    operation: "chat",
    ...billing(attributes),
    tokens: usage.tokens,
    flags: usage.flags,
    reportedCost: amount(attributes, "totalCost", "total_cost", "cost"),
  };
}

function toolCall(attributes: Attributes): Given {
  const isFailed = truth(attributes, "success") === false;
  return {
    kind: "tool_call",
    operation: "execute_tool",
    tool: text(attributes, "tool", "tool_name"),
    status: isFailed ? "error" : "ok",
    errorType: isFailed ? "_OTHER" : null,
    durationMs: number(attributes, "durationMs", "duration_ms"),
  };
}

function readPoint(point: MetricPoint): Reading | null {
  const tokenClass = POINT_CLASSES[point.metric];
  if (tokenClass === undefined) return null;
  return tokenPoint(DIALECT, point, [tokenClass], {
    family: DIALECT,
    ...billing(point.attributes),
    identityOf: whose(point),
  });
}

/** Cline's own provider is a gateway: it bills, whoever's model answers. */
function billing(attributes: Attributes) {
  const model = text(attributes, "model", "modelId", "model_id");
  const named = text(attributes, "provider", "apiProvider", "api_provider");
  return { provider: providerOf({ named: [named], models: [model] }), model };
}

/** `ulid` names the task, which is the conversation. */
function whose(item: LogRecord | MetricPoint): Identity {
  const task = text(item.attributes, "ulid", "taskId", "task_id");
  return agentIdentity(item, { agent: DIALECT, ...(task === null ? {} : { session: task }) });
}

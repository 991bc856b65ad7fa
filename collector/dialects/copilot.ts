import type { TokenClass } from "#lib/usage/tokens.ts";
import type { Identity, UsageEvent } from "#lib/usage/usage-event.ts";
import type { Attributes, LogRecord, MetricPoint, Resource, Span } from "../otlp/model.ts";
import { agentIdentity } from "./agent-identity.ts";
import { number, text, truth } from "./attributes.ts";
import type { Dialect, Reading } from "./dialect.ts";
import { operationOf, readGenAiSpan } from "./gen-ai-span.ts";
import { callUsage, genAiUsage } from "./gen-ai-usage.ts";
import { type Given, logEvent } from "./item-event.ts";
import { providerOf } from "./provider.ts";
import { tokenPoint } from "./token-point.ts";
import { INCLUSIVE } from "./tokens.ts";

const DIALECT = "copilot";
const SERVICES = new Set(["copilot-chat", "github-copilot"]);
const SCOPES = new Set(["github.copilot", "copilot-chat"]);
const INFERENCE = "gen_ai.client.inference.usage.";

const POINT_CLASSES: Readonly<Record<string, TokenClass>> = {
  [`${INFERENCE}input_tokens`]: "input_uncached",
  [`${INFERENCE}output_tokens`]: "output",
  [`${INFERENCE}cache_read.input_tokens`]: "cache_read",
  [`${INFERENCE}cache_write.input_tokens`]: "cache_write_5m",
  [`${INFERENCE}cache_creation.input_tokens`]: "cache_write_5m",
  [`${INFERENCE}reasoning.output_tokens`]: "reasoning",
};

/**
 * GitHub Copilot, the CLI and VS Code's chat (DIALECTS section 9). Spans follow
 * OTel GenAI with the cache inside the input; `invoke_agent` sums its calls,
 * logs and metrics repeat them. Billed by the seat unless the provider is a
 * vendor of one's own key: `github.copilot.cost` and `nano_aiu` are Copilot's
 * units, not dollars, and stay attributes.
 */
export const copilot: Dialect = {
  ownsSpan: isOurs,
  ownsLog: (record) =>
    isOurs(record) || text(record.attributes, "event.name")?.startsWith("copilot_chat.") === true,
  ownsPoint: isOurs,
  readSpan,
  readLog,
  readPoint,
};

type Item = { readonly resource: Resource; readonly attributes: Attributes };

function isOurs(item: Item & { readonly scope: { readonly name: string } }): boolean {
  return (
    SCOPES.has(item.scope.name) ||
    SERVICES.has(text(item.resource.attributes, "service.name") ?? "") ||
    item.attributes
      .keys()
      .some((key) => key.startsWith("copilot_chat.") || key.startsWith("github.copilot."))
  );
}

function readSpan(span: Span): Reading | null {
  const isCall = operationOf(span) === "chat";
  return readGenAiSpan(span, {
    dialect: DIALECT,
    omitsZeroCache: isCall,
    more: () => ({
      family: DIALECT,
      rank: isCall ? 1 : rankOf(span),
      ...billing(span),
      identityOf: whose(span),
    }),
  });
}

function rankOf(span: Span): number {
  return operationOf(span) === "execute_tool" ? 1 : 3;
}

function readLog(record: LogRecord): Reading | null {
  const { attributes } = record;
  switch (text(attributes, "event.name") ?? record.eventName) {
    case "gen_ai.client.inference.operation.details":
      return inference(record);
    case "copilot_chat.tool.call":
      return one(record, toolCall(attributes));
    default:
      return null;
  }
}

/** Repeats the chat span without its cache. Requests without usage are logged too. */
function inference(record: LogRecord): Reading | null {
  const { attributes } = record;
  const errorType = text(attributes, "error.type");
  const usage = callUsage({
    raw: genAiUsage(attributes),
    convention: INCLUSIVE,
    isFailed: errorType !== null,
    isEmbedding: false,
  });
  const responseId = text(attributes, "gen_ai.response.id");
  if (usage.tokens === null && responseId === null) return null;
  return one(record, {
    kind: "model_call",
    operation: text(attributes, "gen_ai.operation.name") ?? "chat",
    ...billing(record),
    model: text(attributes, "gen_ai.response.model"),
    requestModel: text(attributes, "gen_ai.request.model"),
    tokens: usage.tokens,
    flags: usage.flags,
    responseIds: responseId === null ? [] : [responseId],
    status: errorType === null ? "ok" : "error",
    errorType,
  });
}

function toolCall(attributes: Attributes): Given {
  const isFailed = truth(attributes, "success") === false;
  return {
    kind: "tool_call",
    operation: "execute_tool",
    tool: text(attributes, "gen_ai.tool.name"),
    toolCallId: text(attributes, "gen_ai.tool.call.id"),
    status: isFailed ? "error" : "ok",
    errorType: isFailed ? (text(attributes, "error.type") ?? "_OTHER") : null,
    durationMs: number(attributes, "duration_ms"),
  };
}

function one(record: LogRecord, given: Given): Reading {
  const event = logEvent(DIALECT, record, {
    family: DIALECT,
    rank: 2,
    identityOf: whose(record),
    ...given,
  });
  return { events: [event] };
}

function readPoint(point: MetricPoint): Reading | null {
  const { attributes } = point;
  const tokenClass = pointClass(point);
  if (tokenClass === null) return null;
  return tokenPoint(DIALECT, point, [tokenClass], {
    family: DIALECT,
    ...billing(point),
    model: text(attributes, "gen_ai.response.model"),
    requestModel: text(attributes, "gen_ai.request.model"),
    flags:
      point.metric === "gen_ai.client.token.usage" && tokenClass === "input_uncached"
        ? ["cache_unreported"]
        : [],
    identityOf: whose(point),
  });
}

/** The CLI counts by metric, VS Code by `gen_ai.token.type`; the histograms per operation are "not for totals". */
function pointClass({ attributes, metric }: MetricPoint): TokenClass | null {
  if (metric !== "gen_ai.client.token.usage") return POINT_CLASSES[metric] ?? null;
  const type = text(attributes, "gen_ai.token.type");
  if (type === "input") return "input_uncached";
  return type === "output" ? "output" : null;
}

function billing({ attributes }: Item): Pick<UsageEvent, "provider" | "funding"> {
  const provider =
    providerOf({ named: [text(attributes, "gen_ai.provider.name", "gen_ai.system")] }) ?? "github";
  return { provider, funding: provider === "github" ? "plan" : "api" };
}

/** The resource's session.id is a window of VS Code, which holds many conversations. */
function whose(item: Item): Identity {
  const { attributes } = item;
  return agentIdentity(item, {
    agent: text(attributes, "gen_ai.agent.name") ?? DIALECT,
    session: text(
      attributes,
      "gen_ai.conversation.id",
      "session.id",
      "copilot_chat.chat_session_id",
      "copilot_chat.session_id",
    ),
  });
}

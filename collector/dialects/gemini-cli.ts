import type { UsageEvent } from "#lib/usage/usage-event.ts";
import type { Attributes, LogRecord, MetricPoint, Span } from "../otlp/model.ts";
import { agentIdentity } from "./agent-identity.ts";
import { text } from "./attributes.ts";
import type { Dialect, Reading } from "./dialect.ts";
import { type GeminiRules, readGeminiLog, readGeminiPoint } from "./gemini-records.ts";
import { failureOf } from "./gen-ai-span.ts";
import { callUsage, genAiUsage } from "./gen-ai-usage.ts";
import { spanEvent } from "./item-event.ts";
import { GEMINI_RAW } from "./tokens.ts";

const DIALECT = "gemini-cli";

const RULES: GeminiRules = {
  dialect: DIALECT,
  prefix: "gemini_cli",
  convention: GEMINI_RAW,
  rank: 1,
  // Candidates leave the thoughts out, so these are output of their own.
  thoughtClasses: ["output", "reasoning"],
  billing,
  hidesCache: () => false,
};

/**
 * Gemini CLI (DIALECTS section 7). Five places repeat each call; only
 * `gemini_cli.api_response` has thoughts, tool prompts and cache, so the twin
 * `gen_ai.client.inference.operation.details` and the histogram are passed over
 * and the span counts only where there are no logs.
 */
export const geminiCli: Dialect = {
  ownsSpan: isOurs,
  ownsLog: (record) => isOurs(record) || isNamed(record.attributes),
  ownsPoint: (point) => isOurs(point) || point.metric.startsWith("gemini_cli."),
  readSpan,
  readLog: (record) => readGeminiLog(record, RULES),
  readPoint: (point) => readGeminiPoint(point, RULES),
};

function isOurs({ resource, scope }: Span | LogRecord | MetricPoint): boolean {
  return scope.name === DIALECT || text(resource.attributes, "service.name") === DIALECT;
}

function isNamed(attributes: Attributes): boolean {
  return text(attributes, "event.name")?.startsWith("gemini_cli.") === true;
}

function readSpan(span: Span): Reading | null {
  const operation = text(span.attributes, "gen_ai.operation.name") ?? span.name;
  if (operation === "llm_call") return { events: [modelCall(span)] };
  return operation === "tool_call" ? { events: [toolCall(span)] } : null;
}

function modelCall(span: Span): UsageEvent {
  const { attributes } = span;
  const failure = failureOf(span);
  const usage = callUsage({
    raw: genAiUsage(attributes),
    convention: GEMINI_RAW,
    isFailed: failure.status === "error",
    isEmbedding: false,
  });
  return spanEvent(DIALECT, span, {
    kind: "model_call",
    operation: "generate_content",
    family: DIALECT,
    rank: 2,
    model: text(attributes, "gen_ai.response.model"),
    requestModel: text(attributes, "gen_ai.request.model"),
    tokens: usage.tokens,
    flags: usage.flags,
    identityOf: agentIdentity(span, { agent: text(attributes, "gen_ai.agent.name") ?? DIALECT }),
    ...failure,
    ...billing(attributes),
  });
}

function toolCall(span: Span): UsageEvent {
  const { attributes } = span;
  return spanEvent(DIALECT, span, {
    kind: "tool_call",
    operation: "execute_tool",
    family: DIALECT,
    rank: 2,
    tool: text(attributes, "gen_ai.tool.name"),
    toolCallId: text(attributes, "gen_ai.tool.call.id", "gen_ai.tool.call_id"),
    identityOf: agentIdentity(span, { agent: text(attributes, "gen_ai.agent.name") ?? DIALECT }),
    ...failureOf(span),
  });
}

/** Signed in with a Google account, calls draw on Code Assist; the CLI itself calls that Vertex. */
function billing(attributes: Attributes): Pick<UsageEvent, "provider" | "funding"> {
  const auth = text(attributes, "auth_type") ?? "";
  const isLogin = /^(oauth|login|cloud-shell|compute)/i.test(auth);
  const isVertex = isLogin || /^vertex/i.test(auth);
  return {
    provider: isVertex ? "gcp.vertex_ai" : "gcp.gemini",
    funding: isLogin ? "plan" : "api",
  };
}

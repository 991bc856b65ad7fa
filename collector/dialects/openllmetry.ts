import type { Span } from "../otlp/model.ts";
import { text } from "./attributes.ts";
import type { Dialect } from "./dialect.ts";
import { operationOf, readGenAiSpan } from "./gen-ai-span.ts";
import type { RawUsage } from "./tokens.ts";
import { EXCLUSIVE, INCLUSIVE } from "./tokens.ts";

/** OpenLLMetry / Traceloop, Python and JavaScript, and OpenLIT's kin (DIALECTS 3). */
export const openllmetry: Dialect = {
  ownsSpan,
  readSpan: (span) =>
    readGenAiSpan(span, {
      dialect: "openllmetry",
      convention: () => (EXCLUSIVE_SCOPE.test(span.scope.name) ? EXCLUSIVE : INCLUSIVE),
      operation: operation,
      hidesWrites,
      more: (self) =>
        text(self.attributes, "traceloop.span.kind") === "tool"
          ? {
              tool: text(self.attributes, "gen_ai.tool.name", "traceloop.entity.name") ?? self.name,
            }
          : {},
    }),
};

/**
 * Bedrock's numbers are passed through as they come; the JavaScript Anthropic
 * instrumentation does the same, while the Python one adds the cache.
 */
const EXCLUSIVE_SCOPE =
  /^(opentelemetry\.instrumentation\.bedrock|@traceloop\/instrumentation-(anthropic|bedrock))(\.v1)?$/;

/**
 * LangChain reports 0 written where it knows the lifetimes, which this
 * instrumentation drops: the writes are then left in the input.
 */
function hidesWrites(span: Span, raw: RawUsage): boolean {
  return (
    span.scope.name === "opentelemetry.instrumentation.langchain" &&
    raw.cacheWrite === 0 &&
    /claude|anthropic/i.test(
      text(span.attributes, "gen_ai.response.model", "gen_ai.request.model") ?? "",
    )
  );
}

const SCOPE = /^(traceloop\.tracer|@traceloop\/.+|openlit(\..+)?)$/;

/** OTel's own contrib scopes look alike; they end in `_v2` or come without `llm.*` and traceloop's keys. */
const LIBRARY_SCOPE = /^opentelemetry\.instrumentation\.(?!.*_v2$)[a-z0-9_]+(\.v1)?$/;

function ownsSpan(span: Span): boolean {
  if (SCOPE.test(span.scope.name)) {
    return true;
  }
  let isGenAi = false;
  for (const key of span.attributes.keys()) {
    if (key.startsWith("traceloop.") || key === "llm.request.type") return true;
    isGenAi ||= key.startsWith("gen_ai.");
  }
  return isGenAi && LIBRARY_SCOPE.test(span.scope.name);
}

/** Traceloop's kinds come first: CrewAI says invoke_agent on tasks and workflows as well. */
function operation(span: Span): string | null {
  const kind = text(span.attributes, "traceloop.span.kind");
  if (kind === "tool") {
    return "execute_tool";
  }
  if (kind === "agent") {
    return "invoke_agent";
  }
  if (kind === "workflow" || kind === "task") {
    return `traceloop_${kind}`;
  }
  return operationOf(span);
}

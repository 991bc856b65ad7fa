import type { Span } from "./model.ts";

/**
 * Why a span cannot be identified, or null. The specification calls a span
 * without a valid trace id and span id invalid; without them it could not be
 * counted once either.
 */
export function invalidIds(span: Pick<Span, "traceId" | "spanId" | "position">): string | null {
  if (isTraceId(span.traceId) && isSpanId(span.spanId)) return null;
  const which = isTraceId(span.traceId) ? "span_id" : "trace_id";
  const [resource, scope, item] = span.position;
  return `${which} is missing, all zero or malformed (resource ${resource}, scope ${scope}, span ${item})`;
}

export function isTraceId(hex: string): boolean {
  return hex.length === 32;
}

export function isSpanId(hex: string): boolean {
  return hex.length === 16;
}

/** The identity of an item that is a span of its own: what a re-delivery has in common with it. */
export function spanItemIdentity(span: {
  readonly traceId: string | null;
  readonly spanId: string | null;
}): string {
  return `span:${span.traceId ?? ""}:${span.spanId ?? ""}`;
}

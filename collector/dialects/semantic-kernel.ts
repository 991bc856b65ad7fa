import type { Dialect } from "./dialect.ts";
import { readGenAiSpan } from "./gen-ai-span.ts";

/**
 * Semantic Kernel (DIALECTS 10). Its function-level token metrics repeat the
 * spans for each function around a call, so they are not read.
 */
export const semanticKernel: Dialect = {
  ownsSpan: (span) => /^(Microsoft\.SemanticKernel|semantic_kernel)/.test(span.scope.name),
  ownsPoint: (point) => point.metric.startsWith("semantic_kernel."),
  readSpan: (span) => readGenAiSpan(span, { dialect: "semantic-kernel" }),
  readPoint: () => null,
};

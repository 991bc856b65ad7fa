import type { Dialect } from "./dialect.ts";
import { readGenAiSpan } from "./gen-ai-span.ts";
import { EXCLUSIVE, INCLUSIVE } from "./tokens.ts";

/** Microsoft Agent Framework and Microsoft.Extensions.AI (DIALECTS 10). */
export const agentFramework: Dialect = {
  ownsSpan: (span) =>
    /^(agent_framework|(Experimental\.)?Microsoft\.(Agents|Extensions)\.AI)\b/.test(
      span.scope.name,
    ),
  readSpan: (span) =>
    readGenAiSpan(span, {
      dialect: "agent-framework",
      convention: (_, provider) => (provider === "anthropic" ? EXCLUSIVE : INCLUSIVE),
    }),
};

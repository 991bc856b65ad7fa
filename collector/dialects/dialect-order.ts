import { agentFramework } from "./agent-framework.ts";
import { claudeCode } from "./claude-code.ts";
import { cline } from "./cline.ts";
import { codex } from "./codex.ts";
import { copilot } from "./copilot.ts";
import type { Dialect } from "./dialect.ts";
import { geminiCli } from "./gemini-cli.ts";
import { genkit } from "./genkit.ts";
import { googleAdk } from "./google-adk.ts";
import { langsmith } from "./langsmith.ts";
import { litellm } from "./litellm.ts";
import { logfire } from "./logfire.ts";
import { mastra } from "./mastra.ts";
import { openclaw } from "./openclaw.ts";
import { openinference } from "./openinference.ts";
import { openllmetry } from "./openllmetry.ts";
import { otelGenAi } from "./otel-genai.ts";
import { pydanticAi } from "./pydantic-ai.ts";
import { qwenCode } from "./qwen-code.ts";
import { semanticKernel } from "./semantic-kernel.ts";
import { springAi } from "./spring-ai.ts";
import { strands } from "./strands.ts";
import { unknown } from "./unknown.ts";
import { vercelAi } from "./vercel-ai.ts";

/**
 * All dialects: the first that owns an item reads it (DIALECTS 0.5). Agents
 * come before frameworks, frameworks before conventions, and what nobody knows
 * comes last. OpenLLMetry stands behind the frameworks because its SDK puts
 * `traceloop.*` on the spans of others too.
 */
export const DIALECT_ORDER: readonly Dialect[] = [
  claudeCode,
  codex,
  geminiCli,
  qwenCode,
  openclaw,
  copilot,
  cline,
  logfire,
  openinference,
  vercelAi,
  pydanticAi,
  strands,
  googleAdk,
  litellm,
  langsmith,
  agentFramework,
  semanticKernel,
  mastra,
  genkit,
  springAi,
  openllmetry,
  otelGenAi,
  unknown,
];

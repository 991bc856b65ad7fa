import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { postExport, type Signal } from "./otlp.ts";

const CAPTURES = "collector/testdata/captures";

/** Agents whose captures these tests send, and who bills their calls. */
const PROVIDERS = { codex: "openai", "claude-code": "anthropic" } as const;
export type CaptureName = keyof typeof PROVIDERS;

/** The day on which all captures were recorded. */
export const CAPTURE_DAY = "2026-11-22";

const Manifest = z.array(
  z.object({ file: z.string(), signal: z.enum(["traces", "logs", "metrics"]) }),
);

const Whole = z.int().min(0);
const Expected = z.object({
  callsOk: Whole,
  byModel: z.record(
    z.string(),
    z.object({
      input_uncached: Whole,
      cache_read: Whole,
      cache_write_5m: Whole,
      cache_write_1h: Whole,
      output_total: Whole,
      reasoning: Whole,
    }),
  ),
});
export type ExpectedUsage = z.infer<typeof Expected>;

/** Posts a recorded agent's exports in their order, as they were over HTTP. */
export async function sendCapture(name: CaptureName, key: string): Promise<void> {
  const directory = join(CAPTURES, name);
  const manifest = Manifest.parse(await readJson(join(directory, "manifest.json")));
  for (const { file, signal } of manifest) {
    const answer = await postExport(
      signal satisfies Signal,
      await readFile(join(directory, file)),
      {
        "x-api-key": key,
        "content-type": file.endsWith(".json") ? "application/json" : "application/x-protobuf",
      },
    );
    if (answer.status !== 200 || answer.body.length > 0) {
      throw new Error(`${name}/${file}: ${answer.status} ${answer.body.toString("latin1")}`);
    }
  }
}

/** The sums of what the model server answered. */
export async function expectedUsage(name: CaptureName): Promise<ExpectedUsage> {
  return Expected.parse(await readJson(join(CAPTURES, name, "expected.json")));
}

const OpenAiUsage = z.object({
  input_tokens: Whole,
  input_tokens_details: z.object({ cached_tokens: Whole }),
  output_tokens: Whole,
  output_tokens_details: z.object({ reasoning_tokens: Whole }),
});
const AnthropicUsage = z.object({
  input_tokens: Whole,
  cache_read_input_tokens: Whole,
  cache_creation: z.object({
    ephemeral_5m_input_tokens: Whole,
    ephemeral_1h_input_tokens: Whole,
  }),
  output_tokens: Whole,
});

/**
 * Each call that the model server answered, as a case for `POST /quote`. What
 * its client does not report (web searches) is left out.
 */
export async function quoteCases(name: CaptureName): Promise<readonly Record<string, unknown>[]> {
  const lines = (await readFile(join(CAPTURES, name, "truth.jsonl"), "utf8")).trim().split("\n");
  return lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ status, usage }) => status === 200 && usage !== null)
    .map(({ t, model, usage }) => ({
      provider: PROVIDERS[name],
      model,
      at: t,
      usage: name === "codex" ? openAiUsage(usage) : anthropicUsage(usage),
    }));
}

function openAiUsage(reported: unknown) {
  const usage = OpenAiUsage.parse(reported);
  const cacheRead = usage.input_tokens_details.cached_tokens;
  return {
    input_uncached: usage.input_tokens - cacheRead,
    cache_read: cacheRead,
    output: usage.output_tokens,
    reasoning: usage.output_tokens_details.reasoning_tokens,
  };
}

function anthropicUsage(reported: unknown) {
  const usage = AnthropicUsage.parse(reported);
  return {
    input_uncached: usage.input_tokens,
    cache_read: usage.cache_read_input_tokens,
    cache_write_5m: usage.cache_creation.ephemeral_5m_input_tokens,
    cache_write_1h: usage.cache_creation.ephemeral_1h_input_tokens,
    output: usage.output_tokens,
  };
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, "utf8"));
}

import { z } from "zod";
import { NO_TOKENS, type Tokens } from "#lib/usage/tokens.ts";

const Name = z.string().trim().min(1).max(256).nullish();
const Count = z.int().min(0).max(1_000_000_000);
const ByClass = z
  .strictObject({
    input: Count.optional(),
    input_uncached: Count.optional(),
    cache_read: Count.optional(),
    cache_write_5m: Count.optional(),
    cache_write_1h: Count.optional(),
    output: Count.optional(),
  })
  .refine(({ input, input_uncached: uncached }) => input === undefined || uncached === undefined, {
    path: ["input"],
    message: "is another name of input_uncached: give one of them",
  });

/** "May I spend this?", as `POST /check` takes it. */
export const CheckInput = z.strictObject({
  team: Name,
  user: Name,
  agent: Name,
  model: Name,
  provider: Name,
  project: Name,
  workflow: Name,
  cost_center: Name,
  /** Id of the ingest key that the call's telemetry will arrive with. */
  key: Name,
  /** By class, or one number; then a quarter of it is taken for output. */
  estimated_tokens: z.union([Count, ByClass]).nullish(),
  /** Hold the money until the call is seen. */
  reserve: z.boolean().default(false),
  /** How long it is held at most. */
  reserve_seconds: z.int().min(5).max(3_600).default(600),
});
export type CheckInput = z.output<typeof CheckInput>;

const OUTPUT_SHARE = 4;

/** Null where the caller gave no estimate. */
export function tokensOf(estimate: CheckInput["estimated_tokens"]): Tokens | null {
  if (estimate === null || estimate === undefined) return null;
  if (typeof estimate === "number") {
    const output = Math.ceil(estimate / OUTPUT_SHARE);
    return { ...NO_TOKENS, input_uncached: estimate - output, output };
  }
  return {
    ...NO_TOKENS,
    input_uncached: estimate.input ?? estimate.input_uncached ?? 0,
    cache_read: estimate.cache_read ?? 0,
    cache_write_5m: estimate.cache_write_5m ?? 0,
    cache_write_1h: estimate.cache_write_1h ?? 0,
    output: estimate.output ?? 0,
  };
}

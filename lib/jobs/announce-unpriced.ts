import { announceUnpriced } from "#lib/price-book/announce-unpriced.ts";
import { loadPricing } from "#lib/price-book/load-pricing.ts";
import type { JobDeps, JobResult } from "./job.ts";

/** Tells once of each model that was first seen without a price. */
export async function announceUnpricedModels(
  { sql, publicUrl }: JobDeps,
  now: Date,
): Promise<JobResult> {
  const announced = await announceUnpriced(sql, await loadPricing(sql), { now, publicUrl });
  return { announced };
}

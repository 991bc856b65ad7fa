const STANDARD = "standard";

/**
 * What producers call the served tiers: OpenAI `service_tier` ("priority" was
 * renamed "fast" on 2026-07-30 and both are served), Anthropic
 * `usage.service_tier`, Bedrock `serviceTier`, Vertex `trafficType`. A tier that
 * is not listed keeps its name and finds no row: it stays unpriced.
 */
const TIERS: Readonly<Record<string, string>> = {
  "": STANDARD,
  default: STANDARD,
  auto: STANDARD,
  standard: STANDARD,
  standard_only: STANDARD,
  on_demand: STANDARD,
  ondemand: STANDARD,
  batch: "batch",
  batches: "batch",
  on_demand_flex: "flex",
  fast: "priority",
  on_demand_priority: "priority",
};

export function normaliseTier(tier: string | null | undefined): string {
  const lower = (tier ?? "").trim().toLowerCase();
  return TIERS[lower] ?? lower;
}

const NORMAL_SPEEDS = new Set(["", "standard", "normal", "default"]);
const ANYWHERE = new Set(["", "global", "not_available", "unknown", "default"]);

/** Anthropic's `usage.speed`; null for normal. */
export function normaliseSpeed(speed: string | null | undefined): string | null {
  const lower = (speed ?? "").trim().toLowerCase();
  return NORMAL_SPEEDS.has(lower) ? null : lower;
}

/** Anthropic's `usage.inference_geo`; null for anywhere. */
export function normaliseGeo(geo: string | null | undefined): string | null {
  const lower = (geo ?? "").trim().toLowerCase();
  return ANYWHERE.has(lower) ? null : lower;
}

/**
 * Where the call was processed, as far as prices tell places apart. Bedrock's
 * rows are for its global and for all other (regional, geographic) endpoints,
 * and a model called without a geographic prefix is regional.
 */
export function normaliseRegion(
  provider: string,
  region: string | null | undefined,
): string | null {
  const lower = (region ?? "").trim().toLowerCase();
  if (provider === "aws.bedrock") return lower === "global" ? "global" : lower || "in-region";
  return ANYWHERE.has(lower) ? null : lower;
}

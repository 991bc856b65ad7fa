import type { UsageEvent } from "./usage-event.ts";

/** What a usage event holds where its source says nothing. */
export const UNSAID = {
  witness: "call",
  rank: 1,
  durationMs: null,
  traceId: null,
  spanId: null,
  parentSpanId: null,
  responseIds: [],
  toolCallId: null,
  provider: null,
  model: null,
  requestModel: null,
  tier: null,
  speed: null,
  region: null,
  tokens: null,
  units: {},
  tool: null,
  status: "ok",
  errorType: null,
  attempt: null,
  reportedCost: null,
  funding: "api",
  flags: [],
  series: null,
} as const satisfies Partial<UsageEvent>;

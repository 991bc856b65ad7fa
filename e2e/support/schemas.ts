import { z } from "zod";

// What the API promises, written down a second time: a schema shared with the
// product would change along with it. Additions are allowed, hence loose objects.

export const Amount = z.string().regex(/^-?\d+(\.\d{0,17}[1-9])?$/);
export const Instant = z.iso.datetime();
const Count = z.int().min(0);
const Name = z.string().nullable();

const Tokens = z.looseObject({
  input_uncached: Count,
  cache_read: Count,
  cache_write_5m: Count,
  cache_write_1h: Count,
  output: Count,
  reasoning: Count,
});

export const Figures = z.looseObject({
  model_calls: Count,
  tool_calls: Count,
  errors: Count,
  tokens: Tokens,
  cost: Amount,
  list_cost: Amount,
  unpriced_calls: Count,
  unpriced_tokens: Count,
});
export type Figures = z.infer<typeof Figures>;

export const Usage = z.looseObject({
  from: Instant,
  to: Instant,
  currency: z.literal("USD"),
  cost_basis: z.enum(["effective", "list", "contracted", "billed"]),
  as_of: Instant,
  rows: z.array(Figures.extend({ bucket: Instant, group: z.record(z.string(), Name) })),
  total: Figures,
  next_cursor: Name,
});

export const Event = z.looseObject({
  id: z.string(),
  kind: z.enum(["model_call", "tool_call", "agent_run"]),
  started_at: Instant,
  duration_ms: z.number().nullable(),
  trace_id: Name,
  span_id: Name,
  parent_span_id: Name,
  response_id: Name,
  dialect: z.string(),
  signal: z.string(),
  counted: z.boolean(),
  not_counted_because: Name,
  team: z.string(),
  project: Name,
  environment: Name,
  service: Name,
  agent: Name,
  workflow: Name,
  session: Name,
  user: Name,
  provider: Name,
  model: Name,
  model_reported: Name,
  tier: Name,
  tokens: Tokens.nullable(),
  tool: Name,
  status: z.string(),
  error_type: Name,
  attempt: z.int().nullable(),
  cost: Amount.nullable(),
  list_cost: Amount.nullable(),
  reported_cost: Amount.nullable(),
  cost_status: z.string(),
  rate_set_id: Name,
  attributes: z.record(z.string(), z.unknown()),
});

export const Events = z.looseObject({ events: z.array(Event), next_cursor: Name });

const Line = z.looseObject({
  unit: z.string(),
  quantity: z.union([z.number(), z.string()]),
  rate: z
    .looseObject({
      amount: Amount,
      per: z.number(),
      currency: z.literal("USD"),
      source: z.string().min(1),
      source_url: z.string(),
      effective_from: Name,
      kind: z.enum(["list", "contract", "free", "estimate"]),
    })
    .nullable(),
  multiplier: Name,
  amount: Amount.nullable(),
});

export const Receipt = z.looseObject({
  event_id: z.string(),
  lines: z.array(Line),
  sum: Amount.nullable(),
});

export const Quote = z.looseObject({
  status: z.enum(["priced", "partial", "unpriced", "free", "included"]),
  usd: Amount.nullable(),
  lower_bound: Amount,
  lines: z.array(Line),
});

const Counted = z.looseObject({ count: Count });
export const DataQuality = z.looseObject({
  rejected: Counted.extend({
    items: z.array(
      z.looseObject({ reason: z.string(), key_id: Name, count: Count, last_at: Instant }),
    ),
  }),
  unpriced: Counted,
  unallocated: Counted,
  not_counted: Counted,
  clock_skew: Counted.extend({
    examples: z.array(z.looseObject({ id: z.string(), started_at: Instant })),
  }),
});

export const Sessions = z.looseObject({
  sessions: z.array(Figures.extend({ session: z.string() })),
  next_cursor: Name,
});

export const Session = z.looseObject({
  session: z.string(),
  total: Figures,
  nodes: z.array(
    z.looseObject({
      id: z.string(),
      parent_id: Name,
      depth: z.int(),
      event: Event.nullable(),
      subtotal: Figures,
    }),
  ),
  next_cursor: Name,
});

export const Problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string().regex(/^[a-z_]+$/),
  detail: z.string().min(1),
});

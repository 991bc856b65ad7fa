import { z } from "zod";
import { LANGUAGES } from "./phrases/language.ts";

const Text = z.string().max(500);
const Amount = z.string().regex(/^-?\d{1,30}(\.\d{1,18})?$/, "must be a decimal amount");
const Moment = z.iso.datetime({ offset: true });
const Link = z.url({ protocol: /^https?$/ }).max(2_000);
const Scope = z.record(z.string().max(60), z.union([Text, z.array(Text).max(100), z.null()]));

const Budget = z.looseObject({
  id: z.string().min(1).max(100),
  name: Text,
  scope: Scope,
  /** What people call a part of the scope that is an id. */
  scope_labels: z.record(z.string().max(60), Text).optional(),
  period_start: Moment,
  period_end: Moment,
  limit: Amount,
  /** ISO 4217, or "tokens" for a budget of tokens. */
  currency: z.string().min(1).max(20),
  /** In which its days are told. */
  time_zone: z.string().max(100).optional(),
  owner: Text.nullish(),
});
const Band = z.looseObject({ p10: Amount, p50: Amount, p90: Amount });
const Driver = z.looseObject({ dimension: Text, value: Text.nullable(), change: Amount });

const budgetState = {
  budget: Budget,
  spent: Amount,
  forecast: Band.nullish(),
  crossing_date: z.iso.date().nullish(),
  /** Of the band of 80 %. */
  crossing_earliest: z.iso.date().nullish(),
  crossing_latest: z.iso.date().nullish(),
  unpriced_calls: z.int().nonnegative().optional(),
  top_drivers: z.array(Driver).max(20).optional(),
  as_of: Moment,
  url: Link,
};
const Increase = z.looseObject({
  id: z.string().min(1).max(100),
  amount: Amount,
  reason: z.string().max(1_000),
  starts_at: Moment,
  ends_at: Moment,
  requested_by: Text,
});
const increaseState = { budget: Budget, spent: Amount, as_of: Moment, url: Link };
const Threshold = z.looseObject({
  kind: z.enum(["actual", "forecast"]),
  percent: z.number().positive(),
  /** Where it is the limit of a day or week inside the period that is crossed. */
  pacing: z.enum(["day", "week"]).nullish(),
});
const Anomaly = z.looseObject({
  id: z.string().min(1).max(100),
  scope: Scope.optional(),
  /** What happened in one sentence, by language. */
  titles: z.partialRecord(z.enum(LANGUAGES), Text).optional(),
});

/**
 * What each type of event says, numbers and links only: no prompts, no content.
 * More fields may be added; receivers ignore what they do not know.
 */
const DATA = {
  "budget.threshold_crossed": z.looseObject({ ...budgetState, threshold: Threshold }),
  "budget.exceeded": z.looseObject({ ...budgetState, threshold: Threshold.optional() }),
  "budget.threshold_uncrossed": z.looseObject({
    ...budgetState,
    threshold: Threshold,
    /** What took it back: less spend than was known, or another limit. */
    because: z.enum(["correction", "limit"]).optional(),
    /** What is crossed all the same; null: nothing. */
    still_crossed: Threshold.nullish(),
  }),
  "budget.still_over": z.looseObject({
    budgets: z
      .array(
        z.looseObject({
          budget: Budget,
          threshold: Threshold,
          spent: Amount,
          url: Link.optional(),
        }),
      )
      .min(1),
    /** How many there are; the message names the first of them. */
    total: z.int().positive().optional(),
    as_of: Moment,
    url: Link,
  }),
  "budget.period_started": z.looseObject({
    budget: Budget,
    spent: Amount.optional(),
    as_of: Moment,
    url: Link,
  }),
  "budget.increase_requested": z.looseObject({ ...increaseState, increase: Increase }),
  "budget.increase_decided": z.looseObject({
    ...increaseState,
    increase: Increase.extend({
      decision: z.enum(["approved", "refused", "withdrawn"]),
      decided_by: Text,
      note: z.string().max(1_000).nullable(),
    }),
    /** Whom mail tells besides those whom the endpoint names: who asked. */
    answer_to: z.email().nullable(),
  }),
  "anomaly.opened": z.looseObject({ anomaly: Anomaly, as_of: Moment, url: Link }),
  "anomaly.acknowledged": z.looseObject({ anomaly: Anomaly, as_of: Moment, url: Link }),
  "anomaly.resolved": z.looseObject({ anomaly: Anomaly, as_of: Moment, url: Link }),
  "model.unpriced": z.looseObject({
    provider: Text.nullable(),
    model: Text.nullable(),
    calls: z.int().nonnegative(),
    tokens: z.int().nonnegative(),
    as_of: Moment,
    url: Link,
  }),
  "export.ready": z.looseObject({
    schedule: z.looseObject({ id: Text, name: Text }),
    period_start: Moment,
    period_end: Moment,
    /** The control totals, as in the sidecar beside a file. */
    control: z.looseObject({
      file: Text,
      rows: z.int().nonnegative(),
      bytes: z.int().nonnegative(),
      sha256: Text,
    }),
    closed_months: z.array(Text).max(1_000),
    /** Where the file can be fetched, by whoever holds the link, until it ends. */
    download_url: Link,
    download_expires_at: Moment,
    as_of: Moment,
    url: Link,
  }),
  "webhook.test": z.looseObject({ endpoint: z.looseObject({ id: Text, name: Text }), url: Link }),
  "webhook.disabled": z.looseObject({
    endpoint: z.looseObject({ id: Text, name: Text }),
    reason: z.enum(["gone", "failing"]),
    url: Link,
  }),
} as const;

export type EventType = keyof typeof DATA;
export const EVENT_TYPES = Object.keys(DATA) as readonly EventType[];

export type EventData<Type extends EventType> = z.input<(typeof DATA)[Type]>;

/** An event's type and what it says. */
export type TypedEvent = {
  readonly [Type in EventType]: { readonly type: Type; readonly data: EventData<Type> };
}[EventType];

/** Standard Webhooks asks for less than 20 kB. */
const MOST_BYTES = 20_000;

/** @throws {Error} when the data is not what its type says: a mistake of ours. */
export function checkEvent(event: TypedEvent): TypedEvent {
  const parsed = DATA[event.type].safeParse(event.data);
  if (!parsed.success) {
    throw new Error(`${event.type}: ${z.prettifyError(parsed.error)}`);
  }
  if (Buffer.byteLength(JSON.stringify(parsed.data)) > MOST_BYTES) {
    throw new Error(`${event.type}: the data is larger than ${MOST_BYTES} bytes`);
  }
  return event;
}

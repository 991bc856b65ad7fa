import { z } from "zod";
import { ANOMALY_STATES, type Anomaly, FEEDBACKS } from "#lib/anomaly-control/anomaly.ts";
import type { PlannedEvent } from "#lib/anomaly-control/planned-events.ts";
import { sentenceOf } from "#lib/anomaly-control/sentence.ts";
import { METRICS } from "#lib/anomaly-control/sighting.ts";
import { ANOMALY_FILTERS, ANOMALY_KINDS } from "#lib/exports/kinds/anomalies.ts";
import { CURRENCY } from "#lib/money/money.ts";
import { limit } from "#lib/parameters/limit.ts";
import { Amount, Instant } from "./figures.ts";
import { iso } from "./iso.ts";
import { Cursor } from "./query.ts";

const Moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

export const AnomaliesParameters = z.strictObject({
  ...ANOMALY_FILTERS,
  limit: limit(50, 500),
  cursor: Cursor.optional(),
});
export const AnomalyPosition = z.tuple([Moment, z.uuid()]);

const DriverBody = z.strictObject({
  dimension: z.string(),
  value: z.string().nullable(),
  actual: Amount,
  expected: Amount,
  change: Amount,
});

export const AnomalyBody = z.strictObject({
  id: z.string(),
  state: z.enum(ANOMALY_STATES),
  kind: z.enum(ANOMALY_KINDS),
  metric: z.enum(METRICS),
  direction: z.enum(["up", "down"]),
  summary: z.string(),
  scope: z.record(z.string(), z.string()),
  starts_at: Instant,
  ends_at: Instant,
  detected_at: Instant,
  notable: z.boolean().meta({ description: "Worth a message; the rest is shown only" }),
  currency: z.literal(CURRENCY),
  expected: Amount,
  actual: Amount,
  impact: Amount.meta({ description: "Actual less expected; what an agent wasted" }),
  percent: z.number().nullable().meta({ description: "Impact in percent of what was expected" }),
  measured: z.strictObject({ expected: z.number(), actual: z.number() }).nullable().meta({
    description: "Of metrics that are no money",
  }),
  drivers: z.array(z.strictObject({ ...DriverBody.shape, explained: z.number() })),
  single_cause: z.boolean(),
  contributions: z.array(DriverBody).meta({
    description: "Each dimension adds up to the change of spend exactly; `other:n` is the rest",
  }),
  split: z
    .strictObject({ change: Amount, volume: Amount, intensity: Amount, mix: Amount, price: Amount })
    .nullable(),
  findings: z.record(z.string(), z.record(z.string(), z.unknown())),
  owner: z.string().nullable(),
  acknowledged_at: Instant.nullable(),
  resolved_at: Instant.nullable(),
  resolved_because: z.string().nullable(),
  feedback: z.enum(FEEDBACKS).nullable(),
  seconds_to_detect: z.int(),
  seconds_to_resolve: z.int().nullable(),
  partial: z.boolean().meta({ description: "Other teams have a part that you may not see" }),
});
export const AnomaliesBody = z.strictObject({
  anomalies: z.array(AnomalyBody),
  next_cursor: z.string().nullable(),
});

export function anomalyBody(anomaly: Anomaly): z.input<typeof AnomalyBody> {
  const { explanation, startsAt, detectedAt, resolvedAt } = anomaly;
  return {
    id: anomaly.id,
    state: anomaly.state,
    kind: anomaly.kind,
    metric: anomaly.metric,
    direction: anomaly.direction > 0 ? "up" : "down",
    summary: sentenceOf(anomaly),
    scope: { ...anomaly.scope },
    starts_at: iso(startsAt),
    ends_at: iso(anomaly.endsAt),
    detected_at: iso(detectedAt),
    notable: anomaly.isNotable,
    currency: CURRENCY,
    expected: anomaly.expectedText,
    actual: anomaly.actualText,
    impact: anomaly.impactText,
    percent: percentOf(anomaly),
    measured: anomaly.measured === null ? null : { ...anomaly.measured },
    drivers: explanation.causes.map((cause) => ({ ...cause })),
    single_cause: explanation.hasSingleCause,
    contributions: explanation.contributions.map((one) => ({ ...one })),
    split: explanation.split === null ? null : { ...explanation.split },
    findings: Object.fromEntries(
      Object.entries(anomaly.findings).map(([kind, finding]) => [kind, { ...finding }]),
    ),
    owner: anomaly.owner,
    acknowledged_at: isoOrNull(anomaly.acknowledgedAt),
    resolved_at: isoOrNull(resolvedAt),
    resolved_because: anomaly.resolvedBecause,
    feedback: anomaly.feedback,
    seconds_to_detect: secondsBetween(startsAt, detectedAt),
    seconds_to_resolve: resolvedAt === null ? null : secondsBetween(detectedAt, resolvedAt),
    partial: anomaly.isPart,
  };
}

/** Null where nothing was expected. */
export function percentOf({ impact, expected }: Anomaly): number | null {
  return expected <= 0n ? null : Number((impact * 1_000n) / expected) / 10;
}

export const PlannedEventBody = z.strictObject({
  id: z.string(),
  label: z.string(),
  scope: z.record(z.string(), z.string()),
  starts_at: Instant,
  ends_at: Instant,
  factor: z.number().nullable().meta({ description: "Times the usual; null: anything" }),
  created_by: z.string(),
});
export const PlannedEventsBody = z.strictObject({ events: z.array(PlannedEventBody) });

export function plannedEventBody(event: PlannedEvent): z.input<typeof PlannedEventBody> {
  const { id, label, scope, startsAt, endsAt, factor, createdBy } = event;
  return {
    ...{ id, label, factor, scope: { ...scope }, created_by: createdBy },
    starts_at: iso(startsAt),
    ends_at: iso(endsAt),
  };
}

export const LimitsBody = z.strictObject({
  deviations: z.number().nullable(),
  share: z.number().nullable(),
  amount: Amount.nullable(),
});

const Figure = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,6})?$/, "must be a number such as 3.5")
  .transform(Number)
  .optional();
export const BackTestParameters = z.strictObject({
  team: z.string().max(200).optional(),
  model: z.string().max(200).optional(),
  agent: z.string().max(200).optional(),
  deviations: Figure,
  share: Figure,
  amount: Figure,
});
export const BackTestBody = z.strictObject({
  limits: z.strictObject({ deviations: z.number(), share: z.number(), amount: z.number() }),
  fired: z.int(),
  notified: z.int(),
  precision: z.number().nullable(),
  recall: z.number().nullable(),
  labelled: z.int(),
  incidents: z.array(
    z.strictObject({
      from: Instant,
      to: Instant,
      kind: z.string(),
      excess: z.number(),
      notable: z.boolean(),
    }),
  ),
});

function isoOrNull(at: Date | null): string | null {
  return at === null ? null : iso(at);
}

function secondsBetween(from: Date, to: Date): number {
  return Math.max(0, Math.round((to.getTime() - from.getTime()) / 1_000));
}

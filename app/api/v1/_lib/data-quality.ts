import { z } from "zod";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { From, TimeZone, To } from "#lib/parameters/moments.ts";
import type { DataQuality } from "#lib/reports/data-quality.ts";
import type { Defect } from "#lib/reports/ledger-defects.ts";
import { COST_BASES, type CostBasis } from "#lib/reports/usage-query.ts";
import { Amount, Instant } from "./figures.ts";
import { iso } from "./iso.ts";

export const QualityParameters = z.strictObject({
  from: From.optional(),
  to: To.optional(),
  tz: TimeZone.optional(),
  cost: z.enum(COST_BASES).default("effective"),
});

const Count = z.int().min(0);
const Examples = z.array(
  z.strictObject({ id: z.string(), started_at: Instant, twin_of: z.string().nullable() }),
);

const Told = z.strictObject({ calls: Count, tokens: Count, cost: Amount });

export const QualityBody = z.strictObject({
  as_of: Instant,
  currency: z.literal(CURRENCY),
  cost_basis: z.enum(COST_BASES),
  rejected: z.strictObject({
    count: Count,
    items: z.array(
      z.strictObject({
        reason: z.string(),
        signal: z.string(),
        key_id: z.string().nullable(),
        count: Count,
        last_at: Instant,
        example: z.string(),
      }),
    ),
  }),
  unpriced: z.strictObject({
    count: Count.meta({ description: "Calls" }),
    tokens: Count,
    items: z.array(
      z.strictObject({
        provider: z.string().nullable(),
        model: z.string().nullable(),
        reason: z
          .enum(["no_price", "no_unit_price", "no_usage"])
          .meta({ description: "no_usage: the price is known, the token counts are not" }),
        calls: Count,
        tokens: Count,
        first_seen: Instant,
        last_seen: Instant,
      }),
    ),
  }),
  unallocated: z.strictObject({
    count: Count.meta({ description: "Model and tool calls" }),
    cost: Amount,
    total_cost: Amount,
    items: z.array(
      z.strictObject({
        service: z.string().nullable(),
        agent: z.string().nullable(),
        model_calls: Count,
        tool_calls: Count,
        cost: Amount,
        unpriced_calls: Count,
      }),
    ),
    keys: z.array(
      z.strictObject({ key_id: z.string().nullable(), count: Count, examples: Examples }),
    ),
  }),
  not_counted: z.strictObject({
    count: Count,
    items: z.array(z.strictObject({ reason: z.string(), count: Count, examples: Examples })),
  }),
  clock_skew: z.strictObject({ count: Count, examples: Examples }),
  flags: z.array(z.strictObject({ flag: z.string(), count: Count, examples: Examples })),
  possible_overlaps: z
    .array(
      z.strictObject({
        provider: z.string().nullable(),
        model: z.string().nullable(),
        days: Count,
        imported: Told,
        telemetry: Told,
      }),
    )
    .meta({ description: "Models that imports and telemetry tell of on the same days" }),
  keys: z.array(
    z.strictObject({
      key_id: z.string(),
      label: z.string(),
      team: z.string().nullable(),
      last_seen: Instant.nullable(),
    }),
  ),
});

export function qualityBody(found: DataQuality, costBasis: CostBasis): z.input<typeof QualityBody> {
  return {
    as_of: iso(found.asOf),
    currency: CURRENCY,
    cost_basis: costBasis,
    rejected: {
      count: sum(found.rejected.map(({ count }) => count)),
      items: found.rejected.map(({ keyId, lastAt, ...item }) => ({
        ...item,
        key_id: keyId,
        last_at: iso(lastAt),
      })),
    },
    unpriced: {
      count: sum(found.unpriced.map(({ calls }) => calls)),
      tokens: sum(found.unpriced.map(({ tokens }) => tokens)),
      items: found.unpriced.map(({ firstSeen, lastSeen, ...item }) => ({
        ...item,
        first_seen: iso(firstSeen),
        last_seen: iso(lastSeen),
      })),
    },
    unallocated: unallocatedBody(found),
    not_counted: {
      count: sum(found.notCounted.map(({ count }) => count)),
      items: found.notCounted.map((defect) => ({ reason: defect.name, ...defectBody(defect) })),
    },
    clock_skew: defectBody(found.clockSkew),
    flags: found.flags.map((defect) => ({ flag: defect.name, ...defectBody(defect) })),
    possible_overlaps: found.overlaps.map(({ imported, telemetry, ...overlap }) => ({
      ...overlap,
      imported: { ...imported, cost: toDecimal(imported.cost) },
      telemetry: { ...telemetry, cost: toDecimal(telemetry.cost) },
    })),
    keys: found.keys.map(({ keyId, lastSeen, label, team }) => ({
      key_id: keyId,
      label,
      team,
      last_seen: lastSeen === null ? null : iso(lastSeen),
    })),
  };
}

function unallocatedBody({ unallocated, unallocatedKeys }: DataQuality) {
  return {
    count: sum(unallocated.sources.map((source) => source.modelCalls + source.toolCalls)),
    cost: toDecimal(unallocated.cost),
    total_cost: toDecimal(unallocated.totalCost),
    items: unallocated.sources.map((source) => ({
      service: source.service,
      agent: source.agent,
      model_calls: source.modelCalls,
      tool_calls: source.toolCalls,
      cost: toDecimal(source.cost),
      unpriced_calls: source.unpricedCalls,
    })),
    keys: unallocatedKeys.map((defect) => ({
      key_id: defect.name === "" ? null : defect.name,
      ...defectBody(defect),
    })),
  };
}

function defectBody({ count, examples }: Defect) {
  return {
    count,
    examples: examples.map(({ id, startedAt, twinOf }) => ({
      id,
      started_at: iso(startedAt),
      twin_of: twinOf,
    })),
  };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

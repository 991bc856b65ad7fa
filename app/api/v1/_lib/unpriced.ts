import { z } from "zod";
import type { ModelAlias } from "#lib/price-book/model-alias.ts";
import type { UnpricedItem } from "#lib/price-book/unpriced-queue.ts";
import { Instant } from "./figures.ts";
import { iso } from "./iso.ts";
import { BackfillBody } from "./prices.ts";

const Known = z.strictObject({ provider: z.string(), model: z.string() });

export const UnpricedBody = z.strictObject({
  calls: z.int(),
  tokens: z.int(),
  items: z.array(
    z.strictObject({
      provider: z.string().nullable(),
      model: z.string().nullable(),
      tier: z.string(),
      region: z.string().nullable(),
      reason: z.enum(["no_price", "no_unit_price", "no_usage"]),
      calls: z.int(),
      tokens: z.int(),
      first_seen: Instant,
      last_seen: Instant,
      priced_now: z.boolean().meta({
        description: "There is a price by now, but it does not hold for the days of these calls",
      }),
      suggestions: z.array(Known).meta({ description: "Never applied by themselves" }),
      suggested_by: z.enum(["name", "use"]).meta({
        description: "name: similar names; use: no name is similar, these are used most here",
      }),
    }),
  ),
});

export function unpricedBody(items: readonly UnpricedItem[]): z.input<typeof UnpricedBody> {
  return {
    calls: items.reduce((sum, { calls }) => sum + calls, 0),
    tokens: items.reduce((sum, { tokens }) => sum + tokens, 0),
    items: items.map(({ firstSeen, lastSeen, isPricedNow, suggestions, ...item }) => ({
      ...item,
      first_seen: iso(firstSeen),
      last_seen: iso(lastSeen),
      priced_now: isPricedNow,
      suggestions: [...suggestions.models],
      suggested_by: suggestions.basis,
    })),
  };
}

const Name = z.string().trim().min(1).max(200);
const Moment = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()])
  .transform((text) => new Date(text));

export const AliasInput = z
  .strictObject({
    provider: Name,
    reported: Name.meta({ description: "The name that the telemetry says" }),
    target: z.strictObject({ provider: Name, model: Name }),
    effective_from: Moment.nullish(),
    effective_to: Moment.nullish(),
  })
  .refine((alias) => !isBackwards(alias), {
    path: ["effective_to"],
    message: "must be after effective_from",
  });

function isBackwards({
  effective_from: from,
  effective_to: to,
}: {
  effective_from?: Date | null | undefined;
  effective_to?: Date | null | undefined;
}): boolean {
  return from != null && to != null && from >= to;
}

export const AliasRecordedBody = z.strictObject({ id: z.string(), backfill: BackfillBody });

export const EndAliasParameters = z.strictObject({
  at: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional()
    .meta({ description: "When it ends; left out: it is taken back altogether" }),
});

export const AliasEndedBody = z.strictObject({ id: z.string(), ended_at: Instant.nullable() });

export const AliasesBody = z.strictObject({
  aliases: z.array(
    z.strictObject({
      id: z.string(),
      provider: z.string(),
      reported: z.string(),
      target: Known,
      effective_from: Instant.nullable(),
      effective_to: Instant.nullable(),
      recorded_at: Instant,
      recorded_by: z.string(),
      superseded_at: Instant.nullable().meta({ description: "Believed to; null: until now" }),
      superseded_by: z.string().nullable(),
    }),
  ),
});

export function aliasesBody(aliases: readonly ModelAlias[]): z.input<typeof AliasesBody> {
  const instant = (at: Date | null) => (at === null ? null : iso(at));
  return {
    aliases: aliases.map((alias) => ({
      id: alias.id,
      provider: alias.provider,
      reported: alias.reported,
      target: { provider: alias.targetProvider, model: alias.targetModel },
      effective_from: instant(alias.effectiveFrom),
      effective_to: instant(alias.effectiveTo),
      recorded_at: iso(alias.recordedAt),
      recorded_by: alias.recordedBy,
      superseded_at: instant(alias.supersededAt),
      superseded_by: alias.supersededBy,
    })),
  };
}

import { z } from "zod";
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
      suggestions: z.array(Known).meta({ description: "Similar names; never applied by itself" }),
    }),
  ),
});

export function unpricedBody(items: readonly UnpricedItem[]): z.input<typeof UnpricedBody> {
  return {
    calls: items.reduce((sum, { calls }) => sum + calls, 0),
    tokens: items.reduce((sum, { tokens }) => sum + tokens, 0),
    items: items.map(({ firstSeen, lastSeen, suggestions, ...item }) => ({
      ...item,
      first_seen: iso(firstSeen),
      last_seen: iso(lastSeen),
      suggestions: [...suggestions],
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

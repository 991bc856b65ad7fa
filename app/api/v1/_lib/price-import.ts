import { z } from "zod";
import type { Difference } from "#lib/price-book/plan-import.ts";
import { IMPORT_MODES } from "#lib/price-book/plan-import.ts";
import {
  PRICE_FORMATS,
  type PriceFormat,
  type Refusal,
} from "#lib/price-book/price-file-formats.ts";
import type { Imported } from "#lib/price-book/record-prices.ts";
import { Amount } from "./figures.ts";
import { ReasonBody } from "./reason.ts";

const YesOrNo = z
  .enum(["true", "false"])
  .default("false")
  .transform((text) => text === "true");

export const ImportParameters = z.strictObject({
  format: z
    .enum(PRICE_FORMATS)
    .optional()
    .meta({ description: "Default: told by the content. CSV is always ours" }),
  mode: z.enum(IMPORT_MODES).optional().meta({
    description:
      "`missing` (default for others' formats): only what has no price; `all`: the file wins",
  }),
  effective_from: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional()
    .meta({ description: "From when, where the file does not say; default: now" }),
  dry_run: YesOrNo.meta({ description: "true: only say what would happen" }),
  accept_changes: YesOrNo.meta({ description: "true: a person has looked at `suspicious`" }),
});

const Refused = z.array(
  z.strictObject({
    where: z.string(),
    reason: z.string(),
    at: ReasonBody.nullable().meta({
      description: "The place in the file; null where names say it",
    }),
    why: z.array(ReasonBody).meta({ description: "What `reason` says, by codes" }),
  }),
);
const Differences = z.array(
  z.strictObject({
    team: z.string().nullable(),
    kind: z.string(),
    provider: z.string().nullable(),
    model: z.string().nullable(),
    unit: z.string().nullable(),
    tier: z.string().nullable(),
    before: Amount.nullable().meta({ description: "Null where there was no price" }),
    after: z.string(),
  }),
);

export const ImportBody = z.strictObject({
  format: z.enum(PRICE_FORMATS),
  applied: z.boolean(),
  counts: z.strictObject({
    added: z.int(),
    unchanged: z.int(),
    differing: z.int(),
    refused: z.int(),
    suspicious: z.int(),
  }),
  added: Differences.meta({ description: "Recorded, or to be recorded; at most 500" }),
  differing: Differences.meta({ description: "Priced otherwise and left; at most 500" }),
  refused: Refused,
  suspicious: Refused.meta({ description: "Held until `accept_changes=true`" }),
});

const MOST_SHOWN = 500;

export function importBody(imported: Imported, format: PriceFormat): z.input<typeof ImportBody> {
  const { added, unchanged, differing, refused, suspicious } = imported;
  return {
    format,
    applied: imported.isApplied,
    counts: {
      added: added.length,
      unchanged,
      differing: differing.length,
      refused: refused.length,
      suspicious: suspicious.length,
    },
    added: added.slice(0, MOST_SHOWN).map(differenceBody),
    differing: differing.slice(0, MOST_SHOWN).map(differenceBody),
    refused: refused.slice(0, MOST_SHOWN).map(refusalBody),
    suspicious: suspicious.slice(0, MOST_SHOWN).map(refusalBody),
  };
}

function differenceBody({ rate, before }: Difference) {
  const { team, kind, provider, model, unit, tier, price } = rate;
  const after = "amount" in price ? price.amount : `-${price.off.num}/${price.off.den}`;
  return { team, kind, provider, model, unit, tier, before, after };
}

function refusalBody({ why, ...rest }: Refusal) {
  return { ...rest, why: [...why] };
}

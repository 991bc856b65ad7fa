import { z } from "zod";
import { ContextShape, WindowShape } from "#lib/pricing/price-file.ts";
import { isTokenUnit, UNIT_SPELLINGS, UNITS, type Unit } from "#lib/pricing/units.ts";
import { EN } from "#lib/refusals/en.ts";
import { because, inEnglish } from "#lib/refusals/reason.ts";
import { isTimeZone } from "#lib/time/zone.ts";

const Name = z.string().trim().min(1).max(200);
/** A plain decimal; more digits than a double holds exactly are float noise. */
const Amount = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,12})?$/, EN.plain_decimal)
  .refine((text) => significantDigits(text) <= 15, EN.many_digits);
const Moment = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], {
    error: EN.moment,
  })
  .transform((text) => new Date(text));
const NO_UNIT = because("unit", { units: Object.keys(UNITS).join(", ") });
const UnitName = z
  .string()
  .refine((name) => UNIT_SPELLINGS.has(name), {
    error: inEnglish(NO_UNIT),
    params: { reason: NO_UNIT },
  })
  .transform((name) => UNIT_SPELLINGS.get(name) as Unit);
/** What is taken off: "0.15", "15%" or "3/20". */
const Discount = z
  .string()
  .regex(/^(0?\.\d{1,6}|[01](\.0+)?|\d{1,3}(\.\d{1,4})?%|\d{1,6}\/\d{1,6})$/, EN.discount)
  .transform(fractionOf)
  .refine(({ num, den }) => den > 0 && num <= den, EN.discount_most);

/** One price as the API and our files state it. */
export const RateInput = z
  .strictObject({
    team: Name.nullish().meta({ description: "Null for the whole organisation" }),
    kind: z.enum(["list", "contract", "free", "estimate"]).default("list"),
    provider: Name.nullish(),
    model: Name.nullish(),
    unit: UnitName.nullish(),
    amount: Amount.nullish().meta({ description: "US dollars for `per` units" }),
    per: z.int().min(1).max(1_000_000_000).nullish(),
    discount: Discount.nullish().meta({
      description: 'Off the list price: "0.15", "15%" or "3/20"',
    }),
    tier: Name.nullish(),
    speed: Name.nullish(),
    region: Name.nullish(),
    context: ContextShape.refine(isBand, EN.band).nullish(),
    window: WindowShape.refine(({ tz }) => isTimeZone(tz), EN.time_zone)
      .refine(({ from, to }) => from < to, EN.window_backwards)
      .nullish(),
    includes_fees: z.boolean().default(false),
    effective_from: Moment.nullish(),
    effective_to: Moment.nullish(),
    source: z
      .strictObject({
        name: Name.optional(),
        url: z.union([z.literal(""), z.url({ protocol: /^https?$/ })]).optional(),
        quote: z.string().max(2_000).nullish(),
        checked_at: z.iso.date().optional(),
      })
      .optional(),
  })
  .superRefine(refuseContradictions);
export type RateInput = z.output<typeof RateInput>;

type Draft = Omit<RateInput, "source"> & { readonly source?: RateInput["source"] | undefined };
type Rule = readonly [field: string, message: string, isBroken: (rate: Draft) => boolean];

const RULES: readonly Rule[] = [
  ["amount", EN.one_price, hasNoOnePrice],
  ["discount", EN.contracts_only, (rate) => rate.discount != null && !isContract(rate)],
  ["team", EN.contracts_only, (rate) => rate.team != null && !isContract(rate)],
  ["unit", EN.unit_of_amount, ({ amount, unit }) => amount != null && unit == null],
  ["provider", EN.provider_of_model, (rate) => rate.model != null && rate.provider == null],
  ["model", EN.model_needed, isForNoModel],
  ["amount", EN.free_is_zero, isWronglyFree],
  ["effective_to", EN.ends_first, isBackwards],
];

function refuseContradictions(rate: Draft, ctx: z.RefinementCtx): void {
  for (const [field, message, isBroken] of RULES) {
    if (isBroken(rate)) ctx.addIssue({ code: "custom", path: [field], message });
  }
}

function isContract({ kind }: Draft): boolean {
  return kind === "contract";
}

/** A fee may be that of all of a provider's models. */
function isForNoModel({ kind, provider, model, unit }: Draft): boolean {
  if (kind === "contract" || model != null) return false;
  return provider == null || unit == null || isTokenUnit(unit);
}

function hasNoOnePrice({ amount, discount, kind }: Draft): boolean {
  const given = [amount, discount].filter((price) => price != null).length;
  return kind === "free" ? discount != null : given !== 1;
}

function isWronglyFree({ amount, kind }: Draft): boolean {
  return amount != null && /^[0.]+$/.test(amount) !== (kind === "free");
}

function isBackwards({ effective_from: from, effective_to: to }: Draft): boolean {
  return from != null && to != null && from >= to;
}

function isBand(context: z.output<typeof ContextShape>): boolean {
  const low = context.from ?? context.over;
  const high = context.upTo ?? context.below;
  return (low !== undefined || high !== undefined) && (low ?? -1) < (high ?? Infinity);
}

function significantDigits(text: string): number {
  return text.replace(".", "").replace(/^0+/, "").length;
}

/** Reads "0.05", "5%" or "1/20"; null for what is none or above `most`. */
export function parseShare(text: string, most: number): { num: number; den: number } | null {
  const said = text.trim();
  if (!/^(\d{0,3}\.\d{1,6}|\d{1,3}|\d{1,4}(\.\d{1,4})?%|\d{1,6}\/\d{1,6})$/.test(said)) return null;
  const { num, den } = fractionOf(said);
  return den > 0 && num <= most * den ? { num, den } : null;
}

function fractionOf(text: string): { num: number; den: number } {
  const [num = "", den] = text.split("/");
  if (den !== undefined) return { num: Number(num), den: Number(den) };
  const plain = text.replace("%", "");
  const decimals = plain.split(".")[1]?.length ?? 0;
  const scale = 10 ** decimals * (text.endsWith("%") ? 100 : 1);
  return reduced(Number(plain.replace(".", "")), scale);
}

function reduced(num: number, den: number): { num: number; den: number } {
  let [a, b] = [num, den];
  while (b !== 0) [a, b] = [b, a % b];
  return { num: num / a, den: den / a };
}

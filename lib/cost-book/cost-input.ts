import { z } from "zod";
import { CHARGE_KINDS, RECURRENCES } from "#lib/cost-model/charge.ts";
import { FUNDING_SOURCES } from "#lib/cost-model/funding.ts";
import { SHARE_METHODS } from "#lib/cost-model/shared-pool.ts";
import { parseUsd } from "#lib/money/money.ts";
import { parseShare } from "#lib/price-book/rate-input.ts";
import { canonicalProvider } from "#lib/pricing/providers.ts";
import { EN } from "#lib/refusals/en.ts";
import { parseDay } from "#lib/time/civil-day.ts";

const Name = z.string().trim().min(1).max(200);
const Team = z.string().trim().min(1).max(120);
const Provider = Name.transform((name) => canonicalProvider(name));
const Day = z.iso
  .date(EN.date)
  .refine((text) => text >= "2000-01-01" && text < "2200-01-01", EN.date_range)
  .transform((text) => parseDay(text))
  .meta({ description: "A day of the organisation's zone" });
const Uuid = z.uuid();
/** At most ten times the cost; more is a slip of the decimal point. */
const Markup = z
  .string()
  .transform((text, context) => {
    const share = parseShare(text, 10);
    if (share !== null) return { num: BigInt(share.num), den: BigInt(share.den) };
    context.addIssue({
      code: "custom",
      message: EN.markup,
    });
    return z.NEVER;
  })
  .meta({ description: 'What is added for recharge: "0.05", "5%" or "1/20" of the cost' });
const Amount = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,12})?$/, EN.plain_decimal)
  .transform(parseUsd)
  .meta({ description: "US dollars for one unit and one period of the recurrence" });

/** How a team's cost is built, from a day on. */
export const ModelInput = z.strictObject({
  team: Team.nullable().meta({ description: "Null for every team without a model of its own" }),
  effective_from: Day.nullish(),
  markup: Markup.prefault("0"),
  funding: z
    .array(
      z
        .strictObject({
          provider: Provider.nullish(),
          model: Name.nullish(),
          source: z.enum(FUNDING_SOURCES),
        })
        .refine(({ model, provider }) => model == null || provider != null, EN.provider_of_model),
    )
    .max(100)
    .default([]),
  headcount: z.int().min(0).max(1_000_000).nullish(),
  note: z.string().trim().max(500).default(""),
});
export type ModelInput = z.output<typeof ModelInput>;

/** What is paid whether it is used or not. */
export const ChargeInput = z
  .strictObject({
    kind: z.enum(CHARGE_KINDS),
    name: Name,
    team: Team.nullish().meta({ description: "Whose it is; null for the organisation's" }),
    shared_cost: Uuid.nullish().meta({ description: "The pool through which it is shared out" }),
    person: Name.nullish().meta({ description: "Whose seat it is, as telemetry names the person" }),
    provider: Provider.nullish(),
    model: Name.nullish(),
    amount: Amount,
    quantity: z.int().min(1).max(1_000_000).default(1),
    recurrence: z.enum(RECURRENCES).default("monthly"),
    starts_on: Day,
    ends_on: Day.nullish().meta({ description: "Exclusive" }),
    daily_tokens: z
      .int()
      .min(1)
      .nullish()
      .meta({ description: "Of provisioned throughput: the tokens that a day of it can serve" }),
    source: z
      .strictObject({
        name: z.string().trim().max(200).default(""),
        url: z.union([z.literal(""), z.url({ protocol: /^https?$/ })]).default(""),
      })
      .prefault({}),
  })
  .superRefine((charge, context) => {
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    const { kind, ends_on: end, starts_on: start, recurrence } = charge;
    if (end != null && end <= start) refuse("ends_on", EN.ends_first);
    if (recurrence === "once" && end == null) refuse("ends_on", EN.once_ends);
    if (charge.team != null && charge.shared_cost != null) refuse("shared_cost", EN.pool_or_team);
    if (charge.person != null && kind !== "seat") refuse("person", EN.seats_only);
    if (charge.person != null && charge.quantity !== 1) refuse("quantity", EN.one_seat);
    if (charge.model != null && charge.provider == null) refuse("provider", EN.provider_of_model);
    if (charge.daily_tokens != null && kind !== "provisioned")
      refuse("daily_tokens", EN.provisioned_only);
  });
export type ChargeInput = z.output<typeof ChargeInput>;

/** A cost that several teams bear together, from a day on. */
export const PoolInput = z
  .strictObject({
    name: Name,
    method: z.enum(SHARE_METHODS),
    source_team: Team.nullish().meta({
      description: "Whose own cost is shared out; `unallocated` for what is nobody's",
    }),
    teams: z.array(Team).min(1).max(1_000).nullish().meta({ description: "Null for every team" }),
    weights: z
      .record(Team, z.int().min(0).max(1_000_000_000))
      .default({})
      .meta({ description: "Whole numbers by team, for the method weights" }),
    effective_from: Day.nullish(),
    effective_to: Day.nullish(),
  })
  .superRefine((pool, context) => {
    const { effective_from: from, effective_to: to, method, weights } = pool;
    const hasWeight = Object.values(weights).some((weight) => weight > 0);
    if (method === "weights" && !hasWeight)
      context.addIssue({ code: "custom", path: ["weights"], message: EN.weight_needed });
    if (from != null && to != null && to <= from)
      context.addIssue({
        code: "custom",
        path: ["effective_to"],
        message: EN.ends_first,
      });
  });
export type PoolInput = z.output<typeof PoolInput>;

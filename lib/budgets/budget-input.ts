import { z } from "zod";
import { WEEK_PATTERNS } from "#lib/time/fiscal.ts";
import { parseAmount, TOKENS } from "./amount.ts";
import { SCOPE_DIMENSIONS, type ScopeDimension, type Threshold } from "./budget.ts";

const Text = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((text) => !text.includes("\0") && text.isWellFormed(), "has characters that are none");

/** A plain decimal of at most 15 digits before and 18 after the point; a JSON number will do. */
const AmountText = z.preprocess(
  (value) => (typeof value === "number" ? String(value) : value),
  z
    .string()
    .regex(/^\d{1,15}(\.\d{1,18})?$/, "must be a decimal amount such as 250 or 99.50")
    .transform(parseAmount),
);
const PositiveAmount = AmountText.refine((amount) => amount > 0n, "must be above 0");

const ScopeInput = z.strictObject(
  Object.fromEntries(
    SCOPE_DIMENSIONS.map((dimension) => [dimension, Text(400).nullish()]),
  ) as Record<ScopeDimension, z.ZodOptional<z.ZodNullable<ReturnType<typeof Text>>>>,
);

const UNITS = ["day", "week", "month", "quarter", "year"] as const;
/** As people also say it. */
const SAID: Readonly<Record<string, string>> = {
  daily: "day",
  weekly: "week",
  monthly: "month",
  quarterly: "quarter",
  yearly: "year",
  annual: "year",
};

const PeriodInput = z.preprocess(
  (value) => (typeof value === "string" ? { unit: SAID[value] ?? value } : value),
  z.union(
    [
      z.strictObject({ unit: z.enum(UNITS) }),
      z.strictObject({
        unit: z.literal("days"),
        days: z.int().min(1).max(400),
        anchor: z.iso.date("must be a date such as 2026-11-01"),
      }),
    ],
    { error: `must be one of ${UNITS.join(", ")}, or {"unit":"days","days":14,"anchor":DATE}` },
  ),
);

const month = z.int().min(1).max(12);
const CalendarInput = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("months"), year_start_month: month }),
  z.strictObject({
    kind: z.literal("weeks"),
    pattern: z.enum(WEEK_PATTERNS),
    year_start_month: month,
    week_start: z.int().min(1).max(7).default(1),
  }),
]);

const Percent = z
  .number()
  .positive()
  .max(1_000)
  .refine((value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6, "has two decimals");

const ThresholdInput = z.preprocess(
  (value) => (typeof value === "number" ? { percent: value } : value),
  z.strictObject({ kind: z.enum(["actual", "forecast"]).default("actual"), percent: Percent }),
);

const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time such as 22:00");

export const DEFAULT_THRESHOLDS: readonly Threshold[] = [
  { kind: "actual", percent: 50 },
  { kind: "actual", percent: 80 },
  { kind: "actual", percent: 100 },
  { kind: "forecast", percent: 100 },
];

const FIELDS = {
  name: Text(200),
  scope: ScopeInput,
  period: PeriodInput,
  calendar: CalendarInput,
  limit: AmountText,
  currency: z
    .string()
    .regex(/^([A-Z]{3}|tokens)$/, 'must be a currency such as USD, or "tokens"')
    .meta({ description: 'ISO 4217, or "tokens"' }),
  cost_basis: z.enum(["effective", "list"]),
  rollover: z.enum(["none", "unspent"]),
  rollover_cap: AmountText.nullable(),
  thresholds: z
    .array(ThresholdInput)
    .max(20)
    .refine((all) => new Set(all.map(nameOfThreshold)).size === all.length, "names one twice"),
  pacing: z.strictObject({ unit: z.enum(["day", "week"]), limit: PositiveAmount }).nullable(),
  quiet_hours: z.strictObject({ from: Clock, to: Clock }).nullable(),
  digest: z.boolean(),
  parent_id: z.uuid().nullable(),
  owner: Text(200).nullable(),
  starts_at: z.union([z.iso.date(), z.iso.datetime({ offset: true })]).nullable(),
} as const;

/** A new budget, as the API takes it. */
export const NewBudgetInput = z
  .strictObject({
    ...FIELDS,
    scope: FIELDS.scope.default({}),
    calendar: FIELDS.calendar.optional().meta({ description: "Default: the organisation's" }),
    currency: FIELDS.currency.default("USD"),
    cost_basis: FIELDS.cost_basis.default("effective"),
    rollover: FIELDS.rollover.default("none"),
    rollover_cap: FIELDS.rollover_cap.default(null),
    thresholds: FIELDS.thresholds.default([...DEFAULT_THRESHOLDS]),
    pacing: FIELDS.pacing.default(null),
    quiet_hours: FIELDS.quiet_hours.default(null),
    digest: FIELDS.digest.default(true),
    parent_id: FIELDS.parent_id.default(null),
    owner: FIELDS.owner.default(null),
    starts_at: FIELDS.starts_at.default(null),
  })
  .refine(hasWholeTokens, { path: ["limit"], message: "must be whole tokens" });
export type NewBudgetInput = z.output<typeof NewBudgetInput>;

/** What is to be changed; all else stays. */
export const BudgetPatch = z
  .strictObject(FIELDS)
  .omit({ starts_at: true })
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, "changes nothing");
export type BudgetPatch = z.output<typeof BudgetPatch>;

export function hasWholeTokens({ limit, currency }: { limit: bigint; currency: string }): boolean {
  return currency !== TOKENS || limit % 10n ** 18n === 0n;
}

function nameOfThreshold({ kind, percent }: Threshold): string {
  return `${kind} ${percent}`;
}

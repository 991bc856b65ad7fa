import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { believed, instant } from "./columns.ts";
import { team } from "./organization.ts";

/**
 * Prices that the organisation recorded: published ones that the shipped book
 * lacks or has wrong, agreed ones, free ones and its own estimates. They come
 * on top of the shipped book. Append-only on two axes: `effective_*` is when a
 * price is charged, `recorded_at` to `superseded_at` when it was believed.
 */
export const priceRate = pgTable(
  "price_rate",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    /** Whose price it is; null for the whole organisation. */
    teamSlug: text("team_slug").references(() => team.slug),
    kind: text("kind", { enum: ["list", "contract", "free", "estimate"] }).notNull(),
    /** Canonical names; null for all, which only contracts may say. */
    provider: text("provider"),
    model: text("model"),
    unit: text("unit"),
    /** USD for `per` units. */
    amount: numeric("amount", { precision: 24, scale: 12 }),
    per: bigint("per", { mode: "number" }),
    /** Or a fraction off the list price. */
    offNum: integer("off_num"),
    offDen: integer("off_den"),
    tier: text("tier"),
    speed: text("speed"),
    region: text("region"),
    /** Prompt sizes and hours of the day; see lib/pricing/price-file.ts. */
    context: jsonb("context"),
    timeWindow: jsonb("time_window"),
    /** Whether a discount for all units also covers fees. */
    includesFees: boolean("includes_fees").notNull().default(false),
    effectiveFrom: instant("effective_from"),
    effectiveTo: instant("effective_to"),
    sourceName: text("source_name").notNull(),
    sourceUrl: text("source_url").notNull(),
    sourceQuote: text("source_quote"),
    checkedAt: date("checked_at").notNull(),
    ...believed(),
  },
  (t) => [
    check(
      "price_rate_is_amount_or_discount",
      sql`(${t.amount} is null) = (${t.per} is null)
      and (${t.offNum} is null) = (${t.offDen} is null)
      and (${t.amount} is null) <> (${t.offNum} is null)`,
    ),
    check(
      "price_rate_is_not_negative",
      sql`(${t.amount} is null or ${t.amount} >= 0 and ${t.per} > 0)
      and (${t.offNum} is null or ${t.offNum} >= 0 and ${t.offDen} > 0 and ${t.offNum} <= ${t.offDen})`,
    ),
    check(
      "price_rate_team_has_contracts_only",
      sql`${t.teamSlug} is null or ${t.kind} = 'contract'`,
    ),
    check("price_rate_lasts", sql`${t.effectiveFrom} < ${t.effectiveTo}`),
    // What is believed now: what every process loads.
    index("price_rate_believed_idx").on(t.provider, t.model).where(sql`${t.supersededAt} is null`),
  ],
);

/**
 * Names that only the customer knows the model behind: deployments, profiles,
 * house names. On the same two axes as prices.
 */
export const modelAlias = pgTable(
  "model_alias",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    /** As reported: the provider in its canonical name, the name in lower case. */
    provider: text("provider").notNull(),
    reported: text("reported").notNull(),
    targetProvider: text("target_provider").notNull(),
    targetModel: text("target_model").notNull(),
    effectiveFrom: instant("effective_from"),
    effectiveTo: instant("effective_to"),
    ...believed(),
  },
  (t) => [
    check("model_alias_lasts", sql`${t.effectiveFrom} < ${t.effectiveTo}`),
    index("model_alias_believed_idx")
      .on(t.provider, t.reported)
      .where(sql`${t.supersededAt} is null`),
  ],
);

import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { believed, usd } from "./columns.ts";
import { team } from "./organization.ts";

const int8 = (name: string) => bigint(name, { mode: "bigint" });

/**
 * How a team's cost is built from its usage, from a day on. Append-only on two
 * axes: `effective_from` is a day of the organisation's zone (null: always),
 * `recorded_at` to `superseded_at` when it was believed. A row holds the whole
 * model; the latest that has begun applies.
 */
export const costModel = pgTable(
  "cost_model",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    /** Null: for every team that has no model of its own. */
    teamSlug: text("team_slug").references(() => team.slug),
    effectiveFrom: date("effective_from"),
    /** What is added for recharge, as a fraction of the cost: 1/20 is 5 %. */
    markupNum: integer("markup_num").notNull().default(0),
    markupDen: integer("markup_den").notNull().default(1),
    /** Who pays for which usage: [{provider, model, source}]; see lib/cost-model/funding.ts. */
    funding: jsonb("funding").notNull(),
    /** People of the team, for costs that are shared by headcount. */
    headcount: integer("headcount"),
    note: text("note").notNull().default(""),
    ...believed(),
  },
  (t) => [
    check(
      "cost_model_markup_is_a_share",
      sql`${t.markupNum} >= 0 and ${t.markupDen} > 0 and ${t.markupNum} <= 10 * ${t.markupDen}`,
    ),
    check("cost_model_has_people", sql`${t.headcount} >= 0`),
    index("cost_model_believed_idx").on(t.teamSlug).where(sql`${t.supersededAt} is null`),
  ],
);

/**
 * What is paid whether it is used or not: seats, subscriptions, commitments,
 * provisioned throughput, prepaid credits, other fees. `charge_id` stays over
 * corrections; days are days of the organisation's zone, ends exclusive.
 */
export const charge = pgTable(
  "charge",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    chargeId: uuid("charge_id").notNull(),
    kind: text("kind", {
      enum: ["seat", "subscription", "commitment", "provisioned", "credits", "fee"],
    }).notNull(),
    name: text("name").notNull(),
    /** Whose it is; null: the organisation's, shared out through `pool_id` where it names one. */
    teamSlug: text("team_slug").references(() => team.slug),
    poolId: uuid("pool_id"),
    /** Whose seat it is, as telemetry names the person. */
    person: text("person"),
    /** The usage that it pays for; null for any. */
    provider: text("provider"),
    model: text("model"),
    /** The price of one unit for one period of `recurrence`, in USD. */
    amount: usd("amount").notNull(),
    quantity: integer("quantity").notNull().default(1),
    recurrence: text("recurrence", { enum: ["once", "monthly", "yearly"] }).notNull(),
    startsOn: date("starts_on").notNull(),
    endsOn: date("ends_on"),
    /** Of provisioned throughput: the tokens that a day of it can serve. */
    dailyTokens: int8("daily_tokens"),
    sourceName: text("source_name").notNull().default(""),
    sourceUrl: text("source_url").notNull().default(""),
    ...believed(),
  },
  (t) => [
    check("charge_is_not_negative", sql`${t.amount} >= 0 and ${t.quantity} > 0`),
    check("charge_lasts", sql`${t.startsOn} < ${t.endsOn}`),
    check("charge_once_ends", sql`${t.recurrence} <> 'once' or ${t.endsOn} is not null`),
    check("charge_has_one_owner", sql`${t.teamSlug} is null or ${t.poolId} is null`),
    index("charge_believed_idx").on(t.startsOn).where(sql`${t.supersededAt} is null`),
    index("charge_history_idx").on(t.chargeId, t.recordedAt),
  ],
);

/**
 * A cost that several teams bear together, and how it is split, from a day on:
 * the charges that name the pool, and the cost of `source_team` where it has one.
 */
export const sharedCost = pgTable(
  "shared_cost",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    poolId: uuid("pool_id").notNull(),
    name: text("name").notNull(),
    method: text("method", { enum: ["even", "usage", "headcount", "weights"] }).notNull(),
    /** Whose own cost is shared out, for example a platform team's or `unallocated`. */
    sourceTeam: text("source_team"),
    /** Who bears it; null: every team. */
    teams: text("teams").array(),
    /** {team: whole number}, for fixed weights. */
    weights: jsonb("weights").notNull(),
    effectiveFrom: date("effective_from"),
    effectiveTo: date("effective_to"),
    ...believed(),
  },
  (t) => [
    check("shared_cost_lasts", sql`${t.effectiveFrom} < ${t.effectiveTo}`),
    index("shared_cost_believed_idx").on(t.poolId).where(sql`${t.supersededAt} is null`),
  ],
);

import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { instant, usd } from "./columns.ts";

const int8 = (name: string) => bigint(name, { mode: "bigint" });
const count = (name: string) => bigint(name, { mode: "number" }).notNull().default(0);
const money = (name: string) => usd(name).notNull().default(sql`0`);

/**
 * A change of history that somebody asked for: what a period is priced by
 * (`reprice`), or whom it is given to (`reallocate`). Worked off in steps, each
 * one transaction with the ledger, the rollups and this row: ended at any
 * point, another worker goes on from `position`.
 */
export const historyRun = pgTable(
  "history_run",
  {
    id: int8("id").primaryKey().generatedAlwaysAsIdentity(),
    kind: text("kind", { enum: ["reprice", "reallocate"] }).notNull(),
    /** A preview only notes what would change. */
    mode: text("mode", { enum: ["apply", "preview"] })
      .notNull()
      .default("apply"),
    state: text("state", { enum: ["queued", "running", "done", "failed", "cancelled"] })
      .notNull()
      .default("queued"),
    /** Whole days of the organisation's zone; from inclusive, to exclusive. */
    periodFrom: instant("period_from").notNull(),
    periodTo: instant("period_to").notNull(),
    /** {provider?, model?, team?} of what may change; absent is all. */
    filter: jsonb("filter").notNull(),
    requestedBy: text("requested_by").notNull(),
    requestedAt: instant("requested_at").notNull(),
    startedAt: instant("started_at"),
    finishedAt: instant("finished_at"),
    /** The figures of the preview that the run was asked for with; null when there was none. */
    expected: jsonb("expected"),
    /** Everything before this instant is done in this pass. */
    position: instant("position"),
    /**
     * The period is gone through until a pass finds nothing more: events arrive
     * meanwhile. Pass 0 restates what sums can tell.
     */
    pass: integer("pass").notNull().default(1),
    passRows: count("pass_rows"),
    /** Rows of the ledger that were filed anew; a row that two passes changed counts twice. */
    rows: count("rows"),
    calls: count("calls"),
    oldCost: money("old_cost"),
    newCost: money("new_cost"),
    oldListCost: money("old_list_cost"),
    newListCost: money("new_list_cost"),
    error: text("error"),
  },
  (t) => [
    check("history_run_lasts", sql`${t.periodFrom} < ${t.periodTo}`),
    // What the worker looks for.
    index("history_run_open_idx").on(t.id).where(sql`${t.state} in ('queued', 'running')`),
  ],
);

/**
 * What a run changed, by day of the organisation's zone, team and model, before
 * and after: the old figures stay readable. Of events that count only.
 */
export const historyRunChange = pgTable(
  "history_run_change",
  {
    runId: int8("run_id")
      .notNull()
      .references(() => historyRun.id),
    day: instant("day").notNull(),
    team: text("team").notNull(),
    newTeam: text("new_team").notNull(),
    /** '' where unknown. */
    provider: text("provider").notNull(),
    model: text("model").notNull(),
    calls: count("calls"),
    rows: count("rows"),
    oldCost: money("old_cost"),
    newCost: money("new_cost"),
    oldListCost: money("old_list_cost"),
    newListCost: money("new_list_cost"),
  },
  (t) => [primaryKey({ columns: [t.runId, t.day, t.team, t.newTeam, t.provider, t.model] })],
);

/** How a row of the ledger was filed until a run filed it anew. Append-only; receipts show it. */
export const formerFiling = pgTable(
  "former_filing",
  {
    eventId: uuid("event_id").notNull(),
    runId: int8("run_id").notNull(),
    pass: integer("pass").notNull(),
    dimensionSetId: int8("dimension_set_id").notNull(),
    rateSetId: int8("rate_set_id"),
    cost: usd("cost"),
    listCost: usd("list_cost"),
    costStatus: text("cost_status").notNull(),
    ruleId: uuid("rule_id"),
  },
  (t) => [primaryKey({ columns: [t.eventId, t.runId, t.pass] })],
);

/** Counts the steps by which runs restate the ledger. */
export const restatingStep = pgSequence("restating_step");

/**
 * What a pricing run has restated by sums: rows of the ledger that are filed
 * alike and were priced alike cost by another rate set now, though they have
 * not been written anew yet. The view `priced_event` reads them so; rows that
 * have been written go from here. Only of one run at a time.
 */
export const restatedPrice = pgTable(
  "restated_price",
  {
    dimensionSetId: int8("dimension_set_id").notNull(),
    rateSetId: int8("rate_set_id").notNull(),
    /** Rows that started from here on; before it they are written. */
    fromAt: instant("from_at").notNull(),
    toAt: instant("to_at").notNull(),
    runId: int8("run_id")
      .notNull()
      .references(() => historyRun.id),
    /** Which step of all runs said so, by `restating_step`. */
    step: int8("step").notNull(),
    newRateSetId: int8("new_rate_set_id").notNull(),
    /** Whether a plan, credits or a commitment pays now: then only the list cost is left. */
    isFunded: boolean("is_funded").notNull(),
    /** What one token of each class costs; `reasoning` is what it costs beyond output. */
    inputUncached: money("input_uncached"),
    cacheRead: money("cache_read"),
    cacheWrite5m: money("cache_write_5m"),
    cacheWrite1h: money("cache_write_1h"),
    output: money("output"),
    reasoning: money("reasoning"),
    listInputUncached: money("list_input_uncached"),
    listCacheRead: money("list_cache_read"),
    listCacheWrite5m: money("list_cache_write_5m"),
    listCacheWrite1h: money("list_cache_write_1h"),
    listOutput: money("list_output"),
    listReasoning: money("list_reasoning"),
  },
  (t) => [primaryKey({ columns: [t.dimensionSetId, t.rateSetId, t.toAt] })],
);

import type { JSONValue } from "postgres";
import { type Amount, printAmount } from "#lib/budgets/amount.ts";
import { quietUntil } from "#lib/budgets/quiet-hours.ts";
import { type BudgetStatus, statusOf } from "#lib/budgets/status.ts";
import type { Tx } from "#lib/db/client.ts";
import { emitEvent } from "#lib/notifications/emit-event.ts";
import type { TypedEvent } from "#lib/notifications/event-types.ts";
import type { BudgetBook } from "./budget-facts.ts";
import { factsOf } from "./budget-facts.ts";
import type { StoredBasis } from "./crossing-store.ts";
import {
  budgetInEvent,
  budgetUrl,
  iso,
  type Links,
  stateInEvent,
  thresholdInEvent,
} from "./event-data.ts";
import { rememberedForecast } from "./forecast-memory.ts";
import type { RawDay } from "./read-spend.ts";
import { topDrivers } from "./top-drivers.ts";

/** The pages' event streams listen here; the payload is a crossing's id. */
export const ALERT_CHANNEL = "outlay_alerts";

/** All that a message about one budget is written from. */
export type Speaker = {
  readonly tx: Tx;
  readonly book: BudgetBook;
  readonly status: BudgetStatus;
  readonly links: Links;
  readonly now: number;
};

export function speakerOf(
  tx: Tx,
  book: BudgetBook,
  days: readonly RawDay[],
  links: Links,
  now: number,
): Speaker | null {
  const [budget] = book.budgets;
  if (budget === undefined) return null;
  const status = statusOf(factsOf(book, budget, days), now, rememberedForecast);
  return { tx, book, status, links, now };
}

/** Until when nothing is said of this budget; null: now. */
export function heldUntil({ book, status, now }: Speaker): number | null {
  return quietUntil(status.budget.quietHours, now, book.timeZone);
}

/** Writes the message of a crossing into the outbox and into the crossing, in one transaction. */
export async function sayCrossing(
  speaker: Speaker,
  crossingId: string,
  basis: StoredBasis,
  percent: number,
): Promise<void> {
  const { tx, status, now } = speaker;
  const event = await crossingEvent(speaker, basis, percent);
  await emit(speaker, event);
  await tx`
    update budget_crossing
       set event = ${tx.json({ type: event.type, data: event.data } as JSONValue)},
           sent_at = ${new Date(now)}
     where id = ${crossingId} and budget_id = ${status.budget.id}`;
  await tx`select pg_notify(${ALERT_CHANNEL}, ${crossingId})`;
}

export async function emit({ tx, status, now }: Speaker, event: TypedEvent): Promise<void> {
  const { id, scope } = status.budget;
  await emitEvent(tx, {
    ...event,
    orderKey: id,
    team: scope.team ?? null,
    at: new Date(now),
  });
}

async function crossingEvent(
  speaker: Speaker,
  basis: StoredBasis,
  percent: number,
): Promise<TypedEvent> {
  switch (basis) {
    case "period":
      return { type: "budget.period_started", data: periodData(speaker) };
    case "exceeded":
      return { type: "budget.exceeded", data: await stateOf(speaker) };
    case "pacing":
      return {
        type: "budget.threshold_crossed",
        data: pacingData(speaker, await stateOf(speaker)),
      };
    case "actual":
    case "forecast":
      return {
        type: "budget.threshold_crossed",
        data: { ...(await stateOf(speaker)), threshold: thresholdInEvent(basis, percent) },
      };
  }
}

function periodData({ status, book, links, now }: Speaker) {
  const { budget, period, limit, spent } = status;
  return {
    budget: budgetInEvent(budget, period, limit.total, book.timeZone),
    spent: printAmount(spent),
    as_of: iso(now),
    url: budgetUrl(budget.id, links),
  };
}

/** The stretch of the pacing limit stands where the period would. */
function pacingData({ status }: Speaker, state: Awaited<ReturnType<typeof stateOf>>) {
  const { pacing, budget } = status;
  if (pacing === null) throw new Error("a pacing message of a budget without a pacing limit");
  const span = {
    period_start: new Date(pacing.start).toISOString(),
    period_end: new Date(pacing.end).toISOString(),
    limit: printAmount(pacing.limit),
  };
  return {
    ...state,
    budget: { ...state.budget, ...span },
    spent: printAmount(pacing.spent),
    remaining: printAmount((pacing.limit - pacing.spent) as Amount),
    forecast: null,
    crossing_date: null,
    crossing_earliest: null,
    crossing_latest: null,
    threshold: { ...thresholdInEvent("actual", 100), pacing: budget.pacing?.unit ?? null },
  };
}

async function stateOf({ tx, book, status, links, now }: Speaker) {
  const { timeZone, teams } = book;
  const { budget, period } = status;
  const rates = book.rates.get(budget.unit) ?? null;
  const drivers = await topDrivers(tx, { budget, period, now, timeZone, teams, rates });
  return stateInEvent(status, drivers, { now, timeZone, ...links });
}

import type { Viewer } from "#lib/access/viewer.ts";
import { maySeePerson } from "#lib/cost-book/seen-by.ts";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { amount, type Column, count, decimal, text } from "#lib/tables/column.ts";
import { type PersonFigures, type PlanFigures, savedBy } from "./plan-or-pay.ts";

/** Seats and subscriptions as a file; whose they are only for those who may see it. */
export function planColumns(viewer: Viewer): readonly Column<PlanFigures>[] {
  return [
    text("charge", ({ charge }) => charge.name),
    text("kind", ({ charge }) => charge.kind),
    text("team", ({ charge }) => charge.team),
    text("person", ({ charge }) => (maySeePerson(viewer, charge.team) ? charge.person : null)),
    count("seats", ({ charge }) => charge.quantity),
    count("used", ({ used }) => used),
    count("idle", ({ idle }) => idle),
    amount("cost", ({ cost }) => cost),
    amount("api_cost", ({ apiCost }) => apiCost),
    amount("saved", (plan) => savedBy(plan)),
    decimal("break_even_per_seat", ({ breakEven }) => toDecimal(breakEven)),
    text("currency", () => CURRENCY),
  ];
}

/** People as a file; without a name where telemetry has none. */
export const PLAN_PEOPLE_COLUMNS: readonly Column<PersonFigures>[] = [
  text("team", ({ team }) => team),
  text("user", ({ user }) => user),
  amount("plan_worth", ({ planWorth }) => planWorth),
  amount("metered_cost", ({ metered }) => metered),
  text("currency", () => CURRENCY),
  amount("seat_cost", ({ seat }) => seat),
  count("unpriced_calls", ({ unpricedCalls }) => unpricedCalls),
];

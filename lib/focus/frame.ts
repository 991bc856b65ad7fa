import { CURRENCY } from "#lib/money/money.ts";
import { addMonths, type CivilDay, monthOf, startOfDay } from "#lib/time/civil-day.ts";
import type { FocusRow } from "./focus-row.ts";

/** Whose file it is, and how its teams are called. */
export type Account = {
  readonly name: string;
  readonly timeZone: string;
  readonly teamNames: ReadonlyMap<string, string>;
};

type Frame = Pick<
  FocusRow,
  | "BillingAccountId"
  | "BillingAccountName"
  | "BillingCurrency"
  | "BillingPeriodEnd"
  | "BillingPeriodStart"
  | "ChargeClass"
  | "ChargePeriodEnd"
  | "ChargePeriodStart"
  | "InvoiceDetailId"
  | "InvoiceId"
  | "ServiceCategory"
  | "ServiceSubcategory"
  | "SubAccountId"
  | "SubAccountName"
>;

/**
 * What every row of a team's day has: one day of the organisation's zone within
 * its month. No invoice: the figures are ours until they are reconciled. Ids
 * carry a prefix, since readers take a bare number for one.
 */
export function frameOf(
  { name, timeZone, teamNames }: Account,
  day: CivilDay,
  team: string,
): Frame {
  const month = monthOf(day);
  return {
    BillingAccountId: "org_1",
    BillingAccountName: name,
    BillingCurrency: CURRENCY,
    BillingPeriodEnd: timeText(startOfDay(addMonths(month, 1), timeZone)),
    BillingPeriodStart: timeText(startOfDay(month, timeZone)),
    ChargeClass: null,
    ChargePeriodEnd: timeText(startOfDay(day + 1, timeZone)),
    ChargePeriodStart: timeText(startOfDay(day, timeZone)),
    InvoiceDetailId: null,
    InvoiceId: null,
    ServiceCategory: "AI and Machine Learning",
    ServiceSubcategory: "Generative AI",
    SubAccountId: `team_${team}`,
    SubAccountName: teamNames.get(team) ?? team,
  };
}

/** FOCUS knows no fractions of a second. */
function timeText(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, "Z");
}

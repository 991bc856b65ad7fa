import type { EventData } from "./event-types.ts";
import type { Phrases } from "./phrases/phrases.ts";

type Budget = EventData<"budget.period_started">["budget"];

/** For the eye: two decimals where it is money, more where less would say nothing; tokens whole. */
export function amountText(
  amount: string,
  currency: string,
  { tokens }: Pick<Phrases, "tokens">,
): string {
  // Text is formatted exactly, a number would not be.
  const exact = amount as Intl.StringNumericLiteral;
  if (!/^[A-Z]{3}$/.test(currency)) {
    return tokens(new Intl.NumberFormat("en", { maximumFractionDigits: 0 }).format(exact));
  }
  // A tenth of a cent is not 0.00.
  const isSmall = /^-?0\.0/.test(amount);
  const digits = {
    ...{ minimumFractionDigits: 2, maximumFractionDigits: 2 },
    ...(isSmall ? { maximumSignificantDigits: 2, roundingPriority: "morePrecision" as const } : {}),
  };
  return `${new Intl.NumberFormat("en", digits).format(exact)} ${currency}`;
}

export function countText(count: number): string {
  return new Intl.NumberFormat("en").format(count);
}

/** "Thursday 19 November". @param date A date, or an instant and the zone in which it is told. */
export function dayText(date: string, { locale }: Phrases, timeZone = "UTC"): string {
  const parts = { weekday: "long", day: "numeric", month: "long" } as const;
  return new Intl.DateTimeFormat(locale, { ...parts, timeZone }).format(new Date(date));
}

/** @param labels What people call a part that is an id. */
export function scopeText(
  scope: Budget["scope"],
  { dimension, organization }: Phrases,
  labels: Budget["scope_labels"] = {},
): string {
  const parts = Object.entries(scope).flatMap(([name, value]) => {
    const told = labels[name] ?? value;
    return told === null
      ? []
      : [`${dimension(name)} ${typeof told === "string" ? told : told.join(", ")}`];
  });
  return parts.length === 0 ? organization : parts.join(" · ");
}

import { ALL_TEAMS } from "#app/_costs/all-teams.ts";
import { linesHref } from "#app/_costs/line-links.ts";
import type { Period } from "#app/_period/period.ts";
import { hrefWith, receiptHref } from "#app/_query/links.ts";
import type { Charge } from "#lib/cost-model/charge.ts";
import type { PersonFigures } from "#lib/reports/plan-or-pay.ts";

/** The lines that a plan's cost is split into; one that is shared first is in shares, so its terms are shown. */
export function planCostHref({ id, team, pool }: Charge, period: Period): string {
  if (pool !== null) {
    return hrefWith(`/cost-models/${encodeURIComponent(team ?? ALL_TEAMS)}`, [["charge", id]]);
  }
  return linesHref(
    { period, costBasis: "effective" },
    { filter: { chargeId: id }, asClosed: false },
  );
}

/** What the usage that a plan may pay for is worth at list prices: the parts that a plan paid for. */
export function planWorthHref(
  { team, person, provider, model }: Pick<Charge, "team" | "person" | "provider" | "model">,
  period: Period,
): string {
  const filters = {
    ...(team !== null && { team: [team] }),
    ...(person !== null && { user: [person] }),
    ...(provider !== null && { provider: [provider] }),
    ...(model !== null && { model: [model] }),
  };
  return receiptHref({ period, filters, costBasis: "list" }, "plan");
}

/** What one person used: at list prices by plan, or what is paid by use. */
export function personHref(
  { team, user }: Pick<PersonFigures, "team" | "user">,
  period: Period,
  costBasis: "list" | "effective",
): string {
  const query = { period, filters: { team: [team], user: [user] }, costBasis };
  return receiptHref(query, costBasis === "list" ? "plan" : undefined);
}

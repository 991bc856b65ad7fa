import { readCharges } from "#lib/cost-book/charge-store.ts";
import { type RecordedModel, readTeamModels } from "#lib/cost-book/team-model-store.ts";
import { isInForce, paysFor } from "#lib/cost-model/charge.ts";
import { inDrawOrder } from "#lib/cost-model/draw-order.ts";
import { type FundingSource, fits } from "#lib/cost-model/funding.ts";
import { modelInForce } from "#lib/cost-model/team-model.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { type Fraction, multiplyFraction, type Usd } from "#lib/money/money.ts";
import type { RateSet } from "#lib/pricing/rate-set.ts";
import { civilDayAt } from "#lib/time/civil-day.ts";
import type { LedgerEvent } from "./ledger-event.ts";
import { organizationZone } from "./read-only.ts";

/** What of the team's cost model is about one call. */
export type ReceiptCostModel = {
  /** What pays for the call, and who said so; null where the API meters it. */
  readonly funding: FundingSource;
  readonly fundingBy: "producer" | "cost_model" | null;
  /** The charges of the day that may have paid for it, the first one first. */
  readonly paidBy: readonly {
    readonly id: string;
    readonly name: string;
    readonly sourceName: string;
    readonly sourceUrl: string;
  }[];
  /** What the team is recharged on top of the call's cost. */
  readonly markup: Fraction | null;
  readonly markupAmount: Usd | null;
  /** The version of the cost model in force on the day; null where there is none. */
  readonly model: RecordedModel | null;
};

/** The funding and the markup that apply to a call, as they are believed now. */
export async function receiptCostModel(
  sql: SqlClient,
  event: LedgerEvent,
  rateSet: RateSet | null,
): Promise<ReceiptCostModel> {
  const [timeZone, models, charges] = await Promise.all([
    organizationZone(sql),
    readTeamModels(sql),
    readCharges(sql),
  ]);
  const day = civilDayAt(event.startedAt.getTime(), timeZone);
  const model = modelInForce(models, event.team, day);
  const funding = rateSet?.funding ?? (event.funding === "plan" ? "plan" : "api");
  const paying = charges.filter(
    (charge) =>
      funding !== "api" &&
      paysFor(charge) === funding &&
      isInForce(charge, day) &&
      (charge.team === null || charge.team === event.team) &&
      (charge.person === null || charge.person.toLowerCase() === event.user?.toLowerCase()) &&
      fits(charge, event),
  );
  const markup = model === null || model.markup.num === 0n ? null : model.markup;
  const fundingBy = event.funding === "plan" ? "producer" : "cost_model";
  return {
    funding,
    fundingBy: funding === "api" ? null : fundingBy,
    paidBy: inDrawOrder(paying, day).map(({ id, name, sourceName, sourceUrl }) => ({
      ...{ id, name, sourceName, sourceUrl },
    })),
    markup,
    markupAmount:
      markup === null || event.cost === null
        ? null
        : multiplyFraction(event.cost, markup.num, markup.den),
    model,
  };
}

import type { AdjustmentLine } from "#lib/close/adjustment-lines.ts";
import { type Charge, paysFor, type Recurrence } from "#lib/cost-model/charge.ts";
import type { Costs } from "#lib/cost-model/costs.ts";
import type { LineKind, TeamLine } from "#lib/cost-model/team-lines.ts";
import { toDecimal } from "#lib/money/money.ts";
import type { FocusRow } from "./focus-row.ts";
import { type Account, frameOf } from "./frame.ts";
import { serviceNames } from "./service-names.ts";

/** A line beside the usage in a team's cost, with what it is about. */
export type ChargeLine = Pick<TeamLine, "day" | "team" | "costCenter" | "kind" | "costs"> & {
  readonly charge: Charge | null;
  /** The name of the shared cost. */
  readonly pool: string | null;
  /** Of the adjustment journal, what it says of itself. */
  readonly entry?: AdjustmentLine["entry"] | undefined;
};

const FREQUENCIES: Readonly<Record<Recurrence, string>> = {
  once: "One-Time",
  monthly: "Recurring",
  yearly: "Recurring",
};

/**
 * What is bought is a purchase on the day that it is due. The rest is an
 * adjustment, for no quantity of anything was bought by it: what of a purchase
 * falls on a day without usage, or lies idle; what is shared, owed beyond a
 * commitment, or recharged on top.
 */
export function chargeRow(account: Account, line: ChargeLine): FocusRow {
  const { charge } = line;
  const isPurchase = charge !== null && isBought(charge, line);
  const { service, seller, host } = serviceNames(charge?.provider ?? null);
  const issuer = charge?.provider == null ? account.name : seller;
  return {
    ...frameOf(account, line.day, line.team),
    ...amounts(line.costs),
    ChargeCategory: isPurchase ? "Purchase" : "Adjustment",
    ChargeClass: line.entry?.isCorrection ? "Correction" : null,
    ChargeDescription: descriptionOf(line),
    ChargeFrequency: isPurchase ? FREQUENCIES[charge.recurrence] : "One-Time",
    ConsumedQuantity: null,
    ConsumedUnit: null,
    ContractedUnitPrice: null,
    HostProviderName: charge?.provider == null ? account.name : host,
    InvoiceIssuerName: issuer,
    ListUnitPrice: null,
    PricingCategory: isPurchase ? "Standard" : null,
    PricingQuantity: isPurchase ? String(charge.quantity) : null,
    PricingUnit: isPurchase ? "Units" : null,
    RegionId: null,
    RegionName: null,
    ServiceName: charge?.provider == null ? (charge?.name ?? line.pool ?? "Outlay") : service,
    ServiceProviderName: issuer,
    SkuId: null,
    SkuMeter: null,
    SkuPriceDetails: null,
    SkuPriceId: null,
    Tags: line.costCenter === null ? null : JSON.stringify({ cost_center: line.costCenter }),
    x_CostCenter: line.costCenter,
    x_CostSource: "estimated",
    x_LineKind: line.kind,
    x_Model: charge?.model ?? null,
    x_RequestCount: "0",
    x_ServiceTier: null,
    x_TokenType: null,
    x_UnpricedRequestCount: "0",
  };
}

/** A fee covers no usage, so each day's part of it is bought that day. */
function isBought(charge: Charge, { kind, costs }: ChargeLine): boolean {
  return kind === "charge" && (costs.billed !== 0n || paysFor(charge) === null);
}

function amounts(costs: Costs) {
  return {
    BilledCost: toDecimal(costs.billed),
    ContractedCost: toDecimal(costs.contracted),
    EffectiveCost: toDecimal(costs.effective),
    ListCost: toDecimal(costs.list),
  };
}

const SAYS: Readonly<Record<LineKind, (about: string) => string>> = {
  usage: (about) => about,
  covered: (about) => about,
  charge: (about) => about,
  idle: (about) => `unused part of ${about}`,
  overage: (about) => `usage beyond ${about}`,
  share: (about) => `share of ${about}`,
  shared_out: (about) => `shared out through ${about}`,
  markup: () => "markup",
  adjustment: () => "adjustment",
};

function descriptionOf({ kind, charge, pool, entry }: ChargeLine): string {
  if (entry !== undefined) {
    const words = [entry.reason.replaceAll("_", " "), entry.note, entry.reference];
    return words.filter((word) => word !== "").join(" · ");
  }
  return SAYS[kind](charge?.name ?? pool ?? "a prepaid amount");
}

import type { FocusFormat } from "./columns.ts";

/**
 * One row of the Cost and Usage dataset, as text: decimals without rounding,
 * times in UTC, key-value columns as JSON; null is null. Columns of FOCUS by
 * their names in 1.4, our own (`x_`) behind them.
 */
export type FocusRow = Readonly<Record<WrittenColumn, string | null>>;

/** The columns that we write, in the order of the file. */
export const WRITTEN = [
  "BilledCost",
  "BillingAccountId",
  "BillingAccountName",
  "BillingCurrency",
  "BillingPeriodEnd",
  "BillingPeriodStart",
  "ChargeCategory",
  "ChargeClass",
  "ChargeDescription",
  "ChargeFrequency",
  "ChargePeriodEnd",
  "ChargePeriodStart",
  "ConsumedQuantity",
  "ConsumedUnit",
  "ContractedCost",
  "ContractedUnitPrice",
  "EffectiveCost",
  "HostProviderName",
  "InvoiceDetailId",
  "InvoiceId",
  "InvoiceIssuerName",
  "ListCost",
  "ListUnitPrice",
  "PricingCategory",
  "PricingQuantity",
  "PricingUnit",
  "RegionId",
  "RegionName",
  "ServiceCategory",
  "ServiceName",
  "ServiceProviderName",
  "ServiceSubcategory",
  "SkuId",
  "SkuMeter",
  "SkuPriceDetails",
  "SkuPriceId",
  "SubAccountId",
  "SubAccountName",
  "Tags",
  "x_CostCenter",
  "x_CostSource",
  "x_LineKind",
  "x_Model",
  "x_RequestCount",
  "x_ServiceTier",
  "x_TokenType",
  "x_UnpricedRequestCount",
] as const;
export type WrittenColumn = (typeof WRITTEN)[number];

const OWN_NUMBERS: readonly string[] = ["x_RequestCount", "x_UnpricedRequestCount"];

export function formatOfOwn(name: string): FocusFormat {
  return OWN_NUMBERS.includes(name) ? "decimal" : "text";
}

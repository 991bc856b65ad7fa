export const FOCUS_VERSIONS = ["1.4", "1.2"] as const;
export type FocusVersion = (typeof FOCUS_VERSIONS)[number];

/** How a column's values are written; FOCUS attributes "numeric", "date/time", "currency" and "key-value" format. */
export type FocusFormat = "decimal" | "text" | "time" | "currency" | "json";

export type FocusColumn = {
  readonly format: FocusFormat;
  /** Must be in every file. */
  readonly isMandatory: boolean;
  readonly isNullable: boolean;
  /** The only values allowed, where FOCUS closes the list. */
  readonly values?: readonly string[];
};

const column = (
  format: FocusFormat,
  isMandatory: boolean,
  isNullable: boolean,
  values?: readonly string[],
): FocusColumn => ({ format, isMandatory, isNullable, ...(values !== undefined && { values }) });
const needed = (format: FocusFormat, values?: readonly string[]) =>
  column(format, true, false, values);
const nullable = (format: FocusFormat, values?: readonly string[]) =>
  column(format, true, true, values);
const optional = (format: FocusFormat, values?: readonly string[]) =>
  column(format, false, true, values);

const SERVICE_CATEGORIES = [
  "AI and Machine Learning",
  "Analytics",
  "Business Applications",
  "Compute",
  "Databases",
  "Developer Tools",
  "Multicloud",
  "Identity",
  "Integration",
  "Internet of Things",
  "Management and Governance",
  "Media",
  "Migration",
  "Mobile",
  "Networking",
  "Security",
  "Storage",
  "Web",
  "Other",
];

/**
 * The 65 columns of the Cost and Usage dataset of FOCUS 1.4, in its order, and
 * what it asks of their values. https://focus.finops.org/focus-specification
 */
export const COLUMNS_1_4: Readonly<Record<string, FocusColumn>> = {
  AllocatedMethodDetails: optional("json"),
  AllocatedMethodId: optional("text"),
  AllocatedResourceId: optional("text"),
  AllocatedResourceName: optional("text"),
  AllocatedTags: optional("json"),
  AvailabilityZone: optional("text"),
  BilledCost: needed("decimal"),
  BillingAccountId: needed("text"),
  BillingAccountName: nullable("text"),
  BillingAccountType: optional("text"),
  BillingCurrency: needed("currency"),
  BillingPeriodEnd: needed("time"),
  BillingPeriodStart: needed("time"),
  CapacityReservationId: optional("text"),
  CapacityReservationStatus: optional("text", ["Used", "Unused"]),
  ChargeCategory: needed("text", ["Usage", "Purchase", "Tax", "Credit", "Adjustment"]),
  ChargeClass: nullable("text", ["Correction"]),
  ChargeDescription: nullable("text"),
  ChargeFrequency: column("text", false, false, ["One-Time", "Recurring", "Usage-Based"]),
  ChargePeriodEnd: needed("time"),
  ChargePeriodStart: needed("time"),
  CommitmentDiscountCategory: optional("text", ["Spend", "Usage"]),
  CommitmentDiscountId: optional("text"),
  CommitmentDiscountName: optional("text"),
  CommitmentDiscountQuantity: optional("decimal"),
  CommitmentDiscountStatus: optional("text", ["Used", "Unused"]),
  CommitmentDiscountType: optional("text"),
  CommitmentDiscountUnit: optional("text"),
  CommitmentProgramEligibilityDetails: optional("json"),
  ConsumedQuantity: optional("decimal"),
  ConsumedUnit: optional("text"),
  ContractApplied: optional("json"),
  ContractedCost: needed("decimal"),
  ContractedUnitPrice: optional("decimal"),
  EffectiveCost: needed("decimal"),
  HostProviderName: nullable("text"),
  InvoiceDetailId: optional("text"),
  InvoiceId: optional("text"),
  InvoiceIssuerName: needed("text"),
  ListCost: needed("decimal"),
  ListUnitPrice: optional("decimal"),
  PricingCategory: optional("text", ["Standard", "Dynamic", "Committed", "Other"]),
  PricingCurrency: optional("currency"),
  PricingCurrencyContractedUnitPrice: optional("decimal"),
  PricingCurrencyEffectiveCost: optional("decimal"),
  PricingCurrencyListUnitPrice: optional("decimal"),
  PricingQuantity: nullable("decimal"),
  PricingUnit: nullable("text"),
  RegionId: optional("text"),
  RegionName: optional("text"),
  ResourceId: optional("text"),
  ResourceName: optional("text"),
  ResourceType: optional("text"),
  ServiceCategory: needed("text", SERVICE_CATEGORIES),
  ServiceName: needed("text"),
  ServiceProviderName: needed("text"),
  ServiceSubcategory: column("text", false, false, [
    "AI Platforms",
    "Bots",
    "Generative AI",
    "Machine Learning",
    "Natural Language Processing",
    "Other (AI and Machine Learning)",
  ]),
  SkuId: optional("text"),
  SkuMeter: optional("text"),
  SkuPriceDetails: optional("json"),
  SkuPriceId: optional("text"),
  SubAccountId: optional("text"),
  SubAccountName: optional("text"),
  SubAccountType: optional("text"),
  Tags: optional("json"),
};

/** What 1.2 calls them, and lacks: the two names of providers changed in 1.3, invoice details came in 1.4. */
const NAMES_1_2: Readonly<Record<string, string | null>> = {
  ServiceProviderName: "ProviderName",
  HostProviderName: "PublisherName",
  AllocatedMethodDetails: null,
  AllocatedMethodId: null,
  AllocatedResourceId: null,
  AllocatedResourceName: null,
  AllocatedTags: null,
  CommitmentProgramEligibilityDetails: null,
  ContractApplied: null,
  InvoiceDetailId: null,
};

/** A column of 1.4 by the name that a version has for it; null where it has none. */
export function nameIn(version: FocusVersion, name: string): string | null {
  const renamed = version === "1.2" ? NAMES_1_2[name] : undefined;
  return renamed === undefined ? name : renamed;
}

/** The columns of a version by its own names. */
export function columnsOf(version: FocusVersion): ReadonlyMap<string, FocusColumn> {
  return new Map(
    Object.entries(COLUMNS_1_4).flatMap(([name, column]) => {
      const own = nameIn(version, name);
      if (own === null) return [];
      // Who made a thing available is never unknown in 1.2.
      return [[own, own === "PublisherName" ? { ...column, isNullable: false } : column]];
    }),
  );
}

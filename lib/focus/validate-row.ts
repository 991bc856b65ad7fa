import type { FocusVersion } from "./columns.ts";
import { exactProduct, sameDecimal } from "./exact-decimal.ts";
import type { FocusFault } from "./validate-file.ts";
import { parsed } from "./value-formats.ts";

/** A row's values by column; null and absent alike are null. */
export type Cells = ReadonlyMap<string, string | null>;

const AI_SUBCATEGORIES = [
  "AI Platforms",
  "Bots",
  "Generative AI",
  "Machine Learning",
  "Natural Language Processing",
  "Other (AI and Machine Learning)",
];
const UNIT = /^(\d+ )?[A-Z][A-Za-z]*(-[A-Z][A-Za-z]*)*s(\/[A-Z][A-Za-z]*)?$/;
/** Readers that guess types take these ids for numbers, and refuse them as text. */
const IDS = ["BillingAccountId", "SubAccountId", "InvoiceId", "SkuId", "SkuPriceId", "ResourceId"];

type Rule = {
  readonly column: string;
  readonly rule: string;
  readonly holds: (value: (column: string) => string | null) => boolean;
  readonly version?: FocusVersion;
};

const isUsage = (value: (column: string) => string | null) =>
  value("ChargeCategory") === "Usage" && value("ChargeClass") !== "Correction";

/** The rules between the values of one row. */
const RULES: readonly Rule[] = [
  ...["ChargePeriod", "BillingPeriod"].map((period) => ({
    column: `${period}End`,
    rule: "is after the start",
    holds: (value: (column: string) => string | null) =>
      Date.parse(value(`${period}Start`) ?? "") < Date.parse(value(`${period}End`) ?? ""),
  })),
  {
    column: "ConsumedQuantity",
    rule: "is there for usage, and for nothing else",
    holds: (value) =>
      value("ChargeClass") === "Correction" ||
      isUsage(value) === (value("ConsumedQuantity") !== null),
  },
  ...["Consumed", "Pricing"].map((sort) => ({
    column: `${sort}Unit`,
    rule: "is there with the quantity, capitalised and plural",
    holds: (value: (column: string) => string | null) => {
      const unit = value(`${sort}Unit`);
      const hasQuantity = value(`${sort}Quantity`) !== null;
      return unit === null ? !hasQuantity : hasQuantity && UNIT.test(unit);
    },
  })),
  {
    column: "PricingQuantity",
    rule: "is there for usage and purchases",
    holds: (value) =>
      !(isUsage(value) || value("ChargeCategory") === "Purchase") ||
      value("ChargeClass") === "Correction" ||
      value("PricingQuantity") !== null,
  },
  ...["List", "Contracted"].map((sort) => ({
    column: `${sort}UnitPrice`,
    rule: `is not below zero, and times the quantity is ${sort}Cost`,
    holds: (value: (column: string) => string | null) => {
      const price = value(`${sort}UnitPrice`);
      const quantity = value("PricingQuantity");
      if (price === null || quantity === null || value("ChargeClass") === "Correction") return true;
      const cost = value(`${sort}Cost`) ?? "";
      return !price.startsWith("-") && sameDecimal(exactProduct(price, quantity), cost);
    },
  })),
  {
    column: "SkuPriceDetails",
    rule: "is null without a SkuPriceId, and its own keys begin with x_",
    holds: (value) => {
      const details = value("SkuPriceDetails");
      if (details === null) return true;
      const keys = Object.keys(parsed(details) ?? {});
      return value("SkuPriceId") !== null && keys.every((key) => key.startsWith("x_"));
    },
  },
  {
    column: "ServiceSubcategory",
    rule: "belongs to the category",
    holds: (value) =>
      AI_SUBCATEGORIES.includes(value("ServiceSubcategory") ?? "Generative AI") ===
      (value("ServiceCategory") === "AI and Machine Learning"),
  },
  ...IDS.map((column) => ({
    column,
    rule: "does not look like a number",
    holds: (value: (column: string) => string | null) =>
      !/^-?\d+(\.\d+)?$/.test(value(column) ?? ""),
  })),
];

export function rowFaults(cells: Cells, version: FocusVersion, line: number): FocusFault[] {
  const value = (column: string) => cells.get(column) ?? null;
  return RULES.filter((rule) => (rule.version ?? version) === version && !rule.holds(value)).map(
    ({ column, rule }) => ({ line, column, rule }),
  );
}

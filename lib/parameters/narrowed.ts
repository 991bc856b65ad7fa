import { z } from "zod";
import { PAYMENTS } from "#lib/reports/usage-receipt.ts";

/** How the usage of a receipt is paid for. */
export const Paid = z
  .enum(PAYMENTS)
  .optional()
  .meta({ description: "Only usage that is metered, paid for beforehand, or by a plan" });

/** Of which cost centre a line's receipt is: null of none, undefined of all. */
export const OfCostCenter = z
  .string()
  .max(200)
  .transform((code) => code || null)
  .optional()
  .meta({ description: "Only what is of it; empty: of none" });

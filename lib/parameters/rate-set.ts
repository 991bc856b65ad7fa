import { z } from "zod";

/** The id of a rate set, as rows and receipts name it: a signed number of 64 bits. */
export const RateSetId = z
  .string()
  .refine(isInt64, "must be the id of a rate set")
  .meta({ description: "Only what was priced with this rate set, as a receipt's part is" });

function isInt64(text: string): boolean {
  return /^-?\d{1,19}$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);
}

import { z } from "zod";

/** The id of a rate set, as rows and receipts name it. */
export const RateSetId = z
  .string()
  .regex(/^\d{1,18}$/, "must be the id of a rate set")
  .meta({ description: "Only what was priced with this rate set, as a receipt's part is" });

import { z } from "zod";
import { QuoteInput } from "#lib/pricing/quote.ts";
import { QuoteBody } from "./receipt.ts";

/** A call to price; with a team, as that team pays for it. */
export const TeamQuoteInput = QuoteInput.safeExtend({
  team: z
    .string()
    .max(200)
    .nullish()
    .meta({ description: "Default: list prices. With a team: its contracts and funding" }),
});

export const TeamQuoteBody = QuoteBody.extend({
  list_usd: QuoteBody.shape.usd.optional().meta({ description: "With a team: at list prices" }),
  list_lines: QuoteBody.shape.lines.optional(),
});

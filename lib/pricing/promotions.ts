import { z } from "zod";
import data from "./data/promotions.json" with { type: "json" };

const Promotions = z.array(
  z.strictObject({
    provider: z.string(),
    models: z.array(z.string()).min(1),
    /** The last day on which it was promised. */
    until: z.iso.date(),
    url: z.url(),
    quote: z.string(),
    checkedAt: z.iso.date(),
  }),
);

/**
 * Prices that were announced for a time, without word of what follows. The rate
 * stays in force after that day; somebody has to look.
 */
export type Promotion = z.infer<typeof Promotions>[number];

export const PROMOTIONS: readonly Promotion[] = Promotions.parse(data);

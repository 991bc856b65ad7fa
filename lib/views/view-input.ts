import { z } from "zod";
import { DIMENSIONS } from "#lib/reports/usage-query.ts";

/** Everything that Explore's address may say; what is not here is not kept. */
const PARAMETERS: ReadonlySet<string> = new Set([
  ...["period", "from", "to", "cost", "measure", "by", "then", "bucket", "compare"],
  ...DIMENSIONS.map((dimension) => `filter.${dimension}`),
]);
const MOST_CHARACTERS = 4_000;

/** The part of an address after its "?", without what Explore does not know. */
const ViewQuery = z
  .string()
  .max(MOST_CHARACTERS)
  .transform((text) => {
    const pairs = [...new URLSearchParams(text)].filter(
      ([name, value]) => PARAMETERS.has(name) && !value.includes("\0"),
    );
    return new URLSearchParams(pairs).toString();
  });

export const NewViewInput = z.strictObject({
  name: z.string().trim().min(1).max(80),
  query: ViewQuery,
  isShared: z.boolean(),
});
export type NewViewInput = z.output<typeof NewViewInput>;

export const ViewPatch = NewViewInput.partial();
export type ViewPatch = z.output<typeof ViewPatch>;

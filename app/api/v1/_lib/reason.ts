import { z } from "zod";

/** Why something is refused, for programs and for readers of other languages than English. */
export const ReasonBody = z.strictObject({
  code: z.string(),
  values: z
    .record(z.string(), z.union([z.string(), z.number()]))
    .meta({ description: "What stands in the sentence" }),
  field: z.string().optional().meta({ description: "The field of the input" }),
});

import { z } from "zod";

/** How many rows at once. */
export function limit(fallback: number, most: number) {
  const rule = `must be a whole number from 1 to ${most}`;
  return z
    .string()
    .regex(/^\d{1,6}$/, rule)
    .transform(Number)
    .refine((value) => value >= 1 && value <= most, rule)
    .default(fallback)
    .meta({ description: `Rows at once, 1 to ${most}; default ${fallback}` });
}

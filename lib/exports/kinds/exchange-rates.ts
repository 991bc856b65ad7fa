import { z } from "zod";
import { requireFinance } from "#lib/access/rights.ts";
import { listRates, type RecordedDatedRate } from "#lib/currency/rate-store.ts";
import { type Column, decimal, text, time } from "#lib/tables/column.ts";
import { listKind } from "../list-kind.ts";

/** The first three are what an import reads. */
const COLUMNS: readonly Column<RecordedDatedRate>[] = [
  text("date", ({ date }) => date),
  text("currency", ({ currency }) => currency),
  decimal("rate", ({ rate }) => rate),
  text("base", ({ base }) => base),
  text("source", ({ source }) => source),
  time("recorded_at", ({ recordedAt }) => recordedAt),
  text("recorded_by", ({ recordedBy }) => recordedBy),
  time("superseded_at", ({ supersededAt }) => supersededAt),
  text("superseded_by", ({ supersededBy }) => supersededBy),
];

export const exchangeRates = listKind({
  summary: "Exchange rates by day; for admins and finance",
  name: "exchange-rates",
  parameters: z.strictObject({
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional(),
    history: z.enum(["true", "false"]).default("false").meta({
      description: "Also those that were corrected",
    }),
  }),
  columns: COLUMNS,
  rows: async ({ sql, viewer }, { currency, history }) => {
    requireFinance(viewer);
    return listRates(sql, { currency: currency ?? null, isWhole: history === "true" });
  },
});

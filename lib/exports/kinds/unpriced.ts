import { z } from "zod";
import { loadPricing } from "#lib/price-book/load-pricing.ts";
import { type UnpricedItem, unpricedQueue } from "#lib/price-book/unpriced-queue.ts";
import { type Column, count, text, time } from "#lib/tables/column.ts";
import { listKind } from "../list-kind.ts";

const COLUMNS: readonly Column<UnpricedItem>[] = [
  text("provider", ({ provider }) => provider),
  text("model", ({ model }) => model),
  text("tier", ({ tier }) => tier),
  text("region", ({ region }) => region),
  text("reason", ({ reason }) => reason),
  count("calls", ({ calls }) => calls),
  count("tokens", ({ tokens }) => tokens),
  time("first_seen", ({ firstSeen }) => firstSeen),
  time("last_seen", ({ lastSeen }) => lastSeen),
  text("suggestions", ({ suggestions }) =>
    suggestions.models.map(({ provider, model }) => `${provider}/${model}`).join(" "),
  ),
];

export const unpriced = listKind({
  summary: "Models whose calls wait for a price, the most calls first",
  name: "unpriced",
  parameters: z.strictObject({}),
  columns: COLUMNS,
  rows: async ({ sql, viewer, now }) => unpricedQueue(sql, viewer, await loadPricing(sql), now),
});

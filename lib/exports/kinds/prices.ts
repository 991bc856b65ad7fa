import { z } from "zod";
import type { Viewer } from "#lib/access/viewer.ts";
import type { SqlClient } from "#lib/db/client.ts";
import {
  filterPrices,
  type ListedPrice,
  listPrices,
  PRICE_STATES,
  type PriceQuery,
} from "#lib/price-book/list-prices.ts";
import { PRICE_COLUMNS } from "#lib/price-book/price-columns.ts";
import { readRates } from "#lib/price-book/rate-store.ts";
import { readRechecks } from "#lib/price-book/recheck.ts";
import { loadPriceBook } from "#lib/pricing/load-price-book.ts";
import { exportKind } from "../export-kind.ts";

const Text = z.string().max(200);
const Moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const Several = Text.transform((text) => text.split(",").map((part) => part.trim()));
const YesOrNo = z.enum(["true", "false"]);

export const PRICE_QUESTION = {
  q: Text.optional().meta({ description: "Words in provider, model, unit, tier or source" }),
  provider: Several.optional().meta({ description: "One or several, comma-separated" }),
  model: Several.optional().meta({ description: "One or several, comma-separated: to compare" }),
  unit: Text.optional(),
  tier: Text.optional(),
  team: Text.optional().meta({ description: "Whose contract; empty for what holds for all" }),
  kind: z.enum(["list", "contract", "free", "estimate"]).optional(),
  origin: z.enum(["shipped", "own"]).optional(),
  state: Several.pipe(z.array(z.enum(PRICE_STATES)))
    .optional()
    .meta({ description: `Comma-separated: ${PRICE_STATES.join(", ")}; default: all` }),
  stale: YesOrNo.optional().meta({ description: "Not looked at for more than 60 days" }),
  at: Moment.optional().meta({ description: "Charged when: default now" }),
  believed_at: Moment.optional().meta({ description: "Believed when: default now" }),
} as const;
const PriceQuestion = z.strictObject(PRICE_QUESTION);
type PriceQuestion = z.output<typeof PriceQuestion>;

export const prices = exportKind({
  summary: "The price book, as it is imported again",
  parameters: PriceQuestion,
  read: async ({ sql, viewer, now }, input, sink) => {
    const { rows } = await visiblePrices(sql, viewer, input, now);
    const add = await sink({
      name: `outlay-prices-${now.toISOString().slice(0, 10)}`,
      ...{ columns: PRICE_COLUMNS, asOf: now, rowCount: rows.length },
      ...{ total: null, currency: null },
    });
    await add(rows);
  },
});

/** The prices that were asked for, and all that the viewer may see. A team's contract is for those who may see its money. */
export async function visiblePrices(
  sql: SqlClient,
  { teams }: Pick<Viewer, "teams">,
  input: PriceQuestion,
  now: Date,
): Promise<{ readonly all: readonly ListedPrice[]; readonly rows: readonly ListedPrice[] }> {
  const own = (await readRates(sql, "all")).filter(
    ({ team }) => team === null || teams === "all" || teams.includes(team),
  );
  const times = { at: input.at ?? now, believedAt: input.believed_at ?? null, today: now };
  const all = listPrices(loadPriceBook(), own, times, await readRechecks(sql));
  return { all, rows: filterPrices(all, priceQueryOf(input)) };
}

function priceQueryOf(input: PriceQuestion): PriceQuery {
  const { q, provider, model, unit, tier, team, kind, origin, state, stale } = input;
  return {
    ...(q === undefined ? {} : { search: q }),
    ...(provider === undefined ? {} : { providers: provider }),
    ...(model === undefined ? {} : { models: model }),
    ...(unit === undefined ? {} : { unit }),
    ...(tier === undefined ? {} : { tier }),
    ...(team === undefined ? {} : { team }),
    ...(kind === undefined ? {} : { kind }),
    ...(origin === undefined ? {} : { origin }),
    ...(state === undefined ? {} : { states: state }),
    ...(stale === undefined ? {} : { isStale: stale === "true" }),
  };
}

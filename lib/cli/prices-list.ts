import { CURRENCY } from "#lib/money/money.ts";
import { filterPrices, type ListedPrice, listPrices } from "#lib/price-book/list-prices.ts";
import { readRates } from "#lib/price-book/rate-store.ts";
import { loadPriceBook } from "#lib/pricing/load-price-book.ts";
import { type Command, text } from "./command.ts";
import { withDatabase } from "./command-database.ts";
import { tableLines } from "./table-lines.ts";

/** Shows the prices in force: those of the release, and the organisation's own. */
export const pricesList: Command = {
  usage: "prices list [--provider NAME] [--model NAME]",
  options: { provider: { type: "string" }, model: { type: "string" } },
  run: async (call) => {
    const now = new Date();
    const own = await withDatabase(call.config, ({ sql }) => readRates(sql));
    const [provider, model] = [text(call, "provider"), text(call, "model")];
    const prices = filterPrices(
      listPrices(loadPriceBook(), own, { at: now, believedAt: null, today: now }),
      {
        ...(provider === null ? {} : { providers: [provider] }),
        ...(model === null ? {} : { models: [model] }),
        states: ["in_force"],
      },
    );
    return {
      details: prices.length === 0 ? [] : tableLines([HEADINGS, ...prices.map(cellsOf)]),
      line: `${prices.length} prices in force`,
      data: prices.map(dataOf),
      exitCode: 0,
    };
  },
};

const HEADINGS = ["provider", "model", "unit", "price", "tier", "only", "kind", "team", "read on"];

function cellsOf(price: ListedPrice): string[] {
  const { provider, model, unit, tier, kind, team, source } = price;
  const cells = [provider, model, unit, amountOf(price), tier, conditionsOf(price), kind, team];
  return [...cells.map((cell) => cell ?? "-"), source.checkedAt];
}

function amountOf({ price }: ListedPrice): string {
  if ("amount" in price) return `${price.amount} USD / ${price.per}`;
  return `list less ${price.off.num}/${price.off.den}`;
}

/** What the call must be like beyond its tier: `region=us context={"over":200000}`. */
function conditionsOf({ speed, region, context, window }: ListedPrice): string | null {
  const parts = Object.entries({ speed, region, context, window }).flatMap(([name, value]) =>
    value === null ? [] : [`${name}=${typeof value === "string" ? value : JSON.stringify(value)}`],
  );
  return parts.length === 0 ? null : parts.join(" ");
}

function dataOf(price: ListedPrice) {
  const { provider, model, unit, tier, speed, region, context, window, kind, team } = price;
  return {
    provider,
    model,
    unit,
    ...price.price,
    currency: CURRENCY,
    tier,
    speed,
    region,
    context,
    window,
    kind,
    team,
    effective_from: price.effectiveFrom,
    effective_to: price.effectiveTo,
    origin: price.origin,
    source: price.source,
  };
}

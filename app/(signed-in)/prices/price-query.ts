import { VIEW_PARAMS } from "#app/_components/data-table/view-params.ts";
import { firstOf, type SearchParams } from "#app/_server/page-props.ts";
import { PRICE_STATES, type PriceQuery, type PriceState } from "#lib/price-book/list-prices.ts";
import { CARD_ORDERS, type CardOrder } from "#lib/price-book/sort-cards.ts";

/** What the page's URL asks of the price book. */
export type PricePageQuery = {
  readonly search: string;
  readonly provider: string;
  readonly tier: string;
  /** "" for all states. */
  readonly state: PriceState | "";
  readonly origin: "" | "shipped" | "own";
  /** Null: by provider and model, as the book has them. */
  readonly sort: { readonly id: CardOrder; readonly desc: boolean } | null;
  readonly page: number;
};

const MOST_PAGES = 1_000;

export function readPriceQuery(params: SearchParams): PricePageQuery {
  const text = (name: string) => (firstOf(params[name]) ?? "").slice(0, 200);
  const state = firstOf(params.state);
  const origin = text("origin");
  const page = Number(text("page") || 1);
  return {
    search: text("q"),
    provider: text("provider"),
    tier: text("tier"),
    state: state === undefined ? "in_force" : (PRICE_STATES.find((known) => known === state) ?? ""),
    origin: origin === "own" || origin === "shipped" ? origin : "",
    sort: sortOf(text("sort")),
    page: Number.isInteger(page) && page >= 1 && page <= MOST_PAGES ? page : 1,
  };
}

/** `sort=-output`: the dearest output first. */
function sortOf(text: string): PricePageQuery["sort"] {
  const sort = VIEW_PARAMS.sort.parse(text);
  const id = CARD_ORDERS.find((order) => order === sort?.id);
  return sort === null || id === undefined ? null : { id, desc: sort.desc };
}

/** The page in another order: the cheapest first, and turned round when asked again. */
export function sortHref(query: PricePageQuery, id: string): string | null {
  if (!CARD_ORDERS.some((order) => order === id)) return null;
  const isTurned = query.sort?.id === id && !query.sort.desc;
  return `/prices${searchOf(query, { sort: isTurned ? `-${id}` : id })}`;
}

export function filterOf({ search, provider, tier, state, origin }: PricePageQuery): PriceQuery {
  return {
    search,
    ...(provider === "" ? {} : { providers: [provider] }),
    ...(tier === "" ? {} : { tier }),
    ...(state === "" ? {} : { states: [state] }),
    ...(origin === "" ? {} : { origin }),
  };
}

/** The same question as a query string, for the page or for the API. */
export function searchOf(
  query: PricePageQuery,
  more: Readonly<Record<string, string>> = {},
  forApi = false,
): string {
  const { search, provider, tier, state, origin, sort } = query;
  const order = sort === null || forApi ? "" : VIEW_PARAMS.sort.serialize(sort);
  const entries = Object.entries({ q: search, provider, tier, origin, sort: order, ...more });
  const pairs = entries.filter(([, value]) => value !== "");
  if (state !== "") pairs.push(["state", state]);
  else if (!forApi) pairs.push(["state", "all"]);
  const text = new URLSearchParams(pairs).toString();
  return text === "" ? "" : `?${text}`;
}

export function modelHref(provider: string | null, model: string | null, compare?: string): string {
  const params = new URLSearchParams({ provider: provider ?? "", model: model ?? "" });
  if (compare !== undefined) params.set("with", compare);
  return `/prices/model?${params.toString()}`;
}

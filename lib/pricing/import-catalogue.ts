import { amountOf, checkCard } from "./import-guards.ts";
import type { PriceCard, PriceModel } from "./price-file.ts";
import { isTokenUnit, type Unit } from "./units.ts";

/** The parts of the package's data that are read. */
export type CatalogueProvider = { readonly id: string; readonly models: readonly CatalogueModel[] };
export type CatalogueModel = {
  readonly id: string;
  readonly match: MatchLogic;
  readonly prices: CataloguePrices | readonly ConditionalPrices[];
};
type CataloguePrices = Readonly<Record<string, number | TieredPrices | undefined>>;
type TieredPrices = {
  readonly base: number;
  readonly tiers: readonly { readonly start: number; readonly price: number }[];
};
type ConditionalPrices = {
  readonly constraint?: { readonly type: string; readonly start_date?: string };
  readonly prices: CataloguePrices;
};
type MatchLogic = Readonly<Record<string, unknown>>;

export type ConvertedProvider = {
  readonly models: Record<string, PriceModel>;
  /** Known names whose price is not published in a form that can be billed by. */
  readonly withoutPrice: string[];
  readonly refused: string[];
};

const UNIT_OF_KEY: Readonly<Record<string, Unit>> = {
  input_mtok: "input_uncached",
  cache_read_mtok: "cache_read",
  cache_write_mtok: "cache_write_5m",
  cache_write_1h_mtok: "cache_write_1h",
  output_mtok: "output",
  output_reasoning_mtok: "reasoning",
  output_citation_mtok: "output_citation",
  input_audio_mtok: "input_audio",
  input_image_mtok: "input_image",
  input_video_mtok: "input_video",
  cache_audio_read_mtok: "cache_read_audio",
  cache_image_read_mtok: "cache_read_image",
  output_audio_mtok: "output_audio",
  output_image_mtok: "output_image",
  output_video_mtok: "output_video",
  web_searches_kcount: "web_search",
  storage_searches_kcount: "file_search",
  input_text_messages_kcount: "input_text_message",
  input_document_kpages: "document_page",
  input_annotated_document_kpages: "annotated_document_page",
  input_audio_hours: "input_audio_hours",
};
/** `audio_hours` repeats `input_audio_hours`. */
const IGNORED_KEYS = new Set(["audio_hours"]);

export function convertProvider(name: string, provider: CatalogueProvider): ConvertedProvider {
  const result: ConvertedProvider = { models: {}, withoutPrice: [], refused: [] };
  const taken = takenNames(provider.models);
  for (const model of provider.models) {
    const place = name === "aws.bedrock" ? bedrockPlace(model.id) : { id: undated(model, taken) };
    const { cards, refused } = convertPrices(model);
    result.refused.push(...refused.map((reason) => `${name} ${model.id}: ${reason}`));
    if (cards.length === 0) {
      result.withoutPrice.push(model.id);
      continue;
    }
    const placed = place.region === undefined ? cards : cards.map((c) => inRegion(c, place.region));
    const names = otherNames(model, place.id, taken, name);
    const known = result.models[place.id];
    result.models[place.id] = {
      ...merged("names", known?.names, names.same),
      ...merged("also", known?.also, names.others),
      cards: [...(known?.cards ?? []), ...placed],
    };
  }
  return result;
}

function merged(key: "names" | "also", a: readonly string[] = [], b: readonly string[] = []) {
  const all = [...new Set([...a, ...b])].sort();
  return all.length === 0 ? {} : { [key]: all };
}

function inRegion(card: PriceCard, region: string | undefined): PriceCard {
  return region === undefined ? card : { ...card, region };
}

/** A model named after its only snapshot goes by the name without the date, if that is its own. */
function undated({ id }: CatalogueModel, taken: ReadonlyMap<string, string>): string {
  const name = id.replace(DATED, "").replace(/-latest$/, "");
  return taken.get(name) === id ? name : id;
}

/** Bedrock rows come as `global.X` and `regional.X`: one model at two prices. */
function bedrockPlace(id: string): { id: string; region?: string } {
  const [, region, rest] = /^(global|regional)\.(.+)$/.exec(id) ?? [];
  return region === undefined || rest === undefined ? { id } : { id: rest, region };
}

function convertPrices(model: CatalogueModel): { cards: PriceCard[]; refused: string[] } {
  const periods = Array.isArray(model.prices)
    ? (model.prices as readonly ConditionalPrices[])
    : [{ prices: model.prices as CataloguePrices }];
  if (periods.some(({ constraint }) => constraint?.type === "time_of_date")) {
    return { cards: [], refused: ["a time of day without a first day would leak into the past"] };
  }
  if (periods.some(({ prices }) => prices.requests_kcount !== undefined)) {
    return { cards: [], refused: ["the price of a request depends on how it is made"] };
  }
  const refused: string[] = [];
  const cards = periods.flatMap(({ constraint, prices }, index) => {
    const next = periods[index + 1]?.constraint?.start_date;
    return splitByContext(prices, refused).map((card) => ({
      ...(constraint?.start_date === undefined ? {} : { from: constraint.start_date }),
      ...(next === undefined ? {} : { to: next }),
      ...card,
    }));
  });
  const sound = cards.filter((card) => checkCard(card, refused));
  return { cards: sound, refused };
}

/** One card for each band of the prompt's size; fees are in a card of their own. */
function splitByContext(prices: CataloguePrices, refused: string[]): PriceCard[] {
  const starts = new Set<number>();
  for (const value of Object.values(prices)) {
    if (typeof value === "object") for (const { start } of value.tiers) starts.add(start);
  }
  const bounds = [null, ...[...starts].sort((a, b) => a - b)];
  return bounds.flatMap((start, index) => {
    const next = bounds[index + 1] ?? null;
    const tokens = usdAt(prices, start, true, refused);
    const fees = start === null ? usdAt(prices, null, false, refused) : {};
    return [
      ...(isEmpty(tokens) ? [] : [{ ...contextOf(start, next), usd: tokens }]),
      ...(isEmpty(fees) ? [] : [{ usd: fees }]),
    ];
  });
}

function isEmpty(object: object): boolean {
  return Object.keys(object).length === 0;
}

/**
 * The package selects a tier when the prompt is larger than its start. It
 * encodes one rule of OpenAI's both as 271,999 and 272,000; the page's words
 * are "short context: up to 272K input tokens, long context: >272K".
 */
function contextOf(start: number | null, next: number | null): Pick<PriceCard, "context"> {
  if (start === null && next === null) return {};
  const lower = start === null ? {} : bound(start, "over", "from");
  const upper = next === null ? {} : bound(next, "upTo", "below");
  return { context: { ...lower, ...upper } };
}

function bound(start: number, exclusive: "over" | "upTo", inclusive: "from" | "below") {
  if (start === 271_999) return { [exclusive]: 272_000 };
  return start % 10 === 9 ? { [inclusive]: start + 1 } : { [exclusive]: start };
}

function usdAt(
  prices: CataloguePrices,
  start: number | null,
  tokens: boolean,
  refused: string[],
): PriceCard["usd"] {
  const usd: PriceCard["usd"] = {};
  for (const [key, value] of Object.entries(prices)) {
    if (value === undefined || IGNORED_KEYS.has(key)) continue;
    const unit = UNIT_OF_KEY[key];
    if (unit === undefined) throw new Error(`the catalogue has a new unit: ${key}`);
    if (isTokenUnit(unit) !== tokens) continue;
    const amount = amountOf(priceAt(value, start), `${key}`, refused);
    if (amount !== null) usd[unit] = amount;
  }
  return usd;
}

function priceAt(value: number | TieredPrices, start: number | null): number {
  if (typeof value === "number") return value;
  if (start === null) return value.base;
  return value.tiers.findLast((tier) => tier.start <= start)?.price ?? value.base;
}

const DATED = /(-\d{8}|-\d{4}-\d{2}-\d{2}|@\d{8})$/;

/** Names that a match states in full. A prefix is taken as a name, never as a prefix. */
function statedNames(match: MatchLogic): string[] {
  return Object.entries(match).flatMap(([kind, value]) => {
    if (kind === "or") return (value as MatchLogic[]).flatMap(statedNames);
    if (kind === "and") return (value as MatchLogic[]).flatMap(statedNames);
    if (kind === "regex") return [];
    return [String(value).replace(/[-@]+$/, "")];
  });
}

function equalNames(match: MatchLogic): string[] {
  return Object.entries(match).flatMap(([kind, value]) => {
    if (kind === "or") return (value as MatchLogic[]).flatMap(equalNames);
    return kind === "equals" ? [String(value)] : [];
  });
}

/** Who owns a name: the model of that id, else the first that equals it, else the first that starts so. */
function takenNames(models: readonly CatalogueModel[]): ReadonlyMap<string, string> {
  const taken = new Map<string, string>();
  const claim = (name: string, id: string) => {
    if (!taken.has(name)) taken.set(name, id);
  };
  for (const { id } of models) claim(id, id);
  for (const { id, match } of models) for (const name of equalNames(match)) claim(name, id);
  for (const { id, match } of models) for (const name of statedNames(match)) claim(name, id);
  return taken;
}

/** Splits a model's names into spellings of it and other models at the same price. */
function otherNames(
  model: CatalogueModel,
  canonical: string,
  taken: ReadonlyMap<string, string>,
  provider: string,
): { same: string[]; others: string[] } {
  const names = [model.id, ...statedNames(model.match)]
    .filter((name) => taken.get(name) === model.id)
    .map((name) => (provider === "aws.bedrock" ? withoutGeography(name) : name));
  const distinct = [...new Set(names)].filter((name) => name !== canonical);
  const isSame = (name: string) => provider === "aws.bedrock" || plain(name) === plain(canonical);
  return {
    same: distinct.filter(isSame),
    others: distinct.filter((name) => !isSame(name)),
  };
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(DATED, "")
    .replace(/-latest$/, "")
    .replaceAll(".", "-");
}

function withoutGeography(name: string): string {
  return name.replace(/^(us-gov|us|eu|apac|jp|au|in|global|regional)\./, "");
}

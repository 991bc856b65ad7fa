import type {
  ContextBand,
  ModelScope,
  PriceBook,
  PricedModel,
  PricedProvider,
  PriceSource,
  Rate,
  TimeWindow,
} from "./price-book.ts";
import type { PriceCard, PriceFile, PriceModel } from "./price-file.ts";
import { isTokenUnit, UNITS, type Unit } from "./units.ts";

type Draft = {
  models: Map<string, Map<Unit, Rate[]>>;
  names: Map<string, string>;
  fees: Map<Unit, Rate[]>;
};
type Sources = ReadonlyMap<string, PriceSource>;

/**
 * Joins price files into one book. Overlays come after the catalogue: they add
 * rows, or take the place of a model's rows where they say so.
 *
 * @param files The catalogue first.
 * @throws {Error} when a file names a source it does not define.
 */
export function buildPriceBook(
  files: readonly PriceFile[],
  hash: (content: string) => string,
): PriceBook {
  const drafts = new Map<string, Draft>();
  for (const file of files) addFile(drafts, file);
  const inherits = new Map(
    files.flatMap((file) =>
      Object.entries(file.providers).flatMap(([name, { inherits: from }]) =>
        from === undefined
          ? []
          : [
              [
                name,
                from.map(({ provider, tiers }) => ({ provider, tiers: tiers === true })),
              ] as const,
            ],
      ),
    ),
  );
  for (const name of inherits.keys()) draftOf(drafts, name);
  const providers = new Map<string, PricedProvider>(
    [...drafts].map(([name, draft]) => [
      name,
      { ...draft, models: freeze(draft.models), inherits: inherits.get(name) ?? [] },
    ]),
  );
  return {
    providers,
    modifiers: files.flatMap((file) => (file.modifiers ?? []).map((m) => modifier(file, m))),
    derived: files.flatMap((file) => (file.derived ?? []).map((d) => derivedUnit(file, d))),
    hash,
  };
}

function addFile(drafts: Map<string, Draft>, file: PriceFile): void {
  const sources = sourcesOf(file);
  for (const [providerName, provider] of Object.entries(file.providers)) {
    const draft = draftOf(drafts, providerName);
    for (const [id, model] of Object.entries(provider.models)) {
      addModel(draft, id, model, file.rank, sources);
    }
    for (const card of provider.fees ?? []) addCard(draft.fees, card, file.rank, sources);
  }
}

function draftOf(drafts: Map<string, Draft>, name: string): Draft {
  const draft = drafts.get(name) ?? { models: new Map(), names: new Map(), fees: new Map() };
  drafts.set(name, draft);
  return draft;
}

function addModel(
  draft: Draft,
  id: string,
  model: PriceModel,
  rank: Rate["rank"],
  sources: Sources,
): void {
  const known = model.replaces === true ? undefined : draft.models.get(id);
  const rates = known ?? new Map<Unit, Rate[]>();
  for (const card of model.cards) addCard(rates, card, rank, sources);
  draft.models.set(id, rates);
  for (const name of [id, ...(model.names ?? [])]) draft.names.set(name.toLowerCase(), id);
  for (const name of model.also ?? []) {
    draft.models.set(name, new Map([...rates].map(([unit, list]) => [unit, [...list]])));
    draft.names.set(name.toLowerCase(), name);
  }
}

function addCard(
  rates: Map<Unit, Rate[]>,
  card: PriceCard,
  rank: Rate["rank"],
  sources: Sources,
): void {
  const source = sourceOf(sources, card.source ?? "default");
  for (const [name, amount] of Object.entries(card.usd)) {
    const unit = name as Unit;
    const list = rates.get(unit) ?? [];
    list.push({ ...conditions(card, unit), unit, amount, per: UNITS[unit].per, rank, source });
    rates.set(unit, list);
  }
}

/** Fees hold for every tier, speed, region and prompt size. */
function conditions(card: PriceCard, unit: Unit) {
  const tokens = isTokenUnit(unit);
  return {
    tier: tokens ? (card.tier ?? "standard") : (card.tier ?? null),
    speed: card.speed ?? null,
    region: card.region ?? null,
    context: card.context === undefined ? null : contextBand(card.context),
    window: card.window === undefined ? null : timeWindow(card.window),
    effectiveFromMs: instant(card.from),
    effectiveToMs: instant(card.to),
    kind: card.kind ?? "list",
  } as const;
}

export function contextBand(context: NonNullable<PriceCard["context"]>): ContextBand {
  return {
    min: context.from ?? context.over ?? 0,
    minInclusive: context.over === undefined,
    max: context.upTo ?? context.below ?? null,
    maxInclusive: context.upTo !== undefined,
  };
}

export function timeWindow(window: NonNullable<PriceCard["window"]>): TimeWindow {
  return {
    tz: window.tz,
    weekdays: window.weekdays ?? null,
    fromMinute: minuteOfDay(window.from),
    toMinute: minuteOfDay(window.to),
    exceptDates: window.exceptDates ?? [],
  };
}

function minuteOfDay(clock: string): number {
  const [hours = "0", minutes = "0"] = clock.split(":");
  return Number(hours) * 60 + Number(minutes);
}

function instant(text: string | undefined): number | null {
  return text === undefined ? null : Date.parse(text);
}

type FileModifier = NonNullable<PriceFile["modifiers"]>[number];
type FileDerived = NonNullable<PriceFile["derived"]>[number];

function modifier(file: PriceFile, rule: FileModifier) {
  return {
    ...ruleOf(file, rule),
    dimension: rule.dimension,
    values: new Set(rule.values),
    becomes: rule.becomes,
    units: rule.units === undefined ? null : new Set<Unit>(rule.units),
    exceptSpeeds: new Set(rule.exceptSpeeds ?? []),
    effectiveFromMs: instant(rule.from),
    effectiveToMs: instant(rule.to),
  };
}

function derivedUnit(file: PriceFile, rule: FileDerived) {
  return { ...ruleOf(file, rule), unit: rule.unit, from: rule.fromUnit };
}

function ruleOf(file: PriceFile, rule: FileModifier | FileDerived) {
  const scope: ModelScope = {
    models: rule.models === undefined ? null : new Set(rule.models),
    exceptModels: new Set(rule.exceptModels ?? []),
    families: rule.families ?? null,
  };
  const [num, den] = rule.multiply;
  const source = sourceOf(sourcesOf(file), rule.source);
  return { providers: new Set(rule.providers), scope, num, den, source };
}

function sourcesOf(file: PriceFile): Sources {
  return new Map(
    Object.entries(file.sources).map(([key, source]) => [
      key,
      {
        name: source.name,
        url: source.url,
        checkedAt: source.checkedAt,
        quote: source.quote ?? null,
      },
    ]),
  );
}

function sourceOf(sources: Sources, key: string): PriceSource {
  const source = sources.get(key);
  if (source === undefined) throw new Error(`the price file does not define its source "${key}"`);
  return source;
}

function freeze(models: Map<string, Map<Unit, Rate[]>>): Map<string, PricedModel> {
  return new Map([...models].map(([model, rates]) => [model, { model, rates }]));
}

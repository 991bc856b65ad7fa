import type { PriceBook } from "#lib/pricing/price-book.ts";
import { canonicalProvider } from "#lib/pricing/providers.ts";

/** A model with a price. */
export type KnownModel = { readonly provider: string; readonly model: string };

/** A name with what it is compared by. */
type Spelling = {
  readonly words: string;
  readonly pairs: ReadonlySet<string>;
  readonly sequence: ReadonlySet<string>;
};
type Known = KnownModel & { readonly spelling: Spelling };

const OTHER_SELLER = 0.7;
/** A name whose nearest is less like it than this is like none. */
const LEAST_LIKENESS = 0.3;

/**
 * The known models whose names are most like a name without a price: a
 * suggestion for a person, never a price. Those of the same seller come before
 * equally alike ones of others. None where no name is like it.
 */
export function nearestModels(
  book: PriceBook,
  { provider, model }: { readonly provider: string; readonly model: string },
  most = 3,
): KnownModel[] {
  const seller = canonicalProvider(provider);
  const wanted = spellingOf(model);
  const itself = keyOf(seller, model);
  const resold = new Set(book.providers.get(seller)?.inherits.map((from) => from.provider));
  const best = new Map<string, KnownModel & { readonly likeness: number }>();
  for (const known of knownModels(book)) {
    const soldBy = resold.has(known.provider) ? seller : known.provider;
    const likeness = likenessOf(wanted, known.spelling) * (soldBy === seller ? 1 : OTHER_SELLER);
    const key = keyOf(soldBy, known.model);
    if (key === itself || likeness <= (best.get(key)?.likeness ?? 0)) continue;
    best.set(key, { provider: soldBy, model: known.model, likeness });
  }
  const nearest = [...best.values()]
    .sort((a, b) => b.likeness - a.likeness || (a.model < b.model ? -1 : 1))
    .slice(0, most);
  if ((nearest[0]?.likeness ?? 0) <= LEAST_LIKENESS) return [];
  return nearest.map(({ provider: by, model: id }) => ({ provider: by, model: id }));
}

function keyOf(provider: string, model: string): string {
  return `${provider}\n${model.toLowerCase()}`;
}

const KNOWN = new WeakMap<PriceBook, readonly Known[]>();

function knownModels(book: PriceBook): readonly Known[] {
  const found =
    KNOWN.get(book) ??
    [...book.providers].flatMap(([name, { models, names }]) =>
      [...names].flatMap(([spelling, model]) =>
        (models.get(model)?.rates.size ?? 0) === 0
          ? []
          : [{ provider: name, model, spelling: spellingOf(spelling) }],
      ),
    );
  KNOWN.set(book, found);
  return found;
}

/** Compares the parts of a name behind its last slash: `gpt`, `5`, `5`. */
function spellingOf(name: string): Spelling {
  const last = name.toLowerCase().split("/").at(-1) ?? "";
  const words = last.split(/[^a-z0-9]+/).filter((word) => word !== "");
  const padded = ` ${words.join(" ")} `;
  return {
    words: padded,
    pairs: pairsOf([...padded]),
    sequence: pairsOf(["", ...words, ""]),
  };
}

/** 1 for the same name. A deployment's name often holds the model's name whole: the longer, the likelier. */
function likenessOf(a: Spelling, b: Spelling): number {
  const alike = (dice(a.pairs, b.pairs) + dice(a.sequence, b.sequence)) / 2;
  const isWithin = b.sequence.size > 2 && a.words.includes(b.words);
  return isWithin ? Math.max(alike, 0.8 + 0.2 * (b.words.length / a.words.length)) : alike;
}

function pairsOf(items: readonly string[]): ReadonlySet<string> {
  return new Set(items.slice(1).map((item, i) => `${items[i]}\u0000${item}`));
}

/** Dice's coefficient: 1 for equal sets, 0 for none in common. */
function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0;
  for (const pair of a) if (b.has(pair)) common++;
  return (2 * common) / Math.max(1, a.size + b.size);
}

import type { PriceCard, PriceFile } from "./price-file.ts";

const MAX_DIGITS = 15;
const DAY_MS = 86_400_000;

/**
 * The amount as the source literal wrote it, or null with a reason. `String`
 * gives the literal back for up to 15 significant digits; more are float noise.
 */
export function amountOf(price: number, label: string, refused: string[]): string | null {
  const text = String(price);
  const digits = text.replace(/^0\.0*/, "").replace(".", "");
  if (!/^\d+(\.\d{1,12})?$/.test(text) || digits.length > MAX_DIGITS) {
    refused.push(`${label} ${text} is not a plain decimal of at most ${MAX_DIGITS} digits`);
    return null;
  }
  if (price === 0) {
    refused.push(`${label} is 0, and free needs a source that says so`);
    return null;
  }
  return text;
}

/** Refuses what no provider charges, because it is nearly always a unit error. */
export function checkCard(card: PriceCard, refused: string[]): boolean {
  const { input_uncached: input, output, cache_read: read } = card.usd;
  if (input !== undefined && output !== undefined && Number(output) * 10 < Number(input)) {
    refused.push(`output ${output} is below a tenth of input ${input}`);
    return false;
  }
  if (input !== undefined && read !== undefined && Number(read) > Number(input)) {
    refused.push(`cache read ${read} is above input ${input}`);
    delete card.usd.cache_read;
  }
  return Object.keys(card.usd).length > 0;
}

/**
 * Changes against the file in the repository that a person should see before
 * they price anything: jumps of more than ten times, and prices dated far back.
 */
export function suspiciousChanges(
  before: PriceFile | null,
  after: PriceFile,
  today: string,
): string[] {
  if (before === null) return [];
  const earliest = new Date(Date.parse(today) - 90 * DAY_MS).toISOString().slice(0, 10);
  return Object.entries(after.providers).flatMap(([provider, { models }]) =>
    Object.entries(models).flatMap(([model, { cards }]) => {
      const old = before.providers[provider]?.models[model]?.cards;
      if (old === undefined) return [];
      return cards.flatMap((card) => {
        const same = old.find((other) => key(other) === key(card));
        const where = `${provider} ${model} ${key(card)}`;
        if (same !== undefined) return jumps(same, card, where);
        return card.from !== undefined && card.from < earliest
          ? [`${where}: new, but starts more than 90 days back`]
          : [];
      });
    }),
  );
}

function key({ tier, region, context, from }: PriceCard): string {
  return JSON.stringify([tier, region, context, from]);
}

function jumps(before: PriceCard, after: PriceCard, where: string): string[] {
  return Object.entries(after.usd).flatMap(([unit, amount]) => {
    const old = Object.entries(before.usd).find(([name]) => name === unit)?.[1];
    if (old === undefined) return [];
    const ratio = Number(amount) / Number(old);
    return ratio > 10 || ratio < 0.1 ? [`${where} ${unit}: ${old} became ${amount}`] : [];
  });
}

import { TOKEN_CLASSES, type TokenClass } from "#lib/usage/tokens.ts";

/** In the words of invoices; the first that matches. */
const CLASSES: readonly (readonly [RegExp, TokenClass])[] = [
  [/\b(uncached|not cached|non cached)\b/, "input_uncached"],
  [/cach.*(writ|creat).*\b(1h|1 hour)|cach.*\b(1h|1 hour)\b.*(writ|creat)/, "cache_write_1h"],
  [/cach.*(writ|creat)/, "cache_write_5m"],
  // Azure's meters say "cchd Inp", "cd Inp", "Outp" and "opt".
  [/cach|\bcchd?\b|\bcd inp\b/, "cache_read"],
  [/output|response|completion|thinking|\b(outp|otpt|opt)\b/, "output"],
  [/input|prompt|embedding|\binpt?\b/, "input_uncached"],
];

/** The class of tokens that an item is about; null where it names none. */
export function tokenClassOf(words: string | null): TokenClass | null {
  if (words === null) return null;
  const exact = TOKEN_CLASSES.find((name) => name === words);
  if (exact !== undefined) return exact;
  const plain = words.toLowerCase().replace(/[^a-z0-9]+/g, " ");
  return CLASSES.find(([pattern]) => pattern.test(plain))?.[1] ?? null;
}

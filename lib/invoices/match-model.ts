/** Words that make another model of one: with one of them more, it is not the same. */
const VARIANTS = /^(mini|nano|lite|pro|turbo|codex|ultra|audio|realtime|image|embedding|flash)$/;

/**
 * The model that an invoice's words mean, of those that the ledger has:
 * "Claude4.5Sonnet-input-tokens" is `claude-sonnet-4-5`, "gpt-5.5-2026-04-23,
 * output" is `gpt-5.5` and no `gpt-5`. Null where none is meant.
 */
export function matchModel(words: string, models: readonly string[]): string | null {
  if (models.includes(words)) return words;
  const said = new Set(partsOf(words));
  const found = models
    .map((model) => ({ model, parts: partsOf(model) }))
    .filter(({ parts }) => parts.length > 0 && parts.every((part) => said.has(part)))
    .toSorted((a, b) => b.parts.length - a.parts.length);
  const best = found.find(({ parts }) =>
    [...said].every((part) => !VARIANTS.test(part) || parts.includes(part)),
  );
  return best?.model ?? null;
}

/** Words and version numbers: "claude", "sonnet", "4.5". A version's hyphen is a dot, and a word that ends in one is two. */
function partsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replace(/(\d)-(?=\d{1,2}(?!\d))/g, "$1.")
      .replace(/([a-z]{3,})(?=\d)/g, "$1 ")
      .replace(/(\d)(?=[a-z]{3,})/g, "$1 ")
      .match(/[a-z0-9]+(?:\.\d+)*/g) ?? []
  );
}

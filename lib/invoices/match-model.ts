/** Words that make another model of one: with one of them more, it is not the same. */
const VARIANTS = /^(mini|nano|lite|pro|turbo|codex|ultra|audio|realtime|image|embedding|flash)$/;

/**
 * The model that an invoice's words mean, of those that the ledger has:
 * "Claude4.5Sonnet-input-tokens" is `claude-sonnet-4-5`, "gpt-5.5-2026-04-23,
 * output" is `gpt-5.5` and no `gpt-5`. Null where none is meant.
 */
export function matchModel(words: string, models: readonly string[]): string | null {
  if (models.includes(words)) return words;
  // AWS glues words together: "NovaLite". DeepSeek writes itself so.
  const said = new Set([...partsOf(words), ...partsOf(words.replace(/([a-z])([A-Z])/g, "$1 $2"))]);
  const found = models
    .map((model) => ({ model, parts: partsOf(bareName(model)) }))
    .filter(({ parts }) => parts.length > 0 && parts.every((part) => said.has(part)))
    .toSorted((a, b) => b.parts.length - a.parts.length);
  const best = found.find(({ parts }) =>
    [...said].every((part) => !VARIANTS.test(part) || parts.includes(part)),
  );
  return best?.model ?? null;
}

/** Without what invoices leave out of Bedrock's ids: where it runs, whose it is, its date and its version. */
function bareName(model: string): string {
  return model
    .replace(/^(?:[a-z]{2,6}\.)?[a-z]+\.(?=[a-z])/, "")
    .replace(/-v\d+(?::\d+)?$/, "")
    .replace(/[-@]20\d{6}$/, "");
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

import { createHash } from "node:crypto";
import { UNSAID } from "#lib/usage/unsaid.ts";
import type { UsageEvent } from "#lib/usage/usage-event.ts";

/** What an importer knows of one row; all else takes the neutral value of an import. */
export type ImportedUsage = {
  /** The ledger's name of the export, for example "openai-usage": half of the identity. */
  readonly source: string;
  /** What names the row in its source and stays the same when the export is made again. */
  readonly key: readonly (string | number | null)[];
  readonly startedAtMs: number;
  readonly calls: number;
  readonly tokens: UsageEvent["tokens"];
} & Partial<Omit<UsageEvent, "identity" | "signal" | "dialect" | "family" | "series">>;

/** The usage event of one imported row. Its identity depends on nothing but source and key. */
export function importEvent(usage: ImportedUsage): UsageEvent {
  const { source, key, ...given } = usage;
  const hash = createHash("sha256").update(JSON.stringify(key)).digest("hex").slice(0, 32);
  return {
    ...UNSAID,
    kind: "model_call",
    operation: "chat",
    service: source,
    identityOf: {},
    attributes: {},
    ...given,
    identity: `import:${source}:${hash}`,
    signal: "import",
    dialect: "import",
    family: `import:${source}`,
    series: null,
  };
}

/** The entries that say something, as attributes. */
export function attributesOf(
  entries: Readonly<Record<string, string | number | null>>,
): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [key, value] of Object.entries(entries)) {
    if (value !== null) attributes[key] = String(value);
  }
  return attributes;
}

/** The entries that are not null: what `exactOptionalPropertyTypes` wants of an identity. */
export function present<Key extends string>(
  entries: Readonly<Record<Key, string | null>>,
): { [K in Key]?: string } {
  const known: { [K in Key]?: string } = {};
  for (const key of Object.keys(entries) as Key[]) {
    const value = entries[key];
    if (value !== null) known[key] = value;
  }
  return known;
}

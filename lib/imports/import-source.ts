import type { UsageEvent } from "#lib/usage/usage-event.ts";

export const IMPORT_SOURCES = [
  "openai",
  "anthropic",
  "cursor",
  "google-billing",
  "litellm",
  "csv",
] as const;

/** Whose export a file is; docs/imports.md says how to get each. */
export type ImportSource = (typeof IMPORT_SOURCES)[number];

/** Other names by which people call a source on the command line. */
const ALIASES: ReadonlyMap<string, ImportSource> = new Map([
  ["openai-usage", "openai"],
  ["openai-costs", "openai"],
  ["openai-usage-api", "openai"],
  ["openai-usage-completions", "openai"],
  ["anthropic-usage", "anthropic"],
  ["anthropic-costs", "anthropic"],
  ["anthropic-usage-report", "anthropic"],
  ["anthropic-cost-report", "anthropic"],
  ["cursor-csv", "cursor"],
  ["cursor-admin-api", "cursor"],
  ["cursor-usage-events", "cursor"],
  ["google", "google-billing"],
  ["gemini", "google-billing"],
  ["vertex", "google-billing"],
  ["gcp-billing", "google-billing"],
  ["litellm-spend-logs", "litellm"],
  ["generic", "csv"],
]);

/** The source of that name or alias, whatever its case; null when there is none. */
export function findImportSource(name: string): ImportSource | null {
  const lower = name.trim().toLowerCase().replaceAll("_", "-");
  return IMPORT_SOURCES.find((source) => source === lower) ?? ALIASES.get(lower) ?? null;
}

/** What is wrong with one row: its line in a CSV or NDJSON file, in one JSON document its number (from 1). */
export type ImportError = { readonly line: number; readonly message: string };

/**
 * All that a file says. With any error the file is not to be imported at all:
 * half a file would look like a whole one.
 */
export type ImportResult = {
  readonly events: readonly UsageEvent[];
  readonly errors: readonly ImportError[];
};

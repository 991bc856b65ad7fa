import type { ImportError } from "#lib/imports/import-source.ts";
import type { ImportSummary } from "#lib/ingest/store-import.ts";

/** What the page is told of a file: its bad rows, or what it brings. */
export type ImportAnswer =
  | {
      readonly kind: "refused";
      readonly errorCount: number;
      /** The first of them. */
      readonly errors: readonly ImportError[];
    }
  | ImportBrings;

export type ImportBrings = ImportSummary & {
  /** "checked": nothing was stored. */
  readonly kind: "checked" | "imported";
  /** ISO 8601 starts of the first and the last row; null for an empty file. */
  readonly firstAt: string | null;
  readonly lastAt: string | null;
};

import { problemWords } from "#app/_query/problem-words.ts";
import type { Reason } from "#lib/refusals/reason.ts";

/** What the API says of a price file; see app/api/v1/_lib/price-import.ts. */
export type PriceImportAnswer = {
  readonly format: string;
  readonly applied: boolean;
  readonly counts: {
    readonly added: number;
    readonly unchanged: number;
    readonly differing: number;
    readonly refused: number;
    readonly suspicious: number;
  };
  readonly added: readonly PriceDifference[];
  readonly differing: readonly PriceDifference[];
  readonly refused: readonly Refusal[];
  readonly suspicious: readonly Refusal[];
};
export type PriceDifference = {
  readonly provider: string | null;
  readonly model: string | null;
  readonly unit: string | null;
  readonly tier: string | null;
  readonly before: string | null;
  readonly after: string;
};
export type Refusal = {
  readonly where: string;
  readonly at: Reason | null;
  readonly why: readonly Reason[];
};

export type PriceFileChoices = {
  readonly mode: string;
  readonly dryRun: boolean;
  readonly acceptChanges: boolean;
};

/** Sends a price file to the API. @throws {Error} with words for the reader, where the API has a code for them. */
export async function sendPriceFile(
  file: File,
  { mode, dryRun, acceptChanges }: PriceFileChoices,
  locale: string,
): Promise<PriceImportAnswer> {
  const query = new URLSearchParams({
    ...(mode === "" ? {} : { mode }),
    dry_run: String(dryRun),
    accept_changes: String(acceptChanges),
  });
  const response = await fetch(`/api/v1/prices/import?${query}`, { method: "POST", body: file });
  const body = await response.json();
  if (!response.ok) throw new Error(problemWords(body, response.statusText, locale));
  return body;
}

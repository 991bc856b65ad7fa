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
export type Refusal = { readonly where: string; readonly reason: string };

export type PriceFileChoices = {
  readonly mode: string;
  readonly dryRun: boolean;
  readonly acceptChanges: boolean;
};

/** Sends a price file to the API. @throws {Error} with the API's own words. */
export async function sendPriceFile(
  file: File,
  { mode, dryRun, acceptChanges }: PriceFileChoices,
): Promise<PriceImportAnswer> {
  const query = new URLSearchParams({
    ...(mode === "" ? {} : { mode }),
    dry_run: String(dryRun),
    accept_changes: String(acceptChanges),
  });
  const response = await fetch(`/api/v1/prices/import?${query}`, { method: "POST", body: file });
  const body = await response.json();
  if (!response.ok) throw new Error(String(body.detail ?? response.statusText));
  return body;
}

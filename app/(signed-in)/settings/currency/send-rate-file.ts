/** What the API says of a rate file; see app/api/v1/_lib/currency.ts. */
export type RateImportAnswer = {
  readonly applied: boolean;
  readonly added: number;
  readonly corrected: number;
  readonly unchanged: number;
  readonly first_date: string | null;
  readonly last_date: string | null;
  readonly mistakes: readonly { readonly line: number | null; readonly reason: string }[];
};

/** Sends a rate file to the API. @throws {Error} with the API's own words. */
export async function sendRateFile(file: File, isRehearsal: boolean): Promise<RateImportAnswer> {
  const address = `/api/v1/currency/rates?dry_run=${isRehearsal}`;
  const response = await fetch(address, { method: "POST", body: file });
  const body = await response.json();
  if (!response.ok) throw new Error(String(body.detail ?? response.statusText));
  return body;
}

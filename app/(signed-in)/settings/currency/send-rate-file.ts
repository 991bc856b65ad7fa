import { problemWords } from "#app/_query/problem-words.ts";
import type { Reason } from "#lib/refusals/reason.ts";

/** What the API says of a rate file; see app/api/v1/_lib/currency.ts. */
export type RateImportAnswer = {
  readonly applied: boolean;
  readonly added: number;
  readonly corrected: number;
  readonly unchanged: number;
  readonly first_date: string | null;
  readonly last_date: string | null;
  readonly mistakes: readonly { readonly line: number | null; readonly why: Reason }[];
};

/** Sends a rate file to the API. @throws {Error} with words for the reader, where the API has a code for them. */
export async function sendRateFile(
  file: File,
  isRehearsal: boolean,
  locale: string,
): Promise<RateImportAnswer> {
  const address = `/api/v1/currency/rates?dry_run=${isRehearsal}`;
  const response = await fetch(address, { method: "POST", body: file });
  const body = await response.json();
  if (!response.ok) throw new Error(problemWords(body, response.statusText, locale));
  return body;
}

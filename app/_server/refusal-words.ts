import { getLocale } from "next-intl/server";
import type { AppError } from "#lib/errors.ts";
import type { Reason } from "#lib/refusals/reason.ts";
import { told } from "#lib/refusals/told.ts";

/** Why something was refused, in the language of the page. */
export async function refusalWords({ reason, message }: AppError): Promise<string> {
  return reason === undefined ? message : told(reason, await getLocale());
}

/** What is wrong with a form, each in the language of the page. */
export async function mistakeWords(reasons: readonly Reason[]): Promise<string[]> {
  const locale = await getLocale();
  return reasons.map((reason) => told(reason, locale));
}

import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { type CurrencyCode, LEDGER_CURRENCY } from "./exchange-rates.ts";
import { knownCurrencies } from "./rate-store.ts";

/** The currency that figures are shown in besides US dollars; USD until one is chosen. */
export async function readReportingCurrency(sql: SqlClient): Promise<CurrencyCode> {
  const [row] = await sql<{ currency: string }[]>`select currency from reporting_currency`;
  return row?.currency ?? LEDGER_CURRENCY;
}

/**
 * Chooses the reporting currency. The ledger stays in US dollars.
 *
 * @param by Who says so, for the history.
 * @throws {AppError} "invalid" when no rate of the currency is known.
 */
export async function chooseReportingCurrency(
  sql: SqlClient,
  currency: CurrencyCode,
  by: string,
): Promise<void> {
  const known = await knownCurrencies(sql);
  if (currency !== LEDGER_CURRENCY && !known.some((one) => one.currency === currency)) {
    throw new AppError(`there is no exchange rate of ${currency}; import one first`, {
      code: "invalid",
    });
  }
  await sql`
    insert into reporting_currency (currency, changed_by) values (${currency}, ${by})
        on conflict (id) do update
       set currency = excluded.currency, changed_by = excluded.changed_by, changed_at = now()`;
}

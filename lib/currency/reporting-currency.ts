import { type AuditActor, actorName } from "#lib/audit/actor.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { because } from "#lib/refusals/reason.ts";
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
 * @throws {AppError} "invalid" when no rate of the currency is known.
 */
export async function chooseReportingCurrency(
  sql: SqlClient,
  currency: CurrencyCode,
  by: AuditActor,
): Promise<void> {
  const known = await knownCurrencies(sql);
  if (currency !== LEDGER_CURRENCY && !known.some((one) => one.currency === currency)) {
    throw new AppError(because("no_rate_of", { currency }), {
      code: "invalid",
    });
  }
  await sql.begin(async (tx) => {
    await tx`lock table reporting_currency in share row exclusive mode`;
    const [before] = await tx<{ currency: string }[]>`select currency from reporting_currency`;
    await tx`
      insert into reporting_currency (currency, changed_by) values (${currency}, ${actorName(by)})
          on conflict (id) do update
         set currency = excluded.currency, changed_by = excluded.changed_by, changed_at = now()`;
    await recordAudit(tx, {
      actor: by,
      action: "reporting_currency.changed",
      target: { kind: "organization", id: "1" },
      before: { currency: before?.currency ?? LEDGER_CURRENCY },
      after: { currency },
    });
  });
}

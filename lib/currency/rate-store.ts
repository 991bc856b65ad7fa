import { type AuditActor, actorName } from "#lib/audit/actor.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { type CurrencyCode, type DatedRate, ExchangeRates } from "./exchange-rates.ts";
import type { RateFile, RateMistake } from "./rate-file.ts";

/**
 * The rates that conversions of these days into a currency need: those of the
 * period and the latest before it, also the dollar's against the euro.
 *
 * @param period Days, YYYY-MM-DD, both included.
 */
export async function readExchangeRates(
  sql: SqlClient,
  currency: CurrencyCode,
  period: { readonly from: string; readonly to: string },
): Promise<ExchangeRates> {
  const rows = await sql<DatedRate[]>`
    select base, currency, date::text as date, trim_scale(rate)::text as rate, source
      from currency_rate
     where superseded_at is null and currency in (${currency}, 'USD') and date <= ${period.to}
       and date >= ${await earliestNeeded(sql, currency, period.from)}`;
  return new ExchangeRates(rows);
}

/** The day of the oldest rate that may hold on the first day: of each series the latest before it. */
async function earliestNeeded(sql: SqlClient, currency: string, from: string): Promise<string> {
  const [row] = await sql<{ date: string | null }[]>`
    select min(date)::text as date from (
      select max(date) as date from currency_rate r
       where superseded_at is null and currency in (${currency}, 'USD') and date <= ${from}
         and (base = 'USD' or currency = ${currency} and ${currency} <> 'EUR' and exists (
               select from currency_rate usd
                where usd.superseded_at is null and usd.base = 'EUR' and usd.currency = 'USD'
                  and usd.date = r.date)
              or currency = 'USD' and ${currency} = 'EUR')
       group by base, currency) as latest`;
  return row?.date ?? from;
}

/** What is known of a currency. */
export type KnownCurrency = {
  readonly currency: CurrencyCode;
  readonly firstDate: string;
  readonly lastDate: string;
  readonly days: number;
};

/** The currencies that there are rates of, by code; the euro where the dollar has one in euros. */
export async function knownCurrencies(sql: SqlClient): Promise<KnownCurrency[]> {
  const rows = await sql<(Omit<KnownCurrency, "days"> & { days: bigint })[]>`
    select case when base = 'EUR' and currency = 'USD' then 'EUR' else currency end as currency,
           min(date)::text as "firstDate", max(date)::text as "lastDate",
           count(distinct date) as days
      from currency_rate where superseded_at is null
     group by 1 order by 1`;
  return rows.map((row) => ({ ...row, days: Number(row.days) }));
}

export type RateImport = {
  readonly format: RateFile["format"];
  readonly added: number;
  /** Rates of a day that had another one, which is no longer believed. */
  readonly corrected: number;
  readonly unchanged: number;
  readonly firstDate: string | null;
  readonly lastDate: string | null;
  readonly mistakes: readonly RateMistake[];
  readonly isApplied: boolean;
};

/**
 * Records the rates of a file, whole or not at all: with one mistake nothing is
 * recorded. The same file again changes nothing.
 */
export async function importRates(
  sql: SqlClient,
  file: RateFile,
  { by, isRehearsal }: { readonly by: AuditActor; readonly isRehearsal: boolean },
): Promise<RateImport> {
  const { format, rates, mistakes } = file;
  const dates = rates.map(({ date }) => date).sort();
  const found = { format, mistakes, firstDate: dates[0] ?? null, lastDate: dates.at(-1) ?? null };
  return sql.begin(async (tx) => {
    // One writer at a time: two files with rates of one day must see each other.
    if (!isRehearsal) await tx`lock table currency_rate in share row exclusive mode`;
    const { fresh, corrected } = await compare(tx, rates);
    const unchanged = rates.length - fresh.length;
    const counts = { added: fresh.length - corrected, corrected, unchanged };
    if (isRehearsal || mistakes.length > 0) return { ...found, ...counts, isApplied: false };
    await record(tx, fresh, actorName(by));
    if (fresh.length > 0) {
      const { firstDate, lastDate } = found;
      await recordAudit(tx, {
        actor: by,
        action: "exchange_rates.imported",
        target: { kind: "exchange_rates", id: format },
        after: { ...counts, first_date: firstDate, last_date: lastDate },
      });
    }
    return { ...found, ...counts, isApplied: true };
  });
}

async function compare(
  tx: Tx,
  rates: readonly DatedRate[],
): Promise<{ fresh: DatedRate[]; corrected: number }> {
  const [first] = rates;
  if (first === undefined) return { fresh: [], corrected: 0 };
  const rows = await tx<{ key: string; rate: string }[]>`
    select currency || ' ' || date as key, trim_scale(rate)::text as rate
      from currency_rate where superseded_at is null and base = ${first.base}`;
  const believed = new Map(rows.map(({ key, rate }) => [key, rate]));
  const keyOf = ({ currency, date }: DatedRate) => `${currency} ${date}`;
  const fresh = rates.filter((rate) => believed.get(keyOf(rate)) !== rate.rate);
  return { fresh, corrected: fresh.filter((rate) => believed.has(keyOf(rate))).length };
}

/** Parameters are arrays, so a quarter of a century of the ECB's rates is one statement. */
async function record(tx: Tx, rates: readonly DatedRate[], by: string): Promise<void> {
  if (rates.length === 0) return;
  const columns = [
    rates.map(({ base }) => base),
    rates.map(({ currency }) => currency),
    rates.map(({ date }) => date),
    rates.map(({ rate }) => rate),
    rates.map(({ source }) => source),
  ] as const;
  const [bases, currencies, days, amounts, sources] = columns;
  await tx`
    update currency_rate r set superseded_at = now(), superseded_by = ${by}
      from unnest(${bases}::text[], ${currencies}::text[], ${days}::text[]::date[])
           as n (base, currency, date)
     where r.superseded_at is null
       and r.base = n.base and r.currency = n.currency and r.date = n.date`;
  await tx`
    insert into currency_rate (base, currency, date, rate, source, recorded_by)
    select base, currency, date, rate, source, ${by}
      from unnest(${bases}::text[], ${currencies}::text[], ${days}::text[]::date[],
                  ${amounts}::text[]::numeric[], ${sources}::text[])
           as n (base, currency, date, rate, source)`;
}

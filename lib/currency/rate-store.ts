import { type AuditActor, actorName } from "#lib/audit/actor.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { type CurrencyCode, type DatedRate, ExchangeRates } from "./exchange-rates.ts";
import type { RateFile, RateMistake } from "./rate-file.ts";

/**
 * The rates that conversions of these days into a currency need: those of the
 * period and the latest before it, also the dollar's against the euro. Of each
 * closed month also those that were known when it was closed.
 *
 * @param period Days, YYYY-MM-DD, both included.
 */
export async function readExchangeRates(
  sql: SqlClient,
  currency: CurrencyCode,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<ExchangeRates> {
  const isNeeded = sql`r.currency in (${currency}, 'USD')
    and r.recorded_at <= b.at and (r.superseded_at is null or r.superseded_at > b.at)`;
  const rows = await sql<(DatedRate & { closed: string | null })[]>`
    with belief as (
      select null as closed, 'infinity'::timestamptz as at, ${from}::date as first, ${to}::date as last
       union all
      select to_char(month, 'YYYY-MM'), closed_at, month,
             (month + interval '1 month' - interval '1 day')::date
        from closed_month
       where reopened_at is null and month <= ${to}::date and month > ${from}::date - interval '1 month'
    )
    select b.closed, r.base, r.currency, r.date::text as date, trim_scale(r.rate)::text as rate, r.source
      from belief b
     cross join lateral (
        -- The oldest that may hold on the first day: of each series the latest before it.
        select coalesce(min(date), b.first) as first from (
          select max(r.date) as date from currency_rate r
           where ${isNeeded} and r.date <= b.first
             and (r.base = 'USD' or r.currency = ${currency} and ${currency} <> 'EUR' and exists (
                   select from currency_rate usd
                    where usd.base = 'EUR' and usd.currency = 'USD' and usd.date = r.date
                      and usd.recorded_at <= b.at
                      and (usd.superseded_at is null or usd.superseded_at > b.at))
                  or r.currency = 'USD' and ${currency} = 'EUR')
           group by r.base, r.currency) as latest
      ) as needed
      join currency_rate r on ${isNeeded} and r.date between needed.first and b.last`;
  const known = Map.groupBy(rows, ({ closed }) => closed);
  const now = known.get(null) ?? [];
  known.delete(null);
  return new ExchangeRates(now, known as Map<string, DatedRate[]>);
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

/** A rate as it is kept. */
export type RecordedDatedRate = DatedRate & {
  readonly recordedAt: Date;
  readonly recordedBy: string;
  readonly supersededAt: Date | null;
  readonly supersededBy: string | null;
};

/** The rates believed now, or all that ever were, by currency and day. */
export async function listRates(
  sql: SqlClient,
  { currency, isWhole }: { readonly currency: string | null; readonly isWhole: boolean },
): Promise<readonly RecordedDatedRate[]> {
  return sql<RecordedDatedRate[]>`
    select base, currency, date::text as date, trim_scale(rate)::text as rate, source,
           recorded_at as "recordedAt", recorded_by as "recordedBy",
           superseded_at as "supersededAt", superseded_by as "supersededBy"
      from currency_rate
     where (${isWhole} or superseded_at is null)
       and (${currency}::text is null or currency = ${currency})
     order by base, currency, date, recorded_at`;
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
    // A month that is being closed waits too, and so knows a rate or never will.
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

/**
 * Parameters are arrays, so a quarter of a century of the ECB's rates is one
 * statement. The time is that of the writing, not of the transaction's begin:
 * what waited for a month's closing was not known to it.
 */
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
  const [clock] = await tx<{ at: string }[]>`select clock_timestamp()::text as at`;
  const at = clock?.at ?? "";
  await tx`
    update currency_rate r set superseded_at = ${at}::text::timestamptz, superseded_by = ${by}
      from unnest(${bases}::text[], ${currencies}::text[], ${days}::text[]::date[])
           as n (base, currency, date)
     where r.superseded_at is null
       and r.base = n.base and r.currency = n.currency and r.date = n.date`;
  await tx`
    insert into currency_rate (base, currency, date, rate, source, recorded_by, recorded_at)
    select base, currency, date, rate, source, ${by}, ${at}::text::timestamptz
      from unnest(${bases}::text[], ${currencies}::text[], ${days}::text[]::date[],
                  ${amounts}::text[]::numeric[], ${sources}::text[])
           as n (base, currency, date, rate, source)`;
}

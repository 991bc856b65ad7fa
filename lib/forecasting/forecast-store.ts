import type { SqlClient, Tx } from "#lib/db/client.ts";
import { type BandLevel, perBand } from "#lib/forecast/band-levels.ts";
import type { IssuedForecast } from "#lib/forecast/issued-forecast.ts";
import type { Maturity } from "#lib/forecast/maturity.ts";
import { SCORED_DAYS, type Score } from "#lib/forecast/score-issued.ts";

/** A kept forecast; `day` is its first day ahead, as 2026-11-22. */
export type StoredForecast = IssuedForecast & {
  readonly scope: string;
  readonly day: string;
  readonly issuedAt: Date;
  readonly origin: "issued" | "replayed";
};

const LEVELS: readonly BandLevel[] = [50, 80, 95];
const MICROS = 1_000_000;
/** Half a year of weekly forecasts. */
const MOST_WEEKS = 26;
const BATCH = 200;
const JUDGED_BOUNDS = SCORED_DAYS * 2 * LEVELS.length;
/** Whole weeks. */
const KEPT_DAILY = 35;

/** Keeps forecasts; one of the same scope and day gives way, but none that was issued to one that is replayed. */
export async function storeForecasts(
  sql: SqlClient | Tx,
  forecasts: readonly StoredForecast[],
): Promise<void> {
  for (let at = 0; at < forecasts.length; at += BATCH) {
    const records = forecasts.slice(at, at + BATCH).map(recordOf);
    await sql`
      insert into forecast (scope, day, issued_at, origin, maturity, history_days, history_total,
                            scale, point, bands, naive)
      select scope, day, issued_at, origin, maturity, history_days, history_total, scale,
             point::int8[], bands::float4[], naive::float4[]
        from json_to_recordset(${JSON.stringify(records)}::text::json) as f (
             scope text, day date, issued_at timestamptz, origin text, maturity text,
             history_days int, history_total float8, scale float8, point text, bands text,
             naive text)
          on conflict (scope, day) do update
         set issued_at = excluded.issued_at, origin = excluded.origin,
             maturity = excluded.maturity, history_days = excluded.history_days,
             history_total = excluded.history_total, scale = excluded.scale,
             point = excluded.point, bands = excluded.bands, naive = excluded.naive
       where excluded.origin = 'issued' or forecast.origin = 'replayed'`;
  }
}

function recordOf(forecast: StoredForecast) {
  const { bands, point, naive } = forecast;
  const flat = LEVELS.flatMap((level) => [bands[level].low, bands[level].high]);
  const days = point.map((_, ahead) => flat.map((bound) => bound[ahead] ?? 0));
  return {
    scope: forecast.scope,
    day: forecast.day,
    issued_at: forecast.issuedAt.toISOString(),
    origin: forecast.origin,
    maturity: forecast.maturity,
    history_days: forecast.historyDays,
    history_total: forecast.historyTotal,
    scale: forecast.scale,
    point: `{${point.map((value) => Math.round(value * MICROS)).join(",")}}`,
    bands: `{${days.flat().join(",")}}`,
    naive: `{${naive.join(",")}}`,
  };
}

/** As text, or as arrays are sent. */
type Row<Numbers = string> = {
  readonly scope: string;
  readonly day: string;
  readonly issued_at: Date;
  readonly origin: "issued" | "replayed";
  readonly maturity: Maturity;
  readonly history_days: number;
  readonly history_total: number;
  readonly scale: number;
  readonly point: Numbers;
  readonly bands: Numbers;
  readonly naive: Numbers;
};

/**
 * The kept forecasts of scopes that are learned from and judged: of each week
 * before a day the newest, counted from the day before it; newest first. Bands
 * are those of the days that are judged alone.
 *
 * @param before The running day; forecasts made on it know nothing yet.
 */
export async function readPast(
  sql: SqlClient | Tx,
  scopes: readonly string[],
  before: string,
): Promise<ReadonlyMap<string, readonly StoredForecast[]>> {
  const rows = await sql<Row<Buffer>[]>`
    with kept as (
      select scope, day, (${before}::text::date - 1 - day) / 7 as week
        from forecast
       where scope = any(${scopes}::text[]) and day < ${before}::text::date
         and day >= ${before}::text::date - ${MOST_WEEKS * 7}::int
    ), chosen as (
      select distinct on (scope, week) scope, day from kept order by scope, week, day desc
    )
    select ${told(sql)}, array_send(f.point) as point, array_send(f.bands[:${JUDGED_BOUNDS}::int]) as bands,
           array_send(f.naive) as naive
      from forecast f join chosen using (scope, day)
     order by f.scope, f.day desc`;
  const past = rows.map(({ point, bands, naive, ...row }) =>
    storedOf(row, sentIntegers(point), sentFloats(bands), sentFloats(naive)),
  );
  return Map.groupBy(past, ({ scope }) => scope);
}

/**
 * Drops forecasts of scopes older than some weeks but the newest of each week,
 * which are those that are learned from and judged.
 *
 * @param judgedOn A day on which these scopes are judged: it tells the weeks.
 */
export async function thinOut(
  sql: SqlClient | Tx,
  scopes: readonly string[],
  judgedOn: string,
): Promise<void> {
  await sql`
    delete from forecast f
     using (select scope, day, row_number() over (
                     partition by scope, (${judgedOn}::text::date - 1 - day) / 7 order by day desc
                   ) as place
              from forecast
             where scope = any(${scopes}::text[])
               and day < ${judgedOn}::text::date - ${KEPT_DAILY}::int) old
     where f.scope = old.scope and f.day = old.day and old.place > 1`;
}

/** The newest forecast of a scope that was issued on a day or up to three days before. */
export async function readNewest(
  sql: SqlClient | Tx,
  scope: string,
  today: string,
): Promise<StoredForecast | null> {
  const [row] = await sql<Row[]>`
    select ${told(sql)}, array_to_string(f.point, ',') as point,
           array_to_string(f.bands, ',') as bands, array_to_string(f.naive, ',') as naive
      from forecast f
     where scope = ${scope} and origin = 'issued' and day <= ${today}::text::date
       and day > ${today}::text::date - 3
     order by day desc limit 1`;
  if (row === undefined) return null;
  return storedOf(row, numbers(row.point), numbers(row.bands), numbers(row.naive));
}

function told(sql: SqlClient | Tx) {
  return sql`
    f.scope, f.day::text, f.issued_at, f.origin, f.maturity, f.history_days, f.history_total,
    f.scale`;
}

function storedOf(
  row: Omit<Row, "point" | "bands" | "naive">,
  micros: readonly number[],
  flat: readonly number[],
  naive: readonly number[],
): StoredForecast {
  const point = micros.map((each) => each / MICROS);
  const width = 2 * LEVELS.length;
  const banded = point.slice(0, flat.length / width);
  const bound = (place: number) => banded.map((_, ahead) => flat[ahead * width + place] ?? 0);
  return {
    scope: row.scope,
    day: row.day,
    issuedAt: row.issued_at,
    origin: row.origin,
    maturity: row.maturity,
    historyDays: row.history_days,
    historyTotal: row.history_total,
    scale: row.scale,
    point,
    bands: perBand((level) => {
      const at = 2 * LEVELS.indexOf(level);
      return { low: bound(at), high: bound(at + 1) };
    }),
    naive,
  };
}

function numbers(text: string): number[] {
  return text === "" ? [] : text.split(",").map(Number);
}

/**
 * What `array_send` gives of an array of one dimension without nulls: 20 bytes
 * that tell its shape, then each element after its length in 4 bytes.
 */
const SHAPE_BYTES = 20;
const LENGTH_BYTES = 4;

function sentIntegers(sent: Buffer): number[] {
  return elementsOf(sent, 8, (at) => Number(sent.readBigInt64BE(at)));
}

function sentFloats(sent: Buffer): number[] {
  return elementsOf(sent, 4, (at) => sent.readFloatBE(at));
}

function elementsOf(sent: Buffer, bytes: number, read: (at: number) => number): number[] {
  const step = LENGTH_BYTES + bytes;
  const length = Math.max(0, (sent.length - SHAPE_BYTES) / step);
  return Array.from({ length }, (_, index) => read(SHAPE_BYTES + index * step + LENGTH_BYTES));
}

/** Keeps how good past forecasts were; what was known of the same scope gives way. */
export async function storeScores(
  sql: SqlClient | Tx,
  scores: readonly { readonly scope: string; readonly score: Score }[],
  today: string,
): Promise<void> {
  for (let at = 0; at < scores.length; at += BATCH) {
    const records = scores.slice(at, at + BATCH).map(({ scope, score }) => ({
      scope,
      forecasts: score.forecasts,
      days: score.days,
      wape: score.wape,
      naive_wape: score.naiveWape,
      bias: score.bias,
      naive_bias: score.naiveBias,
      held_50: score.held[50],
      held_80: score.held[80],
      held_95: score.held[95],
      total_error: score.totalError,
      naive_total_error: score.naiveTotalError,
      is_naive_better: score.isNaiveBetter,
    }));
    await sql`
      insert into forecast_accuracy
        (scope, as_of, forecasts, days, wape, naive_wape, bias, naive_bias, held_50, held_80, held_95,
         total_error, naive_total_error, is_naive_better)
      select scope, ${today}::text::date, forecasts, days, wape, naive_wape, bias, naive_bias,
             held_50, held_80, held_95, total_error, naive_total_error, is_naive_better
        from json_to_recordset(${JSON.stringify(records)}::text::json) as s (
             scope text, forecasts int, days int, wape float8, naive_wape float8, bias float8,
             naive_bias float8, held_50 float8, held_80 float8, held_95 float8, total_error float8,
             naive_total_error float8, is_naive_better bool)
          on conflict (scope) do update
         set as_of = excluded.as_of, forecasts = excluded.forecasts, days = excluded.days,
             wape = excluded.wape, naive_wape = excluded.naive_wape, bias = excluded.bias,
             naive_bias = excluded.naive_bias,
             held_50 = excluded.held_50, held_80 = excluded.held_80, held_95 = excluded.held_95,
             total_error = excluded.total_error, naive_total_error = excluded.naive_total_error,
             is_naive_better = excluded.is_naive_better`;
  }
}

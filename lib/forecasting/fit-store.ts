import type { SqlClient, Tx } from "#lib/db/client.ts";
import type { LearnedWidths } from "#lib/forecast/day-bands.ts";
import type { SmoothingStart } from "#lib/forecast/exponential-smoothing.ts";

/** What the next fit of a series starts from; null where there is nothing yet. */
export type SeriesFit = {
  readonly start: SmoothingStart | null;
  /** Of its bands, as of when its past forecasts were judged last. */
  readonly widths: LearnedWidths | null;
};

type Row = {
  readonly scope: string;
  readonly smoothing: number[] | null;
  readonly half_widths: number[] | null;
};

const FLAT_PARAMETERS = 2;
const LEVELS = 3;

export async function readFits(
  sql: SqlClient | Tx,
  scopes: readonly string[],
): Promise<ReadonlyMap<string, SeriesFit>> {
  const rows = await sql<Row[]>`
    select scope, smoothing, half_widths from forecast_fit where scope = any(${scopes}::text[])`;
  return new Map(rows.map((row) => [row.scope, fitOf(row)]));
}

function fitOf({ smoothing, half_widths: flat }: Row): SeriesFit {
  return {
    start: smoothing && {
      flat: smoothing.slice(0, FLAT_PARAMETERS),
      damped: smoothing.slice(FLAT_PARAMETERS),
    },
    widths:
      flat &&
      Array.from({ length: flat.length / LEVELS }, (_, distance) => {
        const [a = 0, b = 0, c = 0] = flat.slice(distance * LEVELS);
        return { 50: a, 80: b, 95: c };
      }),
  };
}

/** Keeps what was learned; what was known of the same scope gives way. */
export async function storeFits(
  sql: SqlClient | Tx,
  fits: ReadonlyMap<string, SeriesFit>,
  today: string,
): Promise<void> {
  const records = [...fits].map(([scope, { start, widths }]) => ({
    scope,
    smoothing: start && `{${[...start.flat, ...start.damped].join(",")}}`,
    half_widths: widths && `{${widths.flatMap((at) => [at[50], at[80], at[95]]).join(",")}}`,
  }));
  await sql`
    insert into forecast_fit (scope, fitted_on, smoothing, half_widths)
    select scope, ${today}::text::date, smoothing::float8[], half_widths::float8[]
      from json_to_recordset(${JSON.stringify(records)}::text::json) as f (
           scope text, smoothing text, half_widths text)
        on conflict (scope) do update
       set fitted_on = excluded.fitted_on, smoothing = excluded.smoothing,
           half_widths = excluded.half_widths`;
}

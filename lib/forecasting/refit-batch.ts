import type { SqlClient } from "#lib/db/client.ts";
import type { Score } from "#lib/forecast/score-issued.ts";
import type { JudgedSeries } from "./fit-series.ts";
import { readFits, type SeriesFit, storeFits } from "./fit-store.ts";
import { readPast, type StoredForecast, storeForecasts, storeScores } from "./forecast-store.ts";
import { isJudgedOn } from "./judging-day.ts";
import { type ForecastScope, scopeText } from "./scope.ts";

/** What is known of some series before they are fitted. */
export type Known = {
  /** Past forecasts of those that are judged today. */
  readonly past: ReadonlyMap<string, readonly StoredForecast[]>;
  readonly fits: ReadonlyMap<string, SeriesFit>;
};

export async function readKnown(
  sql: SqlClient,
  scopes: readonly ForecastScope[],
  today: string,
): Promise<Known> {
  const judged = scopes.filter((scope) => isJudgedOn(scope, today));
  const [past, fits] = await Promise.all([
    readPast(sql, judged.map(scopeText), today),
    readFits(sql, scopes.map(scopeText)),
  ]);
  return { past, fits };
}

/** What the fits of some series gave, to be stored together. */
export class BatchResults {
  readonly #now: Date;
  readonly #forecasts: StoredForecast[] = [];
  readonly #scores: { scope: string; score: Score }[] = [];
  readonly #fits = new Map<string, SeriesFit>();

  constructor(now: Date) {
    this.#now = now;
  }

  addFit(scope: string, fit: SeriesFit): void {
    this.#fits.set(scope, fit);
  }

  addJudged(scope: string, { fit, score, replayed }: JudgedSeries): void {
    this.addFit(scope, fit);
    this.#scores.push({ scope, score });
    for (const each of replayed) {
      this.#forecasts.push({ ...each, scope, issuedAt: this.#now, origin: "replayed" });
    }
  }

  addForecast(forecast: StoredForecast): void {
    this.#forecasts.push(forecast);
  }

  async store(sql: SqlClient, today: string): Promise<void> {
    await storeForecasts(sql, this.#forecasts);
    await storeScores(sql, this.#scores, today);
    await storeFits(sql, this.#fits, today);
  }
}

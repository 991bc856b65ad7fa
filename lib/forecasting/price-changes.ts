import { floatOf } from "#lib/money/float-usd.ts";
import type { Pricing } from "#lib/price-book/pricing.ts";
import { localDay } from "#lib/time/calendar.ts";
import { scopesOf } from "./event-effects.ts";
import { type PricedUsageRow, priceOf, queryOf } from "./what-if.ts";

const DAY_MS = 86_400_000;
/** As far as forecasts go. */
const AHEAD_DAYS = 92;
/** As far back as the weekday medians look: older prices are out of them. */
const BEHIND_DAYS = 42;
/** Prices by the hour of day come back every day, and are in the history already. */
const STEADY_MS = 2 * DAY_MS;
const MOST_SPANS = 12;

/** Usage of the days that are replayed, by agent, too. */
export type AgentUsageRow = PricedUsageRow & { readonly agent: string | null };

/** What a model costs from a day on, as a share of what it cost the day before; of one team where no other is touched. */
export type PriceChange = {
  readonly model: string;
  readonly team: string | null;
  readonly day: string;
  readonly factor: number;
};

/** Recent usage of a scope at today's prices, in dollars, and what it costs more from given days on. */
export type Repriced = {
  readonly today: number;
  readonly changes: ReadonlyMap<string, number>;
};

export type PriceOutlook = {
  readonly changes: readonly PriceChange[];
  /** By scope as the API has it; scopes without a change are not in it. */
  readonly scopes: ReadonlyMap<string, Repriced>;
};

/**
 * Replays recent usage under every price that the price book and cost models
 * know of, from six weeks ago to the furthest day that is forecast: prices of
 * the past scale the history to today's, those to come change the forecast.
 */
export function priceOutlook(
  rows: readonly AgentUsageRow[],
  pricing: Pick<Pricing, "spanOf">,
  now: number,
  timeZone: string,
): PriceOutlook {
  const scopes = new Map<string, { today: number; changes: Map<string, number> }>();
  const ledger = new ChangeLedger();
  for (const row of rows) {
    const { model } = row.rateSet;
    const { today, changes } = repricedRow(row, pricing, now, timeZone);
    for (const name of scopesOf({ team: row.team, model, agent: row.agent })) {
      const sum = scopes.get(name) ?? { today: 0, changes: new Map<string, number>() };
      sum.today += today;
      for (const [day, more] of changes) sum.changes.set(day, (sum.changes.get(day) ?? 0) + more);
      scopes.set(name, sum);
    }
    for (const day of changes.keys()) ledger.note(model, day, row.team);
  }
  const today = localDay(now, timeZone);
  for (const [name, { changes }] of scopes) if (changes.size === 0) scopes.delete(name);
  return { changes: ledger.changes(scopes, today), scopes };
}

/** Costs of one row in dollars: statistics start here, money has ended. */
function repricedRow(
  row: AgentUsageRow,
  pricing: Pick<Pricing, "spanOf">,
  now: number,
  timeZone: string,
): Repriced {
  const { rateSet, tokens, team } = row;
  const changes = new Map<string, number>();
  const query = queryOf(row, undefined, tokens, rateSet.tier, now);
  const charged = priceOf(rateSet, tokens);
  let span = pricing.spanOf({ ...query, atMs: now - BEHIND_DAYS * DAY_MS }, team);
  let today = floatOf(row.cost);
  for (let spans = 0; spans < MOST_SPANS; spans += 1) {
    const cost = priceOf(span.rateSet, tokens);
    if (span.fromMs <= now && now < span.toMs && cost !== null && charged !== null) {
      today = floatOf(row.cost) + floatOf(cost) - floatOf(charged);
    }
    if (span.toMs >= now + AHEAD_DAYS * DAY_MS) break;
    const next = pricing.spanOf({ ...query, atMs: span.toMs }, team);
    const after = priceOf(next.rateSet, tokens);
    const isSteady = Math.min(span.toMs - span.fromMs, next.toMs - next.fromMs) >= STEADY_MS;
    if (isSteady && cost !== null && after !== null && after !== cost) {
      changes.set(localDay(span.toMs, timeZone), floatOf(after) - floatOf(cost));
    }
    span = next;
  }
  return { today, changes };
}

/** Which teams each change of a model touches, to tell it of one team or of the model. */
class ChangeLedger {
  readonly #teams = new Map<string, { model: string; day: string; teams: Set<string> }>();

  note(model: string, day: string, team: string): void {
    const key = JSON.stringify([model, day]);
    const noted = this.#teams.get(key) ?? { model, day, teams: new Set<string>() };
    noted.teams.add(team);
    this.#teams.set(key, noted);
  }

  /** Those to come, by day. */
  changes(scopes: ReadonlyMap<string, Repriced>, today: string): PriceChange[] {
    return [...this.#teams.values()]
      .filter(({ day }) => day > today)
      .map(({ model, day, teams: [first = "", ...others] }) => {
        const team = others.length === 0 ? first : null;
        const name = team === null ? `model:${model}` : `team:${team}/model:${model}`;
        return { model, team, day, factor: factorOn(scopes.get(name), day, today) };
      })
      .sort((a, b) => (a.day < b.day ? -1 : 1));
  }
}

/** What a day costs against the day before. */
function factorOn(repriced: Repriced | undefined, day: string, today: string): number {
  if (repriced === undefined) return 1;
  let before = repriced.today;
  for (const [at, more] of repriced.changes) if (at > today && at < day) before += more;
  return before > 0 ? Math.max(0, 1 + (repriced.changes.get(day) ?? 0) / before) : 1;
}

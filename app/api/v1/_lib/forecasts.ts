import { z } from "zod";
import { Scope } from "#lib/exports/kinds/forecasts.ts";
import type { ScopeAccuracy } from "#lib/forecasting/accuracy.ts";
import { EVENT_KINDS, type ForecastEvent } from "#lib/forecasting/events.ts";
import type { ForecastDay, ScopeForecast } from "#lib/forecasting/read-forecast.ts";
import { scopeText } from "#lib/forecasting/scope.ts";
import { usdOf } from "#lib/money/float-usd.ts";
import { toDecimal, type Usd } from "#lib/money/money.ts";
import { Amount, Instant } from "./figures.ts";
import { iso } from "./iso.ts";

export const AccuracyParameters = z.strictObject({ scope: Scope.optional() });
export const EventListParameters = z.strictObject({ scope: Scope.optional() });

const Range = z.strictObject({ low: Amount, high: Amount });
const Bands = z.strictObject({ "50": Range, "80": Range, "95": Range });
const Day = z.iso.date();
const Share = z.number().nullable();

export const ForecastBody = z.strictObject({
  scope: z.string(),
  currency: z.string().meta({ description: "Of a budget its unit, which may be tokens" }),
  time_zone: z.string(),
  status: z
    .enum(["not_enough_data", "low_confidence", "normal"])
    .meta({ description: "By days of history: under 14, under 42, more" }),
  history_days: z.int(),
  basis: z.enum(["stored", "live"]).meta({
    description:
      "stored: issued by the refit, teams add up to the organisation; live: of this moment",
  }),
  issued_at: Instant.nullable(),
  history: z.array(z.strictObject({ date: Day, cost: Amount.nullable() })),
  days: z.array(z.strictObject({ date: Day, p10: Amount, p50: Amount, p90: Amount, bands: Bands })),
  month_end: z
    .strictObject({
      period_start: Day,
      period_end: Day,
      spent: Amount,
      p10: Amount,
      p50: Amount,
      p90: Amount,
      bands: Bands,
    })
    .nullable()
    .meta({ description: "Spend to date and the forecast of the rest; of a budget its period" }),
  run_rate: z
    .strictObject({ per_day: Amount, month_end: Amount, days: z.int() })
    .nullable()
    .meta({ description: "In place of a forecast while there is not enough data; no forecast" }),
  unpriced_calls: z.int(),
  accuracy: z.unknown(),
});

export const AccuracyBody = z.strictObject({
  scope: z.string(),
  as_of: Day,
  forecasts: z.int(),
  days: z.int(),
  wape: Share,
  naive_wape: Share,
  bias: Share,
  naive_bias: Share,
  held_50: Share,
  held_80: Share,
  held_95: Share,
  total_error: Share,
  naive_total_error: Share,
  too_few: z.boolean(),
  naive_better: z.boolean(),
});
export const AccuraciesBody = z.strictObject({ scopes: z.array(AccuracyBody) });

export const EventBody = z.strictObject({
  id: z.string(),
  kind: z.enum(EVENT_KINDS),
  label: z.string(),
  scope: z.string(),
  first_day: Day,
  last_day: Day.nullable(),
  effect: z.unknown(),
  source: z.enum(["person", "price_book"]),
  created_at: Instant,
  created_by: z.string(),
});
export const EventsBody = z.strictObject({ events: z.array(EventBody) });

/** A figure of statistics as an amount, to the millionth. */
const print = (value: number) => toDecimal(usdOf(value));

export function forecastBody(forecast: ScopeForecast, accuracy: ScopeAccuracy | null) {
  const { monthEnd, runRate, issuedAt } = forecast;
  return {
    scope: scopeText(forecast.scope),
    currency: forecast.unit,
    time_zone: forecast.timeZone,
    status: statusOf(forecast),
    history_days: forecast.historyDays,
    basis: forecast.basis,
    issued_at: issuedAt === null ? null : iso(issuedAt),
    history: forecast.spent.map(({ date, spent }) => ({
      date,
      cost: spent === null ? null : toDecimal(spent),
    })),
    days: forecast.days.map(dayBody),
    month_end:
      monthEnd === null
        ? null
        : {
            period_start: monthEnd.from,
            period_end: monthEnd.to,
            spent: toDecimal(monthEnd.spent),
            p10: toDecimal(monthEnd.bands[80].low),
            p50: toDecimal(monthEnd.expected),
            p90: toDecimal(monthEnd.bands[80].high),
            bands: {
              50: exactRange(monthEnd.bands[50]),
              80: exactRange(monthEnd.bands[80]),
              95: exactRange(monthEnd.bands[95]),
            },
          },
    run_rate:
      runRate === null
        ? null
        : {
            per_day: toDecimal(runRate.perDay),
            month_end: toDecimal(runRate.monthEnd),
            days: runRate.days,
          },
    unpriced_calls: forecast.unpricedCalls,
    accuracy: accuracy === null ? null : accuracyBody(accuracy),
  };
}

function statusOf({ maturity }: ScopeForecast) {
  if (maturity === "none" || maturity === "early") return "not_enough_data";
  return maturity === "normal" ? "normal" : "low_confidence";
}

function dayBody({ date, expected, bands }: ForecastDay) {
  const range = ({ low, high }: { readonly low: number; readonly high: number }) => ({
    low: print(low),
    high: print(high),
  });
  return {
    date,
    p10: print(bands[80].low),
    p50: print(expected),
    p90: print(bands[80].high),
    bands: { 50: range(bands[50]), 80: range(bands[80]), 95: range(bands[95]) },
  };
}

function exactRange({ low, high }: { readonly low: Usd; readonly high: Usd }) {
  return { low: toDecimal(low), high: toDecimal(high) };
}

export function accuracyBody(accuracy: ScopeAccuracy) {
  return {
    scope: accuracy.scope,
    as_of: accuracy.asOf,
    forecasts: accuracy.forecasts,
    days: accuracy.days,
    wape: accuracy.wape,
    naive_wape: accuracy.naiveWape,
    bias: accuracy.bias,
    naive_bias: accuracy.naiveBias,
    held_50: accuracy.held[50],
    held_80: accuracy.held[80],
    held_95: accuracy.held[95],
    total_error: accuracy.totalError,
    naive_total_error: accuracy.naiveTotalError,
    too_few: accuracy.isTooFew,
    naive_better: accuracy.isNaiveBetter,
  };
}

export function eventBody(event: ForecastEvent) {
  return {
    id: event.id,
    kind: event.kind,
    label: event.label,
    scope: event.scope,
    first_day: event.firstDay,
    last_day: event.lastDay,
    effect: event.effect,
    source: event.source,
    created_at: iso(event.createdAt),
    created_by: event.createdBy,
  };
}

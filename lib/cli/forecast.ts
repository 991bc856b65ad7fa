import { z } from "zod";
import { forecastSeries } from "#lib/forecast/forecast-series.ts";
import { periodEnd } from "#lib/forecast/period-end.ts";
import { sum } from "#lib/forecast/statistics.ts";
import { type Command, text } from "./command.ts";
import { readJsonFile } from "./read-json-file.ts";

/** Beyond this, squares of amounts lose what a fit needs. */
const MOST = 1e15;
const Values = z.array(z.number().min(-MOST).max(MOST).nullable()).max(10_000);
const Tasks = z.object({
  forecast: z
    .array(
      z.object({
        task_id: z.string(),
        horizon: z.int().min(1).max(366),
        values: Values,
      }),
    )
    .default([]),
  monthend: z
    .array(
      z.object({
        task_id: z.string(),
        days_elapsed: z.int().min(0).max(31),
        days_in_month: z.int().min(1).max(31),
        values: Values,
      }),
    )
    .default([]),
});

type DailyTask = z.infer<typeof Tasks>["forecast"][number];
type MonthTask = z.infer<typeof Tasks>["monthend"][number];

/**
 * Runs the product's own forecaster on histories from a file and prints what it
 * predicts, in the form that the benchmark's score-forecast.mjs reads.
 */
export const forecast: Command = {
  usage: "forecast --tasks FILE",
  options: { tasks: { type: "string" } },
  run: async (call) => {
    const tasks = await readJsonFile(text(call, "tasks"), Tasks, "outlay forecast --tasks FILE");
    const predictions = {
      forecast: tasks.forecast.map(predictDays),
      monthend: tasks.monthend.map(predictMonth),
    };
    return { line: JSON.stringify(predictions), data: predictions, exitCode: 0 };
  },
};

function predictDays({ task_id, horizon, values }: DailyTask) {
  const { point, bands } = forecastSeries(values, horizon);
  return {
    task_id,
    point,
    lo50: bands[50].low,
    hi50: bands[50].high,
    lo80: bands[80].low,
    hi80: bands[80].high,
    lo95: bands[95].low,
    hi95: bands[95].high,
  };
}

/** The history ends with the last complete day of the month so far. */
function predictMonth({ task_id, days_elapsed, days_in_month, values }: MonthTask) {
  const daysLeft = Math.max(0, days_in_month - days_elapsed);
  const forecast = forecastSeries(values, Math.max(1, daysLeft));
  const spent = days_elapsed === 0 ? 0 : sum(forecast.history.slice(-days_elapsed));
  const { total, bands } = periodEnd(forecast, { spent, today: 0, daysLeft });
  return {
    task_id,
    total,
    lo50: bands[50].low,
    hi50: bands[50].high,
    lo80: bands[80].low,
    hi80: bands[80].high,
    lo95: bands[95].low,
    hi95: bands[95].high,
  };
}

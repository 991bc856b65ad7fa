import { z } from "zod";
import { detectDaily } from "#lib/anomalies/daily-detector.ts";
import { findDrivers } from "#lib/anomalies/drivers.ts";
import { detectHourly } from "#lib/anomalies/hourly-detector.ts";
import { leafFromPast } from "#lib/anomalies/leaf.ts";
import { usdOf } from "#lib/money/float-usd.ts";
import { addUsd, type Usd, ZERO_USD } from "#lib/money/money.ts";
import { type Command, text } from "./command.ts";
import { readJsonFile } from "./read-json-file.ts";

const HOUR_MS = 3_600_000;
/** The same weekday of the last six weeks. */
const COMPARABLE_DAYS = [7, 14, 21, 28, 35, 42];

/** Beyond this, squares of amounts lose what a fit needs. */
const MOST = 1e15;
const Amount = z.number().min(-MOST).max(MOST);
const Values = z.array(Amount.nullable()).max(100_000);
const Series = z.object({
  daily: z
    .array(z.object({ series_id: z.string(), start: z.iso.date(), values: Values }))
    .default([]),
  hourly: z
    .array(
      z.object({
        series_id: z.string(),
        start: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}Z$/),
        values: Values,
      }),
    )
    .default([]),
  attribution: z
    .array(
      z.object({
        case_id: z.string(),
        rows: z.array(
          z
            .object({ days_back: z.int(), cost_usd: Amount })
            .catchall(z.union([z.string(), z.number()])),
        ),
      }),
    )
    .default([]),
});

type Input = z.infer<typeof Series>;

/**
 * Runs the product's own detectors on series from a file and prints what they
 * would send messages about, in the form that the benchmark's
 * score-anomaly.mjs reads; with --all also what only the dashboard shows.
 */
export const detect: Command = {
  usage: "detect --series FILE [--all]",
  options: { series: { type: "string" }, all: { type: "boolean" } },
  run: async (call) => {
    const usage = "outlay detect --series FILE [--all]";
    const series = await readJsonFile(text(call, "series"), Series, usage);
    const found = {
      daily: series.daily.flatMap((one) => oddDays(one, call.options.all === true)),
      hourly: series.hourly.flatMap(fastHours),
      attribution: series.attribution.flatMap(causeOf),
    };
    return { line: JSON.stringify(found), data: found, exitCode: 0 };
  },
};

function oddDays(series: Input["daily"][number], withUnnotable: boolean) {
  return detectDaily(series.values).flatMap(({ anomaly }, day) => {
    if (anomaly === null || !(anomaly.isNotable || withUnnotable)) return [];
    const date = isoAfter(`${series.start}T00:00Z`, day * 24).slice(0, 10);
    return [{ series_id: series.series_id, date }];
  });
}

function fastHours(series: Input["hourly"][number]) {
  return detectHourly(series.values).flatMap((burn, hour) => {
    if (burn === null || !burn.isTooFast) return [];
    const start = series.start.replace("Z", ":00Z");
    return [{ series_id: series.series_id, hour: `${isoAfter(start, hour).slice(0, 13)}Z` }];
  });
}

function isoAfter(start: string, hours: number): string {
  return new Date(Date.parse(start) + hours * HOUR_MS).toISOString();
}

function causeOf({ case_id, rows }: Input["attribution"][number]) {
  const [cause] = findDrivers(leavesOf(rows)).ranked;
  return cause === undefined ? [] : [{ case_id, dimension: cause.dimension, element: cause.value }];
}

/** Rows of one combination of dimensions and one day each become a leaf for each combination. */
function leavesOf(rows: Input["attribution"][number]["rows"]) {
  const byLeaf = new Map<string, { dimensions: Record<string, string>; spend: Map<number, Usd> }>();
  for (const { days_back, cost_usd, ...rest } of rows) {
    const dimensions = Object.fromEntries(
      Object.entries(rest).map(([name, value]) => [name, String(value)]),
    );
    const key = JSON.stringify(dimensions);
    const leaf = byLeaf.get(key) ?? { dimensions, spend: new Map<number, Usd>() };
    leaf.spend.set(days_back, addUsd(leaf.spend.get(days_back) ?? ZERO_USD, usdOf(cost_usd)));
    byLeaf.set(key, leaf);
  }
  return [...byLeaf.values()].map(({ dimensions, spend }) => {
    const on = (day: number) => spend.get(day) ?? ZERO_USD;
    return leafFromPast(dimensions, on(0), COMPARABLE_DAYS.map(on));
  });
}

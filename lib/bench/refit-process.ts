import { openDatabase } from "#lib/db/client.ts";
import { refitForecasts } from "#lib/forecasting/refit.ts";
import { BEHIND_ALL, giveWay } from "#lib/jobs/give-way.ts";

export type RefitReport = { readonly series: number; readonly seconds: number };

giveWay(BEHIND_ALL);

// A refit in a process of its own, as the worker starts it, on the database of the argument, when told.
const { sql } = openDatabase(process.argv[2] ?? "");
process.on("message", () => {
  const start = performance.now();
  void refitForecasts(sql, new Date(), new AbortController().signal).then(({ series }) => {
    const report: RefitReport = { series, seconds: (performance.now() - start) / 1_000 };
    process.send?.(report);
  });
});

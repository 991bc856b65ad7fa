import { openDatabase } from "#lib/db/client.ts";
import { workOnExport } from "#lib/exports/jobs/work-on-export.ts";

export type ExportReport = {
  readonly seconds: number;
  /** The most memory that the process ever held. */
  readonly peakBytes: number;
};

// One file in a process of its own, as the worker writes it, on the database of the argument, when told.
const database = openDatabase(process.argv[2] ?? "");
process.on("message", () => {
  const start = performance.now();
  const never = new AbortController().signal;
  void workOnExport(database, () => new Date(), never).then(() => {
    const report: ExportReport = {
      seconds: (performance.now() - start) / 1_000,
      peakBytes: process.resourceUsage().maxRSS * 1_024,
    };
    process.send?.(report);
  });
});

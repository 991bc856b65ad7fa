import { openDatabase, type SqlClient } from "#lib/db/client.ts";
import { migrateDatabase } from "#lib/db/migrate.ts";
import { refitForecasts } from "#lib/forecasting/refit.ts";
import { startBenchServer } from "./bench-server.ts";
import { serverCpuSeconds } from "./cpu-time.ts";
import { fillDays, keepHalfYear, type SeriesCount } from "./fill-days.ts";

export type RefitBenchResult = SeriesCount & {
  /** The first makes up half a year of past forecasts; the second is the next night's; the third that of a night after half a year, with all that was kept. */
  readonly runs: readonly {
    readonly series: number;
    readonly seconds: number;
    /** Without rests and the database. */
    readonly fitSeconds: number;
    readonly workerCpuSeconds: number;
    readonly databaseCpuSeconds: number | null;
  }[];
};

const DAY_MS = 86_400_000;

/** How long the nightly refit of every team's every model takes, and of how much of the processor. */
export async function benchRefit(options: SeriesCount): Promise<RefitBenchResult> {
  const server = await startBenchServer({ max_wal_size: "8GB" });
  const { sql, close } = openDatabase(server.url);
  try {
    await migrateDatabase(server.url);
    const now = Date.now();
    await fillDays(sql, options, now);
    const runs = [];
    for (const at of [now, now + DAY_MS]) runs.push(await measure(sql, new Date(at)));
    await keepHalfYear(sql);
    runs.push(await measure(sql, new Date(now + 2 * DAY_MS)));
    return { ...options, runs };
  } finally {
    await close();
    await server.stop();
  }
}

async function measure(sql: SqlClient, now: Date) {
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const database = await serverCpuSeconds(sql);
  const { series, fitMs } = await refitForecasts(sql, now, new AbortController().signal);
  const used = process.cpuUsage(cpu);
  const databaseAfter = await serverCpuSeconds(sql);
  return {
    series,
    seconds: (performance.now() - start) / 1_000,
    fitSeconds: fitMs / 1_000,
    workerCpuSeconds: (used.user + used.system) / 1e6,
    databaseCpuSeconds:
      database === null || databaseAfter === null ? null : databaseAfter - database,
  };
}

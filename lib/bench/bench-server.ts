import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "#lib/runtime/embedded-postgres.ts";

export type BenchServer = {
  /** Of an empty database on the server. */
  readonly url: string;
  readonly stop: () => Promise<void>;
};

/**
 * The Postgres that `npm start` runs, with its settings, on an empty directory
 * that goes when it stops.
 *
 * @param settings What differs from `npm start`.
 */
export async function startBenchServer(
  settings: Readonly<Record<string, string>>,
): Promise<BenchServer> {
  const dataDir = await mkdtemp(join(tmpdir(), "outlay-bench-"));
  const lines: string[] = [];
  const server = await startEmbeddedPostgres({
    dataDir,
    password: "bench",
    settings,
    onLine: (line) => lines.push(line),
  }).catch((cause) => {
    throw new Error(`the database did not start: ${lines.join(" / ")}`, { cause });
  });
  return {
    url: server.url,
    stop: async () => {
      await server.stop(10_000);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

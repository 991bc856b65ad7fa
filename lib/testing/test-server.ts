import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "../runtime/embedded-postgres.ts";

/** The variable that hands the test server's address to the tests. */
export const TEST_DATABASE_VARIABLE = "OUTLAY_TEST_DATABASE_URL";

export type TestServer = { readonly url: string; readonly stop: () => Promise<void> };

/**
 * A Postgres for one run of the tests, without durability: nobody misses its
 * data after a crash. Its files go when it stops.
 */
export async function startTestServer(): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), "outlay-test-"));
  const lines: string[] = [];
  const server = await startEmbeddedPostgres({
    dataDir,
    password: "test",
    settings: {
      fsync: "off",
      synchronous_commit: "off",
      full_page_writes: "off",
      shared_buffers: "128MB",
      max_connections: "400",
    },
    onLine: (line) => lines.push(line),
  }).catch((cause) => {
    throw new Error(`the test database did not start: ${lines.join(" / ")}`, { cause });
  });
  return {
    url: server.url,
    stop: async () => {
      await server.stop(1_000);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

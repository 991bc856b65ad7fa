import type { SqlClient } from "#lib/db/client.ts";

export type CopyBaseline = {
  readonly rows: number;
  readonly bytes: number;
  /** Into a table without any index: the yardstick. */
  readonly bareSeconds: number;
  /** Into one partition with the ledger's primary key and indexes. */
  readonly indexedSeconds: number;
};

const RUNS = 3;

/**
 * How fast this server takes the very rows that are in its ledger by nothing
 * but COPY: one connection, text format, one transaction, its commit included,
 * the best of three. The rows are in memory before the clock starts.
 */
export async function measureCopy(sql: SqlClient): Promise<CopyBaseline> {
  const connection = await sql.reserve();
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of await connection`copy (select * from usage_event) to stdout`.readable()) {
      chunks.push(chunk as Buffer);
    }
    const copyInto = async (create: string) => {
      let best = Number.POSITIVE_INFINITY;
      for (let run = 0; run < RUNS; run++) {
        await connection.unsafe(`drop table if exists bench_copy; ${create}`);
        await connection`checkpoint`;
        const startedAt = performance.now();
        await pour(await connection`copy bench_copy from stdin`.writable(), chunks);
        best = Math.min(best, (performance.now() - startedAt) / 1_000);
      }
      return best;
    };
    const bareSeconds = await copyInto("create table bench_copy (like usage_event)");
    const indexedSeconds = await copyInto(
      "create table bench_copy (like usage_event including all) partition by range (started_at); " +
        "create table bench_copy_all partition of bench_copy default",
    );
    const [count] = await connection<{ rows: bigint }[]>`select count(*) as rows from bench_copy`;
    await connection`drop table bench_copy`;
    const bytes = chunks.reduce((sum, { length }) => sum + length, 0);
    return { rows: Number(count?.rows ?? 0n), bytes, bareSeconds, indexedSeconds };
  } finally {
    connection.release();
  }
}

function pour(into: NodeJS.WritableStream, chunks: readonly Buffer[]): Promise<void> {
  return new Promise((resolve, reject) => {
    into.on("error", reject);
    into.on("finish", resolve);
    let next = 0;
    const write = () => {
      while (next < chunks.length) {
        const chunk = chunks[next++];
        if (chunk !== undefined && !into.write(chunk)) {
          into.once("drain", write);
          return;
        }
      }
      into.end();
    };
    write();
  });
}

import { readdir, readFile } from "node:fs/promises";
import type { SqlClient } from "#lib/db/client.ts";

/** Of the clock that /proc counts in: fixed by Linux for everything outside the kernel. */
const TICKS_PER_SECOND = 100;

/** Processor time so far of a running process and those it started; null where the system does not tell it. */
export async function cpuSecondsOf(pid: number): Promise<number | null> {
  return (await statOf(pid)) === null ? null : ofFamily(pid);
}

/** Processor time so far of the database server that we are connected to; it must be on this machine. */
export async function serverCpuSeconds(sql: SqlClient): Promise<number | null> {
  const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const server = (await statOf(row?.pid ?? 0))?.parent;
  if (server === undefined) return null;
  return ofFamily(server);
}

async function ofFamily(parent: number): Promise<number> {
  const names = await readdir("/proc");
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  const stats = await Promise.all(pids.map(statOf));
  return stats
    .filter((stat, i) => pids[i] === parent || stat?.parent === parent)
    .reduce((sum, stat) => sum + (stat?.cpuSeconds ?? 0), 0);
}

/** With the time of children that have ended, which is how that of parallel workers is not lost. */
async function statOf(pid: number): Promise<{ parent: number; cpuSeconds: number } | null> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  if (stat === null) return null;
  // The name, in brackets, may hold spaces. The fields after it: state, parent, …; from the 14th on
  // utime, stime, cutime and cstime.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return { parent: Number(fields[1]), cpuSeconds: ticks / TICKS_PER_SECOND };
}

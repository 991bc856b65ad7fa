import { readdir, readFile } from "node:fs/promises";
import type { SqlClient } from "#lib/db/client.ts";

/** Of the clock that /proc counts in: fixed by Linux for everything outside the kernel. */
const TICKS_PER_SECOND = 100;

/** Processor time of running processes so far, added up; null where the system does not tell it. */
export async function cpuSecondsOf(pids: readonly number[]): Promise<number | null> {
  const times = await Promise.all(pids.map(statOf));
  const known = times.filter((time) => time !== null);
  if (known.length === 0) return null;
  return known.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
}

/** All processes of the database server that we are connected to; it must be on this machine. */
export async function serverPids(sql: SqlClient): Promise<number[]> {
  const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const server = (await statOf(row?.pid ?? 0))?.parent;
  const names = await readdir("/proc").catch(() => []);
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = await Promise.all(pids.map(async (pid) => (await statOf(pid))?.parent));
  return pids.filter((pid, i) => pid === server || parents[i] === server);
}

async function statOf(pid: number): Promise<{ parent: number; cpuSeconds: number } | null> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  if (stat === null) return null;
  // The name, in brackets, may hold spaces. After it: state, parent, …; utime and stime are the 14th and 15th.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = Number(fields[11]) + Number(fields[12]);
  return { parent: Number(fields[1]), cpuSeconds: ticks / TICKS_PER_SECOND };
}

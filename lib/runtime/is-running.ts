import { readFileSync } from "node:fs";

/**
 * Whether the process still runs. One that has ended and that nobody has waited
 * for (an orphan in a container without init) has a number and does not run.
 */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM" && !isZombie(pid);
  }
  return !isZombie(pid);
}

function isZombie(pid: number): boolean {
  try {
    // proc(5): "pid (name) state …"; the name may hold anything, also brackets.
    return /\) Z [^)]*$/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

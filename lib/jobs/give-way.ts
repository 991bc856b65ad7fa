import { readFileSync, writeFileSync } from "node:fs";
import { getPriority, setPriority } from "node:os";

/** Where the cores are all taken, collectors and pages get three quarters of them. */
export const BEHIND_TELEMETRY = 5;
/** Gets a core while nobody else needs it. */
export const BEHIND_ALL = 19;

/**
 * Lets this process work on what others leave: for work that may take longer
 * while telemetry comes in.
 */
export function giveWay(niceness: number): void {
  unlessForbidden(() => setPriority(Math.max(niceness, getPriority())));
  // Linux shares the cores among sessions first, and looks at niceness within
  // one only (sched(7), "The autogroup feature"). A session of ours is our own
  // to rank; a terminal's is not.
  if (leadsSession()) {
    unlessForbidden(() => writeFileSync("/proc/self/autogroup", String(niceness)));
  }
}

function leadsSession(): boolean {
  try {
    const stat = readFileSync("/proc/self/stat", "latin1");
    const [, , , session] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return session === String(process.pid);
  } catch {
    return false;
  }
}

/** Where an operator has forbidden it, or the system does not know it, the work is done all the same. */
function unlessForbidden(action: () => void): void {
  try {
    action();
  } catch {}
}

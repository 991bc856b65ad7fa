import { getPriority, setPriority } from "node:os";

/** Where the cores are all taken, collectors and pages get three quarters of them. */
const NICENESS = 5;

/** Lets this process work on what others leave: for work that may take longer while telemetry comes in. */
export function giveWay(): void {
  try {
    setPriority(Math.max(NICENESS, getPriority()));
  } catch {
    // Where an operator has forbidden it the work is done all the same.
  }
}

import type { Amount } from "./amount.ts";
import { hasReached, shareOf } from "./share.ts";

/** Whether a threshold on the forecast may fire: a forecast goes up and down. */
export type Arm = {
  readonly isArmed: boolean;
  /** How often it was armed again; part of what makes a crossing unique. */
  readonly arming: number;
  /** Looks in a row at which the forecast was clearly below. */
  readonly below: number;
  readonly lookedAt: number | null;
  readonly firedAt: number | null;
};

export const ARMED: Arm = { isArmed: true, arming: 0, below: 0, lookedAt: null, firedAt: null };

/** Points below the threshold that count as clearly below. */
const HYSTERESIS_POINTS = 5;
const LOOKS = 3;
/** Looks that follow on each other faster are one. */
const LOOK_MS = 10 * 60_000;
const DAY_MS = 86_400_000;

/**
 * Moves an arm on by one look at the forecast. It fires when armed and reached;
 * it is armed again after three looks, ten minutes apart at least, at which the
 * forecast was five points below, and at the earliest a day after it fired.
 */
export function moveArm(
  arm: Arm,
  forecast: Amount,
  limit: Amount,
  percent: number,
  now: number,
): { readonly arm: Arm; readonly fires: boolean } {
  const reached = hasReached(forecast, limit, percent);
  if (arm.isArmed) {
    if (!reached) return { arm, fires: false };
    return { arm: { ...arm, isArmed: false, below: 0, lookedAt: now, firedAt: now }, fires: true };
  }
  if (arm.lookedAt !== null && now - arm.lookedAt < LOOK_MS) return { arm, fires: false };
  const isBelow = limit > 0n && forecast < shareOf(limit, Math.max(0, percent - HYSTERESIS_POINTS));
  if (!isBelow) {
    return { arm: arm.below === 0 ? arm : { ...arm, below: 0, lookedAt: now }, fires: false };
  }
  const below = arm.below + 1;
  const mayArm = below >= LOOKS && now - (arm.firedAt ?? 0) >= DAY_MS;
  const next: Arm = mayArm
    ? { ...ARMED, arming: arm.arming + 1 }
    : { ...arm, below: Math.min(below, LOOKS), lookedAt: now };
  return { arm: next, fires: false };
}

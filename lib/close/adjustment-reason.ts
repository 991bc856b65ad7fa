import { LATE_REASONS } from "./late-changes.ts";

/** What finance books by hand. */
export const HAND_REASONS = ["credit", "charge", "move", "write_off", "reconciliation"] as const;
export type HandReason = (typeof HAND_REASONS)[number];

/** Why an entry is in the journal: by hand, or because something came late. */
export const ADJUSTMENT_REASONS = [...HAND_REASONS, ...LATE_REASONS] as const;
export type AdjustmentReason = (typeof ADJUSTMENT_REASONS)[number];

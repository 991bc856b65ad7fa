import type { HistoryWorks } from "#lib/history-runs/work-on-run.ts";
import { reallocationWork } from "#lib/reallocation/reallocation-work.ts";
import { repricingWork } from "#lib/repricing/repricing-work.ts";

/** All sorts of changes of history. */
export const HISTORY_WORKS: HistoryWorks = {
  reprice: repricingWork(),
  reallocate: reallocationWork(),
};

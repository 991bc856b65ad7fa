/**
 * What one request may make us hold, whatever its bytes say.
 *
 * A body of 64 MiB can name some thirty million empty items at two bytes each.
 * Real exporters send hundreds to thousands of items of 300 bytes and more, so
 * these limits are far from them and still bound the memory of one request.
 */

import { AppError } from "#lib/errors.ts";

/** A value nested deeper than this becomes null; protobuf libraries stop at the same depth. */
export const MAX_VALUE_DEPTH = 100;

/** Shares of `MAX_COST`: roughly the memory of one attribute is one. */
export const ITEM_COST = 16;
export const EVENT_COST = 4;
export const VALUE_COST = 1;

/** At most 125,000 items, or two million attributes. */
const MAX_COST = 2_000_000;

/** Counts what a request unfolds to. */
export class DecodeBudget {
  private left = MAX_COST;

  /** @throws {AppError} "too_large" once the request unfolds to too many values. */
  spend(cost: number): void {
    this.left -= cost;
    if (this.left < 0) {
      throw new AppError("too many items or attributes in one request", { code: "too_large" });
    }
  }
}

/**
 * Whoever changes figures notifies this; listeners refresh what they show. The
 * payload names the days that were touched, by their starts in epoch
 * milliseconds with commas; empty: any.
 */
export const USAGE_CHANNEL = "outlay_usage";

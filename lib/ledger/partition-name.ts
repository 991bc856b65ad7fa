/** The ledger's partition of the UTC day that holds the instant; names sort by day. */
export function partitionName(ms: number): string {
  return `usage_event_${new Date(ms).toISOString().slice(0, 10).replaceAll("-", "")}`;
}

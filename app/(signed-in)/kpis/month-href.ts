/** The page of a month's key figures, where each stands with what it was worked out from. */
export function monthHref(month: string): string {
  return `/kpis?month=${month}`;
}

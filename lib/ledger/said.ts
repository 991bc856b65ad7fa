import { spanItemIdentity } from "#lib/usage/span-item-identity.ts";
import type { Tokens } from "#lib/usage/tokens.ts";
import type { Identity, SeriesPoint, UsageEvent } from "#lib/usage/usage-event.ts";

/**
 * What an item itself said, before anything was inherited or differenced: the
 * column `said` of the ledger. With the row's other columns it makes the usage
 * event whole again. Empty values are left out.
 */
export type Said = {
  /** Only where it is not that of the span itself. */
  readonly identity?: string;
  readonly identityOf?: Identity;
  readonly provider?: string;
  readonly requestModel?: string;
  readonly tier?: string;
  readonly speed?: string;
  readonly region?: string;
  /** Only where there is more than the one in `response_id`. */
  readonly responseIds?: readonly string[];
  readonly reportedCost?: string;
  readonly series?: SeriesPoint;
  readonly tokens?: Tokens;
  readonly units?: Readonly<Record<string, number>>;
};

/** What is in a column of its own, unchanged by the filing, is left out too: ids, the model, a span's identity. */
export function saidBy(event: UsageEvent): Said {
  const said: Record<string, unknown> = {};
  for (const key of [
    "provider",
    "requestModel",
    "tier",
    "speed",
    "region",
    "reportedCost",
    "series",
  ] as const) {
    if (event[key] !== null) said[key] = event[key];
  }
  if (event.identity !== spanItemIdentity(event)) said.identity = event.identity;
  if (Object.keys(event.identityOf).length > 0) said.identityOf = event.identityOf;
  if (event.responseIds.length > 1) said.responseIds = event.responseIds;
  if (Object.keys(event.units).length > 0) said.units = event.units;
  // The effective tokens are in columns; only a cumulative point says something else.
  if (event.series !== null && event.tokens !== null) said.tokens = event.tokens;
  return said;
}

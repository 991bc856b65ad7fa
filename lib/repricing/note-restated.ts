import type { Tx } from "#lib/db/client.ts";
import type { Change } from "#lib/history-runs/change.ts";
import { decimals } from "#lib/history-runs/request-run.ts";
import { storableJson } from "#lib/ledger/storable-json.ts";
import { listRateSetOf } from "#lib/pricing/rate-set.ts";
import { nextUnitStart } from "#lib/time/calendar.ts";
import { TOKEN_CLASSES } from "#lib/usage/tokens.ts";
import { PRICE_COLUMNS, pricesOf } from "./moved-rows.ts";
import type { PricedBySums } from "./plan-moves.ts";
import type { RestatingStep } from "./restate-rollups.ts";

const PRICE_NAMES = ["", "list_"].flatMap((prefix) =>
  TOKEN_CLASSES.map((name) => `${prefix}${name}`),
);

/** Notes what the rows of these groups cost from now on (see the table `restated_price`). */
export async function noteRestatedPrices(
  tx: Tx,
  runId: bigint,
  { step }: RestatingStep,
  priced: readonly PricedBySums[],
  timeZone: string,
): Promise<void> {
  const rateSets = new Map(priced.map(({ rateSet }) => [rateSet.id, rateSet]));
  const prices = [...rateSets.values()].map((rateSet) => ({
    id: rateSet.id,
    is_funded: rateSet.funding !== undefined,
    ...pricesOf(rateSet, ""),
    ...pricesOf(listRateSetOf(rateSet), "list_"),
  }));
  await tx`
    insert into restated_price (dimension_set_id, rate_set_id, from_at, to_at, run_id, step,
                                new_rate_set_id, is_funded, ${tx.unsafe(PRICE_NAMES.join(", "))})
    select s.dimension_set_id, s.rate_set_id, s.from_at, s.to_at, ${`${runId}`}::int8,
           ${`${step}`}::int8, p.id, p.is_funded,
           ${tx.unsafe(PRICE_NAMES.map((name) => `coalesce(p.${name}, 0)`).join(", "))}
      from jsonb_to_recordset(${storableJson(stretchesOf(priced, timeZone))}::text::jsonb) as s (
             dimension_set_id int8, rate_set_id int8, from_at timestamptz, to_at timestamptz,
             new_rate_set_id int8)
      join jsonb_to_recordset(${storableJson(prices)}::text::jsonb) as p (
             id int8, is_funded bool, ${tx.unsafe(PRICE_COLUMNS)})
        on p.id = s.new_rate_set_id`;
  await tx`analyze restated_price`;
}

/** Days of a group that follow on each other and have the same price now, as one. */
function stretchesOf(priced: readonly PricedBySums[], timeZone: string) {
  const stretches = new Map<string, Stretch>();
  for (const { group, rateSet } of priced) {
    const days = {
      from: group.at.getTime(),
      to: nextUnitStart(group.at.getTime(), "day", timeZone),
    };
    const filed = [`${group.dimensionSetId}`, group.rateSet.id, rateSet.id] as const;
    const before = stretches.get(JSON.stringify([filed, days.from]));
    stretches.delete(JSON.stringify([filed, days.from]));
    const from = before?.from ?? days.from;
    stretches.set(JSON.stringify([filed, days.to]), { filed, from, to: days.to });
  }
  return [...stretches.values()].map(({ filed, from, to }) => ({
    dimension_set_id: filed[0],
    rate_set_id: filed[1],
    new_rate_set_id: filed[2],
    from_at: new Date(from).toISOString(),
    to_at: new Date(to).toISOString(),
  }));
}

type Stretch = {
  /** Dimension set, rate set, and the rate set that prices them now. */
  readonly filed: readonly [string, string, string];
  readonly from: number;
  readonly to: number;
};

/** Notes what a step changes by day, team and model; how many rows that is, the run knows. */
export async function noteChangesBySums(
  tx: Tx,
  runId: bigint,
  changes: readonly Change[],
): Promise<void> {
  const rows = changes.map(({ day, team, newTeam, provider, model, ...sums }) => ({
    day: day.toISOString(),
    team,
    new_team: newTeam,
    provider: provider ?? "",
    model: model ?? "",
    ...decimals(sums),
  }));
  await tx`
    insert into history_run_change as c
           (run_id, day, team, new_team, provider, model, calls,
            old_cost, new_cost, old_list_cost, new_list_cost)
    select ${`${runId}`}::int8, n.*
      from jsonb_to_recordset(${storableJson(rows)}::text::jsonb) as n (
             day timestamptz, team text, new_team text, provider text, model text, calls int8,
             old_cost numeric, new_cost numeric, old_list_cost numeric, new_list_cost numeric)
        on conflict (run_id, day, team, new_team, provider, model) do update
       set calls = c.calls + excluded.calls,
           old_cost = c.old_cost + excluded.old_cost, new_cost = c.new_cost + excluded.new_cost,
           old_list_cost = c.old_list_cost + excluded.old_list_cost,
           new_list_cost = c.new_list_cost + excluded.new_list_cost`;
}

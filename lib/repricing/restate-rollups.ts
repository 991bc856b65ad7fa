import type { Tx } from "#lib/db/client.ts";
import type { Change } from "#lib/history-runs/change.ts";
import { storableJson } from "#lib/ledger/storable-json.ts";
import { toDecimal, type Usd } from "#lib/money/money.ts";
import { LEDGER_SUMS } from "#lib/rollups/ledger-sums.ts";
import { ROLLUP_TABLES, type RollupTable } from "#lib/rollups/rollup-tables.ts";
import { TOKEN_CLASSES } from "#lib/usage/tokens.ts";
import type { Stretch } from "./moves.ts";

/** One step of a run that restates, by its number, and the whole days that it is about. */
export type RestatingStep = Stretch & { readonly step: bigint };

/** Moves the days' sums by team and model, which know no rate sets. */
async function restateTeams(tx: Tx, changes: readonly Change[]): Promise<void> {
  const rows = changes.map(({ day, team, provider, model, ...sums }) => ({
    day: day.toISOString(),
    team,
    provider: provider ?? "",
    model: model ?? "",
    more: toDecimal((sums.newCost - sums.oldCost) as Usd),
    list_more: toDecimal((sums.newListCost - sums.oldListCost) as Usd),
  }));
  await tx`
    update usage_day_team r set cost = r.cost + n.more, list_cost = r.list_cost + n.list_more
      from jsonb_to_recordset(${storableJson(rows)}::text::jsonb) as n (
             day timestamptz, team text, provider text, model text, more numeric,
             list_more numeric)
     where r.day = n.day and r.team = n.team and r.kind = 'model_call'
       and r.provider = n.provider and r.model = n.model`;
}

/** Moves the days' sums by person, as the rows of `usage_day_user` that they add up are about to move. */
async function restatePersons(tx: Tx, { step }: RestatingStep, bounds: string[]): Promise<void> {
  await tx.unsafe(
    `update usage_day_person r set cost = r.cost + n.more, list_cost = r.list_cost + n.list_more
       from (
         select r.day, d.team, d.kind, r.user_id,
                sum((${NEW_COST}) - r.cost) as more, sum((${NEW_LIST_COST}) - r.list_cost) as list_more
           from usage_day_user r
           join restated_price p on ${isRestated("day")}
           join dimension_set d on d.id = r.dimension_set_id
          group by 1, 2, 3, 4
       ) n
      where r.day = n.day and r.team = n.team and r.kind = n.kind and r.user_id = n.user_id`,
    [`${step}`, ...bounds],
  );
}

/** Gives the rows of the other rollups their new rate set, and what their tokens cost by it. */
export async function restateRollups(
  tx: Tx,
  step: RestatingStep,
  changes: readonly Change[],
): Promise<void> {
  await restateTeams(tx, changes);
  const bounds = [step.fromMs, step.toMs].map((ms) => new Date(ms).toISOString());
  await restatePersons(tx, step, bounds);
  for (const rollup of ROLLUP_TABLES) {
    const at = rollup.keys.find(({ type }) => type === "timestamptz")?.column;
    const hasRateSets = rollup.keys.some(({ column }) => column === "rate_set_id");
    if (at === undefined || !hasRateSets) continue;
    await tx.unsafe(restateRollup(rollup, at), [`${step.step}`, ...bounds]);
  }
}

const [TOKENS_AT_COST, NEW_LIST_COST] = ["", "list_"].map((prefix) =>
  TOKEN_CLASSES.map((name) => `r.${name} * p.${prefix}${name}`).join(" + "),
);
const NEW_COST = `case when p.is_funded then 0 else ${TOKENS_AT_COST} end`;

/** Whether a row `r` of a rollup is priced anew by `p`, in step `$1`, from `$2` until `$3`. */
function isRestated(at: string): string {
  return `p.step = $1::int8
         and p.dimension_set_id = r.dimension_set_id and p.rate_set_id = r.rate_set_id
         and r.${at} >= p.from_at and r.${at} < p.to_at
         and r.${at} >= $2::timestamptz and r.${at} < $3::timestamptz`;
}

/** Rows that come under one key are one row. */
function restateRollup({ table, keys }: RollupTable, at: string): string {
  const names = keys.map(({ column }) => column);
  const key = names.map((name) => (name === "rate_set_id" ? "new_rate_set_id" : name));
  const measures = LEDGER_SUMS.map(([name]) => name);
  const counters = measures.filter((name) => name !== "cost" && name !== "list_cost");
  return `
    with gone as (
      delete from ${table} r using restated_price p where ${isRestated(at)}
      returning ${[...names, ...counters].map((name) => `r.${name}`).join(", ")},
                p.new_rate_set_id, ${NEW_COST} as cost, ${NEW_LIST_COST} as list_cost
    )
    insert into ${table} as r (${[...names, ...measures].join(", ")})
    select ${[...key, ...measures.map((name) => `sum(${name})`)].join(", ")}
      from gone group by ${key.join(", ")} order by ${key.join(", ")}
        on conflict (${names.join(", ")}) do update
       set ${measures.map((name) => `${name} = r.${name} + excluded.${name}`).join(", ")}`;
}

import { z } from "zod";
import { requireFinance } from "#lib/access/rights.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { actorName } from "#lib/audit/actor.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { parseUsd, toDecimal, type Usd } from "#lib/money/money.ts";

/** The organisation's own limits; null: the published ones. */
export type AnomalySettings = {
  readonly deviations: number | null;
  readonly share: number | null;
  /** Least change of a day in dollars; null: 2 % of the typical day, at least one dollar. */
  readonly amount: Usd | null;
};

export const SettingsInput = z.strictObject({
  deviations: z.number().min(1).max(20).nullable().optional(),
  share: z.number().min(0.05).max(10).nullable().optional(),
  amount: z
    .string()
    .regex(/^\d{1,12}(\.\d{1,18})?$/, "must be an amount such as 25")
    .nullable()
    .optional(),
});
export type SettingsInput = z.output<typeof SettingsInput>;

export async function readSettings(sql: SqlClient): Promise<AnomalySettings> {
  const [row] = await sql<
    { deviations: number | null; share: number | null; amount: string | null }[]
  >`select deviations, share, amount from anomaly_setting`;
  return {
    deviations: row?.deviations ?? null,
    share: row?.share ?? null,
    amount: row?.amount == null ? null : parseUsd(row.amount),
  };
}

/** Changes the limits; what is left out stays. @throws {AppError} "forbidden" for those without all money. */
export async function changeSettings(
  sql: SqlClient,
  viewer: Viewer,
  input: SettingsInput,
  now: Date,
): Promise<AnomalySettings> {
  requireFinance(viewer);
  const before = await readSettings(sql);
  const after: AnomalySettings = {
    deviations: input.deviations === undefined ? before.deviations : input.deviations,
    share: input.share === undefined ? before.share : input.share,
    amount:
      input.amount === undefined
        ? before.amount
        : input.amount === null
          ? null
          : parseUsd(input.amount),
  };
  await sql.begin(async (tx) => {
    await tx`
      insert into anomaly_setting (id, deviations, share, amount, changed_at, changed_by)
      values (1, ${after.deviations}, ${after.share},
              ${after.amount === null ? null : toDecimal(after.amount)}, ${now},
              ${actorName(viewer)})
          on conflict (id) do update
         set deviations = excluded.deviations, share = excluded.share, amount = excluded.amount,
             changed_at = excluded.changed_at, changed_by = excluded.changed_by`;
    await recordAudit(tx, {
      actor: viewer,
      action: "anomaly_limits.changed",
      target: { kind: "anomaly_limits", id: "organization" },
      before: printed(before),
      after: printed(after),
    });
  });
  return after;
}

function printed({ deviations, share, amount }: AnomalySettings) {
  return { deviations, share, amount: amount === null ? null : toDecimal(amount) };
}

import { randomUUID } from "node:crypto";
import type { Charge, ChargeKind, Recurrence } from "#lib/cost-model/charge.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { parseUsd, toDecimal } from "#lib/money/money.ts";
import type { Believed } from "#lib/price-book/own-rate.ts";
import { dayText, parseDay } from "#lib/time/civil-day.ts";

/** Where the price of a charge stands: a contract, an invoice. */
export type ChargeSource = { readonly sourceName: string; readonly sourceUrl: string };
export type NewCharge = Omit<Charge, "id"> & ChargeSource;
/** One version of a charge; `id` names the charge over all of them, `version` this one. */
export type RecordedCharge = Charge & ChargeSource & Believed & { readonly version: string };

/** The charges believed now, or all versions that ever were; in the order in which they came. */
export async function readCharges(
  sql: SqlClient | Tx,
  which: "believed" | "all" = "believed",
): Promise<RecordedCharge[]> {
  const rows = await sql<ChargeRow[]>`
    select id as version, charge_id as id, kind, name, team_slug as team, pool_id as pool, person,
           provider, model, amount, quantity, recurrence, starts_on::text as starts_on,
           ends_on::text as ends_on, daily_tokens as "dailyTokens", source_name as "sourceName",
           source_url as "sourceUrl", recorded_at as "recordedAt", recorded_by as "recordedBy",
           superseded_at as "supersededAt", superseded_by as "supersededBy"
      from charge
     ${which === "believed" ? sql`where superseded_at is null` : sql``}
     order by (select min(first.recorded_at) from charge first
                where first.charge_id = charge.charge_id),
              charge_id, recorded_at`;
  return rows.map(({ starts_on, ends_on, amount, ...row }) => ({
    ...row,
    amount: parseUsd(amount),
    startsOn: parseDay(starts_on),
    endsOn: ends_on === null ? null : parseDay(ends_on),
  }));
}

/**
 * Records a charge, or a correction of the one that it names: what was believed
 * of that is superseded and stays on record.
 *
 * @returns The charge's id, the same over all its versions; null when there is none to correct.
 */
export async function insertCharge(
  tx: Tx,
  charge: NewCharge,
  by: string,
  corrects: string | null = null,
): Promise<string | null> {
  if (corrects !== null && !(await withdrawCharge(tx, corrects, by))) return null;
  const id = corrects ?? randomUUID();
  await tx`
    insert into charge ${tx({
      charge_id: id,
      kind: charge.kind,
      name: charge.name,
      team_slug: charge.team,
      pool_id: charge.pool,
      person: charge.person,
      provider: charge.provider,
      model: charge.model,
      amount: toDecimal(charge.amount),
      quantity: charge.quantity,
      recurrence: charge.recurrence,
      starts_on: dayText(charge.startsOn),
      ends_on: charge.endsOn === null ? null : dayText(charge.endsOn),
      daily_tokens: charge.dailyTokens === null ? null : `${charge.dailyTokens}`,
      source_name: charge.sourceName,
      source_url: charge.sourceUrl,
      recorded_by: by,
    })}`;
  return id;
}

/** Stops believing a charge. False when it is not believed. */
export async function withdrawCharge(tx: Tx, id: string, by: string): Promise<boolean> {
  const rows = await tx`
    update charge set superseded_at = now(), superseded_by = ${by}
     where charge_id = ${id}::uuid and superseded_at is null returning id`;
  return rows.length === 1;
}

type ChargeRow = Omit<RecordedCharge, "amount" | "startsOn" | "endsOn" | "kind" | "recurrence"> & {
  readonly kind: ChargeKind;
  readonly recurrence: Recurrence;
  readonly amount: string;
  readonly starts_on: string;
  readonly ends_on: string | null;
};

import { type Amount, parseAmount, printAmount } from "#lib/budgets/amount.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { parseUsd, toDecimal } from "#lib/money/money.ts";
import type { Reservation } from "./reservation-book.ts";
import { printNotices, type ReservationNotice } from "./reservation-notice.ts";
import { type OpenReservation, pairSettlements, type SeenCall } from "./settlement.ts";

/** Carries a `ReservationNotice`. */
export const RESERVATION_CHANNEL = "outlay_reservations";
const SETTLE_LOCK = 7_302_032;
const MOST_SETTLED = 20_000;

/**
 * Tells the other processes what was granted and given back here, in one
 * statement: it is sent many times a second beside the answers.
 *
 * @param from The process that tells; it hears itself, too, and knows already.
 */
export async function shareReservations(
  sql: SqlClient,
  granted: readonly Reservation[],
  returned: readonly string[],
  { from, now }: { readonly from: string; readonly now: Date },
): Promise<void> {
  const rows = granted.map(
    ({ id, createdAt, expiresAt, team, user, agent, model, key, amount, holds }) => ({
      id,
      created_at: new Date(createdAt),
      expires_at: new Date(expiresAt),
      ...{ team, user_id: user, agent, model, key_id: key },
      amount: toDecimal(amount),
      holds: Object.fromEntries([...holds].map(([budget, held]) => [budget, printAmount(held)])),
    }),
  );
  const notices = printNotices({ from, granted: granted.map(({ id }) => id), closed: returned });
  // What is given back before it was told is not there yet for the update to see.
  await sql`
    with granted as (
      insert into spend_reservation
        (id, created_at, expires_at, team, user_id, agent, model, key_id, amount, holds, settled_at)
      select r.*, case when r.id = any(${[...returned]}::uuid[]) then ${now}::timestamptz end
        from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
          as r (id uuid, created_at timestamptz, expires_at timestamptz, team text, user_id text,
                agent text, model text, key_id text, amount numeric, holds jsonb)
      on conflict do nothing),
    closed as (
      update spend_reservation set settled_at = ${now}
       where id = any(${[...returned]}::uuid[]) and settled_at is null)
    select pg_notify(${RESERVATION_CHANNEL}, text) from unnest(${notices}::text[]) as text`;
}

async function notify(tx: Tx, notice: ReservationNotice): Promise<void> {
  await tx`
    select pg_notify(${RESERVATION_CHANNEL}, text) from unnest(${printNotices(notice)}::text[]) as text`;
}

/** The ids of all that is held, as one text: thousands of rows would hold up the answers meanwhile. */
export async function readHeldIds(sql: SqlClient, now: Date): Promise<string[]> {
  const [row] = await sql<{ ids: string | null }[]>`
    select string_agg(id::text, ',') as ids from spend_reservation
     where settled_at is null and expires_at > ${now}`;
  return row?.ids?.split(",") ?? [];
}

/** Those of the ids that are held. Read in pieces, for the same reason. */
export async function readReservations(
  sql: SqlClient,
  ids: readonly string[],
  now: Date,
): Promise<Reservation[]> {
  const held: Reservation[] = [];
  for (let index = 0; index < ids.length; index += PIECE) {
    const rows = await sql<HeldRow[]>`
      select id, created_at, expires_at, team, user_id, agent, model, key_id, amount, holds
        from spend_reservation
       where id = any(${ids.slice(index, index + PIECE)}::uuid[])
         and settled_at is null and expires_at > ${now}`;
    held.push(...rows.map(reservationFrom));
  }
  return held;
}

const PIECE = 50;

type HeldRow = {
  readonly id: string;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly team: string | null;
  readonly user_id: string | null;
  readonly agent: string | null;
  readonly model: string | null;
  readonly key_id: string | null;
  readonly amount: string;
  readonly holds: Readonly<Record<string, string>>;
};

function reservationFrom({ id, team, user_id, agent, model, ...row }: HeldRow): Reservation {
  return {
    ...{ id, team, user: user_id, agent, model, key: row.key_id },
    createdAt: row.created_at.getTime(),
    expiresAt: row.expires_at.getTime(),
    amount: parseUsd(row.amount),
    holds: new Map(Object.entries(row.holds).map(([budget, held]) => [budget, parseAmount(held)])),
  };
}

/** What is held of each budget, for its status. */
export async function readHeld(
  sql: SqlClient | Tx,
  now: Date,
): Promise<ReadonlyMap<string, Amount>> {
  const rows = await sql<{ budget: string; held: string }[]>`
    select hold.key as budget, sum(hold.value::numeric)::text as held
      from spend_reservation as reservation, jsonb_each_text(reservation.holds) as hold
     where reservation.settled_at is null and reservation.expires_at > ${now}
     group by 1`;
  return new Map(rows.map(({ budget, held }) => [budget, parseAmount(held)]));
}

/**
 * Settles what the ledger has seen, in one process at a time.
 *
 * @param since Calls that arrived before were looked at already.
 * @returns How many were settled; null when another process is at it.
 */
export async function settleReservations(
  sql: SqlClient,
  since: Date,
  now: Date,
): Promise<number | null> {
  return await sql.begin(async (tx) => {
    const [lock] = await tx<{ taken: boolean }[]>`
      select pg_try_advisory_xact_lock(${SETTLE_LOCK}) as taken`;
    if (lock?.taken !== true) return null;
    const seen = await tx<SeenCall[]>`
      select event.id, event.started_at as "startedAt",
             event.attributes ->> 'outlay.reservation_id' as names,
             d.team, event.user_id as "user", d.agent, d.model, event.key_id as key
        from usage_event as event join dimension_set as d on d.id = event.dimension_set_id
       where event.started_at >= (
               select min(created_at) - interval '1 minute'
                 from spend_reservation where settled_at is null and expires_at > ${now})
         and event.received_at >= ${since}
         and event.counted and d.kind = 'model_call'
         and not exists (select from spend_reservation as r where r.settled_by = event.id)
       order by event.started_at limit ${MOST_SETTLED}`;
    // Thousands may be held: they are read only when there is something to settle them by.
    if (seen.length === 0) return 0;
    const open = await tx<OpenReservation[]>`
      select id, created_at as "createdAt", team, user_id as "user", agent, model, key_id as key
        from spend_reservation where settled_at is null and expires_at > ${now}`;
    const pairs = pairSettlements(open, seen);
    await tx`
      update spend_reservation as reservation set settled_at = ${now}, settled_by = pair.by
        from jsonb_to_recordset(${JSON.stringify(pairs)}::text::jsonb) as pair (id uuid, by uuid)
       where reservation.id = pair.id and reservation.settled_at is null`;
    await notify(tx, { from: "", granted: [], closed: pairs.map(({ id }) => id) });
    return pairs.length;
  });
}

/** @returns How many processes answer checks, this one included. */
export async function countCheckers(sql: SqlClient, id: string, now: Date): Promise<number> {
  await sql`
    insert into spend_checker (id, seen_at) values (${id}, ${now})
    on conflict (id) do update set seen_at = excluded.seen_at`;
  await sql`delete from spend_checker where seen_at < ${new Date(now.getTime() - 3_600_000)}`;
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from spend_checker
     where seen_at >= ${new Date(now.getTime() - 30_000)}`;
  return Math.max(1, row?.count ?? 1);
}

import type { SqlClient } from "#lib/db/client.ts";

/** One fan-out at a time: deliveries are numbered in the order in which events came to be seen. */
const FAN_OUT_LOCK = 7_302_031;
export const FAN_OUT_BATCH = 500;

/**
 * Makes a delivery of each waiting event for each endpoint that asks for it, in
 * one transaction with the note that it was done: an event is fanned out once,
 * whatever is killed when.
 *
 * @returns How many events there were; as many as a batch means that there may be more.
 */
export async function fanOut(sql: SqlClient, now: Date): Promise<number> {
  const [waiting] = await sql`
    select from notification_event where dispatched_at is null limit 1`;
  if (waiting === undefined) return 0;
  return await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${FAN_OUT_LOCK})`;
    const events = await tx<{ id: string }[]>`
      update notification_event set dispatched_at = ${now}
       where id in (select id from notification_event
                     where dispatched_at is null order by seq limit ${FAN_OUT_BATCH})
      returning id`;
    const ids = events.map(({ id }) => id);
    // A team stands for those below it too; `union` ends also where parents form a ring.
    await tx`
      with recursive below (root, slug) as (
        select slug, slug from team
        union
        select below.root, team.slug from team join below on team.parent_slug = below.slug
      )
      insert into webhook_delivery (event_id, endpoint_id, order_key, next_attempt_at)
      select event.id, endpoint.id, event.order_key, ${now}
        from notification_event as event
        join webhook_endpoint as endpoint
          on endpoint.disabled_at is null
         and (event.endpoint_id = endpoint.id
              or event.endpoint_id is null
             and (endpoint.types is null or event.type = any(endpoint.types))
             and (endpoint.budgets is null
                  or event.data -> 'budget' ->> 'id' = any(endpoint.budgets))
             and (endpoint.teams is null
                  or event.team = any(endpoint.teams)
                  or event.team in (select slug from below where root = any(endpoint.teams))))
       where event.id = any(${ids}::uuid[])
       order by event.seq, endpoint.created_at
      on conflict do nothing`;
    return ids.length;
  });
}

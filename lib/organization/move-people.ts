import type { Tx } from "#lib/db/client.ts";

/**
 * Moves people from one team to another from a date on: what of their spans
 * lies after it. With e-mails, only those people.
 *
 * @returns How many people were moved.
 */
export async function movePeople(
  tx: Tx,
  from: string,
  into: string,
  day: string,
  emails: readonly string[] | null,
): Promise<number> {
  const people =
    emails === null
      ? tx`true`
      : tx`person_id in (select id from person where email = any(${[...emails]}::text[]))`;
  const moved = await tx<{ person_id: string }[]>`
    update membership set team_slug = ${into}
     where team_slug = ${from} and valid_from >= ${day}::date and ${people}
    returning person_id`;
  const cut = await tx<{ person_id: string }[]>`
    with open as (
      select person_id, valid_from, valid_to, cost_center from membership
       where team_slug = ${from} and valid_from < ${day}::date
         and (valid_to is null or valid_to > ${day}::date) and ${people}
    ), ended as (
      update membership m set valid_to = ${day}::date from open o
       where m.person_id = o.person_id and m.valid_from = o.valid_from
    )
    insert into membership (person_id, valid_from, valid_to, team_slug, cost_center)
    select person_id, ${day}::date, valid_to, ${into}, cost_center from open
    returning person_id`;
  return new Set([...moved, ...cut].map(({ person_id }) => person_id)).size;
}

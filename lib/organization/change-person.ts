import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { because } from "#lib/refusals/reason.ts";
import { type Change, changeOrganization } from "./change.ts";
import { type Member, type MemberInput, membersByEmail } from "./people.ts";

/**
 * Stores a person as given: names, aliases and all memberships. New where the
 * e-mail is.
 *
 * @throws {AppError} "not_found" when a team is unknown, "conflict" when an alias
 *   or the e-mail is another person's name.
 */
export async function setPerson(
  sql: SqlClient,
  change: Change,
  person: MemberInput,
): Promise<void> {
  await changeOrganization(sql, change, async (tx) => {
    const [before] = await membersByEmail(tx, [person.email]);
    await storePeople(tx, [person]);
    await recordAudit(tx, {
      ...audited(change, before === undefined ? "person.created" : "person.changed", person.email),
      ...(before === undefined ? {} : { before: stateOf(before) }),
      after: stateOf(person),
    });
  });
}

/**
 * Forgets a person. What their usage cost stays with the teams that it was
 * given to.
 *
 * @throws {AppError} "not_found" when nobody has the e-mail.
 */
export async function removePerson(sql: SqlClient, change: Change, email: string): Promise<void> {
  await changeOrganization(sql, change, async (tx) => {
    const [before] = await membersByEmail(tx, [email]);
    if (before === undefined) {
      throw new AppError(because("no_person", { email }), { code: "not_found" });
    }
    await tx`delete from person where email = ${email}`;
    await recordAudit(tx, {
      ...audited(change, "person.removed", email),
      before: stateOf(before),
    });
  });
}

/**
 * Writes people with all that is theirs, within a larger change.
 *
 * @throws {AppError} "not_found" when a team is unknown, "conflict" when two
 *   people would have one name.
 */
export async function storePeople(tx: Tx, people: readonly Member[]): Promise<void> {
  const clash = await clashingName(tx, people);
  if (clash !== undefined) {
    throw new AppError(because("name_clash", { name: clash }), { code: "conflict" });
  }
  const emails = people.map(({ email }) => email);
  await tx`
    insert into person (email, name)
    select * from unnest(${emails}::text[], ${people.map(({ name }) => name)}::text[])
        on conflict (email) do update set name = excluded.name`;
  await tx`
    delete from person_alias a using person p
     where p.id = a.person_id and p.email = any(${emails}::text[])`;
  await tx`
    delete from membership m using person p
     where p.id = m.person_id and p.email = any(${emails}::text[])`;
  await storeAliases(tx, people);
  await storeMemberships(tx, people);
}

/** A name that two people would have, be it an e-mail or an alias. */
export async function clashingName(tx: Tx, people: readonly Member[]): Promise<string | undefined> {
  const { names, emails } = namesOf(people);
  const [clash] = await tx<{ name: string }[]>`
    select name from (
           select * from unnest(${names}::text[], ${emails}::text[]) as n (name, email)
           union all
           select a.alias, p.email from person_alias a join person p on p.id = a.person_id
            where a.alias = any(${names}::text[]) and p.email <> all(${emails}::text[])
           union all
           select email, email from person where email = any(${names}::text[])) names
     group by name having count(distinct email) > 1 order by name limit 1`;
  return clash?.name;
}

function namesOf(people: readonly Member[]) {
  const rows = people.flatMap(({ email, aliases }) =>
    [...new Set([email, ...aliases])].map((name) => ({ name, email })),
  );
  return { names: rows.map(({ name }) => name), emails: rows.map(({ email }) => email) };
}

async function storeAliases(tx: Tx, people: readonly Member[]): Promise<void> {
  const { names, emails } = namesOf(people);
  await tx`
    insert into person_alias (alias, person_id)
    select n.name, p.id
      from unnest(${names}::text[], ${emails}::text[]) as n (name, email)
      join person p using (email)
     where n.name <> n.email`;
}

async function storeMemberships(tx: Tx, people: readonly Member[]): Promise<void> {
  const rows = people.flatMap(({ email, memberships }) =>
    memberships.map((membership) => ({ ...membership, email })),
  );
  const [unknown] = await tx<{ slug: string }[]>`
    select slug from unnest(${[...new Set(rows.map(({ team }) => team))]}::text[]) as n (slug)
     where not exists (select 1 from team where team.slug = n.slug and slug <> 'unallocated') limit 1`;
  if (unknown !== undefined) {
    throw new AppError(because("no_team", { team: unknown.slug }), { code: "not_found" });
  }
  await tx`
    insert into membership (person_id, team_slug, cost_center, valid_from, valid_to)
    select p.id, n.team, n.cost_center, n.valid_from::date, n.valid_to::date
      from unnest(${rows.map(({ email }) => email)}::text[], ${rows.map(({ team }) => team)}::text[],
                  ${rows.map(({ costCenter }) => costCenter)}::text[],
                  ${rows.map(({ from }) => from)}::text[],
                  ${rows.map(({ to }) => to)}::text[]) as n (email, team, cost_center, valid_from, valid_to)
      join person p using (email)`;
}

function stateOf({ name, aliases, memberships }: Member) {
  return { name, aliases, memberships };
}

function audited({ by }: Change, action: `person.${string}`, email: string) {
  return { actor: by, action, target: { kind: "person", id: email } } as const;
}

import type { Fragment } from "postgres";
import { z } from "zod";
import { requireFinance } from "#lib/access/rights.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { isDay } from "./organization-day.ts";

/** Where a person works on the dates in [from, to) of the organisation's zone. */
export type Membership = {
  readonly team: string;
  /** Null: the team's. */
  readonly costCenter: string | null;
  readonly from: string;
  readonly to: string | null;
};

/** Somebody whose usage is paid for. */
export type Member = {
  readonly email: string;
  readonly name: string;
  /** User ids by which telemetry names them besides their e-mail, in lower case. */
  readonly aliases: readonly string[];
  /** In their order; they do not overlap. */
  readonly memberships: readonly Membership[];
};

const Day = z.string().refine(isDay, "must be a date such as 2026-11-22");
const Email = z.email().max(254).toLowerCase();

const MembershipInput = z
  .strictObject({
    team: z.string().min(1).max(63),
    costCenter: z.string().trim().min(1).max(120).nullable().default(null),
    from: Day,
    to: Day.nullable().default(null),
  })
  .refine(({ from, to }) => to === null || from < to, {
    path: ["to"],
    error: "must be after the start",
  });

export const MemberInput = z.strictObject({
  email: Email,
  name: z.string().trim().max(120).default(""),
  aliases: z.array(z.string().trim().min(1).max(200).toLowerCase()).max(50).default([]),
  memberships: z
    .array(MembershipInput)
    .max(200)
    .default([])
    .transform((spans) => spans.toSorted((a, b) => (a.from < b.from ? -1 : 1)))
    .refine((spans) => spans.every((span, i) => i === 0 || !overlaps(spans[i - 1], span)), {
      error: "overlap",
    }),
});
export type MemberInput = z.output<typeof MemberInput>;

/** Whether a span goes on when the next begins. */
export function overlaps(
  span: Pick<Membership, "from" | "to"> | undefined,
  next: Pick<Membership, "from">,
): boolean {
  return span !== undefined && (span.to === null || span.to > next.from);
}

export type PeopleQuery = {
  /** In e-mail, name or alias. */
  readonly search?: string;
  /** Those who are in the team at some time. */
  readonly team?: string;
  /** E-mails after this one. */
  readonly after?: string;
  readonly limit: number;
};

/** People by e-mail. For admins and finance. */
export async function listPeople(
  sql: SqlClient,
  viewer: Pick<Viewer, "role" | "teams">,
  { search = "", team = "", after = "", limit }: PeopleQuery,
): Promise<readonly Member[]> {
  requireFinance(viewer);
  const like = `%${search
    .trim()
    .toLowerCase()
    .replaceAll(/[\\%_]/g, "\\$&")}%`;
  return readMembers(
    sql,
    sql`p.email > ${after}
        and (${search.trim() === ""} or p.email like ${like} or lower(p.name) like ${like}
             or exists (select 1 from person_alias a where a.person_id = p.id and a.alias like ${like}))
        and (${team === ""} or exists (
             select 1 from membership m where m.person_id = p.id and m.team_slug = ${team}))`,
    limit,
  );
}

/** The people of these e-mails, or all, by e-mail. */
export async function membersByEmail(
  sql: SqlClient | Tx,
  emails: readonly string[] | "all",
): Promise<readonly Member[]> {
  const which = emails === "all" ? sql`true` : sql`p.email = any(${[...emails]}::text[])`;
  return readMembers(sql, which, null);
}

async function readMembers(
  sql: SqlClient | Tx,
  which: Fragment,
  limit: number | null,
): Promise<readonly Member[]> {
  const rows = await sql<Member[]>`
    select p.email, p.name,
           array(select alias from person_alias where person_id = p.id order by alias) as aliases,
           coalesce((select json_agg(json_build_object(
                              'team', m.team_slug, 'costCenter', m.cost_center,
                              'from', m.valid_from, 'to', m.valid_to) order by m.valid_from)
                       from membership m where m.person_id = p.id), '[]') as memberships
      from person p where ${which} order by p.email collate "C" limit ${limit}`;
  return rows;
}

import { teamSlug } from "#lib/allocation/find-team.ts";
import type { HrFile, HrMistake, HrRow } from "./hr-file.ts";
import { type Member, type Membership, overlaps } from "./people.ts";

/** What an import would do. */
export type ImportPlan = {
  readonly mistakes: readonly HrMistake[];
  /** Teams that the file names and that do not exist. */
  readonly newTeams: readonly { readonly slug: string; readonly name: string }[];
  readonly added: readonly Member[];
  readonly changed: readonly { readonly before: Member; readonly after: Member }[];
  readonly unchanged: number;
};

type KnownTeam = { readonly slug: string; readonly name: string };

/**
 * Compares an HR file with the people that are known. From the first day on
 * that the file tells of a person, it is the whole truth about them; what is
 * known of the days before stays, so an export of where everybody works now
 * adds to the past instead of wiping it out. People of whom it says nothing
 * stay as they are.
 *
 * @param makesTeams Whether a team that does not exist is made, instead of a mistake.
 */
export function planImport(
  { rows, mistakes }: HrFile,
  known: readonly Member[],
  teams: readonly KnownTeam[],
  makesTeams: boolean,
): ImportPlan {
  const findTeam = teamFinder(teams, makesTeams);
  const wrong: HrMistake[] = [...mistakes];
  const newTeams = new Map<string, KnownTeam>();
  const placed = rows.flatMap((row) => {
    const team = findTeam(row.team);
    if (team === null) {
      wrong.push({ line: row.line, detail: `there is no team ${row.team}` });
      return [];
    }
    if (team.isNew) newTeams.set(team.slug, { slug: team.slug, name: row.team });
    return [{ ...row, team: team.slug }];
  });
  const before = new Map(known.map((member) => [member.email, member]));
  const after = [...Map.groupBy(placed, ({ email }) => email)].map(([email, own]) =>
    memberFrom(email, own, before.get(email)),
  );
  const sorted = after.toSorted((a, b) => (a.email < b.email ? -1 : 1));
  return {
    mistakes: wrong.toSorted((a, b) => a.line - b.line),
    newTeams: [...newTeams.values()],
    added: sorted.filter(({ email }) => !before.has(email)),
    changed: sorted.flatMap((member) => {
      const was = before.get(member.email);
      return was === undefined || isSame(was, member) ? [] : [{ before: was, after: member }];
    }),
    unchanged: sorted.filter((member) => {
      const was = before.get(member.email);
      return was !== undefined && isSame(was, member);
    }).length,
  };
}

function teamFinder(teams: readonly KnownTeam[], makesTeams: boolean) {
  const byName = new Map(teams.map(({ slug, name }) => [name.toLowerCase(), slug]));
  const slugs = new Set(teams.map(({ slug }) => slug));
  return (text: string): { readonly slug: string; readonly isNew: boolean } | null => {
    const slug = teamSlug(text);
    if (slugs.has(text)) return { slug: text, isNew: false };
    const named = byName.get(text.toLowerCase());
    if (named !== undefined) return { slug: named, isNew: false };
    if (slug !== null && slugs.has(slug)) return { slug, isNew: false };
    return slug === null || !makesTeams ? null : { slug, isNew: true };
  };
}

function memberFrom(email: string, rows: readonly HrRow[], before: Member | undefined): Member {
  const spans = rows
    .map(({ team, costCenter, from, to }): Membership => ({ team, costCenter, from, to }))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  const first = spans[0]?.from ?? "";
  const aliases = rows.flatMap((row) => row.aliases ?? []);
  const saysAliases = rows.some((row) => row.aliases !== undefined);
  return {
    email,
    name: rows.find(({ name }) => name)?.name ?? before?.name ?? "",
    aliases: saysAliases
      ? [...new Set(aliases)].filter((alias) => alias !== email).sort()
      : (before?.aliases ?? []),
    memberships: joined([...pastOf(before?.memberships ?? [], first), ...spans]),
  };
}

/** What is known of the days before. */
function pastOf(spans: readonly Membership[], day: string): Membership[] {
  return spans
    .filter(({ from }) => from < day)
    .map((span) => (overlaps(span, { from: day }) ? { ...span, to: day } : span));
}

/** One span instead of two that follow on each other and say the same. */
function joined(spans: readonly Membership[]): Membership[] {
  const all: Membership[] = [];
  for (const { team, costCenter, from, to } of spans) {
    const last = all.at(-1);
    const goesOn = last?.to === from && last.team === team && last.costCenter === costCenter;
    if (goesOn) all.pop();
    all.push({ team, costCenter, from: goesOn ? last.from : from, to });
  }
  return all;
}

function isSame(a: Member, b: Member): boolean {
  const text = ({ name, aliases, memberships }: Member) =>
    JSON.stringify([name, aliases.toSorted(), joined(memberships)]);
  return text(a) === text(b);
}

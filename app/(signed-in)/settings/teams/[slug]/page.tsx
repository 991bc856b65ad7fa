import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { buttonClass } from "#app/_components/button.tsx";
import { Facts } from "#app/_components/facts.tsx";
import { Empty, Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { context } from "#app/_server/context.ts";
import type { PageInput } from "#app/_server/page-props.ts";
import { currentTeams } from "#app/_server/teams.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { listPeople } from "#lib/organization/people.ts";
import { listTeams, type Team, teamsFrom } from "#lib/organization/teams.ts";
import { TeamState } from "../team-state.tsx";
import { MergeForm } from "./merge-form.tsx";
import { SplitForm } from "./split-form.tsx";
import { TeamEditor } from "./team-editor.tsx";

const MOST_PEOPLE = 50;

export async function generateMetadata({ params }: PageInput<Params>): Promise<Metadata> {
  return { title: decodeURIComponent((await params).slug) };
}

type Params = { readonly slug: string };

/** One team: what it is, and for admins what can become of it. */
export default async function TeamPage({ params }: PageInput<Params>) {
  const viewer = await requireViewer();
  const [t, { slug }] = await Promise.all([getTranslations("Teams"), params]);
  if (viewer.teams !== "all") {
    return (
      <>
        <PageHeader title={t("title")} />
        <Notice title={t("notAllowed")} />
      </>
    );
  }
  const teams = await listTeams(context().sql, viewer);
  const team = teams.find((candidate) => candidate.slug === decodeURIComponent(slug));
  if (team === undefined) notFound();
  return (
    <>
      <PageHeader title={team.name} note={t("detailNote")}>
        <Link href="/settings/teams" className={buttonClass()}>
          {t("back")}
        </Link>
        <Link
          href={`/?${new URLSearchParams({ "filter.team": team.slug })}`}
          className={buttonClass()}
        >
          {t("showSpend")}
        </Link>
      </PageHeader>
      {viewer.role === "admin" ? (
        <TeamChanges team={team} teams={teams} />
      ) : (
        <Panel title={t("title")}>
          <Facts
            facts={[
              [t("slug"), team.slug],
              [t("parent"), team.parent],
              [t("costCenter"), team.costCenter],
              [t("owners"), team.owners.join(", ")],
              [t("state"), <TeamState key="state" team={team} />],
            ]}
          />
        </Panel>
      )}
      <PeoplePanel viewer={viewer} team={team} />
    </>
  );
}

async function TeamChanges({
  team,
  teams,
}: {
  readonly team: Team;
  readonly teams: readonly Team[];
}) {
  const below = new Set(teamsFrom(teams, team.slug));
  const others = (await currentTeams()).filter(({ slug }) => !below.has(slug));
  return (
    <>
      <TeamEditor team={team} others={others} state={<TeamState team={team} />} />
      {team.merged === null && (
        <div className="grid items-start gap-5 xl:grid-cols-2 [&>*]:min-w-0">
          <MergeForm slug={team.slug} others={others} />
          {team.archivedAt === null && <SplitForm slug={team.slug} />}
        </div>
      )}
    </>
  );
}

async function PeoplePanel({ viewer, team }: { readonly viewer: Viewer; readonly team: Team }) {
  const t = await getTranslations("Teams");
  const people = await listPeople(context().sql, viewer, { team: team.slug, limit: MOST_PEOPLE });
  return (
    <Panel
      title={t("people")}
      note={t("peopleNote")}
      actions={
        <Link
          href={`/settings/members?${new URLSearchParams({ team: team.slug })}`}
          className={buttonClass("ghost")}
        >
          {t("allPeople")}
        </Link>
      }
    >
      {people.length === 0 ? (
        <Empty title={t("noPeople")} />
      ) : (
        <ul className="divide-y divide-line">
          {people.map(({ email, name, memberships }) => (
            <li key={email} className="flex flex-wrap gap-x-3 px-4 py-2">
              <span className="font-medium">{name || email}</span>
              <span className="text-muted">{email}</span>
              <span className="figures ml-auto text-muted">
                {memberships
                  .filter((span) => span.team === team.slug)
                  .map(({ from, to }) => `${from} – ${to ?? ""}`)
                  .join(", ")}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

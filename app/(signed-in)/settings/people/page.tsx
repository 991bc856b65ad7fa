import { ChevronDown } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ConfirmFirst } from "#app/_components/confirm-first.tsx";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { context, requestTime } from "#app/_server/context.ts";
import { currentTeams } from "#app/_server/teams.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { listPeople, type Person } from "#lib/auth/manage-users.ts";
import { listInvitations } from "#lib/auth/one-time-links.ts";
import { InvitationList } from "./invitation-list.tsx";
import { InviteForm } from "./invite-form.tsx";
import { PersonEditor } from "./person-editor.tsx";
import { PersonForm } from "./person-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("People");
  return { title: t("title") };
}

/** Who may sign in, as what, and for which teams. */
export default async function PeoplePage() {
  const viewer = await requireViewer();
  const t = await getTranslations("People");
  if (viewer.role !== "admin") {
    return (
      <>
        <PageHeader title={t("title")} />
        <Notice title={t("adminsOnly")} />
      </>
    );
  }
  const { db, sql } = context();
  const now = await requestTime();
  const [people, teams, invitations] = await Promise.all([
    listPeople(sql),
    currentTeams(),
    listInvitations(db, now),
  ]);
  return (
    <>
      <PageHeader title={t("title")} note={t("note")} />
      <ConfirmFirst viewer={viewer} path="/settings/people" />
      <Panel
        title={t("title")}
        actions={<CsvLink href="/api/v1/export/users.csv" what={t("title")} />}
      >
        <ul className="divide-y divide-line">
          {people.map((person) => (
            <li key={person.id}>
              <details className="group">
                <summary className="flex min-h-11 list-none flex-wrap items-center gap-x-3 gap-y-0.5 px-4 py-2 hover:bg-hover">
                  <PersonLine person={person} isSelf={person.id === viewer.id} />
                  <ChevronDown
                    className="ml-auto size-4 text-faint group-open:rotate-180"
                    aria-hidden
                  />
                </summary>
                <PersonEditor person={person} teams={teams} />
              </details>
            </li>
          ))}
        </ul>
      </Panel>
      <InvitationList invitations={invitations} />
      <InviteForm teams={teams} />
      <PersonForm teams={teams} />
    </>
  );
}

async function PersonLine({
  person,
  isSelf,
}: {
  readonly person: Person;
  readonly isSelf: boolean;
}) {
  const [t, roles] = await Promise.all([
    getTranslations("People"),
    getTranslations("Account.roles"),
  ]);
  const { name, email, role, teams, isActive } = person;
  const seesAll = role === "admin" || role === "finance";
  return (
    <>
      <span className="font-medium">
        {name}
        {isSelf && <span className="font-normal text-faint"> {t("you")}</span>}
      </span>
      <span className="text-muted">{email}</span>
      <span>{roles(role)}</span>
      <span className="text-muted">
        {seesAll ? t("allTeams") : teams.join(", ") || t("noTeam")}
      </span>
      {person.isFromDirectory && <span className="text-faint">{t("fromDirectory")}</span>}
      {person.hasSecondFactor && <span className="text-faint">{t("secondFactor")}</span>}
      {!isActive && <span className="text-warn">{t("cannotSignIn")}</span>}
    </>
  );
}

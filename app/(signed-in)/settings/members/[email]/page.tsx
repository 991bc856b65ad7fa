import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { context, requestTime } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import type { PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { dayOf } from "#lib/organization/organization-day.ts";
import { membersByEmail } from "#lib/organization/people.ts";
import { listTeams } from "#lib/organization/teams.ts";
import { MemberForm } from "../member-form.tsx";

type Params = { readonly email: string };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Members");
  return { title: t("edit") };
}

/** A person to be changed, or added under "new". */
export default async function MemberPage({ params }: PageInput<Params>) {
  const viewer = await requireViewer();
  const t = await getTranslations("Members");
  if (viewer.role !== "admin" || viewer.teams !== "all") {
    return (
      <>
        <PageHeader title={t("title")} />
        <Notice title={t("adminsChange")} />
      </>
    );
  }
  const [email, now, { timeZone }, teams] = await Promise.all([
    params.then((found) => decodeURIComponent(found.email).toLowerCase()),
    requestTime(),
    currentOrganization(),
    listTeams(context().sql, viewer),
  ]);
  const [member] = email === "new" ? [] : await membersByEmail(context().sql, [email]);
  if (member === undefined && email !== "new") notFound();
  return (
    <>
      <PageHeader
        title={member === undefined ? t("new") : member.name || member.email}
        note={t("editNote")}
      />
      <MemberForm
        member={member ?? null}
        teams={teams.map(({ slug, name }) => ({ slug, name }))}
        today={dayOf(now.getTime(), timeZone)}
      />
    </>
  );
}

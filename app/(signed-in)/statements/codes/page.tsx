import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { buttonClass } from "#app/_components/button.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { context, requestTime } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { currentTeams } from "#app/_server/teams.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { glSubjects } from "#lib/close/gl-subjects.ts";
import { dayOf } from "#lib/organization/organization-day.ts";
import { CodesForm } from "./codes-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("GlCodes");
  return { title: t("title") };
}

/** Which accounts and projects of finance's books the lines of statements go to. */
export default async function GlCodesPage() {
  const viewer = await requireViewer();
  const t = await getTranslations("GlCodes");
  if (viewer.teams !== "all" || !["admin", "finance"].includes(viewer.role)) {
    return (
      <>
        <PageHeader title={t("title")} />
        <Notice title={t("notAllowed")} />
      </>
    );
  }
  const [{ timeZone }, now, teams] = await Promise.all([
    currentOrganization(),
    requestTime(),
    currentTeams(),
  ]);
  const day = dayOf(now.getTime(), timeZone);
  const subjects = await glSubjects(context().sql, viewer, day);
  const names = Object.fromEntries(teams.map(({ slug, name }) => [slug, name]));
  return (
    <>
      <PageHeader title={t("title")} note={t("note")}>
        <Link href="/statements" className={buttonClass("ghost")}>
          {t("back")}
        </Link>
      </PageHeader>
      <CodesForm subjects={subjects} names={names} />
    </>
  );
}

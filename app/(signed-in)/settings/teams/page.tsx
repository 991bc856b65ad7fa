import { asc } from "drizzle-orm";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Empty, Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { context } from "#app/_server/context.ts";
import { currentTeams } from "#app/_server/teams.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { team } from "#lib/db/schema/organization.ts";
import { TeamForm } from "./team-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Teams");
  return { title: t("title") };
}

/** Whom spend can be given to. */
export default async function TeamsPage() {
  const viewer = await requireViewer();
  const t = await getTranslations("Teams");
  if (viewer.teams !== "all") {
    return (
      <>
        <PageHeader title={t("title")} />
        <Notice title={t("notAllowed")} />
      </>
    );
  }
  const teams = await context().db.select().from(team).orderBy(asc(team.slug));
  return (
    <>
      <PageHeader title={t("title")} note={t("note")} />
      <Panel title={t("title")}>
        {teams.length === 0 ? (
          <Empty title={t("none")}>{t("noneHint")}</Empty>
        ) : (
          <Table caption={t("title")}>
            <thead>
              <tr>
                <HeadCell>{t("name")}</HeadCell>
                <HeadCell>{t("slug")}</HeadCell>
                <HeadCell>{t("parent")}</HeadCell>
                <HeadCell>{t("costCenter")}</HeadCell>
                <HeadCell>{t("state")}</HeadCell>
              </tr>
            </thead>
            <tbody>
              {teams.map(({ slug, name, parentSlug, costCenter, archivedAt }) => (
                <Row key={slug}>
                  <RowHead>
                    <Link
                      href={`/?${new URLSearchParams({ "filter.team": slug })}`}
                      className="underline-offset-2 hover:underline"
                    >
                      {name}
                    </Link>
                  </RowHead>
                  <Cell>
                    <code className="font-mono text-xs">{slug}</code>
                  </Cell>
                  <Cell>{parentSlug ?? "–"}</Cell>
                  <Cell>{costCenter ?? "–"}</Cell>
                  <Cell>{t(archivedAt === null ? "active" : "archived")}</Cell>
                </Row>
              ))}
            </tbody>
          </Table>
        )}
      </Panel>
      {viewer.role === "admin" && <TeamForm teams={await currentTeams()} />}
    </>
  );
}

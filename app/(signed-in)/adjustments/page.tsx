import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Empty, Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { context, requestTime } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { currentTeams } from "#app/_server/teams.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { listJournal } from "#lib/close/journal.ts";
import { listMonths } from "#lib/close/list-months.ts";
import { EntryForm } from "./entry-form.tsx";
import { EntryTable } from "./entry-table.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Journal");
  return { title: t("title") };
}

/** The adjustment journal: what was booked by hand and what came late, and the way to book. */
export default async function JournalPage() {
  const viewer = await requireViewer();
  const t = await getTranslations("Journal");
  if (viewer.teams !== "all" || !["admin", "finance"].includes(viewer.role)) {
    return (
      <>
        <PageHeader title={t("title")} />
        <Notice title={t("notAllowed")} />
      </>
    );
  }
  const [{ timeZone }, locale, now, teams] = await Promise.all([
    currentOrganization(),
    getLocale(),
    requestTime(),
    currentTeams(),
  ]);
  const { sql } = context();
  const [entries, months] = await Promise.all([
    listJournal(sql, viewer),
    listMonths(sql, viewer, now),
  ]);
  const open = months.filter(({ state }) => state !== "closed").map(({ month }) => month);
  return (
    <>
      <PageHeader title={t("title")} note={t("note")} />
      <Panel title={t("book")} note={t("bookNote")}>
        <EntryForm months={open} teams={teams} />
      </Panel>
      <Panel
        title={t("entries")}
        note={t("entriesNote")}
        actions={<CsvLink href="/api/v1/adjustments.csv" what={t("entries")} />}
      >
        {entries.length === 0 ? (
          <Empty title={t("none")}>{t("noneHint")}</Empty>
        ) : (
          <EntryTable entries={entries} openMonths={open} timeZone={timeZone} locale={locale} />
        )}
      </Panel>
    </>
  );
}

import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Empty, Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { RateNote } from "#app/_reporting/amount-at-rate.tsx";
import { rateOfMonth, reportingRates } from "#app/_reporting/reporting-rates.ts";
import { context, requestTime } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { firstOf, type PageInput } from "#app/_server/page-props.ts";
import { currentTeams } from "#app/_server/teams.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { listJournal } from "#lib/close/journal.ts";
import { listMonths } from "#lib/close/list-months.ts";
import { instantsOf, monthNamed } from "#lib/close/month.ts";
import { EntryForm } from "./entry-form.tsx";
import { EntryTable } from "./entry-table.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Journal");
  return { title: t("title") };
}

/** The adjustment journal: what was booked by hand and what came late, and the way to book. */
export default async function JournalPage({ searchParams }: PageInput) {
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
  const { about, month } = await searchParams;
  const [all, months] = await Promise.all([listJournal(sql, viewer), listMonths(sql, viewer, now)]);
  const wanted = { month: firstOf(month), sourceMonth: firstOf(about) };
  const entries = all.filter(
    (entry) =>
      [undefined, entry.month].includes(wanted.month) &&
      [undefined, entry.sourceMonth].includes(wanted.sourceMonth),
  );
  const oldest = entries.map((entry) => entry.month).toSorted()[0];
  const from = oldest === undefined ? now : instantsOf(monthNamed(oldest), timeZone).from;
  const reporting = await reportingRates({ from, to: now, timeZone }, now);
  const open = months.filter(({ state }) => state !== "closed").map(({ month }) => month);
  return (
    <>
      <PageHeader title={t("title")} note={t("note")} />
      {reporting && entries.length > 0 && <RateNote of="month" reporting={reporting} />}
      <Panel title={t("book")} note={t("bookNote")}>
        <EntryForm months={open} teams={teams} />
      </Panel>
      <Panel
        title={t("entries")}
        note={
          wanted.sourceMonth === undefined && wanted.month === undefined ? (
            t("entriesNote")
          ) : (
            <>
              {wanted.month}
              {wanted.sourceMonth !== undefined && t("about", { month: wanted.sourceMonth })}{" "}
              <Link href="/adjustments" className="underline underline-offset-2">
                {t("all")}
              </Link>
            </>
          )
        }
        actions={<CsvLink href="/api/v1/adjustments.csv" what={t("entries")} />}
      >
        {entries.length === 0 ? (
          <Empty title={t("none")}>{t("noneHint")}</Empty>
        ) : (
          <EntryTable
            {...{ entries, timeZone, locale }}
            openMonths={open}
            rateOf={(name) => rateOfMonth(name, timeZone, reporting)}
          />
        )}
      </Panel>
    </>
  );
}

import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Empty, Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { HeadCell, Table } from "#app/_components/table.tsx";
import { RateNote } from "#app/_reporting/amount-at-rate.tsx";
import { rateOfMonth, reportingRates } from "#app/_reporting/reporting-rates.ts";
import { context, requestTime } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { listMonths } from "#lib/close/list-months.ts";
import { instantsOf, monthNamed } from "#lib/close/month.ts";
import { localDay } from "#lib/time/calendar.ts";
import { BookLateForm } from "./book-late-form.tsx";
import { MonthRow } from "./month-row.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Close");
  return { title: t("title") };
}

/** The months with what to look at before closing, and the way to close and to open them again. */
export default async function ClosePage() {
  const viewer = await requireViewer();
  const t = await getTranslations("Close");
  if (viewer.teams !== "all" || !["admin", "finance"].includes(viewer.role)) {
    return (
      <>
        <PageHeader title={t("title")} />
        <Notice title={t("notAllowed")} />
      </>
    );
  }
  const [{ timeZone }, locale, now] = [
    await currentOrganization(),
    await getLocale(),
    await requestTime(),
  ];
  const months = await listMonths(context().sql, viewer, now);
  const oldest = monthNamed(months.at(-1)?.month ?? localDay(now.getTime(), timeZone).slice(0, 7));
  const { from } = instantsOf(oldest, timeZone);
  const reporting = await reportingRates({ from, to: now, timeZone }, now);
  const hasClosed = months.some(({ hash }) => hash !== null);
  return (
    <>
      <PageHeader title={t("title")} note={t("note", { zone: timeZone })} />
      {reporting && <RateNote of="month" reporting={reporting} />}
      <Panel
        title={t("months")}
        note={t("monthsNote")}
        actions={
          <>
            {hasClosed && <BookLateForm />}
            <CsvLink href="/api/v1/export/closed-months.csv" what={t("months")} />
          </>
        }
      >
        {months.length === 0 ? (
          <Empty title={t("none")} />
        ) : (
          <Table caption={t("months")}>
            <thead>
              <tr>
                <HeadCell>{t("month")}</HeadCell>
                <HeadCell>{t("state")}</HeadCell>
                <HeadCell numeric>{t("usage")}</HeadCell>
                <HeadCell numeric>{t("unallocated")}</HeadCell>
                <HeadCell numeric>{t("unpriced")}</HeadCell>
                <HeadCell numeric>{t("closedCost")}</HeadCell>
                <HeadCell numeric>{t("bookedLater")}</HeadCell>
                <HeadCell>
                  <span className="sr-only">{t("actions")}</span>
                </HeadCell>
              </tr>
            </thead>
            <tbody>
              {months.map((month) => (
                <MonthRow
                  key={month.month}
                  month={month}
                  timeZone={timeZone}
                  locale={locale}
                  rate={rateOfMonth(month.month, timeZone, reporting)}
                />
              ))}
            </tbody>
          </Table>
        )}
      </Panel>
    </>
  );
}

import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { buttonClass } from "#app/_components/button.tsx";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { monthShown } from "#app/_costs/line-links.ts";
import { PageLinks } from "#app/_paging/page-links.tsx";
import { pageOf } from "#app/_paging/page-of.ts";
import { RateNote } from "#app/_reporting/amount-at-rate.tsx";
import { reportingRates } from "#app/_reporting/reporting-rates.ts";
import { context, requestTime } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { firstOf, type PageInput } from "#app/_server/page-props.ts";
import { currentTeams } from "#app/_server/teams.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { MonthPicker } from "#app/_statements/month-picker.tsx";
import { monthBeside, readMonth } from "#app/_statements/read-month.ts";
import { readGlCodes } from "#lib/close/gl-codes.ts";
import { glJournal } from "#lib/close/gl-journal.ts";
import { instantsOf, monthNamed } from "#lib/close/month.ts";
import { statementRows } from "#lib/close/statement-rows.ts";
import { readStatements } from "#lib/close/statements.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";
import { StatementTable } from "./statement-table.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Statements");
  return { title: t("title") };
}

/** The statements of a month, by team or cost centre, and the ways into the books. */
export default async function StatementsPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const search = await searchParams;
  const [t, { timeZone }, now, teams] = await Promise.all([
    getTranslations("Statements"),
    currentOrganization(),
    requestTime(),
    currentTeams(),
  ]);
  const { month, running } = readMonth(firstOf(search.month), now, timeZone);
  const by = firstOf(search.by) === "cost_center" ? "cost_center" : "team";
  const days = instantsOf(month, timeZone);
  const { to } = days;
  const reporting = await reportingRates({ ...days, timeZone }, now);
  const { from } = instantsOf(monthNamed(monthBeside(month, -1)), timeZone);
  const { lines } = await readStatements(context().sql, viewer, { from, to });
  const ofMonth = lines.filter((line) => line.month === month.name);
  const rows = statementRows(lines, month.name, by);
  const shown = pageOf(rows, firstOf(search.page));
  const names = new Map([
    ...teams.map(({ slug, name }) => [slug, name] as const),
    [UNALLOCATED, t("unallocated")] as const,
  ]);
  const keepsBooks = viewer.teams === "all" && ["admin", "finance"].includes(viewer.role);
  const hasCodes =
    keepsBooks && glJournal(ofMonth, await readGlCodes(context().sql)).missing.length === 0;
  const state = ofMonth.some(({ isClosed }) => isClosed) ? "closed" : "open";
  const hrefOf = (name: string) => `/statements?month=${name}&by=${by}`;
  const other = by === "team" ? "cost_center" : "team";
  return (
    <>
      <PageHeader title={t("title")} note={t(`listNote.${state}`)}>
        <Link href={`/statements?month=${month.name}&by=${other}`} className={buttonClass("ghost")}>
          {t(`by.${other}`)}
        </Link>
        <MonthPicker month={month} running={running} hrefOf={hrefOf} />
      </PageHeader>
      {reporting && <RateNote of="period" reporting={reporting} />}
      <Panel
        title={t(`by.${by}`)}
        note={t("effective")}
        actions={
          <>
            {keepsBooks && (
              <>
                <Link href="/statements/codes" className={buttonClass("ghost")}>
                  {t(hasCodes ? "codes" : "codesFirst")}
                </Link>
                {hasCodes && (
                  <CsvLink
                    href={`/api/v1/gl-journal.csv?month=${month.name}`}
                    what={t("gl")}
                    label={t("gl")}
                  />
                )}
              </>
            )}
            <CsvLink href={csvHref(month.name, monthBeside(month, 1))} what={t("title")} />
          </>
        }
      >
        {rows.length === 0 ? (
          <Empty title={t("none")}>{t("noneHint")}</Empty>
        ) : (
          <>
            <StatementTable
              all={rows}
              rows={shown.rows}
              month={month.name}
              shown={monthShown(month, timeZone)}
              by={by}
              names={names}
              rate={reporting?.rates.on(reporting.currency, reporting.lastDay) ?? null}
            />
            <PageLinks shown={shown} hrefOf={(page) => `${hrefOf(month.name)}&page=${page}`} />
          </>
        )}
      </Panel>
    </>
  );
}

function csvHref(from: string, to: string): string {
  return `/api/v1/statements.csv?from=${from}-01&to=${to}-01`;
}

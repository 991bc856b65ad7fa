import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { buttonClass } from "#app/_components/button.tsx";
import { Empty, Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import { context, requestTime } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { mayUse } from "#app/api/v1/_lib/api-access.ts";
import { nextDue } from "#lib/export-calendar/due-times.ts";
import { listSchedules, type Schedule } from "#lib/export-schedules/schedule-rows.ts";
import { ScheduleState } from "./schedule-state.tsx";
import { whenText } from "./schedule-words.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Schedules");
  return { title: t("title") };
}

/** Which files go out by themselves, when and where to. */
export default async function SchedulesPage() {
  const viewer = await requireViewer();
  const t = await getTranslations("Schedules");
  if (!mayUse(viewer, "money")) {
    return (
      <>
        <PageHeader title={t("title")} />
        <Notice title={t("notAllowed")} />
      </>
    );
  }
  const schedules = await listSchedules(context().sql, viewer);
  return (
    <>
      <PageHeader title={t("title")} note={t("note")}>
        <Link href="/exports/schedules/new" className={buttonClass("primary")}>
          {t("new")}
        </Link>
      </PageHeader>
      <Panel title={t("all")}>
        {schedules.length === 0 ? (
          <Empty title={t("none")}>{t("noneHint")}</Empty>
        ) : (
          <ScheduleTable schedules={schedules} />
        )}
      </Panel>
    </>
  );
}

async function ScheduleTable({ schedules }: { readonly schedules: readonly Schedule[] }) {
  const [t, locale, { timeZone }, now] = await Promise.all([
    getTranslations("Schedules"),
    getLocale(),
    currentOrganization(),
    requestTime(),
  ]);
  return (
    <Table caption={t("all")}>
      <thead>
        <tr>
          <HeadCell>{t("name")}</HeadCell>
          <HeadCell className="hidden md:table-cell">{t("file")}</HeadCell>
          <HeadCell className="hidden lg:table-cell">{t("destination")}</HeadCell>
          <HeadCell className="hidden sm:table-cell">{t("when")}</HeadCell>
          <HeadCell>{t("state")}</HeadCell>
          <HeadCell className="hidden xl:table-cell">{t("next")}</HeadCell>
        </tr>
      </thead>
      <tbody>
        {schedules.map((schedule) => (
          <Row key={schedule.id}>
            <RowHead>
              <Link
                href={`/exports/schedules/${schedule.id}`}
                className="font-medium text-accent hover:underline"
              >
                {schedule.name}
              </Link>
            </RowHead>
            <Cell className="hidden font-mono text-xs md:table-cell">
              {schedule.request.export}.{schedule.request.format}
            </Cell>
            <Cell className="hidden lg:table-cell">{t(`kinds.${schedule.settings.kind}`)}</Cell>
            <Cell className="hidden sm:table-cell">{whenText(schedule, t, locale)}</Cell>
            <Cell>
              <ScheduleState schedule={schedule} />
            </Cell>
            <Cell className="figures hidden whitespace-nowrap text-muted xl:table-cell">
              {schedule.pausedAt === null &&
                formatMoment(
                  new Date(nextDue(schedule, now.getTime(), timeZone)),
                  locale,
                  timeZone,
                )}
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

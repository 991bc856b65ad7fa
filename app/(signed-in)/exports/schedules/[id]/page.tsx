import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { buttonClass } from "#app/_components/button.tsx";
import { Facts } from "#app/_components/facts.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import { context, requestTime } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import type { PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { mayUse } from "#app/api/v1/_lib/api-access.ts";
import { nextDue } from "#lib/export-calendar/due-times.ts";
import { shownDestination } from "#lib/export-schedules/destination.ts";
import { listRuns } from "#lib/export-schedules/run-log.ts";
import { findSchedule, type Schedule, webhookNames } from "#lib/export-schedules/schedule-rows.ts";
import { queryText } from "#lib/exports/query-parameters.ts";
import { ScheduleState } from "../schedule-state.tsx";
import { whenText } from "../schedule-words.ts";
import { RunLog } from "./run-log.tsx";
import { ScheduleButtons } from "./schedule-buttons.tsx";

const SHOWN = 60;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Schedules");
  return { title: t("one") };
}

/** One schedule, and what became of its files. */
export default async function SchedulePage({ params }: PageInput<{ id: string }>) {
  const viewer = await requireViewer();
  const t = await getTranslations("Schedules");
  if (!mayUse(viewer, "money")) {
    return (
      <>
        <PageHeader title={t("one")} />
        <Notice title={t("notAllowed")} />
      </>
    );
  }
  const { sql } = context();
  const schedule = await findSchedule(sql, viewer, (await params).id);
  if (schedule === null) notFound();
  const query = { scheduleId: schedule.id, limit: SHOWN, before: null };
  const webhooks = await webhookNames(sql, viewer);
  return (
    <>
      <PageHeader title={schedule.name} note={<ScheduleState schedule={schedule} />}>
        <Link href={`/exports/schedules/${schedule.id}/edit`} className={buttonClass()}>
          {t("edit")}
        </Link>
      </PageHeader>
      {schedule.pausedReason !== null && (
        <Notice tone="danger" title={t("stopped", { reason: schedule.pausedReason })} />
      )}
      <Panel title={t("one")}>
        <ScheduleFacts schedule={schedule} webhooks={webhooks} />
        <ScheduleButtons id={schedule.id} name={schedule.name} isOn={schedule.pausedAt === null} />
      </Panel>
      <RunLog runs={await listRuns(sql, viewer, query)} />
    </>
  );
}

async function ScheduleFacts({
  schedule,
  webhooks,
}: {
  readonly schedule: Schedule;
  readonly webhooks: Awaited<ReturnType<typeof webhookNames>>;
}) {
  const [t, locale, { timeZone }, now] = await Promise.all([
    getTranslations("Schedules"),
    getLocale(),
    currentOrganization(),
    requestTime(),
  ]);
  const { request, settings } = schedule;
  const webhook =
    settings.kind === "webhook" ? webhooks.find(({ id }) => id === settings.webhook_id) : undefined;
  const due = new Date(nextDue(schedule, now.getTime(), timeZone));
  return (
    <Facts
      facts={[
        [
          t("file"),
          <code key="file" className="font-mono text-xs">
            {request.export}.{request.format} {queryText(request.parameters)}
          </code>,
        ],
        [t("when"), `${whenText(schedule, t, locale)} (${timeZone})`],
        [t("next"), schedule.pausedAt === null ? formatMoment(due, locale, timeZone) : null],
        [
          t("destination"),
          <span key="destination">
            {t(`kinds.${settings.kind}`)}{" "}
            <code className="break-all font-mono text-xs">
              {webhook?.name ?? shownDestination(settings)}
            </code>
          </span>,
        ],
        [t("owner"), schedule.ownerLabel],
        [t("created"), formatMoment(schedule.createdAt, locale, timeZone)],
      ]}
    />
  );
}

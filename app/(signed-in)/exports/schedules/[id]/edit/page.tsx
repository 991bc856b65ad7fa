import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ConfirmFirst } from "#app/_components/confirm-first.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { context } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import type { PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { mayUse } from "#app/api/v1/_lib/api-access.ts";
import { findSchedule, webhookNames } from "#lib/export-schedules/schedule-rows.ts";
import { EXPORT_NAMES } from "#lib/exports/export-list.ts";
import { startOfSchedule } from "../../form-input.ts";
import { ScheduleForm } from "../../new/schedule-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Schedules");
  return { title: t("edit") };
}

/** Changes a schedule; whoever does becomes its owner. */
export default async function EditSchedulePage({ params }: PageInput<{ id: string }>) {
  const viewer = await requireViewer();
  const t = await getTranslations("Schedules");
  if (!mayUse(viewer, "money")) {
    return (
      <>
        <PageHeader title={t("edit")} />
        <Notice title={t("notAllowed")} />
      </>
    );
  }
  const { sql, config } = context();
  const [schedule, { timeZone }, webhooks] = await Promise.all([
    findSchedule(sql, viewer, (await params).id),
    currentOrganization(),
    webhookNames(sql, viewer),
  ]);
  if (schedule === null) notFound();
  return (
    <>
      <PageHeader title={schedule.name} note={t("editNote", { zone: timeZone })} />
      <ConfirmFirst viewer={viewer} path={`/exports/schedules/${schedule.id}/edit`} />
      <ScheduleForm
        id={schedule.id}
        start={startOfSchedule(schedule)}
        keepsKeys={schedule.hasKeys}
        exports={EXPORT_NAMES}
        webhooks={webhooks}
        hasDirectory={config.exportDir !== null}
      />
    </>
  );
}

import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ConfirmFirst } from "#app/_components/confirm-first.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { context } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { mayUse } from "#app/api/v1/_lib/api-access.ts";
import { webhookNames } from "#lib/export-schedules/schedule-rows.ts";
import { EXPORT_NAMES } from "#lib/exports/export-list.ts";
import { ScheduleForm } from "./schedule-form.tsx";

/** A statement is of one team or cost centre, which this form does not ask for; the API takes it. */
const OFFERED = EXPORT_NAMES.filter((name) => name !== "statement");

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Schedules");
  return { title: t("new") };
}

export default async function NewSchedulePage() {
  const viewer = await requireViewer();
  const t = await getTranslations("Schedules");
  if (!mayUse(viewer, "money")) {
    return (
      <>
        <PageHeader title={t("new")} />
        <Notice title={t("notAllowed")} />
      </>
    );
  }
  const { sql, config } = context();
  const [{ timeZone }, webhooks] = await Promise.all([
    currentOrganization(),
    webhookNames(sql, viewer),
  ]);
  return (
    <>
      <PageHeader title={t("new")} note={t("newNote", { zone: timeZone })} />
      <ConfirmFirst viewer={viewer} path="/exports/schedules/new" />
      <ScheduleForm
        exports={OFFERED}
        webhooks={webhooks}
        hasDirectory={config.exportDir !== null}
      />
    </>
  );
}

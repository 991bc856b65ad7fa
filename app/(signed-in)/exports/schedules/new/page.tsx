import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ConfirmFirst } from "#app/_components/confirm-first.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { context } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import type { PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { mayUse } from "#app/api/v1/_lib/api-access.ts";
import { webhookNames } from "#lib/export-schedules/schedule-rows.ts";
import { EXPORT_NAMES } from "#lib/exports/export-list.ts";
import { ExportRequest } from "#lib/exports/export-request.ts";
import { startOfRequest } from "../form-input.ts";
import { ScheduleForm } from "./schedule-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Schedules");
  return { title: t("new") };
}

/** `?export=usage&filter.team=search`: a schedule of that very file, without its period. */
export default async function NewSchedulePage({ searchParams }: PageInput) {
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
  const { export: name = "focus", format, flavor, ...parameters } = await searchParams;
  const asked = ExportRequest.safeParse({ export: name, format, flavor, parameters });
  const [{ timeZone }, webhooks] = await Promise.all([
    currentOrganization(),
    webhookNames(sql, viewer),
  ]);
  return (
    <>
      <PageHeader title={t("new")} note={t("newNote", { zone: timeZone })} />
      <ConfirmFirst viewer={viewer} path="/exports/schedules/new" />
      <ScheduleForm
        start={asked.success ? startOfRequest(asked.data) : {}}
        exports={EXPORT_NAMES}
        webhooks={webhooks}
        hasDirectory={config.exportDir !== null}
      />
    </>
  );
}

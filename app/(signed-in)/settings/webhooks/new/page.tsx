import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { context } from "#app/_server/context.ts";
import { currentTeams } from "#app/_server/teams.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { EVENT_TYPES } from "#lib/notifications/event-types.ts";
import { WebhookForm } from "./webhook-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Webhooks");
  return { title: t("new") };
}

export default async function NewWebhookPage() {
  const viewer = await requireViewer();
  const t = await getTranslations("Webhooks");
  if (viewer.role !== "admin") {
    return (
      <>
        <PageHeader title={t("new")} />
        <Notice title={t("adminsOnly")} />
      </>
    );
  }
  const types = EVENT_TYPES.filter((type) => type !== "webhook.test");
  return (
    <>
      <PageHeader title={t("new")} note={t("newNote")} />
      <WebhookForm
        teams={await currentTeams()}
        types={types}
        canMail={context().config.mail !== null}
      />
    </>
  );
}

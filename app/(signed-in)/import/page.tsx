import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { currentOrganization } from "#app/_server/organization.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { Importer } from "./importer.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Import");
  return { title: t("title") };
}

/** Usage that never came as telemetry: from the files that providers export. */
export default async function ImportPage() {
  const viewer = await requireViewer();
  const [t, { timeZone }] = await Promise.all([getTranslations("Import"), currentOrganization()]);
  if (viewer.role !== "admin" && viewer.role !== "finance") {
    return (
      <>
        <PageHeader title={t("title")} />
        <Notice title={t("notAllowed")} />
      </>
    );
  }
  return (
    <>
      <PageHeader title={t("title")} note={t("note")} />
      <Importer timeZone={timeZone} />
    </>
  );
}

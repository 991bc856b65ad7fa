import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { requireViewer } from "#app/_server/viewer.ts";
import { ImportForm } from "./import-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Budgets");
  return { title: t("import") };
}

/** Where a file of budgets comes in, after a look at what it would do. */
export default async function ImportBudgetsPage() {
  const viewer = await requireViewer();
  const t = await getTranslations("Budgets");
  return (
    <>
      <PageHeader title={t("import")} note={t("importNote")} />
      <Panel title={t("file")}>
        {viewer.role === "viewer" ? <Notice title={t("notAllowed")} /> : <ImportForm />}
      </Panel>
    </>
  );
}

import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { requireViewer } from "#app/_server/viewer.ts";
import { PriceImporter } from "./price-importer.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Prices");
  return { title: t("import") };
}

/** Where a price file is tried and then recorded. */
export default async function PriceImportPage() {
  const viewer = await requireViewer();
  const t = await getTranslations("Prices");
  const mayChange = viewer.teams === "all" && ["admin", "finance"].includes(viewer.role);
  return (
    <>
      <PageHeader title={t("import")} note={t("importNote")} />
      {mayChange ? <PriceImporter /> : <Notice title={t("notAllowed")} />}
    </>
  );
}
